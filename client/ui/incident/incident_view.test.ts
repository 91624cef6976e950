import { expect, test } from "vitest";
import type { CauseGroup } from "#model/causes_group.ts";
import type { Incident, IncidentClock } from "#model/incident.ts";
import type { Scope } from "#model/rights.ts";
import {
	closedByMonth,
	handOvers,
	type IncidentEntry,
	incidentOf,
	isOfferedToMe,
	nextClock,
	openOrder,
	pushedIncident,
	shownClocks,
	standingOf,
} from "./incident_view.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function clock(change: Partial<IncidentClock> = {}): IncidentClock {
	return { id: "first-report", startAt: 0, dueAt: HOUR, doneAt: null, ...change };
}

function entry(id: string, change: Partial<Incident> = {}): IncidentEntry {
	const body = {
		state: "open",
		level: 2,
		openedAt: 0,
		closedAt: null,
		clocks: [],
		offer: null,
		pushed: null,
		alarms: [],
		rootAlarm: null,
		tier: "county",
		type: "heat",
		place: { district: "210105", lon: 123.4, lat: 41.8, address: "" },
		...change,
	} as unknown as Incident;
	const { district } = body.place;
	return { kind: "incident", id, revision: 1, at: 0, by: "甲", district, system: "heating", body, removed: false };
}

const ids = (entries: readonly IncidentEntry[]): string[] => entries.map(({ id }) => id);

test("a clock runs, is soon in its last quarter but at most half an hour before, is over, or done", () => {
	expect(standingOf(clock(), 44 * MINUTE)).toBe("running");
	expect(standingOf(clock(), 45 * MINUTE)).toBe("soon");
	expect(standingOf(clock({ dueAt: 24 * HOUR }), 23 * HOUR)).toBe("running");
	expect(standingOf(clock({ dueAt: 24 * HOUR }), 23.5 * HOUR)).toBe("soon");
	expect(standingOf(clock(), HOUR)).toBe("soon");
	expect(standingOf(clock(), HOUR + 1)).toBe("overdue");
	expect(standingOf(clock({ doneAt: 5 }), 2 * HOUR)).toBe("done");
});

test("the next clock is the one due first that nobody has met", () => {
	const { body } = entry("a", {
		clocks: [
			clock({ doneAt: 1 }),
			clock({ id: "handle", dueAt: 4 * HOUR }),
			clock({ id: "follow-report", dueAt: 2 * HOUR }),
		],
	});
	expect(nextClock(body, 0)?.id).toBe("follow-report");
	expect(nextClock(entry("b").body, 0)).toBeNull();
	expect(shownClocks(body).map(({ id }) => id)).toEqual(["follow-report", "handle", "first-report"]);
});

test("the list: gravest first, then what is due first, then the newest; closed ones stand by month of Shanghai", () => {
	const list = [
		entry("old", { openedAt: 1 }),
		entry("late", { clocks: [clock({ dueAt: -5 })] }),
		entry("red", { level: 4 }),
		entry("due", { clocks: [clock({ dueAt: 5 })] }),
		entry("new", { openedAt: 2 }),
		entry("closed", { state: "closed", level: 4, closedAt: Date.parse("2026-10-31T16:30:00Z") }),
		entry("before", { state: "closed", closedAt: Date.parse("2026-10-31T15:30:00Z") }),
	];
	expect(ids(openOrder(list, 0))).toEqual(["red", "late", "due", "new", "old"]);
	expect(closedByMonth(list).map(({ month, entries }) => [month, ids(entries)])).toEqual([
		["2026-11", ["closed"]],
		["2026-10", ["before"]],
	]);
});

test("a hand-over waits for whoever holds its place and did not offer it", () => {
	const offer = { tier: "city", district: "210100", by: "甲", at: 0, note: "" } as const;
	const city: Scope = { districts: ["210100"], systems: null };
	const county: Scope = { districts: ["210105"], systems: null };
	const { body } = entry("a", { offer });
	expect(isOfferedToMe(body, { user: "乙", scope: city })).toBe(true);
	expect(isOfferedToMe(body, { user: "甲", scope: city })).toBe(false);
	expect(isOfferedToMe(body, { user: "乙", scope: county })).toBe(false);
	expect(isOfferedToMe(entry("b", { offer, state: "closed" }).body, { user: "乙", scope: city })).toBe(false);
	expect(isOfferedToMe(body, null)).toBe(false);
	const gas: Scope = { districts: ["210100"], systems: ["gas"] };
	expect(isOfferedToMe(body, { user: "乙", scope: gas })).toBe(false);
});

test("it is handed one level up or down; a place without a county has none below", () => {
	expect(handOvers(entry("a").body)).toEqual([{ tier: "city", district: "210100", isUp: true }]);
	expect(handOvers(entry("a", { tier: "city" }).body).map(({ tier, district }) => [tier, district])).toEqual([
		["province", "210000"],
		["county", "210105"],
	]);
	const place = { district: "210100", lon: 123.4, lat: 41.8, address: "" };
	expect(handOvers(entry("a", { tier: "city", place }).body).map(({ tier }) => tier)).toEqual(["province"]);
});

test("the walls show the newest pushed one that is open", () => {
	const pushed = (at: number) => ({ by: "甲", at });
	const list = [
		entry("a", { pushed: pushed(1) }),
		entry("b", { pushed: pushed(3), state: "closed" }),
		entry("c", { pushed: pushed(2) }),
		entry("d"),
	];
	expect(pushedIncident(list)?.id).toBe("c");
	expect(pushedIncident([entry("d")])).toBeNull();
});

test("an alarm's incident is the open one that names it, by its root or by hand", () => {
	const list = [
		entry("closed", { rootAlarm: "a7", state: "closed", openedAt: 9 }),
		entry("open", { alarms: ["a7"], openedAt: 1 }),
	];
	expect(incidentOf(list, "a7")?.id).toBe("open");
	expect(incidentOf(list.slice(0, 1), "a7")?.id).toBe("closed");
	expect(incidentOf(list, "a8")).toBeNull();
	// A member of the open incident's cause belongs to it; a closed one takes nobody in.
	const group = { key: "heat:a7", aliases: ["heat:a3"], members: [{ alarm: { id: "a7" } }, { alarm: { id: "a8" } }] };
	const cause = group as unknown as CauseGroup;
	expect(incidentOf(list, "a8", cause)).toBeNull();
	const byRoot = [...list, entry("root", { rootAlarm: "a7" })];
	expect(incidentOf(byRoot, "a8", cause)?.id).toBe("root");
	expect(incidentOf([entry("key", { cause: "heat:a3" })], "a8", cause)?.id).toBe("key");
	expect(incidentOf([entry("other", { cause: "gas:a1", rootAlarm: "a1" })], "a8", cause)).toBeNull();
});
