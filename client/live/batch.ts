// Many alarms acknowledged in one request: an answer for each, in their order.
import { isProblem, problem } from "#model/problem.ts";
import type { BatchAnswer } from "#model/protocol.ts";
import { ask } from "./ask.ts";
import type { Batch } from "./commands.ts";

export const postAcknowledge: Batch = async (commandId, alarms) => {
	const body = await ask("/api/alarms/acknowledge", { method: "POST", body: { commandId, alarms } });
	if (isProblem(body)) return body;
	const answer = body as BatchAnswer;
	if (!answer.ok) return answer;
	return answer.results.length === alarms.length ? answer.results : problem("bad-answer", "not one answer each");
};
