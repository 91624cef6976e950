// What an act is: the one way to change the register. Each domain declares a table of acts (name -> right, schema); acts.ts puts
// the tables together, core has a plan for each (live/act_plans.ts), web a route. It knows no act itself.
import { type ZodRawShape, type ZodType, z } from "zod";
import type { Problem } from "./problem.ts";
import { commandIdSchema } from "./protocol.ts";
import type { Action } from "./rights.ts";

export interface ActSpec {
	/** The right it needs; the scope is that of everything it touches. */
	readonly action: Action;
	/** Made by actBody. */
	readonly schema: ZodType<{ readonly commandId: string }>;
	/** One line for the OpenAPI document. */
	readonly summary: string;
	/** False: no POST /api/acts/NAME; another route or a part of core itself does it. */
	readonly mounted?: boolean;
	/** Bytes of a body; 64 KB when not said. */
	readonly bodyLimit?: number;
}
export type ActTable = Readonly<Record<string, ActSpec>>;

/** What an act answers: its own fields, or why not. */
export type ActAnswer =
	| ({ readonly ok: true } & Readonly<Record<string, unknown>>)
	| ({ readonly ok: false } & Problem);

/** A body with the id that makes it happen once. */
export function actBody<S extends ZodRawShape>(shape: S) {
	return z.object({ commandId: commandIdSchema, ...shape }).strict();
}
