// Who answers for a thing and whom to call, in order: the responsible unit and person, the trade's supervisor (行业主管), the next
// level. Pure: units and people come in, masked or not. Always an answer or a named gap; never a guess across a trade.
import { type CallDetail, type Contact, isReached, type Person, type Unit } from "./contact.ts";
import { cityOf } from "./ids.ts";

/** What is asked about: an asset's record with its system, or only a place and a system. */
export interface AskedFor {
	readonly district: string;
	readonly system: string;
	readonly fields?: Readonly<Record<string, string | number>> | undefined;
}

export const gapKinds = ["no-unit", "unknown-unit", "no-number", "no-person", "no-supervisor", "no-next"] as const;
export type GapKind = (typeof gapKinds)[number];
export interface Gap {
	readonly gap: GapKind;
	/** Name of the unit that lacks it, or what was written in the register. */
	readonly of: string;
}

export interface Side {
	readonly unit: Contact<Unit>;
	/** First on call, else first of the unit. */
	readonly person: Contact<Person> | null;
}

export const calleeRoles = ["responsible", "supervisor", "next"] as const;
export interface Callee {
	/** Stable: person:p1 or unit:u1. */
	readonly key: string;
	readonly role: (typeof calleeRoles)[number];
	readonly unit: Contact<Unit>;
	/** null: the unit's own 24 h number. */
	readonly person: Contact<Person> | null;
	/** As in the records given. */
	readonly phone: string;
}

export interface Responsible {
	readonly responsible: Side | null;
	readonly supervisor: Side | null;
	readonly next: Side | null;
	/** Whom to call, best first; nobody twice. */
	readonly callees: readonly Callee[];
	readonly gaps: readonly Gap[];
}

/** Units and people by what they are asked for; made once for many assets. */
export interface ContactBook {
	readonly units: ReadonlyMap<string, Contact<Unit>>;
	readonly byName: ReadonlyMap<string, Contact<Unit>>;
	/** By district code. */
	readonly byDistrict: ReadonlyMap<string, readonly Contact<Unit>[]>;
	/** By unit id: on call first, then by order and name. */
	readonly people: ReadonlyMap<string, readonly Contact<Person>[]>;
}

/** Register fields in which the unit that runs an asset is written; `unit` (an id or a name) goes before them. */
const UNIT_FIELDS = ["unit", "operator", "company", "owner", "builder", "contractor"] as const;
const PROVINCE = "210000";

export function contactBook(units: readonly Contact<Unit>[], people: readonly Contact<Person>[]): ContactBook {
	const byDistrict = new Map<string, Contact<Unit>[]>();
	for (const unit of [...units].sort(byId)) listOf(byDistrict, unit.body.district).push(unit);
	const byUnit = new Map<string, Contact<Person>[]>();
	for (const person of [...people].sort(onCallFirst)) listOf(byUnit, person.body.unit).push(person);
	return {
		units: new Map(units.map((unit) => [unit.id, unit])),
		byName: new Map(units.map((unit) => [unit.body.name, unit])),
		byDistrict,
		people: byUnit,
	};
}

export function responsibleFor(
	asked: AskedFor,
	units: readonly Contact<Unit>[],
	people: readonly Contact<Person>[],
): Responsible {
	return responsibleIn(contactBook(units, people), asked);
}

export function responsibleIn(book: ContactBook, asked: AskedFor): Responsible {
	const gaps: Gap[] = [];
	const unit = runningUnit(book, asked, gaps);
	const supervisor = nearest(book, asked, asked.district, (one) => one.kind === "authority");
	const above = supervisor === null ? null : levelAbove(book, asked, supervisor);
	if (unit === null) gaps.push({ gap: "no-unit", of: "" });
	if (supervisor === null) gaps.push({ gap: "no-supervisor", of: "" });
	else if (above === null && supervisor.body.district !== PROVINCE)
		gaps.push({ gap: "no-next", of: supervisor.body.name });
	const sides = [
		{ role: "responsible", side: sideOf(book, unit) },
		{ role: "supervisor", side: sideOf(book, supervisor) },
		{ role: "next", side: sideOf(book, above) },
	] as const;
	for (const { side } of sides) if (side !== null) gaps.push(...gapsOfUnit(book, side.unit));
	return {
		responsible: sides[0].side,
		supervisor: sides[1].side,
		next: sides[2].side,
		callees: calleesOf(book, sides),
		gaps,
	};
}

/** What a unit lacks to be reached at night. */
export function gapsOfUnit(book: ContactBook, unit: Contact<Unit>): Gap[] {
	const gaps: Gap[] = [];
	if (unit.body.phone24h === null) gaps.push({ gap: "no-number", of: unit.body.name });
	const people = book.people.get(unit.id) ?? [];
	if (!people.some(({ body }) => body.isOnCall && body.phones.length > 0))
		gaps.push({ gap: "no-person", of: unit.body.name });
	return gaps;
}

/** The first of the list that was not called in vain; after a call that reached nobody the next one. null: the list is through. */
export function nextCallee(callees: readonly Callee[], calls: readonly CallDetail[]): Callee | null {
	const tried = new Set(calls.filter(({ result }) => !isReached(result)).map(calledKey));
	return callees.find(({ key }) => !tried.has(key)) ?? null;
}

export function calledKey(call: Pick<CallDetail, "person" | "unit">): string {
	return call.person === null ? `unit:${call.unit ?? ""}` : `person:${call.person}`;
}

function runningUnit(book: ContactBook, asked: AskedFor, gaps: Gap[]): Contact<Unit> | null {
	for (const field of UNIT_FIELDS) {
		const text = asked.fields?.[field];
		if (typeof text !== "string" || text === "") continue;
		const unit = book.units.get(text) ?? book.byName.get(text);
		if (unit !== undefined) return unit;
		// Named in the register, but not in the book: the district's unit answers, and the hole is said.
		if (field === "unit") gaps.push({ gap: "unknown-unit", of: text });
	}
	return nearest(book, asked, asked.district, ({ kind }) => kind === "operator" || kind === "enterprise");
}

/** In the district itself, then its city, then the province; who names the system goes before who has them all. */
function nearest(
	book: ContactBook,
	asked: AskedFor,
	from: string,
	fits: (unit: Unit) => boolean,
): Contact<Unit> | null {
	for (const district of levelsFrom(from)) {
		const here = (book.byDistrict.get(district) ?? []).filter(({ body }) => fits(body));
		const found =
			here.find(({ body }) => body.systems.includes(asked.system)) ??
			here.find(({ body }) => body.systems.length === 0);
		if (found !== undefined) return found;
	}
	return null;
}

function levelAbove(book: ContactBook, asked: AskedFor, below: Contact<Unit>): Contact<Unit> | null {
	const parent = below.body.parent === null ? undefined : book.units.get(below.body.parent);
	if (parent !== undefined && parent.id !== below.id) return parent;
	const [, above] = levelsFrom(below.body.district);
	return above === undefined
		? null
		: nearest(book, asked, above, ({ kind }) => kind === "authority" || kind === "command");
}

/** 210102 -> itself, 210100, 210000. */
function levelsFrom(district: string): readonly string[] {
	return [...new Set([district, cityOf(district), PROVINCE])];
}

function sideOf(book: ContactBook, unit: Contact<Unit> | null): Side | null {
	return unit === null ? null : { unit, person: book.people.get(unit.id)?.[0] ?? null };
}

function calleesOf(
	book: ContactBook,
	sides: readonly { readonly role: Callee["role"]; readonly side: Side | null }[],
): readonly Callee[] {
	const callees = new Map<string, Callee>();
	const add = (callee: Callee): void => {
		if (!callees.has(callee.key)) callees.set(callee.key, callee);
	};
	for (const { role, side } of sides) {
		if (side === null) continue;
		const { unit } = side;
		for (const person of book.people.get(unit.id) ?? []) {
			const [phone] = person.body.phones;
			if (person.body.isOnCall && phone !== undefined) add({ key: `person:${person.id}`, role, unit, person, phone });
		}
		if (unit.body.phone24h !== null)
			add({ key: `unit:${unit.id}`, role, unit, person: null, phone: unit.body.phone24h });
	}
	return [...callees.values()];
}

function onCallFirst(a: Contact<Person>, b: Contact<Person>): number {
	return Number(b.body.isOnCall) - Number(a.body.isOnCall) || a.body.order - b.body.order || byId(a, b);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
	return a.id < b.id ? -1 : Number(a.id > b.id);
}

function listOf<K, V>(lists: Map<K, V[]>, key: K): V[] {
	const known = lists.get(key);
	if (known !== undefined) return known;
	const made: V[] = [];
	lists.set(key, made);
	return made;
}
