// Plans of the acts on shifts: roster, swaps, 到班, log, hand-over note and its two signatures. Who may is decided by the engine, who
// holds duty by model/shift.ts; the note's facts were counted by web and are frozen here by their SHA-256.
import { createHash } from "node:crypto";
import { blockText } from "#model/document.ts";
import type { LineKind } from "#model/line_kind.ts";
import { type Problem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Entry, holds, type NewLine, type Put } from "#model/register.ts";
import {
	type DistrictRota,
	type Handover,
	isSigned,
	partsOf,
	type RosterShift,
	rosterAt,
	type shiftActs,
	shiftId,
	signerName,
} from "#model/shift.ts";
import type { ActContext, Plan, Plans } from "../act.ts";

const SWAPS_KEPT = 400;
/** A shift is taken from this long before it begins. */
const EARLY_MS = 2 * 3_600_000;

export const shiftPlans: Plans<typeof shiftActs> = {
	"shift.rota": ({ district, rota }, { register }) => {
		const swaps = register.find<DistrictRota>("rota", district)?.body.swaps ?? [];
		const put: Put<DistrictRota> = { kind: "rota", id: district, district, system: ANY_SYSTEM, body: { rota, swaps } };
		return { entries: [put], answer: { id: district } };
	},
	"shift.swap": ({ district, at, out, in: into, note }, { register, now, who }) => {
		const entry = register.find<DistrictRota>("rota", district);
		if (entry === null) return noRota();
		const shift = rosterAt(district, entry.body, at);
		if (shift.at !== at) return problem("not-found", "no shift begins then", "at");
		if (shift.until <= now) return problem("already", "that shift is over", "at");
		if (!shift.people.includes(out)) return problem("not-found", `${out} is not in that shift`, "out");
		if (shift.people.includes(into)) return problem("already", `${into} is in that shift`, "in");
		// The name that the roster has: a swap of somebody who came by a swap replaces him.
		const named = shift.swaps.find((swap) => swap.in === out)?.out ?? out;
		const swaps = [...entry.body.swaps, { at, out: named, in: into, note, by: who.user }].slice(-SWAPS_KEPT);
		const { kind, id, system } = entry;
		const put: Put<DistrictRota> = { kind, id, district, system, body: { ...entry.body, swaps } };
		return {
			entries: [put],
			lines: [lineOf(shift.id, "swapped", district, { out, in: into, note })],
			answer: { id: shift.id },
		};
	},
	"shift.take": ({ id, name }, context) => {
		const shift = rosterOf(id, context);
		if ("problem" in shift) return shift;
		if (context.now < shift.at - EARLY_MS)
			return problem("too-early", "a shift is taken from two hours before it begins");
		if (!shift.people.includes(name)) return problem("not-found", `${name} is not in this shift`, "name");
		const before = context.register.find<Handover>("handover", id)?.body ?? fresh(shift, context);
		if ("problem" in before) return before;
		if (before.taken.some((one) => one.name === name)) return problem("already", `${name} has taken this shift`);
		if (isSigned(before)) return frozen();
		const taken = [...before.taken, { user: context.who.user, name, at: context.now }];
		return planOf({ ...before, taken }, "taken", { name });
	},
	"shift.log": ({ id, text }, context) => {
		const shift = rosterOf(id, context);
		if ("problem" in shift) return shift;
		return { lines: [lineOf(id, "note", partsOf(id).district, { text })], answer: { id } };
	},
	"shift.handover": ({ id, text, blocks }, context) => {
		const entry = taken(id, context);
		if ("problem" in entry) return entry;
		if (isSigned(entry.body)) return frozen();
		// In UTF-8, as anybody can count it again from the paper's own words.
		const sha256 = createHash("sha256").update(blockText(blocks), "utf8").digest("hex");
		const note = { blocks, madeAt: context.now, sha256 };
		// Who signed another text has not signed this one.
		const voided = entry.body.signatures.length;
		return planOf({ ...entry.body, text, note, signatures: [] }, "drafted", { sha256, voided }, { sha256 });
	},
	"shift.sign": ({ id, side, name, sha256 }, context) => {
		const entry = taken(id, context);
		if ("problem" in entry) return entry;
		const { body } = entry;
		if (body.note === null) return problem("not-found", "the note is not made yet");
		if (body.note.sha256 !== sha256) return problem("changed", "the note was made anew: read it again before signing");
		if (body.signatures.some((one) => one.side === side)) return problem("already", "this side has signed");
		const people = side === "outgoing" ? body.shift.people : body.next.people;
		if (!people.includes(name)) return problem("not-found", `${name} is not in that shift`, "name");
		if (body.signatures.some((one) => one.user === context.who.user))
			return problem("same-person", "two people sign: the one who goes and the one who comes");
		const { user } = context.who;
		const fullName = context.fullNameOf(user);
		const known = fullName === "" ? {} : { fullName };
		const signature = { side, name, user, ...known, at: context.now, sha256 };
		const after = { ...body, signatures: [...body.signatures, signature] };
		return planOf(after, "signed", { side, name: signerName(signature), sha256 }, { passed: isSigned(after) });
	},
};

function planOf(body: Handover, kind: LineKind, detail: object, answer: Plan["answer"] = {}): Plan {
	const { district } = body;
	const id = shiftId(district, body.shift.at);
	const put: Put<Handover> = { kind: "handover", id, district, system: ANY_SYSTEM, body };
	const lines = [lineOf(id, kind, district, detail)];
	if (kind === "signed" && isSigned(body)) lines.push(lineOf(id, "passed", district, { to: body.next.name }));
	// The whole note is in the entry; the audit record holds its hash.
	return { entries: [put], lines, audit: { subject: `shift:${id}`, detail }, answer: { id, ...answer } };
}

function lineOf(id: string, kind: LineKind, district: string, detail: object): NewLine {
	return { subject: `shift:${id}`, kind, district, system: ANY_SYSTEM, detail: { ...detail } };
}

/** The shift of the roster with exactly this id. */
function rosterOf(id: string, { register }: ActContext): RosterShift | Problem {
	const { district, at } = partsOf(id);
	const entry = register.find<DistrictRota>("rota", district);
	if (entry === null) return noRota();
	const shift = rosterAt(district, entry.body, at);
	return shift.id === id ? shift : problem("not-found", "no shift begins then");
}

function fresh(shift: RosterShift, { register }: ActContext): Handover | Problem {
	const { district } = partsOf(shift.id);
	const entry = register.find<DistrictRota>("rota", district);
	if (entry === null) return noRota();
	const next = rosterAt(district, entry.body, shift.until);
	const named = ({ at, name, people }: RosterShift) => ({ at, name, people: [...people] });
	return { district, shift: named(shift), next: named(next), taken: [], text: "", note: null, signatures: [] };
}

function taken(id: string, { register, who }: ActContext): Entry<Handover> | Problem {
	const entry = register.find<Handover>("handover", id);
	if (entry === null) return problem("not-taken", "nobody has taken this shift yet");
	return holds(who.scope, entry) ? entry : problem("not-found", "no such shift in your scope");
}

function noRota(): Problem {
	return problem("not-found", "this district has no roster");
}

function frozen(): Problem {
	return problem("already", "both have signed: the note stands as it is");
}
