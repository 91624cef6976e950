// Questions about the contact book and the chain of an alarm. A whole number is asked for one at a time and is on record before it
// comes; it is never kept. A sheet goes as its bytes.
import type { Alarm } from "#model/alarm.ts";
import type { Chain } from "#model/chain.ts";
import type { RowFault } from "#model/contact_sheet.ts";
import type { Limit } from "#model/limit.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "./ask.ts";
import { newId } from "./new_id.ts";

export interface Wanted {
	readonly kind: "unit" | "person";
	readonly id: string;
	readonly why: string;
	/** The case it is for. */
	readonly subject?: string;
}

/** The numbers, whole. */
export async function askNumbers(wanted: Wanted): Promise<readonly string[] | Problem> {
	const body = await ask("/api/contacts/reveal", { method: "POST", body: { commandId: newId(), ...wanted } });
	if (isProblem(body)) return body;
	const { phones } = (body ?? {}) as { phones?: unknown };
	return Array.isArray(phones) ? (phones as readonly string[]) : problem("bad-answer", "an answer without numbers");
}

export interface Imported {
	readonly units: number;
	readonly people: number;
	readonly unchanged: number;
}

/** The whole sheet or none of it. */
export async function importContacts(
	file: Blob,
): Promise<Imported | { readonly faults: readonly RowFault[] } | Problem> {
	const bytes = new Blob([file], { type: "application/octet-stream" });
	const body = await ask(`/api/contacts/import?commandId=${newId()}`, { method: "POST", bytes });
	const { faults } = (body ?? {}) as { faults?: unknown };
	if (Array.isArray(faults)) return { faults: faults as readonly RowFault[] };
	return body as Imported | Problem;
}

export interface ChainAnswer {
	readonly now: number;
	/** As it stands at the end of the occurrence, and as it was raised. */
	readonly alarm: Alarm;
	readonly raised: Alarm;
	readonly chain: Chain;
	readonly reading: {
		readonly at: number;
		readonly receivedAt: number;
		readonly measure: string;
		readonly value: number | null;
		readonly unit: string;
		readonly quality: string;
	} | null;
	readonly device: readonly { readonly door: string; readonly address: string }[];
	readonly rule: { readonly limit: Limit; readonly isOwn: boolean; readonly isSame: boolean } | null;
	readonly occurrences: readonly number[];
	/** Those that this occurrence was part of, at hand or in the archive. */
	readonly incidents: readonly {
		readonly id: string;
		readonly no: string;
		readonly title: string;
		readonly state: "open" | "closed";
	}[];
	readonly demoHistoryUntil: number | null;
}

export async function askChain(
	alarm: string,
	occurrence: number | null,
	signal: AbortSignal,
): Promise<ChainAnswer | Problem> {
	const query = occurrence === null ? "" : `?occurrence=${occurrence}`;
	const body = await ask(`/api/alarms/${encodeURIComponent(alarm)}/chain${query}`, { signal });
	return isProblem(body) ? body : (body as ChainAnswer);
}
