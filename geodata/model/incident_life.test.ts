import fc from "fast-check";
import { expect, test } from "vitest";
import { districtPrefix } from "./ids.ts";
import type { Incident, IncidentTask } from "./incident.ts";
import { incidentSchema, taskSchema, tiers } from "./incident.ts";
import type { IncidentAct } from "./incident_acts.ts";
import { incidentActSchemas } from "./incident_acts.ts";
import {
	districtOf,
	type Ground,
	type LifeAct,
	type Line,
	lived,
	nextNumber,
	opened,
	type Step,
} from "./incident_life.ts";
import { instructed, taskDone, taskPut } from "./incident_task.ts";
import { isProblem, type Problem } from "./problem.ts";

const AT = Date.UTC(2026, 10, 22, 15, 59);
const ID = { commandId: "command-1", id: "i1" };
const place = { district: "210102", lon: 123.4, lat: 41.8, address: "太原街" };

function person(by: string, scope: string, at = AT): Ground {
	return { at, by, speaksFor: (district) => district.startsWith(districtPrefix(scope)) };
}
const county = person("county", "210102");
const city = person("city", "210100");
const province = person("province", "210000");

function fresh(more: Partial<IncidentAct<"incident.open">> = {}): Incident {
	const body = incidentActSchemas["incident.open"].parse({
		commandId: "command-1",
		type: "heat",
		title: "爆管",
		level: 3,
		place,
		...more,
	});
	return opened(body, "2101-20261122-001", county, "county").incident;
}

function done(step: Step | Problem): Incident {
	if (isProblem(step)) throw new Error(step.problem);
	return step.incident;
}

test("numbers go on within a city and a civil day, and begin anew at midnight in Shanghai", () => {
	expect(nextNumber("210102", AT, [])).toBe("2101-20261122-001");
	expect(nextNumber("210103", AT, ["2101-20261122-001", "2101-20261122-011", "2102-20261122-040"])).toBe(
		"2101-20261122-012",
	);
	expect(nextNumber("210102", AT + 60_000, ["2101-20261122-001"])).toBe("2101-20261123-001");
});

test("a county incident goes to city and province under one number; each hand-over must be accepted; the owner keeps it until then", () => {
	let incident = fresh();
	expect([incident.tier, incident.owner.district]).toEqual(["county", "210102"]);
	const up = { ...ID, tier: "city", district: "210100", note: "" } as const;
	incident = done(lived("incident.offer", incident, up, county));
	expect([incident.tier, incident.owner.district, incident.offer?.tier]).toEqual(["county", "210102", "city"]);
	// The county has no word for the city.
	expect(lived("incident.accept", incident, { ...ID, unit: null }, person("other", "210102"))).toMatchObject({
		problem: "not-offered",
	});
	expect(lived("incident.close", incident, { ...ID, result: "x" }, county)).toMatchObject({ problem: "offer-open" });
	incident = done(lived("incident.accept", incident, { ...ID, unit: "u1" }, city));
	expect(incident).toMatchObject({
		tier: "city",
		owner: { district: "210100", unit: "u1", user: "city" },
		offer: null,
	});
	// Now the county may not give it away, nor close it; the city may go on.
	expect(lived("incident.offer", incident, { ...up, tier: "province", district: "210000" }, county)).toMatchObject({
		problem: "not-owner",
	});
	expect(lived("incident.close", incident, { ...ID, result: "x" }, county)).toMatchObject({ problem: "not-owner" });
	incident = done(lived("incident.offer", incident, { ...up, tier: "province", district: "210000" }, city));
	incident = done(lived("incident.accept", incident, { ...ID, unit: null }, province));
	// And down again; declined, it stays above.
	incident = done(lived("incident.offer", incident, { ...up, tier: "county", district: "210102" }, province));
	incident = done(lived("incident.decline", incident, { ...ID, note: "人手不足" }, county));
	expect([incident.no, incident.tier, incident.offer]).toEqual(["2101-20261122-001", "province", null]);
});

test("who offers cannot accept, though their scope is the whole province; a foreign county is no hand-over", () => {
	const offered = done(
		lived("incident.offer", fresh(), { ...ID, tier: "city", district: "210100", note: "" }, province),
	);
	expect(lived("incident.accept", offered, { ...ID, unit: null }, province)).toMatchObject({ problem: "own-offer" });
	expect(
		lived("incident.offer", fresh(), { ...ID, tier: "county", district: "210103", note: "" }, county),
	).toMatchObject({ problem: "bad-offer" });
	expect(districtOf("210100", "county")).toBeNull();
});

test("the place moves within the district that leads; another county's needs the city first", () => {
	const move = (district: string) => ({ ...ID, patch: { place: { ...place, district } } });
	expect(lived("incident.edit", fresh(), move("210103"), city)).toMatchObject({ problem: "other-district" });
	const offered = done(lived("incident.offer", fresh(), { ...ID, tier: "city", district: "210100", note: "" }, county));
	const led = done(lived("incident.accept", offered, { ...ID, unit: null }, city));
	expect(done(lived("incident.edit", led, move("210103"), city)).place.district).toBe("210103");
});

test("what a person wrote is not overwritten by what is computed, until they take it away", () => {
	let incident = done(
		lived("incident.edit", fresh(), { ...ID, patch: { facts: { households: 900, dead: 0 } } }, county),
	);
	const computed = (households: number) => ({
		...ID,
		joined: 0,
		named: [],
		rootAlarm: "a7",
		facts: { households, stations: 3 },
	});
	incident = done(lived("incident.join", incident, computed(4_000), county));
	expect(incident.facts).toEqual({ households: 900, dead: 0, stations: 3 });
	const back = lived("incident.edit", incident, { ...ID, patch: { facts: { households: null } } }, county);
	expect(isProblem(back) ? back : back.lines[0]?.detail).toEqual({
		changed: { facts: { from: { households: 900 }, to: { households: null } } },
	});
	incident = done(lived("incident.join", done(back), computed(4_100), county));
	expect(incident.facts.households).toBe(4_100);
	expect(incident.rootAlarm).toBe("a7");
});

test("an instruction becomes a task with its deadline; a finished task is not changed again", () => {
	const order = {
		...ID,
		leader: "王市长",
		text: "两小时内恢复供热",
		assignee: { unit: "u1", person: null, user: null },
		dueAt: AT,
	};
	const step = instructed(fresh(), order, "t1", "i1");
	if (isProblem(step) || step.task === undefined) throw new Error("no task");
	expect(step.lines.map(({ kind }) => kind)).toEqual(["instruction", "task.given"]);
	expect(taskSchema.parse(step.task)).toMatchObject({ from: "instruction", incident: "i1", state: "open", dueAt: AT });
	const end = taskDone(fresh(), step.task, { ...ID, task: "t1", result: "已恢复", cancelled: false });
	if (isProblem(end) || end.task === undefined) throw new Error("not done");
	expect(end.task).toMatchObject({ state: "done", result: "已恢复" });
	const again = { ...ID, task: "t1", title: "x", assignee: order.assignee, dueAt: AT, from: "person" as const };
	expect(taskPut(fresh(), end.task, again, "t1", "i1")).toMatchObject({ problem: "already" });
});

const drawing = (id: string, text = "") => {
	const geometry = { type: "Point" as const, coordinates: [123.4, 41.8] as [number, number] };
	return { type: "Feature" as const, id, geometry, properties: { shape: "point", text } };
};

test("I2 each drawing is an act of its own: put by id, taken away by id, and nothing else moves", () => {
	const draw = (incident: Incident, change: object) =>
		lived("incident.draw", incident, { ...ID, ...change } as IncidentAct<"incident.draw">, county);
	const ids = (incident: Incident) => incident.drawings.map(({ id }) => id);
	const one = done(draw(fresh(), { put: drawing("d1") }));
	const two = done(draw(one, { put: drawing("d2") }));
	expect(ids(two)).toEqual(["d1", "d2"]);
	const renamed = done(draw(two, { put: drawing("d1", "集结点") }));
	expect(renamed.drawings.map(({ properties }) => properties.text)).toEqual(["集结点", ""]);
	expect(ids(done(draw(renamed, { remove: "d1" })))).toEqual(["d2"]);
	// What is gone, or stands so, is no fault and no line.
	for (const change of [{ remove: "d9" }, { put: drawing("d2") }])
		expect(draw(two, change)).toEqual({ incident: two, lines: [] });
	const full = { ...two, drawings: Array.from({ length: 200 }, (_, n) => drawing(`f${n}`)) };
	expect(draw(full, { put: drawing("d1") })).toMatchObject({ problem: "too-many" });
	expect(ids(done(draw({ ...two, drawings: [{ ...drawing("x"), id: undefined }] }, { remove: "kept-0" })))).toEqual([]);
	expect(draw({ ...two, state: "closed" }, { remove: "d1" })).toMatchObject({ problem: "closed" });
	for (const bad of [{}, { put: drawing("d1"), remove: "d2" }, { put: { ...drawing("d1"), id: undefined } }])
		expect(incidentActSchemas["incident.draw"].safeParse({ ...ID, ...bad }).success).toBe(false);
});

/** Any act at any moment, by anybody; refusals are part of it. */
const anyAct = fc.oneof(
	fc.record({ name: fc.constant("incident.note" as const), text: fc.string({ minLength: 1, maxLength: 20 }) }),
	fc.record({
		name: fc.constant("incident.decide" as const),
		text: fc.string({ minLength: 1, maxLength: 9 }),
		reason: fc.constant(""),
	}),
	fc.record({
		name: fc.constant("incident.edit" as const),
		patch: fc.oneof(
			fc.record({ level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const) }),
			fc.record({ measures: fc.string({ maxLength: 9 }) }),
			fc.record({ facts: fc.dictionary(fc.constantFrom("dead", "households"), fc.oneof(fc.nat(), fc.constant(null))) }),
			fc.record({
				place: fc.record({
					district: fc.constantFrom("210102", "210103", "210202"),
					lon: fc.constant(123),
					lat: fc.constant(41),
					address: fc.constant(""),
				}),
			}),
		),
	}),
	fc.record({
		name: fc.constant("incident.offer" as const),
		tier: fc.constantFrom(...tiers),
		district: fc.constantFrom("210102", "210103", "210100", "210000", "210200"),
		note: fc.constant(""),
	}),
	fc.record({ name: fc.constant("incident.draw" as const), remove: fc.constantFrom("d1", "d2") }),
	fc.record({ name: fc.constant("incident.accept" as const), unit: fc.constant(null) }),
	fc.record({ name: fc.constant("incident.decline" as const), note: fc.constant("不") }),
	fc.record({
		name: fc.constant("incident.link" as const),
		add: fc.subarray(["a1", "a2", "a3"]),
		remove: fc.subarray(["a1", "a2"]),
	}),
	fc.record({
		name: fc.constant("incident.report" as const),
		kind: fc.constantFrom("first" as const, "follow" as const, "final" as const),
		to: fc.constant(null),
		text: fc.constant(""),
	}),
	fc.record({ name: fc.constantFrom("incident.push" as const, "incident.unpush" as const) }),
	fc.record({ name: fc.constant("incident.close" as const), result: fc.constant("已处置") }),
	fc.record({ name: fc.constant("incident.reopen" as const), note: fc.constant("复燃") }),
	fc.record({
		name: fc.constant("incident.join" as const),
		joined: fc.nat(3),
		named: fc.constant([]),
		rootAlarm: fc.constant(null),
		facts: fc.record({ households: fc.nat() }),
	}),
);
const who = fc.constantFrom(
	...["210102", "210103", "210100", "210000", "210200"].flatMap((scope) => [`one of ${scope}`, `two of ${scope}`]),
);

test("no sequence of acts loses a line, leaves no owner or two, or edits what is closed; the number stays", () => {
	fc.assert(
		fc.property(fc.array(fc.record({ act: anyAct, by: who, later: fc.nat(7_200_000) }), { maxLength: 60 }), (acts) => {
			let incident = fresh();
			let at = AT;
			const log: Line[] = [];
			const notes: string[] = [];
			for (const { act, by, later } of acts) {
				at += later;
				const { name, ...body } = act;
				const before = incident;
				const kept = [...log];
				const ground = person(by, by.slice(-6), at);
				const step = lived(name as LifeAct, incident, { ...ID, ...body } as never, ground);
				if (isProblem(step)) continue;
				if (act.name === "incident.note") notes.push(act.text);
				incident = step.incident;
				log.push(...step.lines);
				expect(log.slice(0, kept.length)).toEqual(kept);
				// Exactly one owner, and it changes hands by acceptance alone.
				expect(incidentSchema.safeParse(incident).success).toBe(true);
				if (JSON.stringify(incident.owner) !== JSON.stringify(before.owner)) {
					expect(name).toBe("incident.accept");
					expect(before.offer?.district).toBe(incident.owner.district);
					expect(before.offer?.by).not.toBe(by);
				}
				expect(incident.owner.district).toBe(districtOf(incident.place.district, incident.tier));
				// Whoever has it, or is offered it, sees it where it stands.
				for (const district of [incident.owner.district, incident.offer?.district ?? incident.owner.district])
					expect(incident.place.district.startsWith(districtPrefix(district))).toBe(true);
				expect(incident.no).toBe("2101-20261122-001");
				if (before.state === "closed" && name !== "incident.reopen") {
					expect({ ...incident, clocks: [] }).toEqual({ ...before, clocks: [] });
					expect(["incident.note", "incident.report"]).toContain(name);
				}
				if (incident.state === "closed") expect([incident.offer, incident.result === null]).toEqual([null, false]);
				const running = incident.clocks.map(({ id }) => id);
				expect(new Set(running).size).toBe(running.length);
			}
			expect(log.filter(({ kind }) => kind === "note").map(({ detail }) => detail.text)).toEqual(notes);
			// What was closed before is on record when it is opened again.
			const words = log.filter(({ kind }) => kind === "reopened").map(({ detail }) => detail.result);
			expect(words.every((result) => result === "已处置")).toBe(true);
		}),
		{ numRuns: 400 },
	);
});

test("a task belongs to its incident and keeps where it came from", () => {
	const body = {
		...ID,
		task: null,
		title: "抢修",
		assignee: { unit: null, person: null, user: "x" },
		dueAt: AT,
		from: "plan" as const,
	};
	const given = taskPut(fresh(), null, body, "t1", "i1");
	if (isProblem(given)) throw new Error(given.problem);
	const changed = taskPut(
		fresh(),
		given.task as IncidentTask,
		{ ...body, task: "t1", title: "抢修二", from: "person" },
		"t1",
		"i1",
	);
	if (isProblem(changed)) throw new Error(changed.problem);
	expect(changed.task).toMatchObject({ title: "抢修二", from: "plan", incident: "i1" });
	expect(changed.lines[0]?.detail).toMatchObject({ before: { title: "抢修" } });
});
