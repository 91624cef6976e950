// The archive of the register (归档): per kind of record when its business is over and how long it then stays at hand, with the
// reason. What leaves is kept in the store for ever and still found. Called by core (live/archivist.ts), its act and web's questions.
// Pure: time and what else stands are arguments; it moves nothing itself.
import { z } from "zod";
import { actBody } from "./act.ts";
import type { Incident, IncidentTask } from "./incident.ts";
import { type Entry, isRecordKind, type RecordKind, reachOf, recordIdSchema, recordKindIds } from "./register.ts";
import { type Handover, isSigned } from "./shift.ts";
import type { MaintenanceWindow } from "./window.ts";

const DAY_MS = 86_400_000;
/** As long as raw readings are kept: what happened stays at hand as long as it can be looked at closely, and a month's report is made. */
export const KEPT_DAYS = 35;
/** A final report or a task that nobody finishes keeps its closed incident at hand, but not for ever. */
export const OWED_DAYS = 180;

/** What the rules may ask about the rest of the register. */
export interface ArchiveWorld {
	/** Tasks of an incident, finished or not. */
	tasksOf(incident: string): readonly Entry<IncidentTask>[];
}

/** Never leaves, because of `why`. */
interface Stays {
	readonly stays: true;
	readonly why: string;
}

/** Leaves by itself, `keepDays` after its business was over. */
interface Leaves {
	readonly stays: false;
	readonly keepDays: number;
	/** While something of it is still owed; absent: nothing can be. */
	readonly owedDays?: number;
	readonly why: string;
	/** Epoch ms; null: it is not over. */
	overAt(entry: Entry): number | null;
	isOwed?(entry: Entry, world: ArchiveWorld): boolean;
}

/** Leaves with the record that it is a part of, and comes back with it. */
interface PartOf {
	readonly stays: false;
	readonly partOf: (body: unknown) => { readonly kind: RecordKind; readonly id: string };
	readonly why: string;
}
export type ArchiveRule = Stays | Leaves | PartOf;

export const archiveRules: Readonly<Record<RecordKind, ArchiveRule>> = {
	unit: { stays: true, why: "who answers today" },
	person: { stays: true, why: "who answers today" },
	rota: { stays: true, why: "one of a district; it is replaced, not added to" },
	plan: { stays: true, why: "settings in force" },
	outlet: { stays: true, why: "settings in force" },
	allow: { stays: true, why: "settings in force" },
	incident: {
		stays: false,
		keepDays: KEPT_DAYS,
		owedDays: OWED_DAYS,
		why: "compared with what happens now, told in the month's report; longer while a report or a task is owed",
		overAt: ({ body }) => {
			const { state, closedAt } = body as Incident;
			return state === "closed" ? closedAt : null;
		},
		isOwed: ({ id, body }, world) =>
			(body as Incident).clocks.some(({ doneAt }) => doneAt === null) ||
			world.tasksOf(id).some((task) => task.body.state === "open"),
	},
	task: {
		stays: false,
		partOf: (body) => ({ kind: "incident", id: (body as IncidentTask).incident }),
		why: "means nothing without its incident",
	},
	handover: {
		stays: false,
		keepDays: KEPT_DAYS,
		why: "signed by both it is history; until then the one who goes holds duty",
		overAt: ({ body }) => {
			const handover = body as Handover;
			return isSigned(handover) ? Math.max(...handover.signatures.map(({ at }) => at)) : null;
		},
	},
	window: {
		stays: false,
		keepDays: KEPT_DAYS,
		why: "alarms that began inside it are looked at for so long",
		overAt: ({ body }) => (body as MaintenanceWindow).to,
	},
};

/** Kinds that the archive answers for: what leaves by itself or with another, and is not core's own. */
export const archivedKinds: readonly RecordKind[] = recordKindIds.filter(
	(kind) => !archiveRules[kind].stays && reachOf(kind) !== "private",
);

/** An entry that leaves. */
export interface Leave {
	readonly kind: RecordKind;
	readonly id: string;
	/** When its business was over, epoch ms: what a question by date means. */
	readonly overAt: number;
	/** "incident:i12": comes back with it; null: it stands for itself. */
	readonly partOf: string | null;
}

/** From when on an entry may leave by itself, with when it was over; null: not yet, or only with another. */
export function leavesAt(entry: Entry, world: ArchiveWorld): { readonly overAt: number; readonly at: number } | null {
	// Taken away by a person: only for pages that were asleep then, and for a scope that it stood in.
	if (entry.removed) return { overAt: entry.at, at: entry.at + KEPT_DAYS * DAY_MS };
	const rule = archiveRules[entry.kind];
	if (rule.stays || "partOf" in rule) return null;
	const overAt = rule.overAt(entry);
	if (overAt === null) return null;
	const isOwed = rule.isOwed?.(entry, world) === true;
	// A report after the closing is business too: the last word counts.
	const last = Math.max(overAt, entry.at);
	return { overAt, at: last + (isOwed ? (rule.owedDays ?? rule.keepDays) : rule.keepDays) * DAY_MS };
}

/** What leaves when this entry does: itself, and its parts. */
export function leaving(entry: Entry, overAt: number, world: ArchiveWorld): Leave[] {
	const { kind, id } = entry;
	const own: Leave = { kind, id, overAt, partOf: null };
	if (kind !== "incident" || entry.removed) return [own];
	const parts = world
		.tasksOf(id)
		.map((task): Leave => ({ kind: "task", id: task.id, overAt, partOf: `incident:${id}` }));
	return [own, ...parts];
}

/** An entry as the archive holds it. */
export interface Archived<B = unknown> {
	readonly entry: Entry<B>;
	/** When its business was over, and when it left. Epoch ms. */
	readonly overAt: number;
	readonly archivedAt: number;
	readonly parts: readonly Entry[];
}

const named = z.object({ kind: z.string().refine(isRecordKind), id: recordIdSchema }).strict();

/** Entries of one act: a commit stays short. */
export const LEAVE_AT_ONCE = 100;

export const archiveActs = {
	"register.archive": {
		action: "reach.edit",
		mounted: false,
		summary: "Records whose business is long over leave for the archive, with their parts",
		schema: actBody({ entries: z.array(named).min(1).max(LEAVE_AT_ONCE) }),
	},
} as const;
