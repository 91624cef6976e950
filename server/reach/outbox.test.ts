import { expect, test } from "vitest";
import type { Delivery, Outlet, Words } from "#model/outlet.ts";
import { type Problem, problem } from "#model/problem.ts";
import { ManualClock } from "../clock.ts";
import { Outbox, QUEUE_MAX } from "./outbox.ts";

const T0 = 1_700_000_000_000;

function wordsOf(title: string): Words {
	return { title, text: "", level: "红色", place: "", time: "", count: 1, alarms: [], to: [] };
}

function site(answer: (words: Words) => Problem | null | Promise<Problem | null>) {
	const clock = new ManualClock(T0);
	const told: Delivery[] = [];
	const sent: { title: string; afterMs: number }[] = [];
	const outlets = new Map<string, Outlet>([
		["o1", { name: "短信" } as Outlet],
		["o2", { name: "电话" } as Outlet],
	]);
	const outbox = new Outbox({
		clock,
		outlet: (id) => outlets.get(id) ?? null,
		send: async (_, words) => {
			sent.push({ title: words.title, afterMs: clock.now() - T0 });
			return answer(words);
		},
		tried: (delivery) => told.push(delivery),
	});
	/** Second by second, letting promises run between. */
	const pass = async (seconds: number): Promise<void> => {
		for (let i = 0; i < seconds; i++) {
			clock.advanceTo(clock.now() + 1_000);
			for (let turns = 0; turns < 6; turns++) await Promise.resolve();
		}
	};
	return { clock, outbox, outlets, sent, told, pass };
}

test("T-44 a channel that fails is tried again after 5, 15, 60 and 180 s, each try told, then it has failed", async () => {
	const { outbox, sent, told, pass } = site(() => problem("unreachable", "ECONNREFUSED"));
	outbox.offer({ id: "m1", outlet: "o1", words: wordsOf("a") });
	await pass(400);
	expect(sent.map(({ afterMs }) => afterMs)).toEqual([0, 6_000, 21_000, 81_000, 261_000]);
	expect(told.map(({ state, tries }) => [state, tries.length])).toEqual([
		["waiting", 1],
		["waiting", 2],
		["waiting", 3],
		["waiting", 4],
		["failed", 5],
	]);
	expect(outbox.recent()).toHaveLength(1);
	expect(outbox.waiting("o1")).toBe(0);
});

test("T-44 a message that waits for its next try does not hold up the others, nor one channel another", async () => {
	const { outbox, sent, pass } = site((words) => (words.title === "bad" ? problem("refused") : null));
	outbox.offer({ id: "m1", outlet: "o1", words: wordsOf("bad") });
	outbox.offer({ id: "m2", outlet: "o1", words: wordsOf("good") });
	outbox.offer({ id: "m2", outlet: "o2", words: wordsOf("other") });
	await pass(4);
	expect(sent).toEqual([
		{ title: "bad", afterMs: 0 },
		{ title: "other", afterMs: 0 },
		{ title: "good", afterMs: 3_000 },
	]);
});

test("T-44 the queue is bounded: at its bound the oldest gives way and is told", () => {
	const { outbox, told } = site(() => new Promise(() => undefined));
	for (let i = 0; i <= QUEUE_MAX + 1; i++) outbox.offer({ id: `m${i}`, outlet: "o1", words: wordsOf(String(i)) });
	expect(outbox.waiting("o1")).toBe(QUEUE_MAX);
	expect(told.map(({ id, state }) => [id, state])).toEqual([["m1", "dropped"]]);
});

test("T-44 a test message is tried once; a bug in a channel and a removed channel are failures that are told", async () => {
	const { outbox, outlets, told, pass } = site((words) => {
		if (words.title === "bug") throw new Error("a bug");
		return problem("slow");
	});
	outbox.offer({ id: "t1", outlet: "o1", words: wordsOf("test"), isTest: true });
	outbox.offer({ id: "t2", outlet: "o2", words: wordsOf("bug"), isTest: true });
	await pass(5);
	expect(told.map(({ state, tries }) => [state, tries[0]?.problem?.problem])).toEqual([
		["failed", "slow"],
		["failed", "broken"],
	]);
	outlets.clear();
	outbox.offer({ id: "m1", outlet: "o1", words: wordsOf("late") });
	await pass(5);
	expect(told.at(-1)).toMatchObject({ state: "failed", tries: [{ problem: { problem: "no-outlet" } }] });
});
