// Whoever loses a right loses their sockets: real sockets before a real core, each person with three screens, while they are
// disabled, given another role or scope, another password, ended by an administrator, or sign out.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "../../geodata/model/rights.ts";
import { type Api, anAsset, PASSWORD } from "../support/api.ts";
import type { House } from "../support/house.ts";
import { openHouse } from "../support/house.ts";
import { Screen } from "../support/screen.ts";
import { amount, patience } from "../support/tier.ts";

const CITY: Scope = { districts: ["210100"], systems: null };
/** What is promised. */
const WITHIN_MS = 5_000;
const SCREENS = 3;
let house: House;

beforeAll(async () => {
	house = await openHouse([anAsset("gasSpace", "gas-1", 1)]);
});
afterAll(() => house.close());

type Cut = (name: string, api: Api) => Promise<unknown>;
const put = (change: object): Cut => {
	return (name) => house.root.must("PUT", `/api/users/${name}`, { roles: ["duty"], scope: CITY, ...change });
};
const cuts: Readonly<Record<string, Cut>> = {
	disabled: put({ disabled: true }),
	"another role": put({ roles: ["viewer"] }),
	"another scope": put({ scope: { districts: ["210102"], systems: null } }),
	"another system": put({ scope: { districts: ["210100"], systems: ["gas"] } }),
	"a new password": put({ password: "Reset-by-root-77" }),
	"ended by an administrator": (name) => house.root.must("DELETE", `/api/users/${name}/sessions`),
	"own new password": (_name, api) =>
		api.must("POST", "/api/session/password", { old: PASSWORD, password: "My-own-river-31" }),
	"signed out": (_name, api) => api.must("DELETE", "/api/session"),
};

/** @returns ms from the answer to the last socket's end. */
async function round(n: number): Promise<number> {
	const kinds = Object.keys(cuts);
	const kind = kinds[n % kinds.length] ?? "";
	const name = `officer-${n}`;
	await house.make(name, ["duty"], CITY);
	const api = await house.signIn(name);
	const { cookie } = api;
	const screens = Array.from({ length: SCREENS }, () => house.screen(api));
	await Promise.all(screens.map((screen) => screen.follow()));
	const other = await house.signIn(name);
	const otherScreen = await house.screen(other).follow();
	await cuts[kind]?.(name, api);
	const since = performance.now();
	await Promise.all(screens.map((screen) => screen.until(({ closed }) => closed !== null)));
	const took = performance.now() - since;
	expect(took, `${kind}: the sockets of ${name}`).toBeLessThan(WITHIN_MS);
	const said = screens.map((screen) => screen.page.problems.at(-1)?.problem);
	expect(said, kind).toEqual(screens.map(() => "unauthorized"));
	// The same cookie opens nothing any more: no page, no socket.
	const again = await fetch(`${house.url}/api/alarms`, { headers: { cookie } });
	expect(again.status, kind).toBe(401);
	await again.arrayBuffer();
	const back = await reconnect(cookie);
	expect(back, kind).toBe("unauthorized");
	if (kind === "signed out") expect(otherScreen.closed, "signing out ends one session, not all").toBeNull();
	else await otherScreen.until(({ closed }) => closed !== null);
	otherScreen.close();
	return took;
}

async function reconnect(cookie: string): Promise<unknown> {
	const late = new Screen(house.url, { cookie });
	await late.connected();
	const refusal = (late.refused?.data as { problem?: string } | undefined)?.problem;
	late.close();
	return refusal;
}

test("T-51 the sockets of whoever loses a right are cut within five seconds, and nothing opens them again", {
	timeout: patience(60_000),
}, async () => {
	const rounds = amount("LIAOWANG_TEST_REVOCATIONS", 20, 200);
	const times: number[] = [];
	for (let done = 0; done < rounds; done += 20) {
		const some = Array.from({ length: Math.min(20, rounds - done) }, (_, i) => round(done + i));
		times.push(...(await Promise.all(some)));
	}
	expect(times).toHaveLength(rounds);
	console.log(`T-51: ${rounds} of ${rounds}, the slowest ${Math.round(Math.max(...times))} ms`);
});

test("T-51 what happens after the cut reaches no cut screen", { timeout: patience(30_000) }, async () => {
	await house.make("late", ["duty"], CITY);
	const api = await house.signIn("late");
	const screen = await house.screen(api).follow();
	await house.root.must("DELETE", "/api/users/late/sessions");
	await screen.until(({ closed }) => closed !== null);
	const heard = screen.page.news.length;
	const facts = { severity: 4, value: 9, limit: 1, clause: null, why: "t", unverified: false } as const;
	house.core.heart.alarms.set("asset:gas-1", "test", { ...facts, at: Date.now() });
	const witness = await house.screen(house.root).follow();
	await witness.until(({ page }) => page.alarms.size > 0);
	expect(screen.page.news.length).toBe(heard);
});

test("a password that somebody else has set opens nothing but its change", async () => {
	await house.root.must("PUT", "/api/users/new-1", { password: PASSWORD, roles: ["duty"], scope: CITY });
	const api = await house.signIn("new-1");
	expect(await api.ask("GET", "/api/alarms")).toMatchObject({ status: 403, body: { problem: "must-change" } });
	expect(await api.ask("GET", "/api/session")).toMatchObject({ body: { user: null, mustChange: true, name: "new-1" } });
	const refused = await fetch(`${house.url}/api/catalogue`, { headers: { cookie: api.cookie } });
	expect([refused.status, refused.headers.get("set-cookie")], "its cookie stays").toEqual([403, null]);
	await refused.arrayBuffer();
	const screen = await house.screen(api).connected();
	expect(screen.refused?.data).toMatchObject({ problem: "must-change" });
	await api.must("POST", "/api/session/password", { old: PASSWORD, password: "First-own-river-5" });
	expect(await api.ask("GET", "/api/session")).toMatchObject({
		body: { user: "new-1", mustChange: false, home: "/duty" },
	});
	expect((await api.ask("GET", "/api/alarms")).status).toBe(200);
});
