import { expect, test } from "vitest";
import { problem } from "#model/problem.ts";
import { Acts } from "./acts.ts";
import type { Question } from "./ask.ts";

function someActs(answers: unknown[]) {
	const asked: { path: string; question: Question | undefined }[] = [];
	let ids = 0;
	const acts = new Acts({
		ask: async (path, question) => {
			asked.push({ path, question });
			return answers.length > 1 ? answers.shift() : answers[0];
		},
		wait: async () => undefined,
		makeId: () => `page-${++ids}-command`,
	});
	return { acts, asked };
}

test("C1 an act that is not answered is sent again with the same id until it is", async () => {
	const { acts, asked } = someActs([problem("offline"), problem("unrecorded"), { ok: true, id: "w1" }]);
	expect(await acts.do("window.end", { id: "w1" })).toEqual({ ok: true, id: "w1" });
	expect(asked.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => "/api/acts/window.end"));
	const ids = asked.map(({ question }) => (question?.body as { commandId: string } | undefined)?.commandId);
	expect(new Set(ids)).toEqual(new Set(["page-1-command"]));
});

test("a refusal is told at once; a line that stays away is given up after a minute", async () => {
	const refused = someActs([problem("forbidden", "your role may not")]);
	expect(await refused.acts.do("window.end", { id: "w1" })).toEqual({
		problem: "forbidden",
		detail: "your role may not",
	});
	expect(refused.asked).toHaveLength(1);
	const away = someActs([problem("offline")]);
	expect(await away.acts.do("window.end", { id: "w1" })).toEqual({ problem: "offline" });
	expect(away.asked).toHaveLength(15);
});

test("a photo goes as its bytes; a log is read by subject", async () => {
	const { acts, asked } = someActs([
		{ ok: true, id: "p1" },
		{ lines: [], next: null },
	]);
	const blob = new Blob([Uint8Array.of(0xff, 0xd8, 0xff)], { type: "image/jpeg" });
	expect(await acts.photo("alarm:a7", blob, "井口")).toEqual({ ok: true, id: "p1" });
	expect(asked[0]?.path).toBe(
		`/api/photos?subject=alarm%3Aa7&commandId=page-1-command&note=${encodeURIComponent("井口")}`,
	);
	expect(asked[0]?.question).toEqual({ method: "POST", bytes: blob });
	expect(await acts.lines("alarm:a7", 3)).toEqual([]);
	expect(asked[1]?.path).toBe("/api/log?subject=alarm%3Aa7&after=3&limit=1000");
});
