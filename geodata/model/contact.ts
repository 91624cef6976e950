// The contact book (通讯录): units that answer for something, the people in them, what a telephone call left behind. Pure: who is
// responsible is responsible.ts, how the book changes is server/live/acts/contact.ts. Numbers are whole only in the register
// itself; whatever leaves it for a page goes through `maskUnit` and `maskPerson`.
import { z } from "zod";
import { districtCode, wordId } from "./ids.ts";

export const unitKinds = ["authority", "operator", "enterprise", "hospital", "team", "command", "other"] as const;
export type UnitKind = (typeof unitKinds)[number];

/** Longest book: 14 cities and 100 counties with a hundred units each is a tenth of it. */
export const UNITS_MAX = 20_000;
export const PEOPLE_MAX = 60_000;

/** Digits with the signs that people write between them; 3 (119) to 20 digits. */
const PHONE = /^\+?[0-9][0-9()（）\- 转,]{1,30}[0-9]$/;
const digitsOf = (text: string): string => text.replace(/[^0-9]/g, "");
const isPhone = (text: string): boolean => PHONE.test(text) && digitsOf(text).length <= 20;
/** A number, or its masked form, which means: the number that stands there stays. */
const isPhoneOrMask = (text: string): boolean => isPhone(text) || /^[0-9()（）\- 转,+*]{3,40}$/.test(text);

export const phoneSchema = z.string().trim().refine(isPhone, "a telephone number: digits, with - or 转 between them");
export const givenPhoneSchema = z
	.string()
	.trim()
	.refine(isPhoneOrMask, "a telephone number: digits, with - or 转 between them");

export const unitFields = {
	name: z.string().trim().min(1).max(80),
	kind: z.enum(unitKinds),
	district: districtCode,
	/** What it answers for; empty: every system. */
	systems: z.array(wordId).max(60),
	/** Id of the unit above it. */
	parent: z.string().max(64).nullable(),
	address: z.string().trim().max(200),
	/** WGS-84 degrees; null: unknown. */
	lon: z.number().min(73).max(136).nullable(),
	lat: z.number().min(3).max(54).nullable(),
};
/** The number of its duty room, answered day and night; null is a gap that is listed. */
export const unitSchema = z.object({ ...unitFields, phone24h: phoneSchema.nullable() }).strict();
export type Unit = z.infer<typeof unitSchema>;

export const personFields = {
	name: z.string().trim().min(1).max(40),
	/** Id of the unit. */
	unit: z.string().min(1).max(64),
	/** 职务. */
	duty: z.string().trim().max(60),
	isOnCall: z.boolean(),
	/** Whom to call first: 0 before 1. */
	order: z.number().int().min(0).max(99),
};
export const personSchema = z.object({ ...personFields, phones: z.array(phoneSchema).max(4) }).strict();
export type Person = z.infer<typeof personSchema>;

/** A record with its id, as the register has it. */
export interface Contact<B> {
	readonly id: string;
	readonly body: B;
}

export const callResults = ["connected", "no-answer", "busy", "sent", "arrived", "refused", "wrong-number"] as const;
export type CallResult = (typeof callResults)[number];

/** Detail of a log line of kind "call": numbers are masked here too. */
export const callDetailSchema = z.object({
	person: z.string().nullable(),
	unit: z.string().nullable(),
	name: z.string(),
	duty: z.string(),
	unitName: z.string(),
	number: z.string(),
	startedAt: z.number(),
	seconds: z.number(),
	result: z.enum(callResults),
	note: z.string(),
});
export type CallDetail = z.infer<typeof callDetailSchema>;
export const CALL_LINE = "call";
export const REVEAL_LINE = "revealed";

/** One row of an import: names instead of ids, where it stood, for the answer. */
export const unitRowSchema = z
	.object({
		...unitFields,
		row: z.number().int(),
		parent: z.string().max(80).nullable(),
		phone24h: givenPhoneSchema.nullable(),
	})
	.strict();
export type UnitRow = z.infer<typeof unitRowSchema>;
export const personRowSchema = z
	.object({
		...personFields,
		row: z.number().int(),
		unit: z.string().max(80),
		phones: z.array(givenPhoneSchema).max(4),
	})
	.strict();
export type PersonRow = z.infer<typeof personRowSchema>;

/** 13800001234 -> 138****1234, 024-00001234 -> 024-****1234. A public short number (119, 12345) hides nobody. */
export function maskPhone(phone: string): string {
	const digits = digitsOf(phone).length;
	if (phone.includes("*") || digits <= 6) return phone;
	const first = digits > 8 ? 3 : 0;
	let nth = 0;
	return phone.replace(/[0-9]/g, (digit) => {
		nth += 1;
		return nth <= first || nth > digits - 4 ? digit : "*";
	});
}

export function maskUnit(unit: Unit): Unit {
	return unit.phone24h === null ? unit : { ...unit, phone24h: maskPhone(unit.phone24h) };
}

export function maskPerson(person: Person): Person {
	return { ...person, phones: person.phones.map(maskPhone) };
}

/** A number as given by a form that only ever saw the masked ones: a mask stands for the known number it is the mask of. */
export function unmasked(given: string, known: readonly string[]): string | null {
	if (!given.includes("*")) return given;
	return known.find((phone) => maskPhone(phone) === given) ?? null;
}

/** True when the call reached somebody who can act. */
export function isReached(result: CallResult): boolean {
	return result === "connected" || result === "sent" || result === "arrived";
}
