// Questions to the archive of the register: what is long over, by date, or one record with its parts. It keeps nothing.
import type { Incident } from "#model/incident.ts";
import type { Problem } from "#model/problem.ts";
import { isProblem } from "#model/problem.ts";
import type { Entry, RecordKind } from "#model/register.ts";
import { ask } from "./ask.ts";
import { fieldTime } from "./civil.ts";

/** One of the archive, with what came with it. */
export interface ArchivedEntry<B = unknown> extends Entry<B> {
	/** When its business was over, and when it left. Epoch ms. */
	readonly overAt: number;
	readonly archivedAt: number;
	readonly parts: readonly Entry[];
}

export type PastIncident = Entry<Incident> & { readonly overAt: number; readonly archivedAt: number };

/** Body of GET /api/register/archive. */
export interface PastPage {
	readonly entries: readonly PastIncident[];
	/** How the next page is asked for; null: this was all. */
	readonly next: string | null;
	readonly damaged: number;
}

/** Days as "2026-09-30" in Liaoning, both included; "" leaves that side open. */
export interface PastAsked {
	readonly from: string;
	readonly to: string;
}

const DAY_MS = 86_400_000;

/** Where the page of these days is asked for. */
export function pastPath({ from, to }: PastAsked, before: string | null): string {
	const search = new URLSearchParams({ kind: "incident" });
	const [begin, end] = [fieldTime(`${from}T00:00`), fieldTime(`${to}T00:00`)];
	if (begin !== null) search.set("from", String(begin));
	if (end !== null) search.set("to", String(end + DAY_MS));
	if (before !== null) search.set("before", before);
	return `/api/register/archive?${search}`;
}

export async function askPast(
	asked: PastAsked,
	before: string | null,
	signal: AbortSignal,
): Promise<PastPage | Problem> {
	return (await ask(pastPath(asked, before), { signal })) as PastPage | Problem;
}

/** @returns null when there is no such record in the archive of this person's scope. */
export async function askArchived(
	kind: RecordKind,
	id: string,
	signal: AbortSignal,
): Promise<ArchivedEntry | Problem | null> {
	const search = new URLSearchParams({ kind, id });
	const told = await ask(`/api/register/archive?${search}`, { signal });
	return isProblem(told) ? told : ((told as { readonly entries: readonly ArchivedEntry[] }).entries[0] ?? null);
}
