// The acts on the contact book and on the telephone: composed into acts.ts, planned by server/live/acts/contact.ts. Forms only ever
// saw masked numbers: a mask that comes back means that the number stays as it is.
import { z } from "zod";
import { type ActTable, actBody } from "./act.ts";
import {
	callResults,
	givenPhoneSchema,
	PEOPLE_MAX,
	personFields,
	personRowSchema,
	UNITS_MAX,
	unitFields,
	unitRowSchema,
} from "./contact.ts";

/** What a call or a look at a number can be about. */
const subject = z
	.string()
	.regex(/^(alarm|incident|person|unit):[A-Za-z0-9_-]{1,64}$/, "alarm:…, incident:…, person:… or unit:…");
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const contactActs = {
	"contact.unit": {
		action: "contact.edit",
		summary: "Put a unit into the contact book; without `id` a new one",
		schema: actBody({
			id: id.optional(),
			unit: z.object({ ...unitFields, phone24h: givenPhoneSchema.nullable() }).strict(),
		}),
	},
	"contact.person": {
		action: "contact.edit",
		summary: "Put a person into the contact book; without `id` a new one",
		schema: actBody({
			id: id.optional(),
			person: z.object({ ...personFields, phones: z.array(givenPhoneSchema).max(4) }).strict(),
		}),
	},
	"contact.remove": {
		action: "contact.edit",
		summary: "Take a unit without people, or a person, out of the contact book",
		schema: actBody({ kind: z.enum(["unit", "person"]), id }),
	},
	"contact.import": {
		action: "contact.edit",
		summary: "Take a whole sheet: all rows or none",
		mounted: false,
		schema: actBody({ units: z.array(unitRowSchema).max(UNITS_MAX), people: z.array(personRowSchema).max(PEOPLE_MAX) }),
	},
	"contact.reveal": {
		action: "personal.reveal",
		summary: "Record who was shown whose number and why; the number is given when this stands",
		mounted: false,
		schema: actBody({
			kind: z.enum(["unit", "person"]),
			id,
			why: z.string().trim().min(1).max(200),
			subject: subject.optional(),
		}),
	},
	"call.log": {
		action: "call.log",
		summary: "A telephone call: whom, when, how long, what came of it",
		schema: actBody({
			subject,
			person: id.nullable(),
			unit: id.nullable(),
			/** Which of a person's numbers; a unit has one. */
			phone: z.number().int().min(0).max(3).default(0),
			startedAt: z.number().int().positive(),
			seconds: z.number().int().min(0).max(86_400),
			result: z.enum(callResults),
			note: z.string().trim().max(1_000).default(""),
		}),
	},
} as const satisfies ActTable;
