// The register, its logs, its photos and the figures of alarms over a real port, in front of a province: shapes, scope, masks, refusals.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Entry } from "../../geodata/model/register.ts";
import type { Role, Scope } from "../../geodata/model/rights.ts";
import { WHOLE_PROVINCE } from "../../geodata/model/rights.ts";
import { hashOfSecret } from "../../server/auth/who.ts";
import { systemClock } from "../../server/clock.ts";
import { Province, someAssets } from "../support/province.ts";
import type { TestWeb } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

let web: TestWeb;
const NOW = Date.now();

beforeAll(async () => {
	web = await openWeb({ province: new Province({ clock: systemClock, assets: someAssets(6) }) });
	login("root", ["administrator"]);
	login("duty", ["duty"]);
	login("dalian", ["duty"], { districts: ["210200"], systems: ["rain"] });
	login("firm", ["enterprise"], { districts: ["210000"], systems: null, assets: ["regulator-210102-0"] });
});
afterAll(() => web.close());

function login(user: string, roles: Role[], scope: Scope = WHOLE_PROVINCE): void {
	const idHash = hashOfSecret(user);
	const session = { idHash, user, roles, scope, createdAt: 0, lastSeenAt: 0, expiresAt: NOW + 3_600_000 };
	web.province.sessions.set(idHash, session);
}
const as = (user: string): Record<string, string> => ({ cookie: `lw_session=${user}` });

/** As core's engine tells it. */
function tell(...entries: Partial<Entry>[]): void {
	const { register, followers } = web.province;
	const revision = register.revision + 1;
	const whole = entries.map(
		(entry): Entry => ({
			kind: "incident",
			id: "i1",
			revision,
			at: NOW,
			by: "duty",
			district: "210102",
			system: "gas",
			body: {},
			removed: false,
			...entry,
		}),
	);
	register.apply(revision, whole, []);
	followers.registerChanged(revision, whole, []);
}

const ids = (answer: { body: { entries: Entry[] } }) => answer.body.entries.map(({ id }) => id);

test("S4 entries reach whose scope holds them; shared kinds reach all; private kinds reach no page and cannot be asked for", async () => {
	tell({ id: "i1" }, { id: "i2", district: "210202", system: "any" }, { id: "i3", district: "210202", system: "gas" });
	tell({ kind: "rota", id: "r1", district: "210100" }, { kind: "outlet", id: "sms", body: { secret: "s3cret" } });
	expect(ids(await web.get("/api/register", as("duty"))).sort()).toEqual(["i1", "i2", "i3", "r1"]);
	expect(ids(await web.get("/api/register", as("dalian"))).sort()).toEqual(["i2", "r1"]);
	expect(ids(await web.get("/api/register?kinds=rota", as("dalian")))).toEqual(["r1"]);
	expect((await web.get("/api/register?kinds=outlet", as("root"))).status).toBe(400);
	expect((await web.get("/api/register", as("firm"))).status).toBe(403);
	expect(JSON.stringify((await web.get("/api/register", as("root"))).body)).not.toContain("s3cret");
	// Nor does web itself hold it.
	expect(web.web.mirror.register.all("outlet")).toEqual([]);
});

test("since a revision: what changed, what was removed, and what left the scope is taken off the page", async () => {
	const { epoch, revision } = (await web.get("/api/register", as("dalian"))).body;
	tell({ id: "i2", district: "210102", system: "any" });
	tell({ id: "i4", district: "210202", system: "rain" });
	tell({ id: "i4", district: "210202", system: "rain", removed: true });
	const since = await web.get(`/api/register?since=${epoch}.${revision}`, as("dalian"));
	expect(since.body).toMatchObject({ whole: false, revision: revision + 3 });
	expect(since.body.entries).toMatchObject([
		{ id: "i2", removed: true, body: null, district: "" },
		{ id: "i4", removed: true, body: null },
	]);
	expect((await web.get(`/api/register?since=${epoch + 1}.${revision}`, as("dalian"))).body.whole).toBe(true);
	expect((await web.get(`/api/register?since=${epoch}.${revision + 99}`, as("dalian"))).body.whole).toBe(true);
});

test("a large register is squeezed, and each sees only what is within its own scope all the same", async () => {
	tell(...Array.from({ length: 200 }, (_, n) => ({ id: `big-${n}`, body: { text: "热".repeat(80) } })));
	const sizes = async (user: string, encoding: string) => {
		const response = await fetch(`${web.url}/api/register?kinds=incident`, {
			headers: { ...as(user), "accept-encoding": encoding },
		});
		const { entries } = (await response.json()) as { entries: Entry[] };
		return [response.headers.get("content-encoding"), entries.filter(({ id }) => id.startsWith("big-")).length];
	};
	expect(await sizes("duty", "gzip")).toEqual(["gzip", 200]);
	expect(await sizes("root", "gzip")).toEqual(["gzip", 200]);
	expect(await sizes("duty", "identity")).toEqual([null, 200]);
	expect(await sizes("dalian", "gzip")).toEqual([null, 0]);
});

test("a log is read within the scope, by subject or by time, and never that of a private record", async () => {
	const line = { subject: "incident:i1", kind: "note", at: NOW, by: "duty", detail: { text: "到场" } };
	web.province.lines.push(
		{ n: 1, ...line, district: "210102", system: "gas" },
		{ n: 2, ...line, subject: "incident:i9", district: "210202", system: "any" },
		{ n: 3, ...line, subject: "outlet:sms", district: "210000", system: "any" },
	);
	const numbers = async (path: string, user: string) =>
		(await web.get(path, as(user))).body.lines.map(({ n }: { n: number }) => n);
	expect(await numbers("/api/log?subject=incident:i1", "duty")).toEqual([1]);
	expect(await numbers("/api/log?subject=incident:i1", "dalian")).toEqual([]);
	expect(await numbers(`/api/log?from=${NOW - 1}&to=${NOW + 1}`, "duty")).toEqual([1, 2]);
	expect(await numbers(`/api/log?from=${NOW - 1}&to=${NOW + 1}`, "dalian")).toEqual([2]);
	expect(await numbers("/api/log?subject=outlet:sms", "root")).toEqual([]);
	for (const wrong of ["/api/log", `/api/log?from=${NOW}`, "/api/log?subject=x"])
		expect((await web.get(wrong, as("duty"))).status).toBe(400);
});

test("a photo is taken by its first bytes and size, and given to whose scope holds its subject", async () => {
	const send = (user: string, bytes: Buffer, type: string, query = "subject=alarm:a1&commandId=command-1") =>
		fetch(`${web.url}/api/photos?${query}`, {
			method: "POST",
			headers: { ...as(user), "content-type": type },
			body: new Uint8Array(bytes),
		});
	web.province.answers.act = (body) => ({ ok: true, id: body.name });
	const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)]);
	expect((await send("duty", jpeg, "image/jpeg")).status).toBe(200);
	const asked = web.province.asked.at(-1);
	expect(asked).toMatchObject({ name: "act", body: { name: "photo.add", body: { subject: "alarm:a1" } } });
	expect(Buffer.compare(Buffer.from(asked?.body.body.base64, "base64"), jpeg)).toBe(0);
	expect((await send("duty", Buffer.from("<script>alert(1)</script>"), "image/jpeg")).status).toBe(415);
	expect((await send("duty", jpeg, "text/html")).status).toBe(415);
	const large = Buffer.concat([jpeg, Buffer.alloc(4 * 1024 * 1024)]);
	expect((await send("duty", large, "image/jpeg")).status).toBe(413);
	expect((await send("duty", jpeg, "image/jpeg", "subject=alarm:a1")).status).toBe(400);
	expect((await send("firm", jpeg, "image/jpeg")).status).toBe(403);
	const place = { district: "210102", system: "gas", asset: null };
	const photo = {
		id: "p1",
		subject: "alarm:a1",
		at: NOW,
		by: "duty",
		type: "image/jpeg",
		...place,
		bytes: jpeg,
	} as const;
	web.province.photos.set("p1", photo);
	const given = await fetch(`${web.url}/api/photos/p1`, { headers: as("duty") });
	expect([given.status, given.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
	expect(given.headers.get("x-content-type-options")).toBe("nosniff");
	expect(given.headers.get("content-security-policy")).toContain("sandbox");
	expect((await fetch(`${web.url}/api/photos/p1`, { headers: as("dalian") })).status).toBe(404);
	expect((await fetch(`${web.url}/api/photos/none`, { headers: as("duty") })).status).toBe(404);
});

test("an act is refused before core is asked when the role or the body is wrong, and handed to core when both are right", async () => {
	const before = web.province.asked.length;
	const body = { commandId: "command-9", id: "w1" };
	expect((await web.send("POST", "/api/acts/window.end", body, as("duty"))).status).toBe(403);
	expect((await web.send("POST", "/api/acts/window.end", { id: "w1" }, as("root"))).status).toBe(400);
	expect((await web.send("POST", "/api/acts/photo.add", body, as("root"))).status).toBe(404);
	expect(web.province.asked.slice(before).filter(({ name }) => name === "act")).toEqual([]);
	web.province.answers.act = () => ({ ok: false, problem: "already", detail: "the window is over" });
	const refused = await web.send("POST", "/api/acts/window.end", body, as("root"));
	expect(refused).toMatchObject({ status: 409, body: { ok: false, problem: "already" } });
});

test("figures of alarms are of the scope, name their alarms and carry their targets", async () => {
	const facts = { value: 1, limit: 1, clause: null, why: "test", unverified: false };
	web.province.alarm("regulator-210102-0", { type: "condition", severity: 4, at: NOW - 120_000, ...facts });
	web.province.alarm("gauge-210202-1", { type: "condition", severity: 2, at: NOW - 60_000, ...facts });
	const all = (await web.get("/api/alarms/figures", as("duty"))).body;
	expect(all).toMatchObject({ told: 2, mix: { counts: [0, 1, 0, 1] }, cut: false });
	expect(all.alarms.map(({ id }: { id: string }) => id).sort()).toEqual([
		"alarm-gauge-210202-1",
		"alarm-regulator-210102-0",
	]);
	expect(all.targets.length).toBeGreaterThan(10);
	expect((await web.get("/api/alarms/figures", as("dalian"))).body).toMatchObject({
		told: 1,
		mix: { counts: [0, 1, 0, 0] },
	});
	expect((await web.get("/api/alarms/figures?district=2101", as("duty"))).body.told).toBe(1);
	expect((await web.get(`/api/alarms/figures?from=${NOW}&to=${NOW - 3_600_000}`, as("duty"))).status).toBe(400);
	expect((await web.get("/api/alarms/figures", as("firm"))).status).toBe(403);
});
