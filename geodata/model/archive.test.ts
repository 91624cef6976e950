import { expect, test } from "vitest";
import { type ArchiveWorld, archivedKinds, archiveRules, KEPT_DAYS, leavesAt, leaving, OWED_DAYS } from "./archive.ts";
import type { IncidentTask } from "./incident.ts";
import { type Entry, type RecordKind, recordKindIds } from "./register.ts";

const DAY = 86_400_000;
const AT = 1_000 * DAY;

function entry(kind: RecordKind, body: object, more: Partial<Entry> = {}): Entry {
	return {
		kind,
		id: "x1",
		revision: 1,
		at: AT,
		by: "李",
		district: "210102",
		system: "any",
		removed: false,
		body,
		...more,
	};
}

function world(...states: IncidentTask["state"][]): ArchiveWorld {
	const tasks = states.map(
		(state, n) => ({ ...entry("task", { state, incident: "x1" }), id: `t${n}` }) as Entry<IncidentTask>,
	);
	return { tasksOf: (id) => (id === "x1" ? tasks : []) };
}

const closed = { state: "closed", closedAt: AT, clocks: [{ doneAt: AT }] };
const signed = (...sides: string[]) => ({ signatures: sides.map((side, n) => ({ side, at: AT + n * DAY })) });

test("AR1 every kind has a rule with its reason, and what leaves by itself is not for ever owed", () => {
	for (const kind of recordKindIds) expect(archiveRules[kind].why.length).toBeGreaterThan(5);
	expect(archivedKinds).toEqual(["incident", "task", "window", "handover"]);
});

test.each<[string, Entry, ArchiveWorld, number | null]>([
	["an open incident stays", entry("incident", { ...closed, state: "open", closedAt: null }), world(), null],
	["a closed one leaves", entry("incident", closed), world("done", "cancelled"), AT + KEPT_DAYS * DAY],
	[
		"a report after the closing counts",
		entry("incident", closed, { at: AT + DAY }),
		world(),
		AT + (KEPT_DAYS + 1) * DAY,
	],
	["an open task holds it longer", entry("incident", closed), world("open"), AT + OWED_DAYS * DAY],
	[
		"a final report that is owed holds it longer",
		entry("incident", { ...closed, clocks: [{ doneAt: null }] }),
		world(),
		AT + OWED_DAYS * DAY,
	],
	["a task goes with its incident alone", entry("task", { state: "done", incident: "x1" }), world(), null],
	["a hand-over that one has signed stays", entry("handover", signed("outgoing")), world(), null],
	["a signed one leaves", entry("handover", signed("outgoing", "incoming")), world(), AT + (KEPT_DAYS + 1) * DAY],
	["a window leaves after its end", entry("window", { to: AT + 9 * DAY }), world(), AT + (KEPT_DAYS + 9) * DAY],
	["a person stays", entry("person", {}), world(), null],
	["a settings record stays", entry("plan", {}), world(), null],
	["what was taken away leaves", entry("person", {}, { removed: true }), world(), AT + KEPT_DAYS * DAY],
])("AR1 %s", (_, given, around, at) => {
	expect(leavesAt(given, around)?.at ?? null).toBe(at);
});

test("AR1 an incident leaves with its tasks, which come back with it", () => {
	expect(leaving(entry("incident", closed), AT, world("done", "open"))).toEqual([
		{ kind: "incident", id: "x1", overAt: AT, partOf: null },
		{ kind: "task", id: "t0", overAt: AT, partOf: "incident:x1" },
		{ kind: "task", id: "t1", overAt: AT, partOf: "incident:x1" },
	]);
});
