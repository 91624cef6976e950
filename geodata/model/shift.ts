// Shifts (班次): the roster of a district, who holds duty, how it is handed over. Pure: which shift runs, who may sign, when duty
// passes. Records: kind "rota", one a district; kind "handover", one a shift. Called by server/live/acts/shift.ts, server/http/
// shifts.ts and the page. The province's first roster is that of the data folder's setting (duty.ts).
import { z } from "zod";
import { actBody } from "./act.ts";
import { blockSchema } from "./document.ts";
import { rotaSchema, type Shift, shiftAt, shiftsBetween } from "./duty.ts";
import { districtCode } from "./ids.ts";

const name = z.string().trim().min(1).max(20);
const time = z.number().int().nonnegative();
const user = z.string().min(1).max(80);
/** Longest remark of the person who hands over. */
const TEXT_MAX = 4_000;
const SWAPS_MAX = 400;

const swapSchema = z
	.object({
		/** Begin of the shift, epoch ms. */
		at: time,
		out: name,
		in: name,
		note: z.string().trim().max(200),
		by: user,
	})
	.strict();
export type Swap = z.infer<typeof swapSchema>;

/** Body of an entry of kind "rota"; its id is the district's code. */
export const districtRotaSchema = z.object({ rota: rotaSchema, swaps: z.array(swapSchema).max(SWAPS_MAX) }).strict();
export type DistrictRota = z.infer<typeof districtRotaSchema>;

export const sides = ["outgoing", "incoming"] as const;
export type Side = (typeof sides)[number];

const onDutySchema = z.object({ at: time, name: z.string().max(20), people: z.array(name).max(20) }).strict();
/** `name`: of the roster. `fullName`: what the person of the account `user` is called, when somebody wrote it down. */
const signatureSchema = z
	.object({ side: z.enum(sides), name, user, fullName: z.string().max(40).optional(), at: time, sha256: z.string() })
	.strict();
export type Signature = z.infer<typeof signatureSchema>;

/** Body of an entry of kind "handover": one shift from 到班 to the second signature. Its id is shiftId(). */
export const handoverSchema = z
	.object({
		district: districtCode,
		/** The shift itself, as the roster had it when it was taken. */
		shift: onDutySchema,
		/** Who comes after it. */
		next: onDutySchema,
		taken: z.array(z.object({ user, name, at: time }).strict()).max(40),
		/** What the person who hands over wants to say. */
		text: z.string().max(TEXT_MAX),
		/** The note: made from what is open and what changed; null until it was drafted. */
		note: z
			.object({
				blocks: z.array(blockSchema).max(200),
				madeAt: time,
				/** Of blockText(blocks) in UTF-8, hex: what both put their names to. */
				sha256: z.string().regex(/^[0-9a-f]{64}$/),
			})
			.strict()
			.nullable(),
		signatures: z.array(signatureSchema).max(2),
	})
	.strict();
export type Handover = Readonly<z.infer<typeof handoverSchema>>;

const id = z.string().regex(/^\d{6}-\d{12}$/, "a district and the begin of a shift: 210000-202611220800");
const about = { id };

export const shiftActs = {
	"shift.rota": {
		action: "shift.edit",
		summary: "The roster of a district",
		schema: actBody({ district: districtCode, rota: rotaSchema }),
	},
	"shift.swap": {
		action: "shift.edit",
		summary: "One person takes another's place in one shift",
		schema: actBody({ district: districtCode, at: time, out: name, in: name, note: z.string().trim().max(200) }),
	},
	"shift.take": {
		action: "shift.edit",
		summary: "Somebody of a shift says that he is here",
		schema: actBody({ ...about, name }),
	},
	"shift.log": {
		action: "shift.edit",
		summary: "A line in the log of a shift",
		schema: actBody({ ...about, text: z.string().trim().min(1).max(2_000) }),
	},
	"shift.handover": {
		action: "shift.edit",
		summary: "The hand-over note, made by web from what is open and what changed",
		schema: actBody({ ...about, text: z.string().trim().max(TEXT_MAX), blocks: z.array(blockSchema).min(1).max(200) }),
		// What it says is counted from the store, never sent by a page: POST /api/shifts/{id}/handover.
		mounted: false,
		bodyLimit: 512 * 1024,
	},
	"shift.sign": {
		action: "shift.edit",
		summary: "One of the two signatures under a hand-over note; duty passes with the second",
		schema: actBody({ ...about, side: z.enum(sides), name, sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
	},
} as const;

/** Who signed: the person of the account; where nobody wrote that down, the name chosen from the roster. */
export function signerName({ name, fullName = "" }: Pick<Signature, "name" | "fullName">): string {
	return fullName === "" ? name : fullName;
}

/** The roster's name when another person signed in its place; null: the same, or nobody can tell. */
export function signedFor({ name, fullName = "" }: Pick<Signature, "name" | "fullName">): string | null {
	return fullName === "" || fullName === name ? null : name;
}

const ZONE_MS = 8 * 3_600_000;

/** 210000-202611220800: the district and the civil time of its begin. */
export function shiftId(district: string, at: number): string {
	return `${district}-${new Date(at + ZONE_MS).toISOString().replaceAll(/[-T:]/g, "").slice(0, 12)}`;
}

/** District and begin of an id that was parsed. */
export function partsOf(shift: string): { readonly district: string; readonly at: number } {
	const [district = "", stamp = ""] = shift.split("-");
	const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
	const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) - ZONE_MS;
	return { district, at };
}

/** A shift of the roster with its swaps and its end. */
export interface RosterShift extends Shift {
	readonly id: string;
	/** When the next begins. */
	readonly until: number;
	readonly swaps: readonly Swap[];
}

/** Longest time between two changes of a roster. */
const LONGEST_MS = 86_400_000;

/** Shifts that begin in [from, to), with the one that runs at `from` before them. */
export function rosterBetween(district: string, own: DistrictRota, from: number, to: number): RosterShift[] {
	const begun = shiftAt(own.rota, from);
	const later = shiftsBetween(own.rota, begun.at, to + LONGEST_MS + 1);
	return later
		.map((shift, n): RosterShift => {
			const swaps = own.swaps.filter(({ at }) => at === shift.at);
			const people = shift.people.map((person) => swaps.filter((swap) => swap.out === person).at(-1)?.in ?? person);
			const until = later[n + 1]?.at ?? shift.at + LONGEST_MS;
			return { ...shift, people, id: shiftId(district, shift.at), until, swaps };
		})
		.filter(({ at }) => at < to);
}

/** The shift that runs at a moment. */
export function rosterAt(district: string, own: DistrictRota, at: number): RosterShift {
	const [shift] = rosterBetween(district, own, at, at + 1);
	if (shift === undefined) throw new RangeError("a roster has a shift at every moment");
	return shift;
}

export function isSigned({ signatures }: Pick<Handover, "signatures">): boolean {
	return sides.every((side) => signatures.some((signature) => signature.side === side));
}

export interface Duty {
	/** Id of the shift that holds duty now. */
	readonly holder: string;
	readonly people: readonly string[];
	readonly name: string;
	/** The roster's own shift: another one than the holder while a hand-over is not signed by both. */
	readonly byRoster: string;
	/** How long the holder has been on beyond its end, ms; 0 within it. */
	readonly overdueMs: number;
}

/** Who answers for a place now, and whose roster says so. */
export interface OnDuty extends Pick<Duty, "people" | "name" | "overdueMs"> {
	readonly district: string;
}

/**
 * Who holds duty: the shift of the roster, unless an earlier one was taken and its hand-over is not signed by both, or both have signed
 * already that the next has it. `handovers`: those of the district, in any order.
 */
export function dutyNow(district: string, own: DistrictRota, handovers: readonly Handover[], now: number): Duty {
	const current = rosterAt(district, own, now);
	const kept = handovers
		.filter((one) => one.district === district && one.taken.length > 0 && !isSigned(one) && one.shift.at < current.at)
		// The one that waits longest: those after it have not got duty yet either.
		.sort((a, b) => a.shift.at - b.shift.at)[0];
	if (kept === undefined) {
		// Handed over before its end: both have signed, so the next has it.
		const early = handovers.some((one) => one.district === district && one.shift.at === current.at && isSigned(one));
		const { id: holder, people, name: team } = early ? rosterAt(district, own, current.until) : current;
		return { holder, people, name: team, byRoster: current.id, overdueMs: 0 };
	}
	const { shift, next } = kept;
	return {
		holder: shiftId(district, shift.at),
		people: shift.people,
		name: shift.name,
		byRoster: current.id,
		overdueMs: Math.max(0, now - next.at),
	};
}
