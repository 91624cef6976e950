import { expect, test } from "vitest";
import { type Alarm, type AlarmEvent, isOpen, next, type Transition } from "./alarm.ts";
import { type ChainInput, callSteps, chainOfAlarm } from "./chain.ts";
import { isProblem } from "./problem.ts";
import type { LogLine } from "./register.ts";

const T0 = 1_700_000_000_000;
const place = {
	id: "a7",
	subject: "channel:x/methane",
	rule: "methane-level",
	system: "gas",
	district: "210102",
	asset: "x",
	name: "x",
	measure: "methane",
	unit: "%LEL",
};
const raise = (at: number, severity: 0 | 3 | 4): AlarmEvent => ({
	type: "condition",
	severity,
	at,
	value: 60,
	limit: 50,
	clause: "GB/T 50493-2019",
	why: "",
	unverified: false,
});

/** What the log holds after these events. */
function log(events: readonly AlarmEvent[]): Transition[] {
	const transitions: Transition[] = [];
	let alarm: Alarm | null = null;
	for (const event of events) {
		const change = next(alarm, place, event);
		if (change === null || isProblem(change)) throw new Error("the event changes nothing");
		const seq = transitions.length + 1;
		alarm = { ...change.alarm, seq };
		transitions.push({ ...change, alarm, seq, commandId: null });
	}
	return transitions;
}

const call = (at: number, result: string, name = "张三"): LogLine => ({
	n: at,
	subject: "alarm:a7",
	kind: "call",
	at,
	by: "李四",
	district: "210102",
	system: "gas",
	detail: {
		person: "p1",
		unit: "u1",
		name,
		duty: "",
		unitName: "燃气公司",
		number: "138****0001",
		startedAt: at,
		seconds: 30,
		result,
		note: "",
	},
});
const input = (more: Partial<ChainInput>): ChainInput => ({
	transitions: log([raise(T0, 4)]),
	receipts: [],
	lines: [],
	reading: { at: T0, receivedAt: T0 + 400 },
	occurrence: null,
	now: T0 + 1_000,
	...more,
});
const steps = (more: Partial<ChainInput>) => new Map(chainOfAlarm(input(more))?.steps.map((step) => [step.step, step]));

test("a fresh red: measured, received and judged are on record, the rest waits with its deadline", () => {
	const found = steps({});
	expect(found.get("received")).toMatchObject({ state: "done", at: T0 + 400 });
	expect(found.get("judged")).toMatchObject({ state: "done", at: T0 + 400 });
	expect(found.get("confirmed")).toMatchObject({ state: "waiting", at: null, dueAt: T0 + 120_000, lateMs: null });
	expect(found.get("handed")).toMatchObject({ state: "absent", dueAt: null });
});

test("what nobody did in time is overdue by so much, what was done late is late by so much", () => {
	const late = steps({ now: T0 + 200_000 });
	expect(late.get("confirmed")).toMatchObject({ state: "overdue", lateMs: 80_000 });
	const ack: AlarmEvent = { type: "acknowledge", occurrence: 1, by: "李四", at: T0 + 180_000 };
	const done = steps({ transitions: log([raise(T0, 4), ack]), now: T0 + 200_000 });
	expect(done.get("confirmed")).toMatchObject({ state: "late", by: "李四", lateMs: 60_000 });
	expect(done.get("seen")).toMatchObject({ state: "late", lateMs: 150_000 });
});

test("shown and sounded come from receipts of the raise alone, screen by screen", () => {
	const receipt = (seq: number, screen: string, stage: string, at: number) => ({
		seq,
		screen,
		user: "李四",
		stage,
		at,
	});
	const receipts = [
		receipt(1, "s2", "rendered", T0 + 900),
		receipt(1, "s1", "rendered", T0 + 700),
		receipt(1, "s1", "sounding", T0 + 5_000),
		receipt(2, "s3", "rendered", T0 + 100),
	];
	const found = steps({ receipts });
	expect(found.get("shown")).toMatchObject({ state: "done", at: T0 + 700 });
	expect(found.get("shown")?.deeds.map(({ text }) => text)).toEqual(["s1", "s2"]);
	expect(found.get("sounded")).toMatchObject({ state: "late", lateMs: 1_600 });
});

test("a call that reached nobody is on record and is not the step; one that heard of an arrival is both", () => {
	const found = steps({ lines: [call(T0 + 10_000, "no-answer"), call(T0 + 60_000, "connected")] });
	expect(found.get("called")).toMatchObject({ state: "done", at: T0 + 60_000, by: "李四" });
	expect(found.get("called")?.deeds.map(({ what }) => what)).toEqual(["call-failed", "call-connected"]);
	expect(found.get("seen")).toMatchObject({ at: T0 + 10_000 });
	expect(found.get("arrived")?.state).toBe("waiting");
	expect(steps({ lines: [call(T0 + 99_000, "arrived")] }).get("arrived")).toMatchObject({ state: "done" });
	expect(callSteps([call(T0 - 5, "arrived"), call(T0 + 9, "busy"), call(T0 + 10, "arrived")], T0)).toEqual({
		called: { at: T0 + 10, by: "李四" },
		arrived: { at: T0 + 10, by: "李四" },
	});
});

test("it is closed when it no longer holds and was seen, in either order, and not before", () => {
	const ack = (at: number): AlarmEvent => ({ type: "acknowledge", occurrence: 1, by: "李四", at });
	const cleared = log([raise(T0, 4), raise(T0 + 50, 0)]);
	expect(isOpen(cleared.at(-1)!.alarm)).toBe(true);
	expect(steps({ transitions: cleared }).get("closed")?.at).toBeNull();
	expect(steps({ transitions: log([raise(T0, 4), raise(T0 + 50, 0), ack(T0 + 90)]) }).get("closed")?.at).toBe(T0 + 90);
	expect(steps({ transitions: log([raise(T0, 4), ack(T0 + 20), raise(T0 + 50, 0)]) }).get("closed")?.at).toBe(T0 + 50);
});

test("each occurrence has its own chain: what came after the next raise is not of the one before", () => {
	const ack: AlarmEvent = { type: "acknowledge", occurrence: 1, by: "李四", at: T0 + 20 };
	const transitions = log([raise(T0, 3), ack, raise(T0 + 1_000, 4)]);
	const lines = [call(T0 + 500, "connected"), call(T0 + 2_000, "busy")];
	const first = chainOfAlarm(input({ transitions, lines, occurrence: 1 }));
	expect(first).toMatchObject({ occurrence: 1, severity: 3 });
	expect(first?.steps.find(({ step }) => step === "called")?.deeds.length).toBe(1);
	const second = chainOfAlarm(input({ transitions, lines }));
	expect(second).toMatchObject({ occurrence: 2, severity: 4, raisedAt: T0 + 1_000 });
	expect(second?.steps.find(({ step }) => step === "confirmed")?.at).toBeNull();
	expect(chainOfAlarm(input({ occurrence: 9 }))).toBeNull();
});

test("notes and photos beside the steps are kept, in time, and nothing is listed twice", () => {
	const note: LogLine = { ...call(T0 + 70, ""), kind: "photo", detail: { note: "井盖已封" } };
	const chain = chainOfAlarm(input({ lines: [note, call(T0 + 80, "connected")] }));
	expect(chain?.others).toEqual([{ at: T0 + 70, by: "李四", what: "photo", text: "井盖已封" }]);
});

test("who was called when nobody reacted, and what came of the messages outside; comments stand among the other records", () => {
	const line = (kind: string, at: number, detail: object): LogLine => ({
		...call(at, ""),
		by: "system",
		kind,
		detail: { ...detail },
	});
	const comment: AlarmEvent = { type: "comment", occurrence: 1, by: "李四", at: T0 + 90, note: "已核实" };
	const ack: AlarmEvent = { type: "acknowledge", occurrence: 1, by: "李四", at: T0 + 80 };
	const lines = [
		line("reach.step", T0 + 30_500, { at: T0 + 30_000, step: "officer", to: ["赵国栋"] }),
		line("reach.delivery", T0 + 31_000, { at: T0 + 31_000, state: "waiting", name: "短信" }),
		line("reach.delivery", T0 + 32_000, { at: T0 + 31_900, state: "sent", name: "短信" }),
	];
	const chain = chainOfAlarm(input({ transitions: log([raise(T0, 4), ack, comment]), lines }));
	const carried = chain?.steps.find(({ step }) => step === "carried");
	expect(carried).toMatchObject({ state: "done", at: T0 + 30_000, by: null });
	expect(carried?.deeds.map(({ what, text }) => `${what} ${text}`)).toEqual([
		"step-officer 赵国栋",
		"delivery-sent 短信",
	]);
	expect(chain?.others.map(({ what }) => what)).toEqual(["commented", "reach-delivery"]);
});
