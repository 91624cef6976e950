// What a plan of an act is given and what it gives back. Shared by the engine and by every file in acts/; holds no behaviour.
import type { z } from "zod";
import type { ActTable } from "#model/act.ts";
import type { Alarm } from "#model/alarm.ts";
import type { Archived, Leave } from "#model/archive.ts";
import type { PhotoRecord } from "#model/photo.ts";
import type { Problem } from "#model/problem.ts";
import type { Entry, LogLine, NewLine, Put, RecordKind } from "#model/register.ts";
import type { Who } from "#model/rights.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Register, RegisterReader } from "./register.ts";

export interface ActContext {
	/** Epoch ms. */
	readonly now: number;
	readonly who: Who;
	/** Address of the caller, or "system". */
	readonly source: string;
	readonly register: RegisterReader & Pick<Register, "state">;
	/** What an account's person is called, as the administrator wrote it down; "" where nobody did. */
	fullNameOf(user: string): string;
	readonly alarms: { get(id: string): Alarm | null; open(): Alarm[] };
	readonly catalogue: Pick<Catalogue, "assets">;
	/** A new id: "i" -> "i12". Two calls give two ids. */
	newId(prefix: string): string;
	/** A record of the archive with its parts, or null. */
	archived(kind: RecordKind, id: string): Promise<Archived | null>;
	/** Lines of a subject on the disk, with n > after (0), at most `limit` (1,000). */
	lines(subject: string, after?: number, limit?: number): Promise<readonly LogLine[]>;
}

export type NewPhoto = Omit<PhotoRecord, "at" | "by">;

/** Everything that the act wants to be true: all of it happens in one commit, or none of it. */
export interface Plan {
	readonly entries?: readonly Put[];
	readonly lines?: readonly NewLine[];
	readonly photos?: readonly NewPhoto[];
	/** Entries that stand in the archive from now on. */
	readonly leaves?: readonly Leave[];
	/** Entries that come back from it as they were; what of them is in `entries` too, comes back changed. */
	readonly returns?: readonly Entry[];
	/** Instead of what the engine writes by itself: the first thing touched, and the body. */
	readonly audit?: { readonly subject: string; readonly detail: object };
	readonly answer: Readonly<Record<string, unknown>>;
}

/** One plan for every act of a table: pure but for reading; it runs no other act. */
export type Plans<T extends ActTable> = {
	readonly [N in keyof T]: (
		body: z.infer<T[N]["schema"]>,
		context: ActContext,
	) => Plan | Problem | Promise<Plan | Problem>;
};
