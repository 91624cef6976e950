// Who asks, from headers and peer address alone.
import { expect, test } from "vitest";
import { ManualClock } from "../clock.ts";
import type { SessionRecord } from "../store/store.ts";
import type { Asking } from "./who.ts";
import { Gate, hashOfSecret } from "./who.ts";

const NOW = 1_700_000_000_000;

function asking(headers: Record<string, string>, remoteAddress = "127.0.0.1"): Asking {
	return { headers: { host: "localhost:8080", ...headers }, socket: { remoteAddress } } as unknown as Asking;
}

function gate(options: { demo?: boolean; tls?: boolean; sessions?: Map<string, SessionRecord> } = {}): Gate {
	return new Gate({
		store: { session: async (idHash) => options.sessions?.get(idHash) ?? null },
		clock: new ManualClock(NOW),
		demo: () => options.demo ?? true,
		tls: options.tls ?? false,
	});
}

function session(expiresAt: number): Map<string, SessionRecord> {
	const idHash = hashOfSecret("s3cret");
	const scope = { districts: ["210100"], systems: ["gas"] };
	return new Map([[idHash, { idHash, user: "li", roles: ["duty"], scope, createdAt: 0, lastSeenAt: 0, expiresAt }]]);
}

test("in the demo, loopback without credentials and forwarding headers is a viewer of the province", async () => {
	const viewer = { user: "demo", roles: ["viewer"], scope: { districts: ["210000"], systems: null } };
	for (const peer of ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"]) {
		expect(await gate().who(asking({}, peer))).toEqual(viewer);
	}
	expect(await gate().who(asking({ host: "[::1]:8080" }))).toEqual(viewer);
});

test("everything else without a session is nobody", async () => {
	const nobody = { problem: "unauthorized" };
	expect(await gate().who(asking({}, "10.0.0.8"))).toMatchObject(nobody);
	expect(await gate().who(asking({}, "128.0.0.1"))).toMatchObject(nobody);
	expect(await gate().who(asking({ "x-forwarded-for": "127.0.0.1" }))).toMatchObject(nobody);
	expect(await gate().who(asking({ forwarded: "for=127.0.0.1" }))).toMatchObject(nobody);
	expect(await gate().who(asking({ authorization: "Bearer master" }))).toMatchObject(nobody);
	expect(await gate().who(asking({ host: "rebound.example:8080" }))).toMatchObject(nobody);
	expect(await gate({ demo: false }).who(asking({}))).toMatchObject(nobody);
});

test("a session's cookie is the person it was given to, until it ends", async () => {
	const cookie = { cookie: "other=1; lw_session=s3cret; x=y" };
	expect(await gate({ sessions: session(NOW + 1) }).who(asking(cookie, "10.0.0.8"))).toEqual({
		user: "li",
		roles: ["duty"],
		scope: { districts: ["210100"], systems: ["gas"] },
	});
	expect(await gate({ sessions: session(NOW) }).who(asking(cookie))).toMatchObject({ problem: "unauthorized" });
	expect(await gate().who(asking({ cookie: "lw_session=guess" }))).toMatchObject({ problem: "unauthorized" });
	expect(await gate().who(asking({ cookie: "lw_session=__proto__" }))).toMatchObject({ problem: "unauthorized" });
});

test("own Origin or none; a foreign one, null or another port is refused", () => {
	expect(gate().isOwnOrigin(asking({}))).toBe(true);
	expect(gate().isOwnOrigin(asking({ origin: "http://localhost:8080" }))).toBe(true);
	expect(gate().isOwnOrigin(asking({ origin: "https://localhost:8080" }))).toBe(true);
	for (const origin of [
		"http://evil.example",
		"null",
		"http://localhost:8081",
		"file://",
		"http://localhost:8080.evil",
	]) {
		expect(gate().isOwnOrigin(asking({ origin }))).toBe(false);
	}
	expect(gate({ tls: true }).isOwnOrigin(asking({ origin: "http://localhost:8080" }))).toBe(false);
});

test("the cookie cannot be read by scripts, sent by other sites or, under TLS, over plain text", () => {
	expect(gate().cookie("abc", NOW + 5_000)).toBe("lw_session=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=5");
	expect(gate({ tls: true }).cookie("abc", NOW + 5_000)).toMatch(/; Secure$/);
	expect(gate().cookie("", 0)).toMatch(/^lw_session=; .*Max-Age=0$/);
});
