// What both kinds of MQTT door do with the payload of a topic that they trust: parse, slow down, hand to the heart, say when
// it is stored. Content that can never be stored is refused and still acknowledged: a device would send it for ever, and
// everything behind it would wait.
import { isProblem } from "#model/problem.ts";
import type { DoorContext } from "../door.ts";
import { parsePayload } from "./payload.ts";

/** @returns ms to wait before showing the payload again, or what resolves after the commit and rejects when nothing is stored. */
export function takePayload(
	context: DoorContext,
	source: string,
	asset: string,
	payload: Uint8Array,
): number | Promise<void> {
	const parsed = parsePayload(payload, asset);
	if (isProblem(parsed)) {
		context.refused("mqtt", source, parsed.problem, payload);
		return Promise.resolve();
	}
	const ms = context.paceMs(source, parsed.readings.length);
	if (ms > 0) {
		context.refused("mqtt", source, "slow-down", payload);
		return ms;
	}
	context.frame("mqtt");
	const taken = context.accept(parsed.readings, source);
	for (const why of parsed.rejected) context.refused("mqtt", source, why.problem, payload);
	for (const { problem: why } of taken.rejected) context.refused("mqtt", source, why.problem, payload);
	return taken.committed;
}
