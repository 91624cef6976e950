// How long a session may lie idle and last, by role.
import { expect, test } from "vitest";
import type { Role } from "#model/rights.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import { IDLE_ADMINISTRATOR_MS, IDLE_MS, SESSION_MS, Sessions, WALL_SESSION_MS } from "./sessions.ts";

const NOW = 1_790_000_000_000;

function begin(roles: readonly Role[], rules = { demo: false, startedAt: 0, isAttended: () => false }) {
	const sessions = new Sessions([], rules);
	const from = { user: "li", roles, scope: WHOLE_PROVINCE, source: "a", mustChange: false, now: NOW };
	const { record } = sessions.make(from);
	sessions.begun(record).apply();
	const isIdleAt = (ms: number): boolean => sessions.over(NOW + ms).idle.length === 1;
	const isOverAt = (ms: number): boolean => sessions.over(NOW + ms).expired.length === 1;
	return { sessions, record, isIdleAt, isOverAt };
}

test.each([
	["administrator", IDLE_ADMINISTRATOR_MS],
	["auditor", IDLE_ADMINISTRATOR_MS],
	["duty", IDLE_MS],
	["lead", IDLE_MS],
	["planner", IDLE_MS],
	["viewer", IDLE_MS],
	["enterprise", IDLE_MS],
] as const)("%s is idle after %d ms and not before; a shift ends it in any case", (role, ms) => {
	const { isIdleAt, isOverAt } = begin([role]);
	expect([isIdleAt(ms), isIdleAt(ms + 1)]).toEqual([false, true]);
	expect([isOverAt(SESSION_MS - 1), isOverAt(SESSION_MS)]).toEqual([false, true]);
});

test("an administrator who is also on duty keeps the shorter time", () => {
	const attended = { demo: false, startedAt: 0, isAttended: () => true };
	expect(begin(["duty", "administrator"], attended).isIdleAt(IDLE_ADMINISTRATOR_MS + 1)).toBe(true);
});

test("an armed desk may wait a shift for an alarm; a planner may not, and a shift ends it", () => {
	const attended = { demo: false, startedAt: 0, isAttended: () => true };
	expect(begin(["duty"], attended).isIdleAt(SESSION_MS - 1)).toBe(false);
	expect(begin(["duty"], attended).isOverAt(SESSION_MS)).toBe(true);
	expect(begin(["planner"], attended).isIdleAt(IDLE_MS + 1)).toBe(true);
});

test("a wall is never idle; the demo's one-click roles are not either", () => {
	const wall = begin(["wall"]);
	expect([wall.isIdleAt(WALL_SESSION_MS - 1), wall.isOverAt(WALL_SESSION_MS)]).toEqual([false, true]);
	expect(begin(["administrator"], { demo: true, startedAt: 0, isAttended: () => false }).isIdleAt(SESSION_MS - 1)).toBe(
		false,
	);
});

test("use keeps a session; it is written down once a minute, and never again once its end is under way", () => {
	const { sessions, record, isIdleAt } = begin(["duty"]);
	expect(sessions.seen(record.idHash, NOW + 30_000)).toBeNull();
	expect(sessions.seen(record.idHash, NOW + 61_000)).toMatchObject({ type: "session.put" });
	expect(isIdleAt(61_000 + IDLE_MS)).toBe(false);
	const gone = sessions.ended([record]);
	expect(sessions.seen(record.idHash, NOW + 999_000)).toBeNull();
	gone.apply();
	expect(sessions.find(record.idHash)).toBeNull();
});

test("of one person the oldest session ends when there are too many", () => {
	const sessions = new Sessions([], { demo: false, startedAt: 0, isAttended: () => false });
	const records = Array.from({ length: 25 }, (_, i) => {
		const from = { user: "li", roles: ["duty" as const], scope: WHOLE_PROVINCE, source: "a", mustChange: false };
		const { record } = sessions.make({ ...from, now: NOW + i });
		sessions.begun(record).apply();
		return record;
	});
	expect(sessions.of("li")).toHaveLength(20);
	expect(sessions.find(records[4]?.idHash ?? "")).toBeNull();
	expect(sessions.find(records[5]?.idHash ?? "")).not.toBeNull();
});

test("a line that breaks for a moment, or a start of core, does not end a desk's shift", () => {
	let attended = true;
	const desk = begin(["duty"], { demo: false, startedAt: 0, isAttended: () => attended });
	expect(desk.isIdleAt(5 * IDLE_MS)).toBe(false);
	attended = false;
	expect(desk.isIdleAt(5 * IDLE_MS + 2_000)).toBe(false);
	expect(desk.isIdleAt(6 * IDLE_MS + 1)).toBe(true);
	const restarted = begin(["duty"], { demo: false, startedAt: NOW + 5 * IDLE_MS, isAttended: () => false });
	expect(restarted.isIdleAt(5 * IDLE_MS + 1_000)).toBe(false);
});
