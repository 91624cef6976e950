import { expect, test } from "vitest";
import type { Who } from "#model/rights.ts";
import type { MaintenanceWindow } from "#model/window.ts";
import { startHeart, type TestHeart } from "../../test/support/heart.ts";
import { NOW } from "../../test/support/systems.ts";

const MINUTE = 60_000;
const lead: Who = { user: "lead", roles: ["lead"], scope: { districts: ["210100"], systems: null } };

async function withWindow(change: Partial<MaintenanceWindow>, body: (it: TestHeart) => Promise<TestHeart | undefined>) {
	let it = await startHeart();
	try {
		const window: MaintenanceWindow = {
			name: "二次网检修",
			reason: "换表",
			from: NOW,
			to: NOW + 10 * MINUTE,
			weekly: null,
			districts: ["210102"],
			systems: [],
			assets: [],
			...change,
		};
		expect(await act(it, "window.put", { commandId: "window-put-1", window })).toMatchObject({ ok: true, id: "w1" });
		it = (await body(it)) ?? it;
	} finally {
		await it.close();
	}
}

function act(it: TestHeart, name: string, body: object) {
	return it.heart.acts.run({ who: lead, name, body, source: "" });
}

/** Values keep coming, so that silence says nothing. */
async function level(it: TestHeart, at: number, value: number): Promise<void> {
	it.clock.advanceTo(at);
	await it.send("level", value);
}

const told = (it: TestHeart) => {
	const alarm = it.alarm("level-high");
	return alarm === undefined ? null : [alarm.severity, alarm.active, alarm.suppressedBy];
};

test("A7 an alarm that begins inside a window is suppressed with its name from its first event, and stands when the window ends", () =>
	withWindow({}, async (it) => {
		const heard: unknown[] = [];
		it.heart.followers.joined({
			send: (message) => {
				if (message.type !== "news") return;
				for (const { kind, alarm } of message.transitions) heard.push([kind, alarm.suppressedBy]);
			},
			waiting: 0,
		});
		await level(it, NOW + MINUTE, 25);
		expect(told(it)).toEqual([2, true, "二次网检修"]);
		for (let minute = 2; minute <= 9; minute++) await level(it, NOW + minute * MINUTE, 25);
		expect(told(it)).toEqual([2, true, "二次网检修"]);
		await level(it, NOW + 10 * MINUTE + 1_000, 25);
		expect(told(it)).toEqual([2, true, null]);
		await it.heart.recorder.settled();
		expect(heard).toEqual([
			["raised", "二次网检修"],
			["unsuppressed", null],
		]);
		return undefined;
	}));

test("A7 a red is never suppressed: neither one that begins inside a window nor one that rises inside it", () =>
	withWindow({}, async (it) => {
		await level(it, NOW + MINUTE, 25);
		await level(it, NOW + 2 * MINUTE, 45);
		expect(told(it)).toEqual([4, true, null]);
		await level(it, NOW + 3 * MINUTE, 1);
		await level(it, NOW + 4 * MINUTE, 45);
		expect(told(it)).toEqual([4, true, null]);
		return undefined;
	}));

test("A7 one alarm is taken out of its window with a reason: it stands at once and stays, whatever else the window hides", () =>
	withWindow({}, async (it) => {
		await level(it, NOW + MINUTE, 25);
		const { id } = it.alarm("level-high") ?? { id: "" };
		const release = (commandId: string, who: Who, note: string) =>
			it.heart.acts.run({ who, name: "window.release", body: { commandId, alarm: id, note }, source: "" });
		const officer: Who = { ...lead, user: "officer", roles: ["duty"] };
		const elsewhere: Who = { ...lead, scope: { districts: ["210200"], systems: null } };
		expect(await release("release-0001", officer, "x")).toMatchObject({ problem: "forbidden" });
		expect(await release("release-0002", elsewhere, "x")).toMatchObject({ problem: "not-found" });
		expect(await release("release-0003", lead, " ")).toMatchObject({ problem: "bad-act" });
		expect(told(it)).toEqual([2, true, "二次网检修"]);
		expect(await release("release-0004", lead, "与检修无关")).toMatchObject({ ok: true, windows: ["w1"] });
		await level(it, NOW + MINUTE + 2_000, 25);
		expect(told(it)).toEqual([2, true, null]);
		expect(await release("release-0005", lead, "x")).toMatchObject({ problem: "already" });
		// Raised anew within the same window: still nobody hides it.
		await level(it, NOW + 2 * MINUTE, 1);
		await level(it, NOW + 3 * MINUTE, 25);
		expect(told(it)).toEqual([2, true, null]);
		// Whoever changes the window by its form does not hide the alarm again.
		const { except: _, ...form } = it.heart.register.find<MaintenanceWindow>("window", "w1")?.body ?? { except: [] };
		expect(
			await act(it, "window.put", { commandId: "window-put-2", id: "w1", window: { ...form, name: "换表" } }),
		).toMatchObject({ ok: true });
		await level(it, NOW + 4 * MINUTE, 25);
		expect(told(it)).toEqual([2, true, null]);
		const lines = await it.heart.store.lines(`alarm:${id}`, 0, 10);
		expect(lines.map(({ kind, by, detail }) => [kind, by, detail.note])).toEqual([["released", "lead", "与检修无关"]]);
		return undefined;
	}));

test("what began before the window, or stands elsewhere, is not touched, not even when it rises inside it", async () => {
	await withWindow({ from: NOW + 2 * MINUTE, to: NOW + 5 * MINUTE }, async (it) => {
		await level(it, NOW + MINUTE, 25);
		await level(it, NOW + 3 * MINUTE, 25);
		expect(told(it)).toEqual([2, true, null]);
		await level(it, NOW + 4 * MINUTE, 35);
		expect(told(it)).toEqual([3, true, null]);
		return undefined;
	});
	await withWindow({ districts: ["210103"] }, async (it) => {
		await level(it, NOW + MINUTE, 25);
		expect(told(it)).toEqual([2, true, null]);
		return undefined;
	});
});

test("a window that is ended early, or away after a restart, hides nothing any longer", () =>
	withWindow({}, async (it) => {
		await level(it, NOW + MINUTE, 25);
		const next = await it.restart();
		expect(told(next)).toEqual([2, true, "二次网检修"]);
		expect(await act(next, "window.end", { commandId: "window-end-1", id: "w1" })).toMatchObject({ ok: true });
		await level(next, NOW + MINUTE + 2_000, 25);
		expect(told(next)).toEqual([2, true, null]);
		return next;
	}));

test("a window that has not begun is taken away when it is ended, and one that is over cannot be ended", () =>
	withWindow({ from: NOW + 2 * MINUTE }, async (it) => {
		expect(await act(it, "window.end", { commandId: "window-end-1", id: "w1" })).toMatchObject({ ok: true });
		expect(it.heart.register.all("window")).toEqual([]);
		expect(await act(it, "window.end", { commandId: "window-end-2", id: "w1" })).toMatchObject({
			problem: "not-found",
		});
		return undefined;
	}));

test("when one of two windows ends, the other goes on hiding with its own name", () =>
	withWindow({ to: NOW + 4 * MINUTE }, async (it) => {
		const second = { name: "道路施工", reason: "迁改", from: NOW, to: NOW + 8 * MINUTE, weekly: null };
		const window = { ...second, districts: ["210100"], systems: [], assets: [] };
		expect(await act(it, "window.put", { commandId: "window-put-2", window })).toMatchObject({ ok: true });
		await level(it, NOW + MINUTE, 25);
		expect(told(it)).toEqual([2, true, "二次网检修"]);
		await level(it, NOW + 4 * MINUTE + 1_000, 25);
		expect(told(it)).toEqual([2, true, "道路施工"]);
		await level(it, NOW + 8 * MINUTE + 1_000, 25);
		expect(told(it)).toEqual([2, true, null]);
		return undefined;
	}));
