import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { AlarmNews } from "#model/protocol.ts";
import { AlarmBook } from "./alarms.ts";

function alarmOf(id: string, more: Partial<Alarm> = {}): Alarm {
	return {
		id,
		subject: `channel:${id}/pressure`,
		rule: "level",
		severity: 3,
		active: true,
		acknowledged: false,
		occurrence: 1,
		raisedAt: 1_000,
		clearedAt: null,
		value: 1,
		limit: 1,
		clause: null,
		why: "",
		unverified: false,
		acknowledgedBy: null,
		acknowledgedAt: null,
		assignedTo: null,
		shelvedUntil: null,
		shelvedBy: null,
		suppressedBy: null,
		outOfService: false,
		system: "gas",
		district: "210102",
		asset: id,
		name: id,
		measure: "pressure",
		unit: "MPa",
		seq: 1,
		...more,
	};
}

function news(seq: number | null, prev: number, alarm: Alarm): AlarmNews {
	return {
		seq,
		prev,
		kind: "raised",
		alarm: { ...alarm, seq },
		at: alarm.raisedAt,
		by: null,
		note: null,
		commandId: null,
	};
}

function loaded(): AlarmBook {
	const book = new AlarmBook();
	book.replace({ seq: 10, alarms: [] });
	return book;
}

test("the list is sorted worst first, then newest", () => {
	const book = new AlarmBook();
	book.replace({
		seq: 3,
		alarms: [
			alarmOf("old-red", { severity: 4, raisedAt: 1 }),
			alarmOf("blue", { severity: 1, raisedAt: 99 }),
			alarmOf("new-red", { severity: 4, raisedAt: 50 }),
			alarmOf("orange", { severity: 3, raisedAt: 70 }),
		],
	});
	expect(book.open.map(({ id }) => id)).toEqual(["new-red", "old-red", "orange", "blue"]);
	expect(book.counts[4]).toEqual({ all: 2, unacknowledged: 2 });
});

test("A2: an event whose prev is held applies; one whose prev is not held is a gap and changes nothing", () => {
	const book = loaded();
	expect(book.hear(news(12, 10, alarmOf("a")))).toBe("applied");
	expect(book.hear(news(20, 15, alarmOf("b")))).toBe("gap");
	expect(book.open.map(({ id }) => id)).toEqual(["a"]);
	expect(book.seq).toBe(12);
});

test("A2: a beat moves what is held, so that events of other scopes leave no gap", () => {
	const book = loaded();
	book.sentUpTo(40);
	expect(book.seq).toBe(40);
	expect(book.hear(news(41, 40, alarmOf("a")))).toBe("applied");
});

test("A2: an event that was replayed twice is taken once", () => {
	const book = loaded();
	const heard: number[] = [];
	book.onNews(({ seq }) => heard.push(seq ?? -1));
	book.hear(news(11, 10, alarmOf("a")));
	expect(book.hear(news(11, 10, alarmOf("a", { severity: 1 })))).toBe("duplicate");
	expect(heard).toEqual([11]);
	expect(book.open[0]?.severity).toBe(3);
});

test("A6: an unrecorded alarm is shown at once and does not move the sequence", () => {
	const book = loaded();
	expect(book.hear(news(null, 10, alarmOf("leak", { severity: 4 })))).toBe("applied");
	expect(book.open[0]?.seq).toBeNull();
	expect(book.seq).toBe(10);
	// Committed later: the same alarm with its number.
	expect(book.hear(news(11, 10, alarmOf("leak", { severity: 4 })))).toBe("applied");
	expect(book.open).toHaveLength(1);
	expect(book.open[0]?.seq).toBe(11);
});

test("A5: cleared but not seen stays; cleared and seen leaves", () => {
	const book = loaded();
	book.hear(news(11, 10, alarmOf("a", { active: false })));
	expect(book.open).toHaveLength(1);
	book.hear(news(12, 11, alarmOf("a", { active: false, acknowledged: true })));
	expect(book.open).toHaveLength(0);
});

test("an empty book that was never loaded is not good news", () => {
	const book = new AlarmBook();
	expect(book.isLoaded).toBe(false);
	expect(book.seq).toBeNull();
});
