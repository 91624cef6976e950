// Plans of the acts on the contact book and of telephone calls. Whole numbers stay in the register: no line, audit record or answer
// that is made here holds one. Names of units are unique, because a sheet knows no ids.
import {
	CALL_LINE,
	type CallDetail,
	maskPhone,
	maskUnit,
	type Person,
	REVEAL_LINE,
	type Unit,
	unmasked,
} from "#model/contact.ts";
import type { contactActs } from "#model/contact_acts.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Entry, entrySubject, holds, type Put } from "#model/register.ts";
import type { Place } from "#model/rights.ts";
import type { ActContext, Plans } from "../act.ts";
import { placeOfSubject } from "../subject_place.ts";
import { planImport } from "./contact_import.ts";

export const contactPlans: Plans<typeof contactActs> = {
	"contact.unit": ({ id, unit }, context) => {
		const { register } = context;
		const before = id === undefined ? null : register.find<Unit>("unit", id);
		if (id !== undefined && before === null) return problem("not-found", "no such unit in the book");
		const own = id ?? context.newId("u");
		const units = register.all<Unit>("unit");
		if (units.some((other) => other.id !== own && other.body.name === unit.name))
			return problem("already", "a unit of this name stands in the book", "unit.name");
		if (unit.parent !== null && !isAbove(units, own, unit.parent))
			return problem("bad-parent", "no such unit, or it stands below this one", "unit.parent");
		const phone24h = unit.phone24h === null ? null : unmasked(unit.phone24h, [before?.body.phone24h ?? ""]);
		if (phone24h === null && unit.phone24h !== null) return badPhone("unit.phone24h");
		const put: Put<Unit> = {
			kind: "unit",
			id: own,
			district: unit.district,
			system: ANY_SYSTEM,
			body: { ...unit, phone24h },
		};
		return {
			entries: [put],
			audit: { subject: entrySubject("unit", own), detail: { unit: maskUnit(put.body) } },
			answer: { id: own },
		};
	},
	"contact.person": ({ id, person }, context) => {
		const { register } = context;
		const before = id === undefined ? null : register.find<Person>("person", id);
		if (id !== undefined && before === null) return problem("not-found", "no such person in the book");
		const unit = register.find<Unit>("unit", person.unit);
		if (unit === null) return problem("unknown-unit", "no such unit in the book", "person.unit");
		const phones = wholePhones(person.phones, before?.body.phones ?? []);
		if (phones.length !== person.phones.length) return badPhone("person.phones");
		const own = id ?? context.newId("p");
		return { entries: [personPut(own, { ...person, phones }, unit)], answer: { id: own } };
	},
	"contact.remove": ({ kind, id }, { register }) => {
		const entry = register.find(kind, id);
		if (entry === null) return problem("not-found", "no such entry in the book");
		const isHeld =
			kind === "unit" &&
			(register.all<Person>("person").some(({ body }) => body.unit === id) ||
				register.all<Unit>("unit").some(({ body }) => body.parent === id));
		if (isHeld) return problem("in-use", "people or units stand below it: move or remove them first");
		return { entries: [{ ...entry, removed: true }], answer: { id } };
	},
	"contact.import": ({ units, people }, context) => planImport(units, people, context),
	"contact.reveal": ({ kind, id, why, subject }, context) => {
		const entry = context.register.find<Unit | Person>(kind, id);
		if (entry === null) return problem("not-found", "no such entry in the book");
		const place = revealPlace(entry, subject, context);
		if (isProblem(place)) return place;
		const { district, system } = place;
		const about = entrySubject(kind, id);
		const detail = { why, about: subject ?? null };
		return {
			lines: [{ subject: about, kind: REVEAL_LINE, district, system, detail }],
			audit: { subject: about, detail },
			answer: { id },
		};
	},
	"call.log": ({ subject, person, unit, phone, startedAt, seconds, result, note }, context) => {
		const place = placeOfSubject(subject, context);
		if (place === null) return problem("not-found", "no such subject in your scope");
		// A clock of a page may be a little ahead of ours, not more.
		if (startedAt > context.now + CLOCK_AHEAD_MS)
			return problem("bad-time", "the call begins in the future", "startedAt");
		const called = calledOf(person, unit, phone, context);
		if (isProblem(called)) return called;
		const detail: CallDetail = { ...called, startedAt, seconds, result, note };
		const { district, system } = place;
		return { lines: [{ subject, kind: CALL_LINE, district, system, detail: { ...detail } }], answer: { subject } };
	},
};

const CLOCK_AHEAD_MS = 120_000;

export function personPut(id: string, person: Person, unit: Pick<Entry<Unit>, "district">): Put<Person> {
	return { kind: "person", id, district: unit.district, system: ANY_SYSTEM, body: person };
}

/** Numbers whole again; one that stands for no known number is left out. */
function wholePhones(given: readonly string[], known: readonly string[]): string[] {
	return given.flatMap((phone) => {
		const whole = unmasked(phone, known);
		return whole === null ? [] : [whole];
	});
}

function badPhone(where: string): Problem {
	return problem("bad-phone", "a masked number that is not the one on record: write it whole", where);
}

/** True when `parent` exists and `own` is not among the units above it. */
function isAbove(units: readonly Entry<Unit>[], own: string, parent: string): boolean {
	const byId = new Map(units.map((unit) => [unit.id, unit]));
	let at: string | null = parent;
	for (let left = units.length + 1; at !== null && left > 0; left--) {
		const unit: Entry<Unit> | undefined = byId.get(at);
		if (unit === undefined || at === own) return false;
		at = unit.body.parent;
	}
	return at === null;
}

/** Where it is written down: with the case it is for, else with the one who was shown, when the entry is not of their scope. */
function revealPlace(entry: Entry, subject: string | undefined, context: ActContext): Place | Problem {
	if (subject !== undefined)
		return placeOfSubject(subject, context) ?? problem("not-found", "no such subject in your scope");
	const { scope } = context.who;
	if (holds(scope, entry)) return entry;
	return { district: scope.districts[0] ?? entry.district, system: ANY_SYSTEM };
}

type Called = Pick<CallDetail, "person" | "unit" | "name" | "duty" | "unitName" | "number">;

/** null and null: somebody who is not in the book. */
function calledOf(
	personId: string | null,
	unitId: string | null,
	nth: number,
	{ register }: ActContext,
): Called | Problem {
	const person = personId === null ? null : register.find<Person>("person", personId);
	if (personId !== null && person === null) return problem("not-found", "no such person in the book", "person");
	const wanted = person?.body.unit ?? unitId;
	const unit = wanted === null ? null : register.find<Unit>("unit", wanted);
	if (unitId !== null && unit === null) return problem("not-found", "no such unit in the book", "unit");
	const number = person === null ? (unit?.body.phone24h ?? "") : (person.body.phones[nth] ?? "");
	return {
		person: personId,
		unit: unit?.id ?? null,
		name: person?.body.name ?? "",
		duty: person?.body.duty ?? "",
		unitName: unit?.body.name ?? "",
		number: maskPhone(number),
	};
}
