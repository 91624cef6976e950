// An incident (事件): the human case over alarms. Its record, its tasks, and the acts that change it, as types and zod schemas.
// Composed into acts.ts; what an act does is decided by incident_life.ts. Holds no words for the page and decides nothing itself.
import { z } from "zod";
import { districtCode, assetId as id } from "./ids.ts";
import { drawingSchema, MOST_DRAWINGS, MOST_RESOURCES, placeSchema, resourceSchema } from "./incident_place.ts";
import type { Severity } from "./measure.ts";
import { commandIdSchema } from "./protocol.ts";

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

/** Kinds of log lines about an incident. */
export const incidentLineKinds = [
	"opened",
	"edited",
	"note",
	"decision",
	"instruction",
	"task.given",
	"task.changed",
	"task.done",
	"task.cancelled",
	"offered",
	"accepted",
	"declined",
	"alarm.linked",
	"alarm.joined",
	"report",
	"photo",
	"call",
	"pushed",
	"unpushed",
	"closed",
	"reopened",
] as const;
export type IncidentLineKind = (typeof incidentLineKinds)[number];

export const MOST_ALARMS = 500;

const time = z.number().int().nonnegative();
const words = (most: number) => z.string().trim().max(most);
const written = (most: number) => words(most).min(1, "nothing is written");
const user = z.string().min(1).max(80);
const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** Facts by the ids of incident_type.ts; null: asked for and not known. */
export const factsSchema = z
	.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/), z.union([z.number(), words(200), z.null()]))
	.refine((given) => Object.keys(given).length <= 40, "at most 40 facts");
export type IncidentFacts = z.infer<typeof factsSchema>;

const reporterSchema = z.object({ name: words(40), phone: z.string().regex(/^[0-9+\- ]{0,24}$/) }).strict();
const ownerSchema = z.object({ district: districtCode, unit: id.nullable(), user: user.nullable() }).strict();
export type IncidentOwner = z.infer<typeof ownerSchema>;
const offerSchema = z
	.object({ tier: z.enum(tiers), district: districtCode, by: user, at: time, note: words(500) })
	.strict();
export type IncidentOffer = z.infer<typeof offerSchema>;
const clockSchema = z.object({ id: z.enum(clockIds), startAt: time, dueAt: time, doneAt: time.nullable() }).strict();
export type IncidentClock = z.infer<typeof clockSchema>;

/** Body of an entry of kind "incident". */
export const incidentSchema = z
	.object({
		/** 2101-20261122-003: city, civil day, number of the day. One through all three levels. */
		no: z.string().regex(/^\d{4}-\d{8}-\d{3,}$/),
		type: z.enum(incidentTypeIds),
		title: written(80),
		/** 4 = I 特别重大 .. 1 = IV 一般. */
		level,
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
		openedAt: time,
		closedAt: time.nullable(),
		result: words(2_000).nullable(),
		facts: factsSchema,
		/** Facts a person wrote: never overwritten by what is computed. */
		byHand: z.array(z.string().max(32)).max(40),
		measures: words(4_000),
		situation: words(4_000),
		clocks: z.array(clockSchema).max(16),
		resources: z.array(resourceSchema).max(MOST_RESOURCES),
		drawings: z.array(drawingSchema).max(MOST_DRAWINGS),
		pushed: z.object({ by: user, at: time }).strict().nullable(),
		drill: z.boolean(),
	})
	.strict();
export type Incident = Readonly<z.infer<typeof incidentSchema>>;
export type IncidentLevel = Exclude<Severity, 0>;

const assigneeSchema = z.object({ unit: id.nullable(), person: id.nullable(), user: user.nullable() }).strict();
export type Assignee = z.infer<typeof assigneeSchema>;

/** Body of an entry of kind "task". */
export const taskSchema = z
	.object({
		incident: id,
		title: written(200),
		assignee: assigneeSchema,
		dueAt: time,
		state: z.enum(["open", "done", "cancelled"]),
		from: z.enum(["person", "instruction", "plan"]),
		result: words(1_000).nullable(),
	})
	.strict();
export type IncidentTask = Readonly<z.infer<typeof taskSchema>>;

const command = { commandId: commandIdSchema };
const about = { ...command, id };
const nobody = { unit: null, person: null, user: null };
const body = incidentSchema.shape;

/** The bodies of the acts. */
export const incidentActSchemas = {
	"incident.open": z
		.object({
			...command,
			type: body.type,
			title: body.title,
			level,
			place: placeSchema,
			source: body.source.default("hand"),
			reporter: reporterSchema.nullable().default(null),
			cause: body.cause.default(null),
			rootAlarm: body.rootAlarm.default(null),
			alarms: body.alarms.default([]),
			situation: body.situation.default(""),
			facts: factsSchema.default({}),
			drill: z.boolean().default(false),
		})
		.strict(),
	"incident.edit": z
		.object({
			...about,
			patch: z
				.object({
					type: body.type,
					title: body.title,
					level,
					place: placeSchema,
					/** Merged by fact; null takes the fact's value away. */
					facts: factsSchema,
					measures: body.measures,
					situation: body.situation,
					commander: body.commander,
					resources: body.resources,
					drawings: body.drawings,
				})
				.partial()
				.strict()
				.refine((patch) => Object.keys(patch).length > 0, "nothing to change"),
		})
		.strict(),
	"incident.note": z.object({ ...about, text: written(4_000) }).strict(),
	"incident.decide": z.object({ ...about, text: written(2_000), reason: words(2_000).default("") }).strict(),
	"incident.instruct": z
		.object({
			...about,
			/** Whose instruction it is (批示领导). */
			leader: written(40),
			text: written(2_000),
			assignee: assigneeSchema.default(nobody),
			dueAt: time,
		})
		.strict(),
	"incident.offer": z
		.object({ ...about, tier: z.enum(tiers), district: districtCode, note: words(500).default("") })
		.strict(),
	"incident.accept": z.object({ ...about, unit: id.nullable().default(null) }).strict(),
	"incident.decline": z.object({ ...about, note: written(500) }).strict(),
	"incident.link": z
		.object({
			...about,
			add: z.array(id).max(MOST_ALARMS).default([]),
			remove: z.array(id).max(MOST_ALARMS).default([]),
		})
		.strict(),
	"incident.task": z
		.object({
			...about,
			/** Id of a task that is changed; a new one without. */
			task: id.nullable().default(null),
			title: written(200),
			assignee: assigneeSchema.default(nobody),
			dueAt: time,
			from: z.enum(["person", "plan"]).default("person"),
		})
		.strict(),
	"incident.task-done": z
		.object({ ...about, task: id, result: words(1_000).default(""), cancelled: z.boolean().default(false) })
		.strict(),
	"incident.report": z
		.object({
			...about,
			kind: z.enum(reportKinds),
			/** The next that waits when it is not said. */
			to: z.enum(reportTargets).nullable().default(null),
			text: words(4_000).default(""),
		})
		.strict(),
	"incident.push": z.object(about).strict(),
	"incident.unpush": z.object(about).strict(),
	"incident.close": z.object({ ...about, result: written(2_000) }).strict(),
	"incident.reopen": z.object({ ...about, note: written(500) }).strict(),
} as const;
export type IncidentActName = keyof typeof incidentActSchemas;
/** Body of an act after its schema, defaults filled in. */
export type IncidentAct<N extends IncidentActName> = z.output<(typeof incidentActSchemas)[N]>;

const schemas = incidentActSchemas;
/** The acts of incidents: the right that each needs and its body. A place is checked by the engine for every entry touched. */
export const incidentActs = {
	"incident.open": { action: "incident.edit", schema: schemas["incident.open"] },
	"incident.edit": { action: "incident.edit", schema: schemas["incident.edit"] },
	"incident.note": { action: "incident.edit", schema: schemas["incident.note"] },
	"incident.decide": { action: "incident.edit", schema: schemas["incident.decide"] },
	"incident.instruct": { action: "instruction.add", schema: schemas["incident.instruct"] },
	"incident.offer": { action: "incident.edit", schema: schemas["incident.offer"] },
	"incident.accept": { action: "incident.edit", schema: schemas["incident.accept"] },
	"incident.decline": { action: "incident.edit", schema: schemas["incident.decline"] },
	"incident.link": { action: "incident.edit", schema: schemas["incident.link"] },
	"incident.task": { action: "incident.edit", schema: schemas["incident.task"] },
	"incident.task-done": { action: "incident.edit", schema: schemas["incident.task-done"] },
	"incident.report": { action: "incident.edit", schema: schemas["incident.report"] },
	"incident.push": { action: "incident.push", schema: schemas["incident.push"] },
	"incident.unpush": { action: "incident.push", schema: schemas["incident.unpush"] },
	"incident.close": { action: "incident.close", schema: schemas["incident.close"] },
	"incident.reopen": { action: "incident.close", schema: schemas["incident.reopen"] },
} as const;
