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
	const cookie = await signIn(url);
	for (let from = 0; from < assets.length; from += BATCH) {
		const batch = assets.slice(from, from + BATCH);
		const response = await fetch(`${url}/api/assets`, {
			method: "POST",
			headers: { "Content-Type": "application/json", Cookie: cookie },
			body: JSON.stringify({ assets: batch }),
		});
		const answer = await response.text();
		if (!response.ok) throw new Error(`the server refused assets: HTTP ${response.status} ${answer.slice(0, 300)}`);
		if (from % (10 * BATCH) === 0) say(`imported ${from + batch.length} of ${assets.length} assets`);
	}
	return assets.length;
}

/** Waits for a server that is just starting. */
async function signIn(url: string): Promise<string> {
	for (let left = TRIES; ; left--) {
		try {
			const response = await fetch(`${url}/api/session`, {
				method: "POST",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify({ demo: "administrator" }),
			});
			const cookie = response.headers.getSetCookie().find((one) => one.startsWith("lw_session="));
			if (response.ok && cookie !== undefined) return cookie.split(";")[0] ?? "";
			const why = `HTTP ${response.status} ${(await response.text()).slice(0, 300)}`;
			if (response.status < 500 || left === 0) throw new Refused(`no demo administrator: ${why}`);
		} catch (error) {
			if (error instanceof Refused || left === 0) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
}

class Refused extends Error {}
