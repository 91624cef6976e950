// The archive over a real port: by date and by id, scope, masks, refusals; and what other routes find there by themselves.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Archived, KEPT_DAYS } from "../../geodata/model/archive.ts";
import type { RecordKind } from "../../geodata/model/register.ts";
import type { Role, Scope } from "../../geodata/model/rights.ts";
import { WHOLE_PROVINCE } from "../../geodata/model/rights.ts";
import { hashOfSecret } from "../../server/auth/who.ts";
import { systemClock } from "../../server/clock.ts";
import { Province, someAssets } from "../support/province.ts";
import type { TestWeb } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const NOW = Date.now();
/** The oldest morning that a brief is made for, 08:00 in Liaoning: most of its day is in the archive. */
const MORNING = Math.ceil((NOW - KEPT_DAYS * DAY) / DAY) * DAY;
const OVER = MORNING - 23.5 * 3_600_000;
let web: TestWeb;

beforeAll(async () => {
	web = await openWeb({ province: new Province({ clock: systemClock, assets: someAssets(6) }) });
	login("root", ["administrator"]);
	login("viewer", ["viewer"]);
	login("dalian", ["duty"], { districts: ["210200"], systems: null });
	login("firm", ["enterprise"], { districts: ["210000"], systems: null, assets: ["regulator-210102-0"] });
	const task = { incident: "i1", title: "关阀", assignee: { unit: null, person: null, user: "李" }, dueAt: OVER };
	put("incident", "i1", incident, [["task", "t1", { ...task, state: "done", from: "person", result: "已关" }]]);
	put("handover", "h1", {});
});
afterAll(() => web.close());

const incident = {
	no: "2101-20260922-003",
	type: "heat",
	title: "文体路一次管网爆管",
	level: 3,
	place: { district: "210102", lon: 123.4123, lat: 41.7812, address: "文体路 12 号" },
	cause: null,
	rootAlarm: null,
	alarms: [],
	joined: 0,
	source: "call",
	reporter: { name: "王先生", phone: "13800000000" },
	state: "closed",
	tier: "city",
	owner: { district: "210100", unit: null, user: null },
	offer: null,
	commander: "赵国栋",
	openedAt: OVER - 3_600_000,
	closedAt: OVER,
	result: "已修复",
	facts: { households: 3_200 },
	byHand: [],
	measures: "已关闭上下游阀门",
	situation: "路面塌陷",
	clocks: [],
	resources: [],
	drawings: [],
	pushed: null,
	drill: false,
};

function login(user: string, roles: Role[], scope: Scope = WHOLE_PROVINCE): void {
	const idHash = hashOfSecret(user);
	web.province.sessions.set(idHash, { idHash, user, roles, scope, createdAt: 0, lastSeenAt: 0, expiresAt: NOW + DAY });
}
const as = (user: string): Record<string, string> => ({ cookie: `lw_session=${user}` });

function put(kind: RecordKind, id: string, body: object, parts: [RecordKind, string, object][] = []): void {
	const entry = (of: RecordKind, name: string, own: object) => {
		const place = { district: "210102", system: "heating" };
		return { kind: of, id: name, revision: 1, at: OVER, by: "李", ...place, body: own, removed: false };
	};
	const archived: Archived = {
		entry: entry(kind, id, body),
		overAt: OVER,
		archivedAt: NOW,
		parts: parts.map((part) => entry(...part)),
	};
	web.province.archive.push(archived);
}

test("AR3 records of the archive are listed by kind and found by id with their parts, numbers of callers masked", async () => {
	const list = await web.get("/api/register/archive?kind=incident", as("root"));
	expect(list).toMatchObject({
		status: 200,
		body: { entries: [{ id: "i1", overAt: OVER, archivedAt: NOW }], next: null },
	});
	expect(list.body.entries[0].body.reporter.phone).toBe("13800000000");
	const one = await web.get("/api/register/archive/incident/i1", as("viewer"));
	expect(one).toMatchObject({
		status: 200,
		body: { id: "i1", parts: [{ kind: "task", body: { result: "已关" } }] },
	});
	expect(one.body.body.reporter.phone).not.toContain("0000000");
});

test("AR3 what lies outside the scope, what never leaves, and a task by itself are not found", async () => {
	const status = async (path: string, user: string) => (await web.get(path, as(user))).status;
	expect(await status("/api/register/archive/incident/i1", "root")).toBe(200);
	expect(await status("/api/register/archive/incident/i1", "dalian")).toBe(404);
	for (const none of ["incident/i9", "task/t1", "toString/t1"])
		expect(await status(`/api/register/archive/${none}`, "root")).toBe(404);
	// A page asks of any id that its register does not hold: none is an answer.
	const asked = async (id: string, user: string) =>
		(await web.get(`/api/register/archive?kind=incident&id=${id}`, as(user))).body.entries;
	expect(await asked("i1", "root")).toMatchObject([{ id: "i1", overAt: OVER, parts: [{ id: "t1" }] }]);
	expect(await asked("i1", "dalian")).toEqual([]);
	expect(await asked("i9", "root")).toEqual([]);
	for (const kind of ["task", "person", "outlet", "no-such"])
		expect(await status(`/api/register/archive?kind=${kind}`, "root")).toBe(400);
	expect(await status("/api/register/archive?kind=incident", "firm")).toBe(403);
});

test("AR2 the report of an archived incident can still be made, with its tasks; not outside the scope", async () => {
	const file = "/api/incidents/i1/reports/final.pdf";
	const made = await fetch(web.url + file, { headers: as("root") });
	expect(made.status).toBe(200);
	expect(
		Buffer.from(await made.arrayBuffer())
			.subarray(0, 5)
			.toString(),
	).toBe("%PDF-");
	expect((await fetch(web.url + file, { headers: as("dalian") })).status).toBe(404);
}, 60_000);

test("AR2 the brief of the oldest day still counts the incidents of that day", async () => {
	const date = new Date(MORNING).toISOString().slice(0, 10);
	const brief = await web.get(`/api/brief?date=${date}`, as("root"));
	expect(brief.body).toMatchObject({ incidents: { closed: [{ id: "i1" }] } });
});

test("AR3 from an old alarm the way leads to its incident in the archive: as its root, linked, or joined; not to one of another time", async () => {
	const asset = "regulator-210102-2";
	const condition = (at: number, severity: 0 | 3): void => {
		const facts = { value: 1, limit: 1, clause: null, why: "", unverified: false };
		web.province.alarm(asset, { type: "condition", severity, at, ...facts });
	};
	// Three times, two hours apart: the first is linked, the second has joined, the third came after everything.
	const times = [OVER - 5 * HOUR, OVER - 3 * HOUR, OVER + HOUR];
	for (const at of times) {
		condition(at, 3);
		condition(at + 60_000, 0);
	}
	const id = `alarm-${asset}`;
	const openedAt = (at: number) => ({ ...incident, openedAt: at - 60_000, closedAt: at + HOUR });
	put("incident", "i2", { ...openedAt(times[0] ?? 0), alarms: [id] });
	put("incident", "i3", { ...openedAt(times[1] ?? 0), joined: 2 });
	const named = ["another", id].map((alarm) => ({ alarm, at: times[1] }));
	const place = { district: "210102", system: "heating", by: "system", at: OVER };
	web.province.lines.push({ n: 1, subject: "incident:i3", kind: "alarm.joined", ...place, detail: { named } });
	const found = async (occurrence: number, user = "root") => {
		const told = await web.get(`/api/alarms/${id}/chain?occurrence=${occurrence}`, as(user));
		return told.body.incidents?.map((one: { id: string }) => one.id);
	};
	expect([await found(1), await found(2), await found(3)]).toEqual([["i2"], ["i3"], []]);
	expect(await found(1, "dalian")).toBeUndefined();
	const at = { kind: "incident", id: "i4", district: "210102", system: "heating" } as const;
	const atHand = { ...incident, state: "open", closedAt: null, openedAt: times[2] ?? 0, rootAlarm: id };
	const { register } = web.province;
	const step = { ...at, revision: register.revision + 1, at: NOW, by: "李", body: atHand, removed: false };
	register.apply(step.revision, [step], [], []);
	web.province.followers.registerChanged(step.revision, [step], []);
	expect(await found(3)).toEqual(["i4"]);
});
