// What the wall shows by itself: the province at rest, a tour of about a minute through one city and one of its sites, and a
// take-over when an orange or red comes. A pure state machine: events with monotonic ms come in, the next state goes out. The
// page's hook feeds it; the map goes where the state stands.

export type TourPhase = "rest" | "province" | "city" | "site" | "back" | "case";

/** One raise of one alarm. */
export interface TourCase {
	readonly id: string;
	readonly occurrence: number;
	readonly severity: 3 | 4;
	/** System and city: what belongs to one event takes the wall over once. */
	readonly group: string;
}

export interface TourState {
	readonly phase: TourPhase;
	readonly since: number;
	/** Last key, pointer or touch. */
	readonly touchedAt: number;
	/** Tours begun so far: the next one goes to another city. */
	readonly round: number;
	readonly taken: TourCase | null;
	/** Came while another had the wall, worst first. */
	readonly waiting: readonly TourCase[];
	/** Groups that had the wall, and when they gave it back. */
	readonly had: readonly { readonly group: string; readonly severity: number; readonly at: number }[];
}

export type TourEvent =
	/** `mayTour`: there is somewhere to go and the picture is true. */
	| { readonly type: "tick"; readonly at: number; readonly mayTour: boolean }
	| { readonly type: "touched"; readonly at: number }
	| { readonly type: "asked"; readonly at: number }
	| { readonly type: "stopped"; readonly at: number }
	| { readonly type: "raised"; readonly at: number; readonly raised: TourCase }
	/** Acknowledged, or gone. */
	| { readonly type: "settled"; readonly at: number; readonly id: string };

/** ms. A tour is 60 s in all. */
export const TOUR_TIMES = {
	untouched: 30_000,
	between: 45_000,
	province: 6_000,
	city: 24_000,
	site: 22_000,
	back: 8_000,
	/** A case has the wall at most so long; it stays in the card after it. */
	case: 60_000,
	/** And at least so long before another of its level may take its place. */
	caseLeast: 15_000,
	/** What belongs to the same event does not take the wall again within this. */
	sameEvent: 600_000,
} as const;

const WAITING_MOST = 5;
const TOUCH_GRAIN_MS = 500;

export function tourStart(at: number): TourState {
	return { phase: "rest", since: at, touchedAt: at, round: 0, taken: null, waiting: [], had: [] };
}

export function isTouring({ phase }: TourState): boolean {
	return phase === "province" || phase === "city" || phase === "site" || phase === "back";
}

/** The next state; the same object when nothing changes. */
export function tourNext(state: TourState, event: TourEvent): TourState {
	switch (event.type) {
		case "tick":
			return tick(state, event.at, event.mayTour);
		case "touched":
			if (isTouring(state)) return { ...state, phase: "rest", since: event.at, touchedAt: event.at };
			// A hand on a mouse says so a hundred times a second.
			return event.at - state.touchedAt < TOUCH_GRAIN_MS ? state : { ...state, touchedAt: event.at };
		case "asked":
			return state.phase === "case" ? state : begin(state, event.at);
		case "stopped":
			if (state.phase === "rest") return { ...state, touchedAt: event.at };
			return { ...giveBack(state, event.at), touchedAt: event.at };
		case "raised":
			return raise(state, event.at, event.raised);
		case "settled":
			return settle(state, event.at, event.id);
	}
}

function tick(state: TourState, at: number, mayTour: boolean): TourState {
	const { phase } = state;
	const spent = at - state.since;
	if (phase === "case") return spent >= TOUR_TIMES.case ? giveBack(state, at) : state;
	if (phase === "rest") {
		const rest = state.round === 0 ? 0 : TOUR_TIMES.between;
		const isDue = spent >= rest && at - state.touchedAt >= TOUR_TIMES.untouched;
		return isDue && mayTour ? begin(state, at) : state;
	}
	// A picture that is no longer true does not travel.
	if (!mayTour) return { ...state, phase: "rest", since: at };
	if (spent < TOUR_TIMES[phase]) return state;
	const following = { province: "city", city: "site", site: "back", back: "rest" } as const;
	return { ...state, phase: following[phase], since: at };
}

function begin(state: TourState, at: number): TourState {
	return { ...state, phase: "province", since: at, round: state.round + 1 };
}

function raise(state: TourState, at: number, raised: TourCase): TourState {
	const { taken } = state;
	if (taken === null) return isOfSameEvent(state, raised, at) ? state : take(state, at, raised);
	if (taken.id === raised.id) return { ...state, taken: raised };
	const isWorse = raised.severity > taken.severity;
	if (isWorse) return take(state, at, raised);
	if (taken.group === raised.group || isOfSameEvent(state, raised, at)) return state;
	if (at - state.since >= TOUR_TIMES.caseLeast) return take(noted(state, at), at, raised);
	const waiting = [...state.waiting.filter(({ id }) => id !== raised.id), raised];
	return { ...state, waiting: waiting.sort((a, b) => b.severity - a.severity).slice(0, WAITING_MOST) };
}

function isOfSameEvent({ had }: TourState, raised: TourCase, at: number): boolean {
	return had.some(
		(one) => one.group === raised.group && one.severity >= raised.severity && at - one.at < TOUR_TIMES.sameEvent,
	);
}

function take(state: TourState, at: number, taken: TourCase): TourState {
	return { ...state, phase: "case", since: at, taken, waiting: state.waiting.filter(({ id }) => id !== taken.id) };
}

/** Somebody has it, or it is over: it need not be shown by force any more. */
function settle(state: TourState, at: number, id: string): TourState {
	if (state.taken?.id === id) return giveBack(state, at);
	if (!state.waiting.some((one) => one.id === id)) return state;
	return { ...state, waiting: state.waiting.filter((one) => one.id !== id) };
}

function giveBack(state: TourState, at: number): TourState {
	const after = noted(state, at);
	const [first, ...others] = after.waiting.filter((one) => !isOfSameEvent(after, one, at));
	if (first !== undefined) return { ...take(after, at, first), waiting: others };
	return { ...after, phase: "rest", since: at, taken: null, waiting: [] };
}

function noted(state: TourState, at: number): TourState {
	const { taken } = state;
	if (taken === null) return state;
	const had = state.had.filter((one) => at - one.at < TOUR_TIMES.sameEvent && one.group !== taken.group);
	return { ...state, had: [...had, { group: taken.group, severity: taken.severity, at }] };
}
