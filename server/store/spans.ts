// What alarms did over a span of time, in short, for the river: every step since shortly before it, the state each alarm was in
// before its first step, and the names of orange and red raises. Runs in the reader's worker; reads only.
import type { StatementSync } from "node:sqlite";
import type { Alarm, Transition, TransitionKind } from "#model/alarm.ts";
import type { AlarmSpan, AlarmStep } from "#model/answers.ts";
import { DamagedError } from "./block.ts";
import { fromBody } from "./bodies.ts";

/** A reading may raise this late at most (with room): what was stored before it belongs before the span. */
const LATE_MS = 3_600_000;
/** Levels that are named one by one. */
const NAMED_SEVERITY = 3;

/** `sql` prepares once. Transitions whose body is damaged count as left out. */
export function readSpan(sql: (text: string) => StatementSync, from: number, to: number, limit: number): AlarmSpan {
	const first = sql(
		`SELECT seq FROM transition WHERE kind IN ('raised', 'rose', 'fell', 'cleared') AND at < ?
		ORDER BY at DESC, seq DESC LIMIT 1`,
	).get(from - LATE_MS);
	const since = Number(first?.seq ?? 0);
	const steps: AlarmStep[] = sql(
		`SELECT seq, alarm, kind, at, severity, district, system,
			kind IN ('raised', 'rose') AND instr(body, '"suppressedBy":null') = 0 AS hidden
		FROM transition WHERE seq > ? ORDER BY seq LIMIT ?`,
	)
		.all(since, BigInt(limit))
		.map((row) => ({
			seq: Number(row.seq),
			alarm: String(row.alarm),
			kind: row.kind as TransitionKind,
			at: Number(row.at),
			severity: Number(row.severity),
			district: String(row.district),
			system: String(row.system),
			...(Number(row.hidden) === 1 ? { hidden: true } : {}),
		}));
	let damaged = 0;
	const sound = <T>(key: string, body: unknown): T | null => {
		try {
			return fromBody<T>(key, body, "transition");
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error;
			damaged += 1;
			return null;
		}
	};
	const before: Alarm[] = [];
	const earlier = sql("SELECT seq, body FROM transition WHERE alarm = ? AND seq <= ? ORDER BY seq DESC LIMIT 1");
	for (const alarm of new Set(steps.map((step) => step.alarm))) {
		const row = earlier.get(alarm, since);
		const transition = row === undefined ? null : sound<Transition>(String(row.seq), row.body);
		if (transition !== null) before.push(transition.alarm);
	}
	const named: Transition[] = [];
	const body = sql("SELECT body FROM transition WHERE seq = ?");
	for (const { seq, kind, at, severity } of steps) {
		if (severity < NAMED_SEVERITY || (kind !== "raised" && kind !== "rose") || at < from || at >= to) continue;
		const transition = sound<Transition>(String(seq), body.get(seq)?.body);
		if (transition !== null) named.push(transition);
	}
	return { since, before, steps, named, cut: steps.length === limit || damaged > 0 };
}
