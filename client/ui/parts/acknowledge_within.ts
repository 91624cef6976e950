// How long an alarm of each level may wait for a person: an engineering default, red 2, orange 5, yellow 15, blue 60 minutes.
// Shown beside what nobody has acknowledged; it raises nothing by itself.
import type { Alarm } from "#model/alarm.ts";

const MINUTE_MS = 60_000;
/** By severity, ms. */
const WITHIN_MS: readonly number[] = [0, 60 * MINUTE_MS, 15 * MINUTE_MS, 5 * MINUTE_MS, 2 * MINUTE_MS];

/** ms left at `now`, negative when overdue; null when somebody has acknowledged it or nobody has to. */
export function acknowledgeLeft(alarm: Alarm, now: number): number | null {
	const within = WITHIN_MS[alarm.severity] ?? 0;
	return alarm.acknowledged || within === 0 || now === 0 ? null : alarm.raisedAt + within - now;
}
