import fc from "fast-check";
import { expect, test } from "vitest";
import { type Alarm, isOpen } from "#model/alarm.ts";
import type { Severity } from "#model/measure.ts";
import type { AlarmNews } from "#model/protocol.ts";
import { alarmOrders, ORDERS, OrderedAlarms, worstThenNewest } from "./alarm_order.ts";
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

test("T-35 a red ahead of its place stands at once, moves no sequence, and its own place is silent", () => {
	const book = loaded();
	const heard: (number | null)[] = [];
	book.onNews(({ seq }) => heard.push(seq));
	const start = book.seq ?? 0;
	const red = news(start + 3, 0, alarmOf("red", { severity: 4 }));
	expect(book.hearAhead(red)).toBe(true);
	expect(book.hearAhead(red)).toBe(false);
	expect(book.open[0]?.id).toBe("red");
	expect(book.seq).toBe(start);
	// The chain tells an older step of it, another alarm, and then the red itself.
	expect(book.hear(news(start + 1, start, alarmOf("red", { severity: 2 })))).toBe("applied");
	expect(book.find("red")?.severity).toBe(4);
	expect(book.hear(news(start + 2, start + 1, alarmOf("other")))).toBe("applied");
	expect(book.hear(news(start + 3, start + 2, alarmOf("red", { severity: 4 })))).toBe("applied");
	expect(heard).toEqual([start + 3, start + 2]);
	expect(book.hearAhead(red)).toBe(false);
	expect(
		book.hear(news(start + 4, start + 3, alarmOf("red", { severity: 4, active: false, acknowledged: true }))),
	).toBe("applied");
	expect(book.find("red")).toBeUndefined();
	expect(new AlarmBook().hearAhead(red)).toBe(false);
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

const events = fc.array(
	fc.record({
		id: fc.integer({ min: 0, max: 30 }),
		severity: fc.integer({ min: 1, max: 4 }),
		raisedAt: fc.integer({ min: 1, max: 12 }),
		district: fc.constantFrom("210102", "210103", "210200"),
		active: fc.boolean(),
		acknowledged: fc.boolean(),
	}),
	{ maxLength: 120 },
);

test("A2: after any events each order and each count is what sorting and counting everything would give", () => {
	fc.assert(
		fc.property(events, (told) => {
			const book = loaded();
			const model = new Map<string, Alarm>();
			// Asked for at the start and in the middle: kept from then on, or made from what is there.
			book.ordered("place");
			told.forEach(({ id, severity, ...more }, i) => {
				const alarm = alarmOf(`a${id}`, { ...more, severity: severity as Severity, seq: 11 + i });
				book.hear(news(11 + i, 10 + i, alarm));
				if (isOpen(alarm)) model.set(alarm.id, alarm);
				else model.delete(alarm.id);
				if (i === 10) book.ordered("age");
			});
			for (const order of alarmOrders) {
				expect(book.ordered(order).map(({ id }) => id)).toEqual(
					[...model.values()].sort(ORDERS[order]).map(({ id }) => id),
				);
			}
			for (const level of [1, 2, 3, 4]) {
				const mine = [...model.values()].filter(({ severity }) => severity === level);
				expect(book.counts[level]).toEqual({
					all: mine.length,
					unacknowledged: mine.filter(({ acknowledged }) => !acknowledged).length,
				});
			}
		}),
		{ numRuns: 200 },
	);
});

test("at ten thousand open an event costs a few comparisons, not a sort", () => {
	let comparisons = 0;
	const order = new OrderedAlarms(
		(a, b) => {
			comparisons += 1;
			return worstThenNewest(a, b);
		},
		Array.from({ length: 10_000 }, (_, i) => alarmOf(`a${i}`, { raisedAt: (i * 7919) % 10_007 })),
	);
	comparisons = 0;
	const late = alarmOf("late", { raisedAt: 5_000 });
	order.add(late);
	order.remove(late);
	// Two binary searches of 10,001.
	expect(comparisons).toBeLessThanOrEqual(28);
});

test("drawn five times a second, heard every time: a storm of events tells lists twice and the ear a thousand times", () => {
	let now = 1_000;
	const waiting: { at: number; act: () => void }[] = [];
	const book = new AlarmBook({
		elapsed: () => now,
		later: (ms, act) => waiting.push({ at: now + ms, act }),
		everyMs: 200,
	});
	book.replace({ seq: 10, alarms: [] });
	now += 1_000;
	let [drawn, heard] = [0, 0];
	book.change.subscribe(() => {
		drawn += 1;
	});
	book.heard.subscribe(() => {
		heard += 1;
	});
	for (let i = 0; i < 1_000; i++) book.hear(news(11 + i, 10 + i, alarmOf(`a${i}`)));
	// The first after a rest at once, the others together.
	expect([drawn, heard, waiting.length]).toEqual([1, 1_000, 1]);
	expect(book.open).toHaveLength(1_000);
	now = waiting[0]?.at ?? 0;
	waiting[0]?.act();
	expect(drawn).toBe(2);
	// Another life of the server is told at once, whatever was told just now.
	book.forget();
	expect(drawn).toBe(3);
});
