import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { AlarmNews } from "#model/protocol.ts";
import { AlarmBook } from "./alarms.ts";
import { Notify, type NotifyState } from "./notify.ts";

function alarmOf(id: string, severity: number, more: Partial<Alarm> = {}): Alarm {
	const quiet = { shelvedUntil: null, suppressedBy: null, outOfService: false };
	return {
		id,
		severity,
		occurrence: 1,
		acknowledged: false,
		active: true,
		raisedAt: 0,
		name: id,
		why: "高",
		...quiet,
		...more,
	} as Alarm;
}

function page(state: NotifyState = "on") {
	const book = new AlarmBook();
	const shown: string[] = [];
	const titles: string[] = [];
	const icons: [number, number][] = [];
	const desktop = {
		state,
		isAway: true,
		ask: async () => undefined,
		show: (title: string, body: string) => shown.push(`${title}: ${body}`),
		setTitle: (text: string) => titles.push(text),
		setIcon: (level: number, count: number) => icons.push([level, count]),
	};
	let now = 0;
	const notify = new Notify(book, desktop, () => now);
	notify.speak({ title: (alarm) => alarm.name, more: (count) => `+${count}` });
	notify.entitle("班次 · 瞭望");
	book.replace({ seq: 0, alarms: [] });
	let seq = 0;
	const hear = (alarm: Alarm): void => {
		seq += 1;
		book.hear({ kind: "raised", alarm, at: 0, by: null, note: null, seq, prev: seq - 1, commandId: null } as AlarmNews);
	};
	const second = (): void => {
		now += 1_000;
		notify.tick();
	};
	return { book, desktop, hear, icons, notify, second, shown, titles };
}

test("the title counts what nobody has seen, and a storm does not write it ten thousand times", () => {
	const { hear, second, titles, icons } = page();
	second();
	for (let i = 0; i < 1_000; i++) hear(alarmOf(`a${i}`, 2));
	expect(titles.length).toBeLessThan(4);
	second();
	expect(titles.at(-1)).toBe("(1000) 班次 · 瞭望");
	expect(icons.at(-1)).toEqual([2, 1000]);
	hear(alarmOf("red", 4));
	second();
	expect(icons.at(-1)).toEqual([4, 1001]);
});

test("one notification a second: the worst, with how many came beside it; nothing while somebody looks", () => {
	const { desktop, hear, second, shown } = page();
	hear(alarmOf("orange", 3));
	hear(alarmOf("red", 4));
	hear(alarmOf("blue", 1));
	second();
	expect(shown).toEqual(["red: 高\n+1"]);
	hear(alarmOf("red", 4));
	second();
	expect(shown).toHaveLength(1);
	desktop.isAway = false;
	hear(alarmOf("other", 4));
	second();
	expect(shown).toHaveLength(1);
});

test("without permission nothing is shown, and the title still counts", () => {
	const { hear, second, shown, titles } = page("off");
	hear(alarmOf("red", 4));
	second();
	expect(shown).toEqual([]);
	expect(titles.at(-1)).toBe("(1) 班次 · 瞭望");
});

test("the page gives its name and the count stays before it; on paper the name stands alone", () => {
	const { hear, notify, second, titles } = page();
	expect(titles).toEqual(["班次 · 瞭望"]);
	hear(alarmOf("red", 4));
	second();
	notify.entitle("锦州 燃气泄漏 · 瞭望");
	expect(titles.at(-1)).toBe("(1) 锦州 燃气泄漏 · 瞭望");
	notify.print(true);
	second();
	expect(titles.at(-1)).toBe("锦州 燃气泄漏 · 瞭望");
	notify.print(false);
	expect(titles.at(-1)).toBe("(1) 锦州 燃气泄漏 · 瞭望");
});
