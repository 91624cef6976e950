import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { acknowledgeLeft } from "./acknowledge_within.ts";

const alarm = (more: Partial<Alarm>): Alarm =>
	({ severity: 4, raisedAt: 1_000, acknowledged: false, ...more }) as Alarm;

test("a red waits two minutes, a blue an hour; what is acknowledged waits for nobody", () => {
	expect(acknowledgeLeft(alarm({}), 61_000)).toBe(60_000);
	expect(acknowledgeLeft(alarm({}), 181_000)).toBe(-60_000);
	expect(acknowledgeLeft(alarm({ severity: 1 }), 1_000)).toBe(3_600_000);
	expect(acknowledgeLeft(alarm({ acknowledged: true }), 61_000)).toBeNull();
	expect(acknowledgeLeft(alarm({ severity: 0 }), 61_000)).toBeNull();
	// Before the server's first word there is no time to count from.
	expect(acknowledgeLeft(alarm({}), 0)).toBeNull();
});
