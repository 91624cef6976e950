// People who sign in: what an administrator says about them and what the list of them shows. Core keeps them (live/accounts.ts),
// the page edits them; a hash of a password never stands in any of these shapes.
import { z } from "zod";
import { type Problem, problem } from "./problem.ts";
import { type Role, roles, type Scope, scopeSchema } from "./rights.ts";

/** Acts of timers and of the demo's one-click roles stand under these: nobody may sign as one of them. */
const TAKEN = /^(system|demo|demo-.*)$/i;

export const personName = z
	.string()
	.regex(/^[\p{L}\p{N}._-]{2,40}$/u, "2 to 40 letters, digits, . _ -")
	.refine((name) => !TAKEN.test(name), "this name is the system's own");

export const personSchema = z
	.object({
		name: personName,
		fullName: z.string().trim().max(40).default(""),
		/** The unit they work for, in words. */
		unit: z.string().trim().max(80).default(""),
		roles: z.array(z.enum(roles)).min(1).max(roles.length),
		scope: scopeSchema,
		disabled: z.boolean().default(false),
	})
	.strict();
export type Person = z.infer<typeof personSchema>;

export interface SessionView {
	/** First letters of the session's hash; opens nothing. */
	readonly id: string;
	readonly createdAt: number;
	readonly lastSeenAt: number;
	readonly source: string;
}

export interface PersonView {
	readonly name: string;
	readonly fullName: string;
	readonly unit: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly disabled: boolean;
	/** Must set a password of their own at the next sign-in. */
	readonly mustChange: boolean;
	readonly passwordAt: number | null;
	readonly lastSignInAt: number | null;
	readonly sessions: readonly SessionView[];
}

/** Reads a person from outside. @returns Problem with the field in `where`. */
export function parsePerson(input: unknown): Person | Problem {
	const parsed = personSchema.safeParse(input);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		return problem("bad-user", issue?.message ?? "not a person", issue?.path.join("."));
	}
	const person = parsed.data;
	// An enterprise without named assets would see none; anybody else with them would be bound where routes do not look.
	if (person.roles.includes("enterprise") !== (person.scope.assets !== undefined))
		return problem("bad-user", "an enterprise, and nobody else, has named assets", "scope.assets");
	if (person.roles.includes("enterprise") && person.roles.length > 1)
		return problem("bad-user", "an enterprise has no other role", "roles");
	// GB/T 22239-2019 8.1.4.2: who keeps the records of the others does not do what they record.
	if (person.roles.includes("auditor") && person.roles.length > 1)
		return problem("bad-user", "an auditor has no other role", "roles");
	return person;
}

export interface ImportedRow {
	readonly row: number;
	readonly name: string;
	readonly result: "made" | "changed" | "same" | "refused";
	/** Why it was refused: the code of a problem, or "cells" for what readPeople found. */
	readonly problem: Problem | null;
}

export interface Imported {
	readonly rows: readonly ImportedRow[];
	/** Of the people that were made; they must change them at the first sign-in. */
	readonly passwords: readonly { readonly name: string; readonly fullName: string; readonly password: string }[];
}
