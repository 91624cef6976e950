// The register (台账): every record that people keep and that is no reading, alarm or asset, and the lines of the logs beside them.
// Which kinds there are and whom each reaches. Called by core (live/register.ts), web and page. It stores nothing and knows no
// body: each kind's body has its type and schema in its own file.
import { z } from "zod";
import type { LineKind } from "./line_kind.ts";
import { inScope, type Place, type Scope } from "./rights.ts";

/** "scope": whose scope holds the entry's place; "shared": everybody who may read; "private": never leaves core. */
export type Reach = "scope" | "shared" | "private";

interface KindFacts {
	readonly reach: Reach;
	/** Holds names and numbers of people: its acts keep the body out of the audit record. */
	readonly personal?: true;
}

export const recordKinds = {
	unit: { reach: "shared" },
	person: { reach: "shared", personal: true },
	incident: { reach: "scope" },
	task: { reach: "scope" },
	window: { reach: "scope" },
	handover: { reach: "scope" },
	rota: { reach: "shared" },
	plan: { reach: "shared" },
	outlet: { reach: "private" },
	/** Where outside channels may connect to. */
	allow: { reach: "private" },
} as const satisfies Readonly<Record<string, KindFacts>>;
export type RecordKind = keyof typeof recordKinds;

export const recordKindIds = Object.keys(recordKinds) as RecordKind[];

/** The system of an entry that concerns every system. */
export const ANY_SYSTEM = "any";

export const recordIdSchema = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, "letters, digits, _ . -; at most 64");
/** What a log line is about: a subject of subject.ts, or "incident:i12", "alarm:a7", "person:p3". */
export const logSubjectSchema = z.string().regex(/^[a-z][a-z-]{0,23}:\S{1,140}$/, 'a subject such as "incident:i12"');

export interface Entry<B = unknown> {
	readonly kind: RecordKind;
	readonly id: string;
	/** The register's number when the entry last changed; grows, and tells two states of an entry apart. */
	readonly revision: number;
	/** Epoch ms and person of the last change. */
	readonly at: number;
	readonly by: string;
	readonly district: string;
	/** A system's id, or ANY_SYSTEM. */
	readonly system: string;
	readonly body: B;
	readonly removed: boolean;
}

/** An entry as an act wants it; core adds revision, time and person. */
export interface Put<B = unknown> {
	readonly kind: RecordKind;
	readonly id: string;
	readonly district: string;
	readonly system: string;
	readonly body: B;
	readonly removed?: boolean;
}

/** One line of a log; never changed, never taken away. */
export interface LogLine {
	/** Numbered over all logs, rising, without gaps. */
	readonly n: number;
	readonly subject: string;
	readonly kind: string;
	readonly at: number;
	readonly by: string;
	readonly district: string;
	readonly system: string;
	readonly detail: Readonly<Record<string, unknown>>;
}

export type NewLine = Pick<LogLine, "subject" | "district" | "system" | "detail"> & { readonly kind: LineKind };

export function entrySubject(kind: RecordKind, id: string): string {
	return `${kind}:${id}`;
}

export function isRecordKind(text: string): text is RecordKind {
	return Object.hasOwn(recordKinds, text);
}

export function reachOf(kind: RecordKind): Reach {
	return recordKinds[kind].reach;
}

export function isPersonal(kind: RecordKind): boolean {
	const facts: KindFacts = recordKinds[kind];
	return facts.personal === true;
}

/** Whether a log may be told of outside core: what concerns a private record stays with it. */
export function isToldSubject(subject: string): boolean {
	const kind = subject.slice(0, subject.indexOf(":"));
	return !isRecordKind(kind) || reachOf(kind) !== "private";
}

/** As inScope; a place of every system is held by whoever holds its district. */
export function holds(scope: Scope, place: Place): boolean {
	return inScope(place.system === ANY_SYSTEM ? { ...scope, systems: null } : scope, place);
}

/** Whether somebody with this scope (who may read at all) is told of the entry. */
export function inReach(scope: Scope, entry: Pick<Entry, "kind" | "district" | "system">): boolean {
	const reach = reachOf(entry.kind);
	return reach === "shared" || (reach === "scope" && holds(scope, entry));
}
