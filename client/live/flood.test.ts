import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { FloodMeter } from "./flood.ts";

test("a flood begins above ten in ten minutes and ends below five, whatever was closed meanwhile", () => {
	const meter = new FloodMeter();
	const at = 1_800_000_000_000;
	meter.restart(Array.from({ length: 10 }, (_, i) => ({ raisedAt: at + i }) as Alarm));
	expect(meter.look(at + 1_000)).toEqual({ count: 10, isFlood: false });
	meter.hear({ kind: "acknowledged", at });
	expect(meter.look(at + 1_000).isFlood).toBe(false);
	meter.hear({ kind: "rose", at: at + 300_000 });
	expect(meter.look(at + 300_000)).toEqual({ count: 11, isFlood: true });
	for (let i = 0; i < 4; i++) meter.hear({ kind: "raised", at: at + 500_000 });
	// The first ten are forgotten; five are still too many to call it over.
	expect(meter.look(at + 700_000)).toEqual({ count: 5, isFlood: true });
	expect(meter.look(at + 1_000_000)).toEqual({ count: 4, isFlood: false });
	// A new list tells the count anew.
	meter.restart([]);
	expect(meter.look(at + 1_000_000).count).toBe(0);
});
