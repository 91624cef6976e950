// The river of alarms as arithmetic: the log of a span in, per step of time what was raised, what stood open, and how long nobody
// had acknowledged an orange or red. Pure; river.ts asks the store and answers.
import type { Alarm } from "#model/alarm.ts";
import { isOpen } from "#model/alarm.ts";
import type { AlarmSpan, AlarmStep } from "#model/answers.ts";
import type { Place } from "#model/rights.ts";

export type Levels = [blue: number, yellow: number, orange: number, red: number];

export interface RiverStep {
	readonly at: number;
	/** Raises and rises by severity 1..4. */
	readonly raised: Levels;
	cleared: number;
	/** System -> raises. */
	readonly systems: Record<string, number>;
	/** System -> open alarms by severity at the end of the step (now, when it runs yet); none in a step that has not begun. */
	open: Record<string, Levels>;
	/** How long within the step at least one orange or red stood unacknowledged. */
	unacknowledgedMs: number;
}

export interface RiverSpan {
	readonly from: number;
	readonly to: number;
	readonly step: number;
	readonly now: number;
}

const SERIOUS = 3;

interface State {
	severity: number;
	active: boolean;
	acknowledged: boolean;
	outOfService: boolean;
	readonly system: string;
}

/**
 * @param present the alarms that are open now, unrecorded ones (seq null) among them.
 * @param isHere the caller's scope.
 */
export function sweep(
	log: AlarmSpan,
	present: Iterable<Alarm>,
	span: RiverSpan,
	isHere: (place: Place) => boolean,
): RiverStep[] {
	const { from, to, step, now } = span;
	const steps = Array.from({ length: Math.ceil((to - from) / step) }, (_, index): RiverStep => {
		return { at: from + index * step, raised: [0, 0, 0, 0], cleared: 0, systems: {}, open: {}, unacknowledgedMs: 0 };
	});
	const river = new Standing();
	const own = [...log.steps, ...unrecorded(present, log)].filter(isHere);
	for (const alarm of [...log.before, ...untouched(present, log)]) if (isHere(alarm)) river.begin(alarm);
	const events = timed(own, now);
	let next = 0;
	/** Hands out what happened before `end`. */
	const until = (end: number): Timed | undefined => {
		const event = events[next];
		if (event === undefined || event.at >= end) return undefined;
		next += 1;
		return event;
	};
	for (let event = until(from); event !== undefined; event = until(from)) river.move(event.step);
	for (const one of steps) {
		const end = Math.min(one.at + step, to);
		if (one.at > now) break;
		let since = one.at;
		for (let event = until(end); event !== undefined; event = until(end)) {
			if (river.serious > 0) one.unacknowledgedMs += event.at - since;
			since = event.at;
			count(one, event.step);
			river.move(event.step);
		}
		if (river.serious > 0) one.unacknowledgedMs += Math.max(0, Math.min(end, now) - since);
		one.open = river.open();
	}
	return steps;
}

/** Open now and not moved since the log that was read begins. */
function untouched(present: Iterable<Alarm>, log: AlarmSpan): Alarm[] {
	return [...present].filter(({ seq }) => seq !== null && seq <= log.since);
}

/** What could not be recorded is true all the same: it comes last. */
function unrecorded(present: Iterable<Alarm>, log: AlarmSpan): AlarmStep[] {
	const last = log.steps.at(-1)?.seq ?? log.since;
	return [...present]
		.filter(({ seq }) => seq === null)
		.map(({ id, active, raisedAt, clearedAt, severity, district, system }, n) => {
			const at = active ? raisedAt : (clearedAt ?? raisedAt);
			return { seq: last + 1 + n, alarm: id, kind: active ? "raised" : "cleared", at, severity, district, system };
		});
}

interface Timed {
	readonly at: number;
	readonly step: AlarmStep;
}

/** The steps by time. A step is no later than the one after it of the same alarm, and nothing is later than now: a wrong clock dates ahead. */
function timed(steps: readonly AlarmStep[], now: number): Timed[] {
	const latest = new Map<string, number>();
	const events: Timed[] = [];
	for (const step of steps.toSorted((a, b) => b.seq - a.seq)) {
		const at = Math.min(step.at, latest.get(step.alarm) ?? now);
		latest.set(step.alarm, at);
		events.push({ at, step });
	}
	return events.sort((a, b) => a.at - b.at || a.step.seq - b.step.seq);
}

function count(into: RiverStep, { kind, severity, system }: AlarmStep): void {
	if (kind === "cleared") into.cleared += 1;
	if ((kind !== "raised" && kind !== "rose") || severity === 0) return;
	into.raised[severity - 1] = (into.raised[severity - 1] ?? 0) + 1;
	into.systems[system] = (into.systems[system] ?? 0) + 1;
}

/** What stands open at a moment of the sweep. */
class Standing {
	/** Orange and red that nobody has acknowledged. */
	serious = 0;
	private readonly alarms = new Map<string, State>();
	private readonly counts = new Map<string, Levels>();

	begin(alarm: Alarm): void {
		const { id, severity, active, acknowledged, outOfService, system } = alarm;
		const state = { severity, active, acknowledged, outOfService, system };
		this.alarms.set(id, state);
		this.add(state, 1);
	}

	move({ alarm, kind, severity, system }: AlarmStep): void {
		let state = this.alarms.get(alarm);
		if (state === undefined) {
			state = { severity, active: false, acknowledged: true, outOfService: false, system };
			this.alarms.set(alarm, state);
		}
		this.add(state, -1);
		state.severity = severity;
		if (kind === "raised" || kind === "rose") {
			state.active = true;
			state.acknowledged = false;
		} else if (kind === "cleared") state.active = false;
		else if (kind === "acknowledged") state.acknowledged = true;
		else if (kind === "out-of-service") state.outOfService = true;
		else if (kind === "in-service") state.outOfService = false;
		this.add(state, 1);
	}

	/** A copy: systems with at least one open alarm. */
	open(): Record<string, Levels> {
		const open: Record<string, Levels> = {};
		for (const [system, levels] of this.counts) if (levels.some((n) => n > 0)) open[system] = [...levels];
		return open;
	}

	private add(state: State, by: 1 | -1): void {
		if (!isOpen(state) || state.severity === 0) return;
		let levels = this.counts.get(state.system);
		if (levels === undefined) {
			levels = [0, 0, 0, 0];
			this.counts.set(state.system, levels);
		}
		levels[state.severity - 1] = (levels[state.severity - 1] ?? 0) + by;
		if (!state.acknowledged && state.severity >= SERIOUS) this.serious += by;
	}
}
