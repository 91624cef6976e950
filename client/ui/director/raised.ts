// Which of the open alarms the running scenario has raised: those about its actors since its begin. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Running } from "./demo_state.ts";

/** A device's own clock may be ahead of the begin by so much. */
const SLACK_MS = 5_000;

/** First out first. */
export function raisedBy(running: Running, open: readonly Alarm[]): readonly Alarm[] {
	const actors = new Set(running.assets);
	const raised = open.filter(
		({ asset, raisedAt }) => asset !== null && actors.has(asset) && raisedAt >= running.startedAt - SLACK_MS,
	);
	return raised.sort((a, b) => a.raisedAt - b.raisedAt);
}
