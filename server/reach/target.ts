// The only way out of the server to an address that a person wrote down: read the URL, resolve its name once, compare with the
// allow-list, and connect to exactly the address that was compared. No second look-up, no redirect, no proxy, a deadline for
// all of it. Used by send_http.ts and send_mail.ts.
import { lookup } from "node:dns/promises";
import { connect, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { type Allowed, isAllowed, parseAddress } from "#model/allowed.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";

/** For name, connection, request and answer together. */
export const DEADLINE_MS = 5_000;

const PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443, "smtp:": 25, "smtps:": 465 };

export interface Target {
	readonly url: URL;
	/** As it stands in certificates and Host headers, without brackets. */
	readonly host: string;
	/** What is connected to. */
	readonly address: string;
	readonly port: number;
	readonly isTls: boolean;
}

export interface Network {
	/** All addresses of a name; rejects when there is none. */
	resolve(host: string): Promise<readonly string[]>;
	/** @param ca PEM certificates that alone are trusted, instead of the usual authorities and NODE_EXTRA_CA_CERTS. */
	connect(target: Target, ca?: string): Socket;
}

export const realNetwork: Network = {
	async resolve(host) {
		return (await lookup(host, { all: true })).map(({ address }) => address);
	},
	connect({ address, port, host, isTls }, ca) {
		if (!isTls) return connect({ host: address, port });
		return connectTls({ host: address, port, ...tlsOptions(host, ca) });
	},
};

/** How a server proves who it is, whether TLS stands from the start or is begun later (STARTTLS). */
export function tlsOptions(host: string, ca = ""): ConnectionOptions {
	return {
		// A certificate is for the name, not for the address; an address has no SNI.
		...(parseAddress(host) === null ? { servername: host } : {}),
		...(ca === "" ? {} : { ca }),
		// Also where somebody set NODE_TLS_REJECT_UNAUTHORIZED.
		rejectUnauthorized: true,
	};
}

const UNTRUSTED: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed",
	SELF_SIGNED_CERT_IN_CHAIN: "unknown-authority",
	UNABLE_TO_GET_ISSUER_CERT: "unknown-authority",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknown-authority",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknown-authority",
	CERT_SIGNATURE_FAILURE: "unknown-authority",
	INVALID_CA: "unknown-authority",
	CERT_UNTRUSTED: "unknown-authority",
	INVALID_PURPOSE: "unknown-authority",
	CERT_HAS_EXPIRED: "certificate-time",
	CERT_NOT_YET_VALID: "certificate-time",
	ERR_TLS_CERT_ALTNAME_INVALID: "wrong-name",
};

/** Why a connection failed, by a word of the system ("ECONNREFUSED"), never what the other side wrote. */
export function connectionProblem(error: Error, host: string): Problem {
	const { originalCode, code } = error as { originalCode?: unknown; code?: unknown };
	const word = typeof originalCode === "string" ? originalCode : typeof code === "string" ? code : "";
	const distrust = UNTRUSTED[word];
	if (distrust !== undefined) return problem(distrust, word, host);
	if (/^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(word)) return problem("bad-tls", word);
	return problem("unreachable", word === "" ? "connection failed" : word);
}

/** @returns Problem "bad-url", "not-allowed" or "no-address"; nothing was connected to then. */
export async function targetOf(
	text: string,
	schemes: readonly string[],
	allowed: readonly Allowed[],
	network: Pick<Network, "resolve">,
): Promise<Target | Problem> {
	const parsed = readUrl(text, schemes);
	if (isProblem(parsed)) return parsed;
	const { url, host, port } = parsed;
	const addresses = parseAddress(host) === null ? await resolved(host, network) : [host];
	if (isProblem(addresses)) return addresses;
	for (const text of addresses) {
		const address = parseAddress(text);
		if (address === null || !isAllowed(allowed, host, address, port)) continue;
		return { url, host, address: text, port, isTls: url.protocol.endsWith("s:") };
	}
	return problem("not-allowed", "not on the list of allowed addresses", `${host}:${port}`);
}

function readUrl(text: string, schemes: readonly string[]): { url: URL; host: string; port: number } | Problem {
	if (!URL.canParse(text)) return problem("bad-url", "not a URL");
	const url = new URL(text);
	if (!schemes.includes(url.protocol)) return problem("bad-url", `only ${schemes.join(", ")}`);
	// "http://listed.cn@evil.cn/" is read wrongly by people.
	if (url.username !== "" || url.password !== "") return problem("bad-url", "no user or password in the address");
	// The host of smtp: is not normalised by the URL standard: written as an https one, it is.
	const written = url.host.replace(/:\d*$/, "");
	if (written === "" || !URL.canParse(`https://${written}/`)) return problem("bad-url", "no host");
	const host = new URL(`https://${written}/`).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
	const port = url.port === "" ? (PORTS[url.protocol] ?? 0) : Number(url.port);
	return port === 0 || host === "" ? problem("bad-url", "no port") : { url, host, port };
}

async function resolved(host: string, network: Pick<Network, "resolve">): Promise<readonly string[] | Problem> {
	let cancel: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		cancel = setTimeout(() => reject(new Error("slow")), DEADLINE_MS);
	});
	try {
		return await Promise.race([network.resolve(host), late]);
	} catch {
		return problem("no-address", "the name has no address", host);
	} finally {
		clearTimeout(cancel);
	}
}
