// From the log of a span to the figures of alarm_figures.ts: one walk over the transitions in order of time. Pure; called by web
// (http/alarm_figures.ts). It knows neither names nor scopes: what it is given is what it counts.
import {
	type AcknowledgeFigures,
	type AlarmFigures,
	CHATTER_SPAN_MS,
	CHATTER_TRANSITIONS,
	type FigureSpan,
	type FigureState,
	type FigureStep,
	FLEETING_MS,
	LOAD_STEP_MS,
	type Named,
	STALE_MS,
	TOP_COUNT,
	targetOf,
} from "./alarm_figures.ts";
import { floodsOf, loadOf, mixOf, type Told } from "./alarm_load.ts";

interface State {
	severity: number;
	active: boolean;
	shelved: boolean;
	suppressed: boolean;
	outOfService: boolean;
	/** Since when it is in alarm. */
	since: number;
	/** What waits for an acknowledgement: told within the span, or null. */
	pending: Told | null;
	/** Times of going into and out of alarm within the last minute. */
	readonly turns: number[];
}

type Step = FigureStep & { readonly when: number };

/** @param steps by seq. */
export function figuresOf(begin: readonly FigureState[], steps: readonly FigureStep[], span: FigureSpan): AlarmFigures {
	const { from, operators } = span;
	const to = Math.max(from, Math.min(span.to, span.now));
	const walk = new Walk(begin, from);
	for (const step of timed(steps, span.now)) if (step.when < to) walk.move(step);
	const told = walk.told.filter(({ at }) => at >= from);
	const floods = floodsOf(
		walk.told.map(({ at }) => at),
		{ from, to },
		operators,
	);
	const flooded = floods.reduce((sum, flood) => sum + flood.to - flood.from, 0);
	const top = ranked(countsOf(told)).slice(0, TOP_COUNT);
	const ends = walk.end(to);
	return {
		from,
		to,
		operators,
		told: told.length,
		hidden: walk.hidden,
		load: loadOf(told, from, to, operators),
		flood: { share: to === from ? 0 : flooded / (to - from), spans: floods },
		mix: mixOf(told),
		chattering: ranked(walk.chattering),
		fleeting: ranked(walk.fleeting),
		stale: ends.stale,
		top,
		topShare: told.length === 0 ? 0 : (top[0]?.count ?? 0) / told.length,
		shelved: ends.shelved,
		suppressed: ends.suppressed,
		outOfService: ends.outOfService,
		acknowledge: ([4, 3, 2, 1] as const).map((severity) => walk.acknowledged(severity, to)),
	};
}

class Walk {
	/** In order of time; those of the ten minutes before the span too. */
	readonly told: Told[] = [];
	hidden = 0;
	readonly chattering = new Map<string, number>();
	readonly fleeting = new Map<string, number>();
	private readonly from: number;
	private readonly states = new Map<string, State>();
	/** By severity: ms until acknowledged, and how often raised again before. */
	private readonly waits = new Map<number, number[]>();
	private readonly again = new Map<number, number>();

	constructor(begin: readonly FigureState[], from: number) {
		this.from = from;
		for (const alarm of begin)
			this.states.set(alarm.id, {
				severity: alarm.severity,
				active: alarm.active,
				shelved: alarm.shelvedUntil !== null,
				suppressed: alarm.suppressedBy !== null,
				outOfService: alarm.outOfService,
				since: alarm.raisedAt,
				pending: null,
				turns: [],
			});
	}

	move(step: Step): void {
		const state = this.stateOf(step.alarm);
		switch (step.kind) {
			case "raised":
			case "rose":
				this.raise(state, step);
				break;
			case "fell":
				state.severity = step.severity;
				break;
			case "cleared":
				this.clear(state, step);
				break;
			case "acknowledged":
				if (state.pending !== null) push(this.waits, state.pending.severity, step.when - state.pending.at);
				state.pending = null;
				break;
			case "shelved":
			case "unshelved":
			case "shelf-ended":
				state.shelved = step.kind === "shelved";
				break;
			case "suppressed":
			case "unsuppressed":
				state.suppressed = step.kind === "suppressed";
				break;
			case "out-of-service":
			case "in-service":
				state.outOfService = step.kind === "out-of-service";
				break;
			case "assigned":
			case "commented":
				break;
		}
	}

	end(to: number): Pick<AlarmFigures, "stale" | "shelved" | "suppressed" | "outOfService"> {
		const stale = new Map<string, number>();
		const ids = (isIt: (state: State) => boolean): string[] =>
			[...this.states].flatMap(([id, state]) => (isIt(state) ? [id] : []));
		for (const [id, state] of this.states)
			if (state.active && !isHidden(state) && to - state.since > STALE_MS) stale.set(id, to - state.since);
		return {
			stale: ranked(stale),
			shelved: ids(({ shelved }) => shelved),
			suppressed: ids(({ suppressed, active }) => suppressed && active),
			outOfService: ids(({ outOfService }) => outOfService),
		};
	}

	acknowledged(severity: 1 | 2 | 3 | 4, to: number): AcknowledgeFigures {
		const target = targetOf(`acknowledge-${severity}`);
		const waits = [...(this.waits.get(severity) ?? [])].sort((a, b) => a - b);
		let waiting = 0;
		let late = 0;
		for (const { pending } of this.states.values()) {
			if (pending === null || pending.severity !== severity) continue;
			waiting += 1;
			if (to - pending.at > target) late += 1;
		}
		const judged = waits.length + late;
		return {
			severity,
			count: waits.length,
			medianMs: rank(waits, 0.5),
			p90Ms: rank(waits, 0.9),
			inTime: judged === 0 ? null : waits.filter((ms) => ms <= target).length / judged,
			again: this.again.get(severity) ?? 0,
			waiting,
			late,
		};
	}

	private raise(state: State, step: Step): void {
		const { alarm, kind, severity, when } = step;
		// Worse than what was shelved ends the shelf.
		if (severity > state.severity) state.shelved = false;
		state.suppressed = step.hidden === true;
		state.severity = severity;
		if (kind === "raised") {
			state.since = when;
			this.turn(alarm, state, when);
		}
		state.active = true;
		const { pending } = state;
		state.pending = null;
		if (isHidden(state)) {
			if (when >= this.from) this.hidden += 1;
			return;
		}
		if (when >= this.from - LOAD_STEP_MS) this.told.push({ alarm, at: when, severity });
		if (when < this.from) return;
		if (pending !== null) this.again.set(pending.severity, (this.again.get(pending.severity) ?? 0) + 1);
		state.pending = { alarm, at: when, severity };
	}

	private clear(state: State, { alarm, when }: Step): void {
		if (state.active && !isHidden(state) && when >= this.from && when - state.since < FLEETING_MS)
			this.fleeting.set(alarm, (this.fleeting.get(alarm) ?? 0) + 1);
		state.active = false;
		this.turn(alarm, state, when);
	}

	private turn(alarm: string, state: State, when: number): void {
		state.turns.push(when);
		while ((state.turns[0] ?? when) <= when - CHATTER_SPAN_MS) state.turns.shift();
		const turns = state.turns.length;
		if (turns < CHATTER_TRANSITIONS || when < this.from || isHidden(state)) return;
		this.chattering.set(alarm, Math.max(turns, this.chattering.get(alarm) ?? 0));
	}

	private stateOf(alarm: string): State {
		let state = this.states.get(alarm);
		if (state === undefined) {
			const flags = { active: false, shelved: false, suppressed: false, outOfService: false };
			state = { severity: 0, ...flags, since: 0, pending: null, turns: [] };
			this.states.set(alarm, state);
		}
		return state;
	}
}

function isHidden({ shelved, suppressed, outOfService }: State): boolean {
	return shelved || suppressed || outOfService;
}

/** By time. A step is no later than the one after it of the same alarm, and nothing is later than now: a wrong clock dates ahead. */
function timed(steps: readonly FigureStep[], now: number): Step[] {
	const latest = new Map<string, number>();
	const found: Step[] = [];
	for (let i = steps.length - 1; i >= 0; i--) {
		const step = steps[i];
		if (step === undefined) continue;
		const when = Math.min(step.at, latest.get(step.alarm) ?? now);
		latest.set(step.alarm, when);
		found.push({ ...step, when });
	}
	// Those of the same moment stay in the order of the log.
	return found.reverse().sort((a, b) => a.when - b.when);
}

function countsOf(told: readonly Told[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { alarm } of told) counts.set(alarm, (counts.get(alarm) ?? 0) + 1);
	return counts;
}

function ranked(counts: ReadonlyMap<string, number>): Named[] {
	return [...counts].map(([alarm, count]) => ({ alarm, count })).sort((a, b) => b.count - a.count);
}

/** Nearest rank. @param sorted rising. */
function rank(sorted: readonly number[], share: number): number | null {
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function push(into: Map<number, number[]>, key: number, value: number): void {
	const list = into.get(key);
	if (list === undefined) into.set(key, [value]);
	else list.push(value);
}
