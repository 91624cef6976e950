// Plans against a real register; each plan is applied as the engine would.
import { expect, test } from "vitest";
import type { Person, PersonRow, Unit, UnitRow } from "#model/contact.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Entry } from "#model/register.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import type { ActContext, Plan } from "../act.ts";
import { Register } from "../register.ts";
import { contactPlans } from "./contact.ts";

const NOW = 1_700_000_000_000;
const unit: Unit = {
	name: "演示热力",
	kind: "operator",
	district: "210102",
	systems: ["heating"],
	parent: null,
	phone24h: "024-00001234",
	address: "",
	lon: null,
	lat: null,
};
const person: Person = { name: "张三", unit: "u1", duty: "调度", phones: ["13800001234"], isOnCall: true, order: 0 };

function entry(kind: "unit" | "person", id: string, body: Unit | Person): Entry {
	return { kind, id, revision: 1, at: 0, by: "x", district: "210102", system: ANY_SYSTEM, body, removed: false };
}

function context(more: readonly Entry[] = [], scope = WHOLE_PROVINCE): ActContext & { register: Register } {
	const entries = [entry("unit", "u1", unit), entry("person", "p1", person), ...more];
	const register = new Register({ entries, registerRevision: 1, lastLine: 0 });
	let next = 100;
	return {
		now: NOW,
		who: { user: "李四", roles: ["lead"], scope },
		source: "test",
		register,
		alarms: { get: () => null, open: () => [] },
		catalogue: { assets: new Map() },
		fullNameOf: () => "",
		newId: (prefix) => `${prefix}${next++}`,
		archived: () => Promise.resolve(null),
		lines: () => Promise.resolve([]),
	};
}

const commandId = "12345678";
async function planOf(plan: Plan | Problem | Promise<Plan | Problem>): Promise<Plan> {
	const made = await plan;
	if (isProblem(made)) throw new Error(`${made.problem} ${made.where}`);
	return made;
}

test("a form that saw masks keeps the numbers; a mask of nothing known is refused, never a lost number", async () => {
	const ctx = context();
	const kept = await planOf(
		contactPlans["contact.person"](
			{ commandId, id: "p1", person: { ...person, duty: "队长", phones: ["138****1234"] } },
			ctx,
		),
	);
	expect(kept.entries?.[0]?.body).toEqual({ ...person, duty: "队长" });
	const wrong = contactPlans["contact.person"](
		{ commandId, id: "p1", person: { ...person, phones: ["139****1234"] } },
		ctx,
	);
	expect(wrong).toMatchObject({ problem: "bad-phone" });
	const unitKept = await planOf(
		contactPlans["contact.unit"]({ commandId, id: "u1", unit: { ...unit, phone24h: "024-****1234" } }, ctx),
	);
	expect(unitKept.entries?.[0]?.body).toEqual(unit);
	expect(JSON.stringify(unitKept.audit)).not.toContain("00001234");
	expect(
		contactPlans["contact.unit"]({ commandId, id: "u1", unit: { ...unit, phone24h: "024-****9999" } }, ctx),
	).toMatchObject({ problem: "bad-phone" });
	expect(
		contactPlans["contact.unit"]({ commandId, unit: { ...unit, name: "新", phone24h: "024-****1234" } }, ctx),
	).toMatchObject({ problem: "bad-phone" });
});

test("a unit stands once by name, below what exists and never below itself; with people in it, it stays", () => {
	const ctx = context([entry("unit", "u2", { ...unit, name: "下级", parent: "u1" })]);
	expect(contactPlans["contact.unit"]({ commandId, unit }, ctx)).toMatchObject({ problem: "already" });
	expect(contactPlans["contact.unit"]({ commandId, id: "u1", unit: { ...unit, parent: "u2" } }, ctx)).toMatchObject({
		problem: "bad-parent",
	});
	expect(contactPlans["contact.unit"]({ commandId, unit: { ...unit, name: "新", parent: "u9" } }, ctx)).toMatchObject({
		problem: "bad-parent",
	});
	expect(contactPlans["contact.remove"]({ commandId, kind: "unit", id: "u1" }, ctx)).toMatchObject({
		problem: "in-use",
	});
	expect(contactPlans["contact.remove"]({ commandId, kind: "unit", id: "u2" }, ctx)).not.toHaveProperty("problem");
});

const unitRow = (more: Partial<UnitRow>): UnitRow => ({ ...unit, row: 2, ...more });
const personRow = (more: Partial<PersonRow>): PersonRow => ({ ...person, unit: unit.name, row: 2, ...more });

test("the same sheet twice changes nothing", async () => {
	const ctx = context();
	const sheet = {
		commandId,
		units: [unitRow({}), unitRow({ name: "新公司", parent: unit.name, row: 3 })],
		people: [personRow({}), personRow({ name: "王五", unit: "新公司", row: 3 })],
	};
	const first = await planOf(contactPlans["contact.import"](sheet, ctx));
	expect(first.answer).toEqual({ units: 1, people: 1, unchanged: 2 });
	const put = first.entries ?? [];
	expect(put.find(({ kind }) => kind === "person")?.body).toMatchObject({
		unit: put.find(({ kind }) => kind === "unit")?.id,
	});
	ctx.register.apply(
		2,
		put.map((one) => ({ ...entry("unit", one.id, unit), ...one, removed: false, revision: 2 })),
		[],
	);
	const again = await planOf(contactPlans["contact.import"](sheet, ctx));
	expect(again.answer).toEqual({ units: 0, people: 0, unchanged: 4 });
	expect(again.entries).toEqual([]);
});

test("nothing is half imported: one bad row and the plan is a problem that names it", () => {
	const ctx = context();
	const bad = (units: UnitRow[], people: PersonRow[]) =>
		contactPlans["contact.import"]({ commandId, units, people }, ctx);
	expect(bad([unitRow({ name: "新", parent: "没有", row: 7 })], [])).toMatchObject({
		problem: "bad-row",
		where: "单位 7",
	});
	expect(bad([], [personRow({}), personRow({ unit: "没有", row: 9 })])).toMatchObject({
		problem: "bad-row",
		where: "人员 9",
	});
	expect(bad([], [personRow({ phones: ["139****9999"] })])).toMatchObject({ problem: "bad-row" });
	expect(bad([unitRow({ name: "甲", parent: "乙" }), unitRow({ name: "乙", parent: "甲" })], [])).toMatchObject({
		problem: "bad-parent",
	});
});

test("a call and a look at a number are on record without the number", async () => {
	const ctx = context();
	const shown = await planOf(
		contactPlans["contact.reveal"]({ commandId, kind: "person", id: "p1", why: "打电话" }, ctx),
	);
	const call = {
		commandId,
		subject: "unit:u1",
		person: "p1",
		unit: null,
		phone: 0,
		startedAt: NOW,
		seconds: 9,
		result: "busy",
		note: "",
	} as const;
	const logged = await planOf(contactPlans["call.log"](call, ctx));
	expect(logged.lines?.[0]).toMatchObject({
		kind: "call",
		detail: { name: "张三", unitName: "演示热力", number: "138****1234", result: "busy" },
	});
	for (const plan of [shown, logged]) expect(JSON.stringify(plan)).not.toContain("13800001234");
	expect(contactPlans["call.log"]({ ...call, subject: "alarm:a9" }, ctx)).toMatchObject({ problem: "not-found" });
	expect(contactPlans["call.log"]({ ...call, startedAt: NOW + 3_600_000 }, ctx)).toMatchObject({ problem: "bad-time" });
});

test("somebody of a higher level may be looked up from below: it is written down where the caller stands", async () => {
	const scope = { districts: ["210300"], systems: null };
	const shown = await planOf(
		contactPlans["contact.reveal"]({ commandId, kind: "person", id: "p1", why: "求援" }, context([], scope)),
	);
	expect(shown.lines?.[0]).toMatchObject({ district: "210300" });
});
