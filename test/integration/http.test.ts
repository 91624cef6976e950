// The HTTP side over a real port: shapes, rights, scope, origins, cookies, files, and what happens when core or store is away.
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role, Scope } from "../../geodata/model/rights.ts";
import { WHOLE_PROVINCE } from "../../geodata/model/rights.ts";
import { hashOfSecret } from "../../server/auth/who.ts";
import { LinkLost } from "../../server/bus/bus_error.ts";
import { systemClock } from "../../server/clock.ts";
import { corePaths } from "../../server/config.ts";
import { requirePolicies as requireRoutePolicies } from "../../server/http/registry.ts";
import { requirePolicies as requireEventPolicies } from "../../server/wire/events.ts";
import { Province, someAssets } from "../support/province.ts";
import type { TestWeb } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

let web: TestWeb;
const NOW = Date.now();

beforeAll(async () => {
	const province = new Province({ clock: systemClock, assets: someAssets(6) });
	const asset = province.catalogue.assets.get("regulator-210102-0")!;
	province.latest.write(asset.firstRow, 12_345, NOW, 1, 2);
	province.latest.write(asset.firstRow + 1, 21, NOW - 1_000, 2, 4);
	for (const [id, severity] of [
		["regulator-210102-0", 4],
		["gauge-210202-1", 2],
		["gauge-210302-1", 3],
	] as const) {
		province.alarm(id, {
			type: "condition",
			severity,
			at: NOW,
			value: 1,
			limit: 1,
			clause: null,
			why: "test",
			unverified: false,
		});
	}
	web = await openWeb({ province });
	login("duty", ["duty"]);
	login("root", ["administrator"]);
	login("dalian", ["duty"], { districts: ["210200"], systems: ["rain"] });
});
afterAll(() => web.close());

function login(user: string, roles: Role[], scope: Scope = WHOLE_PROVINCE): void {
	const idHash = hashOfSecret(user);
	const session = { idHash, user, roles, scope, createdAt: 0, lastSeenAt: 0, expiresAt: NOW + 3_600_000 };
	web.province.sessions.set(idHash, session);
}
const as = (user: string): Record<string, string> => ({ cookie: `lw_session=${user}` });

/** A request whose Host, Origin or other headers fetch would not let through. */
function raw(
	path: string,
	headers: Record<string, string>,
	method = "GET",
): Promise<{ status: number; text: string; headers: any }> {
	return new Promise((resolve, reject) => {
		const sent = request(web.url + path, { method, headers }, (response) => {
			let text = "";
			response.on("data", (chunk) => (text += chunk));
			response.on("end", () => resolve({ status: response.statusCode!, text, headers: response.headers }));
		});
		sent.on("error", reject);
		sent.end();
	});
}

test("assets come as GeoJSON with the newest state in units, worst severity of all rows", async () => {
	const { status, body } = await web.get("/api/assets?q=regulator-210102-0");
	expect(status).toBe(200);
	expect(body).toMatchObject({ type: "FeatureCollection", numberMatched: 1, numberReturned: 1, next: null });
	expect(body.features[0]).toEqual({
		type: "Feature",
		id: "regulator-210102-0",
		geometry: { type: "Point", coordinates: [121, 39] },
		properties: {
			name: "regulator 0 of 210102",
			kind: "regulator",
			system: "gas",
			district: "210102",
			severity: 4,
			quality: "good",
			at: NOW,
			demo: false,
			channels: [
				{ measure: "pressure", unit: "kPa", value: 123.45, at: NOW, quality: "good", severity: 2, row: 0 },
				{ measure: "methane", unit: "%LEL", value: 2.1, at: NOW - 1_000, quality: "suspect", severity: 4, row: 1 },
			],
		},
	});
});

test("assets are filtered by district prefix, system, kind, severity and box, and paged without loss", async () => {
	const count = async (query: string): Promise<number> => (await web.get(`/api/assets?${query}`)).body.numberMatched;
	expect(await count("")).toBe(30);
	expect(await count("district=2101")).toBe(12);
	expect(await count("district=210100")).toBe(12);
	expect(await count("district=210102&system=gas")).toBe(3);
	expect(await count("kind=gauge")).toBe(15);
	expect(await count("severity=3")).toBe(1);
	expect(await count("bbox=120.9,38.9,121.005,40")).toBe(1);
	const ids: string[] = [];
	let next: string | null = "/api/assets?limit=7";
	while (next !== null) {
		const { body }: { body: any } = await web.get(next);
		ids.push(...body.features.map((feature: any) => feature.id));
		next = body.next;
	}
	expect(ids).toHaveLength(30);
	expect(new Set(ids).size).toBe(30);
});

test("a wrong query is 400 with where", async () => {
	for (const [query, where] of [
		["bbox=1,2,3", "bbox"],
		["bbox=5,0,1,1", "bbox"],
		["severity=5", "severity"],
		["limit=0", "limit"],
		["limit=100001", "limit"],
		["district=Shenyang", "district"],
	]) {
		const { status, body } = await web.get(`/api/assets?${query}`);
		expect([status, body.problem, body.where]).toEqual([400, "bad-query", where]);
	}
});

test("one asset has its fields and limits; an unknown one and one outside the scope are equally not found", async () => {
	expect((await web.get("/api/assets/regulator-210102-0")).body.properties).toMatchObject({ fields: {}, limits: [] });
	const unknown = await web.get("/api/assets/__proto__", as("dalian"));
	const outside = await web.get("/api/assets/regulator-210102-0", as("dalian"));
	expect([unknown.status, outside.status]).toEqual([404, 404]);
	expect(outside.body).toEqual(unknown.body);
});

test("history has unit and points of [at, value, quality]", async () => {
	const { body } = await web.get("/api/assets/regulator-210102-0/history?measure=pressure");
	expect(body).toEqual({ unit: "kPa", points: [[1_000, 1.25, "good"]], thinned: false, demoHistoryUntil: null });
	const unknown = await web.get("/api/assets/regulator-210102-0/history?measure=depth");
	expect([unknown.status, unknown.body.problem]).toEqual([400, "unknown-measure"]);
	const seconds = await web.get("/api/assets/regulator-210102-0/history?measure=pressure&from=1700000000");
	expect([seconds.status, seconds.body.where]).toEqual([400, "from"]);
});

test("alarms are true as of a seq, worst first, and only of the caller's scope", async () => {
	const all = await web.get("/api/alarms");
	expect(all.body.seq).toBe(3);
	expect(all.body.alarms.map((alarm: any) => [alarm.asset, alarm.severity, alarm.seq])).toEqual([
		["regulator-210102-0", 4, 1],
		["gauge-210302-1", 3, 3],
		["gauge-210202-1", 2, 2],
	]);
	expect((await web.get("/api/alarms?severity=3")).body.alarms).toHaveLength(2);
	expect((await web.get("/api/alarms?district=2102")).body.alarms).toHaveLength(1);
	expect((await web.get("/api/alarms?state=all", as("dalian"))).body.alarms).toHaveLength(1);
	expect((await web.get("/api/alarms?state=all&district=2101")).body.alarms).toHaveLength(1);
	const log = await web.get("/api/alarms/log?after=1", as("dalian"));
	expect(log.body).toMatchObject({ seq: 3, through: 3, next: null, transitions: [{ seq: 2, kind: "raised" }] });
	expect((await web.get("/api/alarms/log?after=4")).status).toBe(400);
	const river = await web.get(`/api/alarms/river?from=${NOW - 1_000}&to=${NOW + 1_000}&step=1000`);
	expect(river.body.steps.map((step: any) => step.raised)).toEqual([
		[0, 0, 0, 0],
		[0, 1, 1, 1],
	]);
});

test("C1 C2: a command is passed to core with who and where from, and core's answer comes back with its status", async () => {
	const body = { commandId: "12345678", occurrence: 1 };
	for (const [answer, status] of [
		[{ ok: true, seq: 9 }, 200],
		[{ ok: false, problem: "changed", detail: "raised again" }, 409],
		[{ ok: false, problem: "not-found" }, 404],
		[{ ok: false, problem: "unrecorded" }, 503],
	] as const) {
		web.province.answers.command = () => answer;
		const got = await web.send("POST", "/api/alarms/alarm-regulator-210102-0/acknowledge", body, as("duty"));
		expect([got.status, got.body]).toEqual([status, answer]);
	}
	expect(web.province.asked.at(-1)).toEqual({
		name: "command",
		body: {
			who: { user: "duty", roles: ["duty"], scope: WHOLE_PROVINCE },
			alarmId: "alarm-regulator-210102-0",
			action: "acknowledge",
			body,
			source: "127.0.0.1",
		},
	});
	const wrong = await web.send("POST", "/api/alarms/x/shelve", { ...body, until: 1 }, as("duty"));
	expect([wrong.status, wrong.body.problem, wrong.body.where]).toEqual([400, "bad-body", "note"]);
	const missing = await web.send("POST", "/api/alarms/x/out-of-service", { ...body, note: "x" }, as("duty"));
	expect(missing.status).toBe(403);
});

test("the demo's viewer may look and not touch; forwarding headers and other hosts make it nobody", async () => {
	const command = { commandId: "12345678", occurrence: 1 };
	expect((await web.send("POST", "/api/alarms/x/acknowledge", command)).status).toBe(403);
	expect((await web.send("POST", "/api/devices", {})).status).toBe(403);
	expect((await raw("/api/assets", { "x-forwarded-for": "10.0.0.1" })).status).toBe(401);
	expect((await raw("/api/assets", { host: "evil.example" })).status).toBe(401);
	expect((await raw("/api/assets", { authorization: "Bearer master" })).status).toBe(401);
});

test("a cookie that opens nothing is 401 and is taken away", async () => {
	const { status, headers, body } = await web.get("/api/assets", as("nobody"));
	expect([status, body.problem]).toEqual([401, "unauthorized"]);
	expect(headers.get("set-cookie")).toMatch(/^lw_session=; .*Max-Age=0/);
});

test("a change from a foreign origin is refused, from our own or from none it is not", async () => {
	web.province.answers.command = () => ({ ok: true, seq: 1 });
	const send = (headers: Record<string, string>): Promise<number> =>
		web
			.send(
				"POST",
				"/api/alarms/x/acknowledge",
				{ commandId: "12345678", occurrence: 1 },
				{ ...as("duty"), ...headers },
			)
			.then(({ status }) => status);
	expect(await send({})).toBe(200);
	expect(await send({ origin: web.url })).toBe(200);
	expect(await send({ origin: "http://evil.example" })).toBe(403);
	expect(await send({ origin: "null" })).toBe(403);
});

test("signing in sets a cookie that scripts cannot read; signing out takes it away", async () => {
	const session = { secret: "s3cret", user: "li", roles: ["duty"], scope: WHOLE_PROVINCE, expiresAt: NOW + 60_000 };
	web.province.answers.signIn = () => session;
	const signedIn = await web.send("POST", "/api/session", { name: "li", password: "pw" });
	expect(signedIn.body).toMatchObject({ user: "li", roles: ["duty"], scope: WHOLE_PROVINCE, home: "/duty" });
	expect(signedIn.headers.get("set-cookie")).toMatch(
		/^lw_session=s3cret; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
	);
	web.province.answers.signIn = () => ({ problem: "bad-sign-in" });
	expect((await web.send("POST", "/api/session", { name: "li", password: "no" })).status).toBe(401);
	web.province.answers.demoSession = () => ({ ...session, user: "demo-duty" });
	expect((await web.send("POST", "/api/session", { demo: "duty" })).body.user).toBe("demo-duty");
	const far = await web.send("POST", "/api/session", { demo: "duty" }, { "x-forwarded-for": "10.0.0.1" });
	expect([far.status, far.body.problem]).toEqual([403, "not-local"]);
	expect((await web.send("POST", "/api/session", { demo: "root" })).status).toBe(400);
	await web.send("DELETE", "/api/session", undefined, as("s3cret"));
	expect(web.province.asked.at(-1)?.body.idHash).toBe(hashOfSecret("s3cret"));
});

test("who one is can be asked by anybody", async () => {
	expect((await web.get("/api/session")).body).toMatchObject({
		user: "demo",
		demo: true,
		demoSignIn: true,
		setUp: false,
	});
	const nobody = await raw("/api/session", { "x-real-ip": "1.2.3.4" });
	expect(JSON.parse(nobody.text)).toMatchObject({ user: null, roles: [], demoSignIn: false });
});

test("the table without a browser: all of it, then what changed since a cursor, and what each row is", async () => {
	const all = (await web.get("/api/latest")).body;
	expect([all.epoch, all.from, all.to]).toEqual([7, 0, 2]);
	expect(all.rows).toHaveLength(all.value.length);
	expect([all.value[0], all.quality[0], all.severity[0], all.at[0]]).toEqual([123.45, "good", 2, NOW]);
	const since = (await web.get(`/api/latest?since=${all.epoch}.${all.to}`)).body;
	expect([since.from, since.to, since.rows]).toEqual([2, 2, []]);
	for (const cursor of ["6.2", "7.99"]) expect((await web.get(`/api/latest?since=${cursor}`)).body.from).toBe(0);
	expect((await web.get("/api/latest?since=now")).status).toBe(400);
	const own = (await web.get("/api/rows", as("dalian"))).body;
	expect(own.epoch).toBe(7);
	expect(own.rows.every(({ asset }: any) => /^gauge-2102/.test(asset))).toBe(true);
	expect(own.rows[0]).toEqual({ row: expect.any(Number), asset: "gauge-210202-1", measure: "rain", unit: "mm" });
});

test("the catalogue is whole, or what changed since a revision of this epoch", async () => {
	const whole = (await web.get("/api/catalogue")).body;
	expect(whole).toMatchObject({ epoch: 7, whole: true, removed: [] });
	expect(whole.assets).toHaveLength(30);
	const plain = await raw("/api/catalogue", { "accept-encoding": "identity" });
	const squeezed = await raw("/api/catalogue", { "accept-encoding": "gzip" });
	expect([plain.headers["content-encoding"], squeezed.headers["content-encoding"]]).toEqual([undefined, "gzip"]);
	expect(JSON.parse(plain.text)).toEqual(whole);
	expect((await web.get("/api/catalogue", as("dalian"))).body.assets).toHaveLength(6);
	const same = (await web.get(`/api/catalogue?since=7.${whole.revision}`)).body;
	expect(same).toMatchObject({ whole: false, assets: [], removed: [] });
	expect((await web.get(`/api/catalogue?since=6.${whole.revision}`)).body.whole).toBe(true);
	expect((await web.get("/api/systems")).body.systems.map(({ id }: any) => id)).toEqual(["gas", "rain"]);
	expect((await web.get("/api/districts")).body.districts).toHaveLength(115);
	const found = (await web.get("/api/search?q=gauge-2102", as("dalian"))).body;
	expect(found.assets).toHaveLength(6);
	expect((await web.get(`/api/search?q=${encodeURIComponent("沈阳")}`)).body.districts[0].code).toBe("210100");
});

test("administrators' calls reach core, others do not", async () => {
	web.province.answers.putDevice = () => ({ id: "d1", asset: "a", door: "http", address: "x", key: "once" });
	web.province.answers.putAssets = () => ({ stored: 1, rejected: [] });
	web.province.answers.putRule = () => ({ problem: "bad-limit", where: "limit.levels" });
	web.province.answers.devices = () => [];
	web.province.answers.quarantine = () => [];
	expect((await web.send("POST", "/api/devices", { asset: "a", door: "http" }, as("root"))).body.key).toBe("once");
	expect((await web.send("POST", "/api/assets", { assets: [{}] }, as("root"))).body.stored).toBe(1);
	const rule = await web.send("PUT", "/api/rules", { kind: "gauge", limit: {} }, as("root"));
	expect([rule.status, rule.body.where]).toEqual([400, "limit.levels"]);
	expect((await web.get("/api/devices", as("root"))).body).toEqual({ devices: [] });
	expect((await web.get("/api/quarantine", as("root"))).body).toEqual({ quarantine: [] });
	for (const path of ["/api/devices", "/api/quarantine", "/api/audit"])
		expect((await web.get(path, as("duty"))).status).toBe(403);
	expect((await web.send("POST", "/api/assets", { assets: [{}] }, as("duty"))).status).toBe(403);
});

test("readings pass unparsed to core's door and its answer passes back; without core it is 503", async () => {
	const line = '{"readings":[{"asset":"a","measure":"m","at":1,"value":1e999}]}';
	const send = (): Promise<{ status: number; body: any }> =>
		web.send("POST", "/api/readings", line, { authorization: "Bearer k", origin: "http://elsewhere.example" });
	expect(await send()).toMatchObject({ status: 503, body: { problem: "core-away" } });
	const heard: any[] = [];
	const door = createServer((incoming, answer) => {
		let text = "";
		incoming.on("data", (chunk) => (text += chunk));
		incoming.on("end", () => {
			heard.push({ text, key: incoming.headers.authorization, peer: incoming.headers["x-peer"] });
			answer.writeHead(429, { "content-type": "application/json", "retry-after": "3" });
			answer.end('{"problem":"slow-down"}');
		});
	});
	await new Promise<void>((resolve) => door.listen(corePaths(web.folder).readings, resolve));
	const answer = await web.send("POST", "/api/readings", line, { authorization: "Bearer k" });
	expect([answer.status, answer.body, answer.headers.get("retry-after")]).toEqual([429, { problem: "slow-down" }, "3"]);
	expect(heard).toEqual([{ text: line, key: "Bearer k", peer: "127.0.0.1" }]);
	await new Promise((resolve) => door.close(resolve));
});

test("ready only when store, doors and link are; the reasons are said", async () => {
	const ready = await web.get("/readyz");
	expect([ready.status, ready.body.ready, ready.body.reasons]).toEqual([200, true, []]);
	expect(ready.body.doors.http).toMatchObject({ listening: true, address: "/api/readings" });
	web.province.storeOpen = false;
	web.province.followers.state();
	await settled();
	const away = await web.get("/readyz");
	expect([away.status, away.body.reasons]).toEqual([503, ["the store is not open"]]);
	web.province.storeOpen = true;
	web.province.followers.state();
	await settled();
	expect((await web.get("/healthz")).body.ok).toBe(true);
	const status = (await web.get("/api/status")).body;
	expect(status).toMatchObject({
		ready: true,
		epoch: 7,
		alarmSeq: 3,
		counts: { assets: 30 },
		alarms: { open: [0, 0, 1, 1, 1] },
	});
});

test("figures for Prometheus are for loopback alone", async () => {
	const { status, body } = await web.get("/metrics");
	expect(status).toBe(200);
	expect(body).toContain("liaowang_alarms_open 3");
	expect(body).toContain('liaowang_rejected_total{door="http",code="bad-key"} 2');
	expect((await raw("/metrics", { "x-forwarded-for": "10.0.0.1" })).status).toBe(403);
});

test("the OpenAPI document names every route with its schemas", async () => {
	const { body } = await web.get("/api/openapi.json");
	expect(body.openapi).toBe("3.1.0");
	expect(Object.keys(body.paths)).toEqual(
		expect.arrayContaining([
			"/api/assets/{id}/history",
			"/api/readings",
			"/api/alarms/{id}/out-of-service",
			"/api/latest",
		]),
	);
	expect(body.paths["/api/alarms/{id}/shelve"].post.requestBody.content["application/json"].schema.required).toEqual(
		expect.arrayContaining(["commandId", "occurrence", "note", "until"]),
	);
	expect(body.paths["/api/assets"].get.parameters.map(({ name }: any) => name)).toContain("bbox");
});

test("answers carry the strict policy for scripts and none of our insides", async () => {
	const { headers } = await web.get("/healthz");
	const policy = headers.get("content-security-policy")!;
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("script-src 'self'");
	expect(policy).not.toMatch(/script-src[^;]*unsafe/);
	expect(policy).not.toContain("upgrade-insecure-requests");
	expect(headers.get("x-powered-by")).toBeNull();
	expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("unknown addresses are JSON under /api, hostile ones are answered, nothing shows a stack", async () => {
	expect(await web.get("/api/nothing")).toMatchObject({ status: 404, body: { problem: "not-found" } });
	const broken = await web.send("POST", "/api/session", "{", {});
	expect([broken.status, broken.body.problem]).toEqual([400, "bad-request"]);
	const large = await web.send("POST", "/api/session", JSON.stringify({ name: "x".repeat(70_000) }));
	expect([large.status, large.body.problem]).toEqual([413, "too-large"]);
	for (const path of [
		"/api/assets/%00",
		"/api/assets/%E0%A4%A",
		"/..%2f..%2fetc/passwd",
		"/api/assets?__proto__=1",
		"/api/latest?since[]=1",
	]) {
		const { status, text } = await raw(path, {});
		expect(status).toBeLessThan(500 + (path.startsWith("/..") ? 4 : 0));
		expect(text).not.toMatch(/at .*\.ts|node_modules|root:/);
	}
	expect(({} as any).polluted).toBeUndefined();
});

test("core away is 503, our own fault 500, and neither tells why", async () => {
	web.province.answers.command = () => {
		throw new LinkLost("command");
	};
	const send = (): Promise<{ status: number; body: any }> =>
		web.send("POST", "/api/alarms/x/acknowledge", { commandId: "12345678", occurrence: 1 }, as("duty"));
	expect(await send()).toMatchObject({ status: 503, body: { problem: "core-away" } });
	web.province.answers.command = () => {
		throw new Error("secret path /var/x");
	};
	const fault = await send();
	expect([fault.status, fault.body.problem]).toEqual([500, "internal"]);
	expect(JSON.stringify(fault.body)).not.toContain("secret");
});

test("a route or a socket event without a policy stops the start", () => {
	const route = { method: "get", path: "/x" };
	expect(() => requireRoutePolicies([route])).toThrow("GET /x has no policy");
	expect(() => requireRoutePolicies([{ ...route, policy: { action: "everything" } }])).toThrow("no policy");
	expect(() => requireRoutePolicies([{ ...route, policy: { open: "" } }])).toThrow("no policy");
	expect(() => requireRoutePolicies([1, 2].map(() => ({ ...route, policy: { action: "read" } })))).toThrow(
		"there twice",
	);
	expect(() => requireEventPolicies({ follow: {} })).toThrow("socket event follow has no policy");
	expect(() => requireEventPolicies({ follow: { action: "read" } })).not.toThrow();
});

test("the page: hashed files are kept for good, index.html is asked for, other addresses are the page, ranges of the map work", async () => {
	const folder = join(web.folder, "page");
	await mkdir(join(folder, "assets"), { recursive: true });
	await writeFile(join(folder, "index.html"), "<!doctype html><head><title>page</title></head>");
	await writeFile(join(folder, "assets", "main-abc123.js"), "1");
	const other = await openWeb({ pageFolder: folder, env: { LIAOWANG_MAP_NUMBER: "辽S(2026)012号" } });
	const hashed = await other.get("/assets/main-abc123.js");
	expect([hashed.status, hashed.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
	for (const path of ["/", "/duty", "/wall?at=1"]) {
		const page = await other.get(path);
		expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-cache"]);
		expect(page.body).toContain('<title>page</title><meta name="map-number" content="辽S(2026)012号" />');
	}
	for (const path of ["/assets/none.js", "/favicon.ico", "/map/none"]) expect((await other.get(path)).status).toBe(404);
	const range = await raw("/map/basemap.pmtiles", { range: "bytes=0-6" });
	expect([range.status, range.text, range.headers["content-range"]?.startsWith("bytes 0-6/")]).toEqual([
		206,
		"PMTiles",
		true,
	]);
	await other.close();
});

function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
