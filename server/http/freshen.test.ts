import { expect, test } from "vitest";
import type { CoreLink } from "../bus/bus.ts";
import { Freshener } from "./freshen.ts";

function core(): { link: CoreLink; answer: (() => void)[]; refuse: (() => void)[] } {
	const answer: (() => void)[] = [];
	const refuse: (() => void)[] = [];
	const call = () =>
		new Promise((resolve, reject) => {
			answer.push(() => resolve({ revision: 1 }));
			refuse.push(() => reject(new Error("lost")));
		});
	return {
		link: { call, follow: () => undefined, close: async () => undefined } as unknown as CoreLink,
		answer,
		refuse,
	};
}

test("who asks while a question is under way waits for the next one, shared by all", async () => {
	const { link, answer } = core();
	const freshener = new Freshener(link, { link: "live" });
	const done: string[] = [];
	const first = freshener.fresh().then(() => done.push("first"));
	const second = freshener.fresh().then(() => done.push("second"));
	const third = freshener.fresh().then(() => done.push("third"));
	expect(answer).toHaveLength(1);
	answer[0]?.();
	await first;
	expect(done).toEqual(["first"]);
	expect(answer).toHaveLength(2);
	answer[1]?.();
	await Promise.all([second, third]);
	expect(answer).toHaveLength(2);
});

test("a lost core holds nobody up", async () => {
	const { link, answer, refuse } = core();
	await new Freshener(link, { link: "lost" }).fresh();
	expect(answer).toHaveLength(0);
	const waiting = new Freshener(link, { link: "live" }).fresh();
	refuse[0]?.();
	await waiting;
});
