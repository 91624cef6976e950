// Many alarms acknowledged in one request: an answer for each, in their order.
import { isProblem, problem } from "#model/problem.ts";
import type { CommandAnswer } from "#model/protocol.ts";
import { ask } from "./ask.ts";
import type { Batch } from "./commands.ts";

export const postAcknowledge: Batch = async (items) => {
	const body = await ask("/api/alarms/acknowledge", { method: "POST", body: { commands: items } });
	if (isProblem(body)) return body;
	const { answers } = (body ?? {}) as { answers?: readonly CommandAnswer[] };
	if (!Array.isArray(answers) || answers.length !== items.length) return problem("bad-answer", "not one answer each");
	return answers as readonly CommandAnswer[];
};
