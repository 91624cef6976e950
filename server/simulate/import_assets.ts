// For benchmarks: registers the assets beyond the demo's own through the public API, as an administrator of the demo would.
import type { AssetRecord } from "#model/catalogue.ts";

const BATCH = 1_000;
const TRIES = 30;
const PAUSE_MS = 1_000;

/** Rejects with a sentence when the server does not let us in or refuses a batch. @returns how many were sent. */
export async function importAssets(
	url: string,
	assets: readonly AssetRecord[],
	say: (line: string) => void,
): Promise<number> {
	if (assets.length === 0) return 0;
	const cookie = await patiently(() => signIn(url));
	for (let from = 0; from < assets.length; from += BATCH) {
		const batch = assets.slice(from, from + BATCH);
		await patiently(() => put(url, cookie, batch));
		if (from % (10 * BATCH) === 0) say(`simulate: imported ${from + batch.length} of ${assets.length} assets`);
	}
	return assets.length;
}

async function signIn(url: string): Promise<string> {
	const response = await post(`${url}/api/session`, {}, { demo: "administrator" });
	const cookie = response.headers.getSetCookie().find((one) => one.startsWith("lw_session="));
	if (cookie === undefined) throw new Refused("no demo administrator: the server set no cookie");
	return cookie.split(";")[0] ?? "";
}

async function put(url: string, cookie: string, assets: readonly AssetRecord[]): Promise<void> {
	const response = await post(`${url}/api/assets`, { Cookie: cookie }, { assets });
	const { rejected } = (await response.json()) as { rejected: readonly { problem: unknown }[] };
	if (rejected.length > 0) throw new Refused(`${rejected.length} assets refused: ${JSON.stringify(rejected[0])}`);
}

async function post(url: string, headers: Record<string, string>, body: object): Promise<Response> {
	const response = await fetch(url, {
		method: "POST",
		headers: { "Content-Type": "application/json", ...headers },
		body: JSON.stringify(body),
	});
	if (response.ok) return response;
	const why = `POST ${url}: HTTP ${response.status} ${(await response.text()).slice(0, 300)}`;
	throw response.status < 500 ? new Refused(why) : new Error(why);
}

/** Again while the server is starting or its heart is away; an import of the same assets changes nothing. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
	for (let left = TRIES; ; left--) {
		try {
			return await ask();
		} catch (error) {
			if (error instanceof Refused || left === 0) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
}

/** The server has understood and says no: asking again changes nothing. */
class Refused extends Error {}
