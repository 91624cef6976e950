// A list of alarms that is always in order: a change costs a few comparisons, never a sort of ten thousand. Kept by AlarmBook,
// one per order that somebody looks at. The array is the owner's; readers get a copy when they ask.
import type { Alarm } from "#model/alarm.ts";

export type AlarmOrder = "level" | "age" | "place";
export const alarmOrders = ["level", "age", "place"] as const;
/** Total: two different alarms are never 0. */
export type Compare = (a: Alarm, b: Alarm) => number;

export class OrderedAlarms {
	private readonly alarms: Alarm[] = [];
	private readonly compare: Compare;

	constructor(compare: Compare, alarms: Iterable<Alarm> = []) {
		this.compare = compare;
		this.alarms = [...alarms].sort(compare);
	}

	get list(): readonly Alarm[] {
		return this.alarms;
	}

	add(alarm: Alarm): void {
		this.alarms.splice(this.placeOf(alarm), 0, alarm);
	}

	/** The very object that was added. */
	remove(alarm: Alarm): void {
		const place = this.placeOf(alarm);
		if (this.alarms[place]?.id !== alarm.id) throw new Error(`alarm ${alarm.id} is not where its order says`);
		this.alarms.splice(place, 1);
	}

	/** Where it stands, or would: binary search. */
	private placeOf(alarm: Alarm): number {
		let low = 0;
		let high = this.alarms.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const there = this.alarms[middle];
			if (there !== undefined && this.compare(there, alarm) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

/** Worst first, then newest. */
export function worstThenNewest(a: Alarm, b: Alarm): number {
	return b.severity - a.severity || b.raisedAt - a.raisedAt || byId(a, b);
}

/** The one that waits longest first: what is old is what was forgotten. */
export function oldestFirst(a: Alarm, b: Alarm): number {
	return a.raisedAt - b.raisedAt || b.severity - a.severity || byId(a, b);
}

/** By district, there worst first: neighbours stand together. */
export function byPlace(a: Alarm, b: Alarm): number {
	if (a.district !== b.district) return a.district < b.district ? -1 : 1;
	return worstThenNewest(a, b);
}

export const ORDERS: Readonly<Record<AlarmOrder, Compare>> = {
	level: worstThenNewest,
	age: oldestFirst,
	place: byPlace,
};

function byId(a: Alarm, b: Alarm): number {
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
