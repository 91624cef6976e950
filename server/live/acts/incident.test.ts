import { expect, test } from "vitest";
import { acts } from "#model/acts.ts";
import type { Incident, IncidentTask } from "#model/incident.ts";
import { CLOCK_RULES } from "#model/incident_clock.ts";
import { masked } from "#model/register_masks.ts";
import { WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import { officer, startHeart, type TestHeart } from "../../../test/support/heart.ts";
import { NOW } from "../../../test/support/systems.ts";
import { openReader } from "../../store/reader.ts";

const county: Who = { user: "county", roles: ["lead"], scope: { districts: ["210102"], systems: null } };
const city: Who = { user: "city", roles: ["lead"], scope: { districts: ["210100"], systems: null } };
const dalian: Who = { user: "dalian", roles: ["lead"], scope: { districts: ["210200"], systems: null } };
const gasOnly: Who = { user: "gas", roles: ["lead"], scope: { districts: ["210100"], systems: ["gas"] } };

const place = { district: "210102", lon: 123.4, lat: 41.8, address: "太原街 1 号" };
let commands = 0;

function act(it: TestHeart, who: Who, name: string, body: object) {
	commands += 1;
	return it.heart.acts.run({ who, name, body: { commandId: `command-${commands}`, ...body }, source: "127.0.0.1" });
}
const open = (it: TestHeart, more: object = {}, who: Who = county) =>
	act(it, who, "incident.open", { type: "heat", title: "爆管", level: 3, place, ...more });

async function withHeart(body: (it: TestHeart) => Promise<TestHeart | undefined>): Promise<void> {
	let it = await startHeart();
	try {
		it = (await body(it)) ?? it;
	} finally {
		await it.close();
	}
}
const incident = (it: TestHeart, id = "i1"): Incident => {
	const entry = it.heart.register.find<Incident>("incident", id);
	if (entry === null) throw new Error(`no incident ${id}`);
	return entry.body;
};

test("W25 a county incident goes up to the city under its own number; both see it before and after; its log tells who did what", () =>
	withHeart(async (it) => {
		expect(await open(it)).toEqual({ ok: true, id: "i1", no: "2101-20261122-001" });
		expect(await open(it)).toMatchObject({ id: "i2", no: "2101-20261122-002" });
		expect(it.heart.register.find("incident", "i1")).toMatchObject({ district: "210102", system: "heating" });
		expect(await act(it, county, "incident.offer", { id: "i1", tier: "city", district: "210100" })).toMatchObject({
			ok: true,
		});
		expect(incident(it)).toMatchObject({ tier: "county", owner: { user: "county" }, offer: { tier: "city" } });
		// Another city does not learn that it exists; another trade does not either.
		for (const who of [dalian, gasOnly])
			for (const [name, more] of [
				["incident.accept", {}],
				["incident.decline", { note: "不是我们的" }],
				["incident.close", { result: "已处置" }],
				["incident.reopen", { note: "再看" }],
				["incident.report", { kind: "final" }],
			] as const)
				expect(await act(it, who, name, { id: "i1", ...more }), name).toMatchObject({ problem: "not-found" });
		expect(await act(it, city, "incident.accept", { id: "i1" })).toEqual({
			ok: true,
			id: "i1",
			no: "2101-20261122-001",
		});
		expect(incident(it)).toMatchObject({ tier: "city", owner: { district: "210100", user: "city" } });
		expect(await act(it, county, "incident.note", { id: "i1", text: "现场已围挡" })).toMatchObject({ ok: true });
		const lines = await it.heart.store.lines("incident:i1", 0, 100);
		expect(lines.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
			"opened county",
			"offered county",
			"accepted city",
			"note county",
		]);
		return undefined;
	}));

test("W25 an instruction is a record and a task; the task ends with its result; a foreign task is none", () =>
	withHeart(async (it) => {
		await open(it);
		await open(it);
		const order = { id: "i1", leader: "王市长", text: "两小时内恢复", dueAt: NOW + 7_200_000 };
		expect(await act(it, officer, "incident.instruct", order)).toMatchObject({ problem: "forbidden" });
		expect(await act(it, city, "incident.instruct", order)).toMatchObject({ ok: true, task: "t1" });
		const task = () => it.heart.register.find<IncidentTask>("task", "t1");
		expect(task()).toMatchObject({ district: "210102", body: { incident: "i1", from: "instruction", state: "open" } });
		expect(await act(it, county, "incident.task-done", { id: "i2", task: "t1" })).toMatchObject({
			problem: "not-found",
			where: "task",
		});
		expect(await act(it, county, "incident.task-done", { id: "i1", task: "t1", result: "已恢复" })).toMatchObject({
			ok: true,
		});
		expect(task()?.body).toMatchObject({ state: "done", result: "已恢复" });
		return undefined;
	}));

test("I2 two people who draw in the same second both have their drawing; neither writes over the other's", () =>
	withHeart(async (it) => {
		await open(it);
		const stroke = (id: string) => {
			const geometry = { type: "Point", coordinates: [123.4, 41.8] };
			return { type: "Feature", id, geometry, properties: { shape: "point", text: "" } };
		};
		const drawings = () => incident(it).drawings.map(({ id }) => id);
		const draw = (who: Who, change: object) => act(it, who, "incident.draw", { id: "i1", ...change });
		const both = await Promise.all([draw(county, { put: stroke("a1") }), draw(city, { put: stroke("b1") })]);
		expect(both).toMatchObject([{ ok: true }, { ok: true }]);
		expect(drawings()).toEqual(["a1", "b1"]);
		await Promise.all([
			draw(county, { remove: "a1" }),
			draw(city, { put: stroke("b2") }),
			draw(county, { put: stroke("a2") }),
			draw(city, { remove: "a1" }),
		]);
		expect(drawings()).toEqual(["b1", "b2", "a2"]);
		// The whole list is no field that anybody writes.
		const whole = await act(it, county, "incident.edit", { id: "i1", patch: { drawings: [] } });
		expect(whole).toMatchObject({ problem: "bad-act" });
		return undefined;
	}));

test("W25 what is closed is not edited, yet notes come in; opened again it has its number, and all of it stands after a restart", () =>
	withHeart(async (it) => {
		await open(it);
		const close = (who: Who) => act(it, who, "incident.close", { id: "i1", result: "已处置" });
		expect(await close(officer)).toMatchObject({ problem: "forbidden" });
		expect(await close(county)).toMatchObject({ ok: true });
		const edit = () => act(it, county, "incident.edit", { id: "i1", patch: { title: "另一个" } });
		expect(await edit()).toMatchObject({ problem: "closed" });
		expect(await act(it, county, "incident.note", { id: "i1", text: "回访正常" })).toMatchObject({ ok: true });
		expect(await act(it, county, "incident.reopen", { id: "i1", note: "复漏" })).toMatchObject({
			no: "2101-20261122-001",
		});
		expect(await edit()).toMatchObject({ ok: true });
		const before = incident(it);
		const next = await it.restart();
		expect(incident(next)).toEqual(before);
		expect(await open(next)).toMatchObject({ id: "i2", no: "2101-20261122-002" });
		const kinds = (await next.heart.store.lines("incident:i1", 0, 100)).map(({ kind }) => kind);
		expect(kinds).toEqual(["opened", "closed", "note", "reopened", "edited"]);
		return next;
	}));

test("W25 alarms are linked only from one's own scope, and a cause has one open incident", () =>
	withHeart(async (it) => {
		await it.send("level", 60);
		const [alarm] = it.heart.alarms.open();
		expect(await open(it, { alarms: ["a999"] })).toMatchObject({ problem: "unknown-alarm" });
		if (alarm === undefined) throw new Error("60 is red");
		expect(await open(it, { alarms: [alarm.id] }, dalian)).toMatchObject({ problem: "unknown-alarm" });
		expect(await open(it, { alarms: [alarm.id], rootAlarm: alarm.id, cause: "heat:a1" })).toMatchObject({ id: "i1" });
		expect(await open(it, { cause: "heat:a1" })).toMatchObject({ ok: false, problem: "already", where: "i1" });
		expect(await act(it, county, "incident.link", { id: "i1", add: ["a998"] })).toMatchObject({
			problem: "unknown-alarm",
		});
		expect(await act(it, county, "incident.accept", { id: "i1", unit: "no-unit" })).toMatchObject({
			problem: "unknown-unit",
		});
		return undefined;
	}));

test("what follows from alarms is an act of the system alone: no route leads to it", () => {
	expect(acts["incident.join"]).toMatchObject({ mounted: false });
});

test("W25 the figures of the report clocks are data: a new incident counts by those that were set", () =>
	withHeart(async (it) => {
		await open(it);
		const rules = { ...CLOCK_RULES, first: { ...CLOCK_RULES.first, ms: 30 * 60_000 } };
		const root: Who = { user: "root", roles: ["administrator"], scope: WHOLE_PROVINCE };
		expect(await act(it, county, "incident.clocks", { rules })).toMatchObject({ problem: "forbidden" });
		expect(await act(it, root, "incident.clocks", { rules: { ...rules, up: 3 } })).toMatchObject({
			problem: "bad-act",
		});
		expect(await act(it, root, "incident.clocks", { rules })).toMatchObject({ ok: true });
		await open(it);
		const due = (id: string) => incident(it, id).clocks.find((clock) => clock.id === "first-report")?.dueAt;
		expect([due("i1"), due("i2")]).toEqual([NOW + 60 * 60_000, NOW + 30 * 60_000]);
		return undefined;
	}));

test("T-55 the number of who called is for those who handle incidents: masked for a viewer and in the audit log", () =>
	withHeart(async (it) => {
		await open(it, { source: "call", reporter: { name: "群众", phone: "13800001234" } });
		const entry = it.heart.register.find<Incident>("incident", "i1");
		if (entry === null) throw new Error("no incident");
		const viewer: Who = { user: "viewer", roles: ["viewer"], scope: WHOLE_PROVINCE };
		const seen = (who: Who) => (masked(entry, who).body as Incident).reporter?.phone;
		expect([seen(county), seen(viewer)]).toEqual(["13800001234", "138****1234"]);
		const reader = openReader({ folder: it.folder });
		const audits = JSON.stringify(await reader.audits(0, 50));
		await reader.close();
		expect(audits).not.toContain("13800001234");
		expect(audits).toContain("138****1234");
		return undefined;
	}));
