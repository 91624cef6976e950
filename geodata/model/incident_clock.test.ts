import { expect, test } from "vitest";
import type { ClockId, IncidentClock, IncidentLevel } from "./incident.ts";
import { factsSchema } from "./incident.ts";
import { incidentActSchemas, incidentActs } from "./incident_acts.ts";
import {
	CLOCK_RULES,
	clockRulesSchema,
	clocksAfterReport,
	clocksAtClosing,
	clocksAtLevel,
	clocksAtOpening,
	clocksAtReopening,
	clocksDue,
} from "./incident_clock.ts";
import { firstLevel, incidentType, incidentTypeOf, incidentTypes, systemOf } from "./incident_type.ts";

const HOUR = 3_600_000;
const open = (clocks: readonly IncidentClock[], level: IncidentLevel = 3) => ({
	clocks,
	level,
	state: "open" as const,
});
const due = (clocks: readonly IncidentClock[] | null, id: ClockId): number | undefined =>
	clocks?.find((clock) => clock.id === id && clock.doneAt === null)?.dueAt;

test("a county reports within an hour, each level above within two, as far up as the level asks", () => {
	const begun = clocksAtOpening(2, 0);
	expect(due(begun, "first-report")).toBe(HOUR);
	const county = clocksAfterReport(open(begun, 2), "first", null, HOUR / 2);
	expect(due(county, "first-report")).toBeUndefined();
	expect(due(county, "city-report")).toBe(2.5 * HOUR);
	const city = clocksAfterReport(open(county ?? [], 2), "first", "city", HOUR);
	expect(due(city, "province-report")).toBe(3 * HOUR);
	// III goes to the province and no further.
	const province = clocksAfterReport(open(city ?? [], 2), "first", null, 2 * HOUR);
	expect(province?.some(({ id }) => id === "state-report")).toBe(false);
	expect(clocksAfterReport(open(province ?? [], 2), "first", null, 2 * HOUR)).toBeNull();
	// Graver, it does.
	expect(due(clocksAtLevel(province ?? [], 4, 5 * HOUR), "state-report")).toBe(7 * HOUR);
});

test("follow-reports are due more often the graver it is, and begin anew with each", () => {
	const by = ([1, 2, 3, 4] as const).map((level) => due(clocksAtOpening(level, 0), "follow-report"));
	expect(by).toEqual([12 * HOUR, 4 * HOUR, 2 * HOUR, HOUR]);
	expect(due(clocksAfterReport(open(clocksAtOpening(3, 0)), "follow", null, HOUR), "follow-report")).toBe(3 * HOUR);
	expect(due(clocksAtLevel(clocksAtOpening(1, 0), 4, 2 * HOUR), "follow-report")).toBe(HOUR);
});

test("closing ends what is asked meanwhile and asks for the final report; reopening takes that back", () => {
	const closed = clocksAtClosing(clocksAtOpening(3, 0), HOUR);
	expect([due(closed, "final-report"), due(closed, "handle"), due(closed, "follow-report")]).toEqual([
		25 * HOUR,
		undefined,
		undefined,
	]);
	// A first report that was never sent stays due.
	expect(clocksDue(closed, 3 * HOUR)[0]).toMatchObject({ clock: { id: "first-report" }, leftMs: -2 * HOUR });
	expect(clocksAfterReport({ clocks: closed, level: 3, state: "closed" }, "follow", null, 2 * HOUR)).toBeNull();
	const again = clocksAtReopening(closed, 3, 2 * HOUR);
	expect([due(again, "final-report"), due(again, "handle"), due(again, "follow-report")]).toEqual([
		undefined,
		6 * HOUR,
		4 * HOUR,
	]);
});

test("every figure has a source, and the rules survive JSON as a setting", () => {
	const { first, up, upTo, final, follow, handle } = CLOCK_RULES;
	const sources = [first, up, final, ...Object.values(follow), ...Object.values(handle)].map(({ source }) => source);
	for (const { standard, clause } of [...sources, upTo.source]) expect([standard, clause]).not.toContain("");
	expect(clockRulesSchema.parse(JSON.parse(JSON.stringify(CLOCK_RULES)))).toEqual(CLOCK_RULES);
});

test("every type has facts of its own ids, and every system of the catalogue leads to one", () => {
	for (const { facts } of incidentTypes) {
		const ids = facts.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(factsSchema.safeParse(Object.fromEntries(ids.map((id) => [id, null]))).success).toBe(true);
	}
	expect(incidentTypeOf("heating", "heatMain")).toBe("heat");
	expect([incidentTypeOf("construction", "crane"), incidentTypeOf("construction", "dust")]).toEqual(["site", "dust"]);
	expect([incidentTypeOf("manhole", "manhole"), incidentTypeOf("camera", "camera")]).toEqual(["road", "other"]);
	expect([systemOf("heat"), systemOf("other"), incidentType("metro").name.zh]).toEqual([
		"heating",
		"any",
		"轨道交通工程",
	]);
});

test("every act names a right and refuses a body without its command's id", () => {
	for (const [name, { action, schema }] of Object.entries(incidentActs)) {
		expect(action).toMatch(/^(incident\.(edit|close|push)|instruction\.add|reach\.edit)$/);
		expect(schema.safeParse({ id: "i1" }).success, name).toBe(false);
	}
	const note = incidentActSchemas["incident.note"];
	expect(note.safeParse({ commandId: "abcdefgh", id: "i1", text: "  " }).success).toBe(false);
	expect(note.safeParse({ commandId: "abcdefgh", id: "i1", text: "到场" }).success).toBe(true);
});

test("M5 a red alarm is first judged III, any other IV, whoever opens the incident: a colour is no grade of an accident", () => {
	expect(([0, 1, 2, 3, 4] as const).map(firstLevel)).toEqual([1, 1, 1, 1, 2]);
});
