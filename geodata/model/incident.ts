// An incident (事件): the human case over alarms. Its record and its tasks as types and zod schemas. The acts that change it
// are incident_acts.ts, what an act does is decided by incident_life.ts. Holds no words for the page and decides nothing itself.
import { z } from "zod";
import { maskPhone } from "./contact.ts";
import { districtCode } from "./ids.ts";
import { drawingSchema, MOST_DRAWINGS, MOST_RESOURCES, placeSchema, resourceSchema } from "./incident_place.ts";
import type { Severity } from "./measure.ts";
import { recordIdSchema as id } from "./register.ts";
import { refuse, type Who } from "./rights.ts";

export const incidentTypeIds = [
	"heat",
	"gas",
	"water",
	"flood",
	"site",
	"metro",
	"bridge",
	"road",
	"dust",
	"weather",
	"other",
] as const;
export type IncidentTypeId = (typeof incidentTypeIds)[number];

/** Who leads: each above the one before it. */
export const tiers = ["county", "city", "province"] as const;
export type Tier = (typeof tiers)[number];

/** To whom a written report goes; the state is asked above a province. */
export const reportTargets = ["county", "city", "province", "state"] as const;
export type ReportTarget = (typeof reportTargets)[number];

export const reportKinds = ["first", "follow", "final"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Each runs at most once at a time; a follow-report's clock starts anew when one was sent. */
export const clockIds = [
	"first-report",
	"city-report",
	"province-report",
	"state-report",
	"follow-report",
	"final-report",
	"handle",
] as const;
export type ClockId = (typeof clockIds)[number];

export const MOST_ALARMS = 500;

export const timeSchema = z.number().int().nonnegative();
export const words = (most: number) => z.string().trim().max(most);
export const written = (most: number) => words(most).min(1, "nothing is written");
const user = z.string().min(1).max(80);
export const levelSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** Facts by the ids of incident_type.ts; null: asked for and not known. */
export const factsSchema = z
	.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/), z.union([z.number(), words(200), z.null()]))
	.refine((given) => Object.keys(given).length <= 40, "at most 40 facts");
export type IncidentFacts = z.infer<typeof factsSchema>;

export const reporterSchema = z.object({ name: words(40), phone: z.string().regex(/^[0-9+\- ]{0,24}$/) }).strict();
const ownerSchema = z.object({ district: districtCode, unit: id.nullable(), user: user.nullable() }).strict();
export type IncidentOwner = z.infer<typeof ownerSchema>;
const offerSchema = z
	.object({ tier: z.enum(tiers), district: districtCode, by: user, at: timeSchema, note: words(500) })
	.strict();
const clockSchema = z
	.object({ id: z.enum(clockIds), startAt: timeSchema, dueAt: timeSchema, doneAt: timeSchema.nullable() })
	.strict();
export type IncidentClock = z.infer<typeof clockSchema>;

/** Body of an entry of kind "incident". */
export const incidentSchema = z
	.object({
		/** 2101-20261122-003: city, civil day, number of the day. One through all three levels. */
		no: z.string().regex(/^\d{4}-\d{8}-\d{3,}$/),
		type: z.enum(incidentTypeIds),
		title: written(80),
		/** 4 = I 特别重大 .. 1 = IV 一般. */
		level: levelSchema,
		place: placeSchema,
		/** Key of a group of causes.ts, while alarms of one cause join. */
		cause: z.string().max(200).nullable(),
		rootAlarm: id.nullable(),
		/** Ids linked by hand. */
		alarms: z.array(id).max(MOST_ALARMS),
		/** How many alarms of the cause have joined; the first of them stand in the log. */
		joined: z.number().int().nonnegative(),
		source: z.enum(["alarm", "hand", "call"]),
		reporter: reporterSchema.nullable(),
		state: z.enum(["open", "closed"]),
		tier: z.enum(tiers),
		owner: ownerSchema,
		/** A hand-over that waits to be accepted; the owner keeps the duty until then. */
		offer: offerSchema.nullable(),
		commander: words(40).nullable(),
		openedAt: timeSchema,
		closedAt: timeSchema.nullable(),
		result: words(2_000).nullable(),
		facts: factsSchema,
		/** Facts a person wrote: never overwritten by what is computed. */
		byHand: z.array(z.string().max(32)).max(40),
		measures: words(4_000),
		situation: words(4_000),
		clocks: z.array(clockSchema).max(16),
		resources: z.array(resourceSchema).max(MOST_RESOURCES),
		drawings: z.array(drawingSchema).max(MOST_DRAWINGS),
		pushed: z.object({ by: user, at: timeSchema }).strict().nullable(),
		drill: z.boolean(),
	})
	.strict();
export type Incident = Readonly<z.infer<typeof incidentSchema>>;
export type IncidentLevel = Exclude<Severity, 0>;

export const assigneeSchema = z.object({ unit: id.nullable(), person: id.nullable(), user: user.nullable() }).strict();
export type Assignee = z.infer<typeof assigneeSchema>;

/** Body of an entry of kind "task". */
export const taskSchema = z
	.object({
		incident: id,
		title: written(200),
		assignee: assigneeSchema,
		dueAt: timeSchema,
		state: z.enum(["open", "done", "cancelled"]),
		from: z.enum(["person", "instruction", "plan"]),
		result: words(1_000).nullable(),
	})
	.strict();
export type IncidentTask = Readonly<z.infer<typeof taskSchema>>;

/** The caller's number is for those who handle incidents. */
export function maskIncident(incident: Incident, who: Who): Incident {
	const { reporter } = incident;
	if (reporter === null || refuse(who, "incident.edit", null) === null) return incident;
	return { ...incident, reporter: { ...reporter, phone: maskPhone(reporter.phone) } };
}
