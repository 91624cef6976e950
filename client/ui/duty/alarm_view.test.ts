import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import { heldOrder, shownAlarms } from "./alarm_view.ts";

function alarm(id: string, more: Partial<Alarm> = {}): Alarm {
	return { id, severity: 3, shelvedUntil: null, suppressedBy: null, outOfService: false, ...more } as Alarm;
}

test("a filter narrows to one level; shelved, suppressed and out of service are hidden until asked for", () => {
	const all = [
		alarm("red", { severity: 4 }),
		alarm("orange"),
		alarm("shelved", { shelvedUntil: 9 }),
		alarm("out", { outOfService: true }),
	];
	expect(shownAlarms(all, { level: null, withQuiet: false }).map(({ id }) => id)).toEqual(["red", "orange"]);
	expect(shownAlarms(all, { level: 4, withQuiet: false }).map(({ id }) => id)).toEqual(["red"]);
	expect(shownAlarms(all, { level: null, withQuiet: true })).toHaveLength(4);
});

test("while the hand is on a button rows keep their places: new ones go to the end, gone ones leave", () => {
	const now = [alarm("new-red", { severity: 4 }), alarm("a"), alarm("c")];
	expect(heldOrder(now, ["a", "b", "c"]).map(({ id }) => id)).toEqual(["a", "c", "new-red"]);
});
