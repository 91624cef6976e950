import fc from "fast-check";
import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { worstThenNewest } from "../../live/alarm_order.ts";
import { filterOf, type ListFilter } from "./list_filter.ts";
import { type AlarmGroup, heldLines, type ListPicture, listPicture } from "./list_lines.ts";

function alarm(id: string, more: Partial<Alarm> = {}): Alarm {
	return {
		id,
		severity: 2,
		raisedAt: 1,
		acknowledged: false,
		shelvedUntil: null,
		suppressedBy: null,
		outOfService: false,
		assignedTo: null,
		acknowledgedBy: null,
		system: "gas",
		district: "210102",
		name: id,
		...more,
	} as Alarm;
}

const NO_FILTER = filterOf({}, null);

function picture(
	open: readonly Alarm[],
	more: { filter?: ListFilter; groups?: AlarmGroup[]; unfolded?: string[] } = {},
): ListPicture {
	return listPicture({
		open,
		filter: more.filter ?? NO_FILTER,
		groups: more.groups ?? [],
		unfolded: new Set(more.unfolded),
		wordsOf: ({ name }) => name.toLowerCase(),
	});
}

const keys = ({ lines }: ListPicture): string[] => lines.map(({ key }) => key);

test("each filter narrows, and what it hides is counted with its worst level", () => {
	const all = [
		alarm("orange", { severity: 3 }),
		alarm("mine", { assignedTo: "王岩" }),
		alarm("seen", { acknowledged: true, acknowledgedBy: "李强" }),
		alarm("heat", { system: "heat" }),
		alarm("dalian", { district: "210202" }),
		alarm("province", { district: "210000", system: "system" }),
		alarm("shelved", { severity: 3, shelvedUntil: 9, acknowledged: true }),
	];
	const of = (scene: object, user = "王岩") => keys(picture(all, { filter: filterOf(scene, user) }));
	expect(of({})).toEqual(["orange", "mine", "seen", "heat", "dalian", "province"]);
	expect(of({ level: "3" })).toEqual(["orange"]);
	expect(of({ level: "3", quiet: "1" })).toEqual(["orange", "shelved"]);
	expect(of({ mine: "1" })).toEqual(["mine"]);
	expect(of({ unseen: "1" })).toEqual(["orange", "mine", "heat", "dalian", "province"]);
	expect(of({ system: "heat" })).toEqual(["heat"]);
	expect(of({ city: "210200" })).toEqual(["dalian"]);
	expect(of({ city: "other" })).toEqual(["province"]);
	expect(of({ text: " DAL lian" })).toEqual(["dalian"]);
	expect(picture(all, { filter: filterOf({ system: "heat" }, null) }).hidden).toEqual({
		count: 6,
		quiet: 0,
		worst: 3,
		unacknowledged: 4,
	});
	expect(picture(all).hidden).toEqual({ count: 1, quiet: 1, worst: 3, unacknowledged: 0 });
});

test("a cause is one line at the place of its first, root first, counted by level; its reds stand alone", () => {
	const all = [
		alarm("red", { severity: 4 }),
		alarm("other-red", { severity: 4 }),
		alarm("a", { severity: 3 }),
		alarm("b", { severity: 3 }),
		alarm("root", { severity: 1, acknowledged: true }),
	];
	const groups = [{ key: "site", word: "site", root: "root", members: ["red", "a", "b", "root"] }];
	const folded = picture(all, { groups });
	expect(keys(folded)).toEqual(["red", "other-red", "group:site"]);
	expect(folded.lines[0]).toMatchObject({ group: "site" });
	expect(folded.lines[2]).toMatchObject({
		root: { id: "root" },
		counts: [0, 1, 0, 2, 0],
		unacknowledged: 2,
		reds: 1,
		isOpen: false,
	});
	expect(keys(picture(all, { groups, unfolded: ["site"] }))).toEqual([
		"red",
		"other-red",
		"group:site",
		"root",
		"a",
		"b",
	]);
	// One alone is no group.
	const narrow = picture(all, { groups, filter: filterOf({ level: "1" }, null) });
	expect(keys(narrow)).toEqual(["red", "other-red", "root"]);
});

const anyAlarm = fc.record({
	severity: fc.integer({ min: 1, max: 4 }),
	acknowledged: fc.boolean(),
	raisedAt: fc.integer({ min: 1, max: 9 }),
	shelvedUntil: fc.constantFrom(null, 99),
	suppressedBy: fc.constantFrom(null, null, "检修"),
	outOfService: fc.constantFrom(false, false, true),
	system: fc.constantFrom("gas", "heat"),
	district: fc.constantFrom("210102", "210202", "210000"),
	group: fc.integer({ min: 0, max: 4 }),
});
const anyScene = fc.record({
	level: fc.constantFrom("", "1", "3", "4"),
	system: fc.constantFrom(undefined, "gas"),
	city: fc.constantFrom(undefined, "210100", "other"),
	text: fc.constantFrom(undefined, "a1"),
	unseen: fc.constantFrom(undefined, "1"),
	mine: fc.constantFrom(undefined, "1"),
	quiet: fc.constantFrom(undefined, "1"),
});

test("M5 no filter, no fold and no shelf hides a red that nobody has acknowledged; every alarm is listed, folded or counted once", () => {
	fc.assert(
		fc.property(fc.array(anyAlarm, { maxLength: 60 }), anyScene, fc.boolean(), (facts, scene, isOpen) => {
			const open = facts
				.map(({ group: _, ...more }, i) => alarm(`a${i}`, more as Partial<Alarm>))
				.sort(worstThenNewest);
			const members = (wanted: number) => facts.flatMap(({ group }, i) => (group === wanted ? [`a${i}`] : []));
			const groups = [1, 2, 3, 4].map((key) => ({
				key: `${key}`,
				word: "site",
				root: members(key)[0] ?? null,
				members: members(key),
			}));
			const made = picture(open, {
				filter: filterOf(
					Object.fromEntries(Object.entries(scene).filter(([, value]) => value !== undefined && value !== "")),
					"王岩",
				),
				groups,
				unfolded: isOpen ? ["1", "2", "3", "4"] : [],
			});
			const alone = new Set(made.lines.flatMap((line) => (line.kind === "alarm" ? [line.alarm.id] : [])));
			for (const { id, severity, acknowledged } of open)
				if (severity === 4 && !acknowledged) expect(alone.has(id)).toBe(true);
			// Reds outside the filter come before everything else.
			made.lines.forEach((line, i) => {
				expect(line.kind === "alarm" && line.isOutside).toBe(i < made.outside);
			});
			const listed = new Set([
				...alone,
				...made.lines.flatMap((line) => (line.kind === "group" ? line.members.map(({ id }) => id) : [])),
			]);
			expect(listed.size + made.hidden.count).toBe(open.length);
			expect(new Set(made.lines.map(({ key }) => key)).size).toBe(made.lines.length);
		}),
		{ numRuns: 300 },
	);
});

test("in whatever order, a red that nobody has acknowledged stands first", () => {
	const byAge = [alarm("old"), alarm("seen-red", { severity: 4, acknowledged: true }), alarm("red", { severity: 4 })];
	expect(keys(picture(byAge))).toEqual(["red", "old", "seen-red"]);
	expect(picture(byAge).passed.map(({ id }) => id)).toEqual(["old", "seen-red", "red"]);
});

test("while the hand is on a button lines keep their places; a new red is told apart", () => {
	const { lines } = picture([alarm("new-red", { severity: 4 }), alarm("a"), alarm("c")]);
	const held = heldLines(lines, ["a", "b", "c"]);
	expect(held.lines.map(({ key }) => key)).toEqual(["a", "c", "new-red"]);
	expect(held.newReds.map(({ id }) => id)).toEqual(["new-red"]);
});
