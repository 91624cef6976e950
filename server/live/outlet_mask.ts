// What a page may see of an outside channel, and how its edited form becomes the whole again: secrets leave core masked and
// come back masked. Called by the acts of reach and by core's answer to the page.
import { MASK, type Outlet } from "#model/outlet.ts";
import { type Problem, problem } from "#model/problem.ts";

/** Without anything that lets a reader send in our name. */
export function masked(outlet: Outlet): Outlet {
	return {
		...outlet,
		url: maskedUrl(outlet.url),
		secret: outlet.secret === "" ? "" : MASK,
		headers: outlet.headers.map(({ name }) => ({ name, value: MASK })),
		body: maskedBody(outlet.body),
	};
}

/** An edited form over what was kept: each masked part as it was. */
export function unmasked(edited: Outlet, kept: Outlet | null): Outlet | Problem {
	if (kept === null) {
		return JSON.stringify(edited).includes(MASK) ? problem("bad-outlet", "a new channel has nothing kept") : edited;
	}
	const sameTarget = edited.url === maskedUrl(kept.url);
	const url = sameTarget ? kept.url : edited.url;
	const headers = edited.headers.map(({ name, value }) => ({
		name,
		value: value === MASK ? (kept.headers.find((header) => header.name === name)?.value ?? MASK) : value,
	}));
	const whole = {
		...edited,
		url,
		headers,
		secret: edited.secret === MASK ? kept.secret : edited.secret,
		body: edited.body === maskedBody(kept.body) ? kept.body : edited.body,
	};
	// Who may edit may not send the kept secrets to a place of his own choice.
	const reuses = !sameTarget && (edited.secret === MASK || edited.headers.some(({ value }) => value === MASK));
	if (reuses && originOf(url) !== originOf(kept.url))
		return problem("secret-again", "another address: enter the secret anew", "secret");
	return JSON.stringify(whole).includes(MASK)
		? problem("bad-outlet", "a masked part is not known; enter it anew")
		: whole;
}

function originOf(url: string): string {
	return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : url;
}

function maskedUrl(url: string): string {
	if (!URL.canParse(url)) return MASK;
	const { protocol, host, pathname, search } = new URL(url);
	return `${protocol}//${host}${pathname}${search === "" ? "" : `?${MASK}`}`;
}

/** Values beside words that name a secret. */
function maskedBody(body: string): string {
	return body.replaceAll(
		/((?:secret|token|password|passwd|pwd|key|sign|apikey|appkey)["']?\s*[:=]\s*["']?)([^"'&,\s{}]{3,})/gi,
		`$1${MASK}`,
	);
}
