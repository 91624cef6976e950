// The acts of incidents (事件): their bodies, and the right that each needs. Composed into acts.ts; what an act does to a record is
// decided by incident_life.ts. Schemas only.
import { z } from "zod";
import type { ActTable } from "./act.ts";
import { districtCode } from "./ids.ts";
import {
	assigneeSchema,
	factsSchema,
	incidentSchema,
	levelSchema,
	MOST_ALARMS,
	reporterSchema,
	reportKinds,
	reportTargets,
	tiers,
	timeSchema,
	words,
	written,
} from "./incident.ts";
import { clockRulesSchema } from "./incident_clock.ts";
import { drawingSchema, placeSchema } from "./incident_place.ts";
import { commandIdSchema } from "./protocol.ts";
import { recordIdSchema as id } from "./register.ts";

const command = { commandId: commandIdSchema };
const about = { ...command, id };
const nobody = { unit: null, person: null, user: null };
const body = incidentSchema.shape;
const level = levelSchema;
const time = timeSchema;

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
				})
				.partial()
				.strict()
				.refine((patch) => Object.keys(patch).length > 0, "nothing to change"),
		})
		.strict(),
	"incident.draw": z
		.object({
			...about,
			/** One drawing, new or instead of the one with its id; or the id of one that goes. */
			put: drawingSchema.required({ id: true }).optional(),
			remove: drawingSchema.shape.id,
		})
		.strict()
		.refine(({ put, remove }) => (put === undefined) !== (remove === undefined), "one drawing to put or to remove"),
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
	"incident.join": z
		.object({
			...about,
			/** How many alarms joined, and the first of them by id and name. */
			joined: z.number().int().nonnegative(),
			named: z
				.array(z.object({ alarm: id, name: words(120), severity: level, at: time, why: words(40) }).strict())
				.max(20),
			rootAlarm: id.nullable(),
			facts: factsSchema,
		})
		.strict(),
	"incident.clocks": z.object({ ...command, rules: clockRulesSchema }).strict(),
} as const;
export type IncidentActName = keyof typeof incidentActSchemas;
/** Body of an act after its schema, defaults filled in. */
export type IncidentAct<N extends IncidentActName> = z.output<(typeof incidentActSchemas)[N]>;

const schemas = incidentActSchemas;
/** A place is checked by the engine for every entry touched. */
export const incidentActs = {
	"incident.open": {
		action: "incident.edit",
		schema: schemas["incident.open"],
		summary: "Open an incident: from alarms, by hand, or from a call; it gets its number of the city and day",
	},
	"incident.edit": {
		action: "incident.edit",
		schema: schemas["incident.edit"],
		summary: "Change fields of an open incident; what stood before is kept in its log",
		// A hundred resources beside long words.
		bodyLimit: 131_072,
	},
	"incident.draw": {
		action: "incident.edit",
		schema: schemas["incident.draw"],
		summary: "Put one drawing on the map of an open incident, or take one away; what others draw at once stays",
		// One drawing of four thousand points at most.
		bodyLimit: 262_144,
	},
	"incident.note": {
		action: "incident.edit",
		schema: schemas["incident.note"],
		summary: "A note in the log of an incident, open or closed",
	},
	"incident.decide": {
		action: "incident.edit",
		schema: schemas["incident.decide"],
		summary: "A decision, with its reason, in the log",
	},
	"incident.instruct": {
		action: "instruction.add",
		schema: schemas["incident.instruct"],
		summary: "An instruction of a leader (批示): a record that becomes a task",
	},
	"incident.offer": {
		action: "incident.edit",
		schema: schemas["incident.offer"],
		summary: "Offer an incident to another level; who offers keeps the duty until it is accepted",
	},
	"incident.accept": {
		action: "incident.edit",
		schema: schemas["incident.accept"],
		summary: "Take over an incident that is offered to one's district",
	},
	"incident.decline": {
		action: "incident.edit",
		schema: schemas["incident.decline"],
		summary: "Refuse an incident that is offered, or take back one's own offer",
	},
	"incident.link": {
		action: "incident.edit",
		schema: schemas["incident.link"],
		summary: "Link alarms to an incident by hand, or take such links away",
	},
	"incident.task": {
		action: "incident.edit",
		schema: schemas["incident.task"],
		summary: "Give a task with a deadline, or change one that is open",
	},
	"incident.task-done": {
		action: "incident.edit",
		schema: schemas["incident.task-done"],
		summary: "A task is done, with its result, or cancelled",
	},
	"incident.report": {
		action: "incident.edit",
		schema: schemas["incident.report"],
		summary: "A first, follow or final report was sent: its clock stops and the next begins",
	},
	"incident.push": {
		action: "incident.push",
		schema: schemas["incident.push"],
		summary: "Show an incident on the wall",
	},
	"incident.unpush": {
		action: "incident.push",
		schema: schemas["incident.unpush"],
		summary: "Take an incident from the wall",
	},
	"incident.close": {
		action: "incident.close",
		schema: schemas["incident.close"],
		summary: "Close an incident with its result; not while an offer waits",
	},
	"incident.reopen": {
		action: "incident.close",
		schema: schemas["incident.reopen"],
		summary: "Open a closed incident again, under its own number",
	},
	"incident.join": {
		action: "incident.edit",
		mounted: false,
		schema: schemas["incident.join"],
		summary: "What follows from alarms of its cause: they join, its root and its facts move",
	},
	"incident.clocks": {
		action: "reach.edit",
		schema: schemas["incident.clocks"],
		summary: "By when incidents are reported, again and at last, and dealt with: other figures, each with its source",
	},
} as const satisfies ActTable;
