// The life of an incident as pure functions: what each act does to its record and what stands in its log, or why not. Exactly one owner
// at every moment; a hand-over changes it only when it is accepted; a closed incident is not edited. Called by live/acts/incident.ts.
// It stores nothing and reads no clock; who may at all was decided before.
import { cityOf, districtPrefix } from "./ids.ts";
import type { Incident, IncidentOwner, IncidentTask, Tier } from "./incident.ts";
import type { IncidentAct, IncidentActName } from "./incident_acts.ts";
import {
	CLOCK_RULES,
	type ClockRules,
	clocksAfterReport,
	clocksAtClosing,
	clocksAtLevel,
	clocksAtOpening,
	clocksAtReopening,
} from "./incident_clock.ts";
import { MOST_DRAWINGS } from "./incident_place.ts";
import type { IncidentLineKind } from "./line_kind.ts";
import { type Problem, problem } from "./problem.ts";

/** Who acts, when, and for which districts they may speak. */
export interface Ground {
	readonly at: number;
	readonly by: string;
	readonly speaksFor: (district: string) => boolean;
	readonly rules?: ClockRules;
}

export interface Line {
	readonly kind: IncidentLineKind;
	readonly detail: Readonly<Record<string, unknown>>;
}

export interface Step {
	readonly incident: Incident;
	readonly lines: readonly Line[];
	/** A task that is new or changed. */
	readonly task?: IncidentTask;
}

/** What is done to an incident that exists; tasks have functions of their own. */
export type LifeAct = Exclude<
	IncidentActName,
	"incident.open" | "incident.clocks" | "incident.task" | "incident.task-done" | "incident.instruct"
>;

/** The district that leads at a tier, for a place; null: the place is too wide for the tier. */
export function districtOf(place: string, tier: Tier): string | null {
	if (tier === "province") return `${place.slice(0, 2)}0000`;
	if (tier === "city") return place.endsWith("0000") ? null : cityOf(place);
	return place.endsWith("00") ? null : place;
}

/** Who is nearest to it leads first. */
export function firstTier(place: string): Tier {
	if (place.endsWith("0000")) return "province";
	return place.endsWith("00") ? "city" : "county";
}

const ZONE_MS = 8 * 3_600_000;

/** "2101-20261122-": numbers of a city and civil day (Asia/Shanghai) go on from 001. */
export function numberPrefix(place: string, at: number): string {
	const day = new Date(at + ZONE_MS).toISOString().slice(0, 10).replaceAll("-", "");
	return `${place.slice(0, 4)}-${day}-`;
}

/** The next number after those that are there. */
export function nextNumber(place: string, at: number, known: Iterable<string>): string {
	const prefix = numberPrefix(place, at);
	let last = 0;
	for (const no of known) if (no.startsWith(prefix)) last = Math.max(last, Number(no.slice(prefix.length)));
	return `${prefix}${String(last + 1).padStart(3, "0")}`;
}

export function opened(body: IncidentAct<"incident.open">, no: string, ground: Ground, user: string | null): Step {
	const { type, title, level, place, source, reporter, cause, rootAlarm, alarms, situation, facts, drill } = body;
	const owner: IncidentOwner = { district: place.district, unit: null, user };
	const incident: Incident = {
		no,
		type,
		title,
		level,
		place,
		cause,
		rootAlarm,
		alarms,
		joined: 0,
		source,
		reporter,
		state: "open",
		tier: firstTier(place.district),
		owner,
		offer: null,
		commander: null,
		openedAt: ground.at,
		closedAt: null,
		result: null,
		facts,
		byHand: source === "alarm" ? [] : Object.keys(facts),
		measures: "",
		situation,
		clocks: clocksAtOpening(level, ground.at, ground.rules ?? CLOCK_RULES),
		resources: [],
		drawings: [],
		pushed: null,
		drill,
	};
	return { incident, lines: [{ kind: "opened", detail: { no, type, title, level, place, source, cause, alarms } }] };
}

type Handler<N extends LifeAct> = (incident: Incident, body: IncidentAct<N>, ground: Ground) => Step | Problem;

/** Still done when an incident is closed: words and reports that are due. */
const AFTER_CLOSING: ReadonlySet<LifeAct> = new Set(["incident.note", "incident.report", "incident.reopen"]);

/** @returns what is true after the act, or Problem: closed, not-owner, already, bad-offer, not-offered, own-offer, offer-open, not-due, other-district, too-many. */
export function lived<N extends LifeAct>(
	name: N,
	incident: Incident,
	body: IncidentAct<N>,
	ground: Ground,
): Step | Problem {
	if (incident.state === "closed" && !AFTER_CLOSING.has(name))
		return problem("closed", "the incident is closed; a note can be added, or it is opened again");
	return (handlers[name] as Handler<N>)(incident, body, ground);
}

const handlers: { readonly [N in LifeAct]: Handler<N> } = {
	"incident.edit": edited,
	"incident.draw": drawn,
	"incident.note": (incident, { text }) => ({ incident, lines: [{ kind: "note", detail: { text } }] }),
	"incident.decide": (incident, { text, reason }) => ({
		incident,
		lines: [{ kind: "decision", detail: { text, reason } }],
	}),
	"incident.offer": (incident, { tier, district, note }, { at, by, speaksFor }) => {
		if (!speaksFor(incident.owner.district)) return problem("not-owner", "only who has it may offer it");
		if (incident.offer !== null) return problem("offer-open", "an offer waits already");
		if (districtOf(incident.place.district, tier) !== district)
			return problem("bad-offer", "an incident goes up and down its own county, city and province", "district");
		if (tier === incident.tier) return problem("already", "it is led there", "tier");
		const offer = { tier, district, by, at, note };
		return { incident: { ...incident, offer }, lines: [{ kind: "offered", detail: { tier, district, note } }] };
	},
	"incident.accept": (incident, { unit }, { by, speaksFor }) => {
		const { offer, owner, tier } = incident;
		if (offer === null) return problem("not-offered", "nothing is offered");
		if (!speaksFor(offer.district)) return problem("not-offered", "it is offered to another district");
		if (offer.by === by) return problem("own-offer", "who offers cannot accept: two people hand over");
		const next: IncidentOwner = { district: offer.district, unit, user: by };
		return {
			incident: { ...incident, offer: null, tier: offer.tier, owner: next },
			lines: [{ kind: "accepted", detail: { from: { tier, ...owner }, to: { tier: offer.tier, ...next } } }],
		};
	},
	"incident.decline": (incident, { note }, { by, speaksFor }) => {
		const { offer, owner } = incident;
		if (offer === null) return problem("not-offered", "nothing is offered");
		if (!speaksFor(offer.district) && !speaksFor(owner.district))
			return problem("not-offered", "it is offered to another district");
		const detail = { tier: offer.tier, district: offer.district, note, takenBack: offer.by === by };
		return { incident: { ...incident, offer: null }, lines: [{ kind: "declined", detail }] };
	},
	"incident.link": (incident, { add, remove }) => {
		const left = incident.alarms.filter((id) => !remove.includes(id));
		const fresh = [...new Set(add)].filter((id) => !left.includes(id));
		const taken = incident.alarms.length - left.length;
		if (fresh.length + taken === 0) return problem("already", "nothing to link or to take away");
		const alarms = [...left, ...fresh];
		if (alarms.length > MOST_LINKED) return problem("too-many", `at most ${MOST_LINKED} alarms are linked by hand`);
		return { incident: { ...incident, alarms }, lines: [{ kind: "alarm.linked", detail: { add: fresh, remove } }] };
	},
	"incident.report": (incident, { kind, to, text }, { at, rules = CLOCK_RULES }) => {
		const clocks = clocksAfterReport(incident, kind, to, at, rules);
		if (clocks === null) return problem("not-due", "no such report is waited for", "kind");
		return { incident: { ...incident, clocks }, lines: [{ kind: "report", detail: { kind, to, text } }] };
	},
	"incident.push": (incident, _, { at, by }) =>
		incident.pushed === null
			? { incident: { ...incident, pushed: { by, at } }, lines: [{ kind: "pushed", detail: {} }] }
			: problem("already", "it is on the wall"),
	"incident.unpush": (incident) =>
		incident.pushed === null
			? problem("already", "it is not on the wall")
			: { incident: { ...incident, pushed: null }, lines: [{ kind: "unpushed", detail: {} }] },
	"incident.close": (incident, { result }, { at, speaksFor, rules = CLOCK_RULES }) => {
		if (!speaksFor(incident.owner.district)) return problem("not-owner", "only who has it may close it");
		if (incident.offer !== null) return problem("offer-open", "an offer waits to be accepted or declined");
		const clocks = clocksAtClosing(incident.clocks, at, rules);
		const closed: Incident = { ...incident, state: "closed", closedAt: at, result, clocks, pushed: null };
		return { incident: closed, lines: [{ kind: "closed", detail: { result } }] };
	},
	"incident.reopen": (incident, { note }, { at, speaksFor, rules = CLOCK_RULES }) => {
		if (incident.state === "open") return problem("already", "it is open");
		if (!speaksFor(incident.owner.district)) return problem("not-owner", "only who had it may open it again");
		const clocks = clocksAtReopening(incident.clocks, incident.level, at, rules);
		const { result, closedAt } = incident;
		return {
			incident: { ...incident, state: "open", closedAt: null, result: null, clocks },
			lines: [{ kind: "reopened", detail: { note, result, closedAt } }],
		};
	},
	"incident.join": (incident, { joined, named, rootAlarm, facts }) => {
		const own = Object.entries(facts).filter(([key]) => !incident.byHand.includes(key));
		const changed: Incident = {
			...incident,
			joined: incident.joined + joined,
			rootAlarm: rootAlarm ?? incident.rootAlarm,
			facts: { ...incident.facts, ...Object.fromEntries(own) },
		};
		return { incident: changed, lines: joined === 0 ? [] : [{ kind: "alarm.joined", detail: { joined, named } }] };
	},
};

const MOST_LINKED = 500;

/** By id, so that two hands at once both count; what is gone already is gone, and what stands so stands. */
function drawn(incident: Incident, { put, remove }: IncidentAct<"incident.draw">): Step | Problem {
	const before = incident.drawings;
	const id = String(put?.id ?? remove);
	// Older records hold drawings without an id: a page knows them by where they stand.
	const known = before.findIndex((one, n) => String(one.id ?? `kept-${n}`) === id);
	const same = known >= 0 && JSON.stringify(before[known]) === JSON.stringify(put);
	if (same || (known < 0 && put === undefined)) return { incident, lines: [] };
	if (known < 0 && before.length >= MOST_DRAWINGS) return problem("too-many", `at most ${MOST_DRAWINGS} drawings`);
	const drawings = before.flatMap((one, n) => (n === known ? (put ?? []) : one));
	if (known < 0 && put !== undefined) drawings.push(put);
	const changed = { drawings: { from: before.length, to: drawings.length } };
	return { incident: { ...incident, drawings }, lines: [{ kind: "edited", detail: { changed } }] };
}

function edited(
	incident: Incident,
	{ patch }: IncidentAct<"incident.edit">,
	{ at, rules = CLOCK_RULES }: Ground,
): Step | Problem {
	const { place, level, facts } = patch;
	if (place !== undefined) {
		// Who has it must still be able to see it, and who is offered it to take it.
		const leads = [incident.owner.district, ...(incident.offer === null ? [] : [incident.offer.district])];
		if (!leads.every((district) => place.district.startsWith(districtPrefix(district))))
			return problem("other-district", "the place lies outside the district that leads; hand it up first", "place");
	}
	const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
	const changed: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(given)) {
		const before = incident[key as keyof typeof patch];
		if (key === "facts" || JSON.stringify(before) === JSON.stringify(value)) continue;
		// Of resources, how many there were says what happened.
		changed[key] = Array.isArray(before)
			? { from: before.length, to: (value as unknown[]).length }
			: { from: before, to: value };
	}
	const merged = facts === undefined ? {} : written(incident, facts);
	if (facts !== undefined) changed.facts = { from: pick(incident.facts, Object.keys(facts)), to: facts };
	if (Object.keys(changed).length === 0) return problem("already", "it stands so");
	const clocks = level === undefined ? incident.clocks : clocksAtLevel(incident.clocks, level, at, rules);
	return {
		incident: { ...incident, ...given, ...merged, clocks },
		lines: [{ kind: "edited", detail: { changed } }],
	};
}

/** What a person wrote stands until they take it away. */
function written(incident: Incident, facts: Incident["facts"]): Pick<Incident, "facts" | "byHand"> {
	const byHand = new Set(incident.byHand);
	for (const [key, value] of Object.entries(facts)) {
		if (value === null) byHand.delete(key);
		else byHand.add(key);
	}
	return { facts: { ...incident.facts, ...facts }, byHand: [...byHand].slice(0, 40) };
}

function pick(facts: Incident["facts"], keys: readonly string[]): Incident["facts"] {
	return Object.fromEntries(keys.map((key) => [key, facts[key] ?? null]));
}
