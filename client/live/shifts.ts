// The roster, who holds duty, and the morning brief, as the server counts them. Questions only; it keeps nothing.
import type { Brief } from "#model/brief.ts";
import type { Rota } from "#model/duty.ts";
import type { Problem } from "#model/problem.ts";
import type { Duty, OnDuty, RosterShift } from "#model/shift.ts";
import { ask } from "./ask.ts";
import { newId } from "./new_id.ts";

export const shiftStates = ["open", "taken", "drafted", "half", "signed"] as const;
export type ShiftState = (typeof shiftStates)[number];

export interface ListedShift extends RosterShift {
	readonly state: ShiftState;
}

export interface ShiftsAnswer {
	readonly district: string;
	/** Districts of the scope that have a roster. */
	readonly districts: readonly string[];
	readonly now: number;
	/** null: the district has none yet. */
	readonly rota: Rota | null;
	readonly duty: Duty | null;
	/** Who answers for the district now, by the nearest roster: its own, its city's, the province's. */
	readonly onDuty: OnDuty | null;
	readonly shifts: readonly ListedShift[];
}

export async function askShifts(
	district: string | null,
	from: number,
	to: number,
	signal: AbortSignal,
): Promise<ShiftsAnswer | Problem> {
	const query = new URLSearchParams({ from: String(from), to: String(to) });
	if (district !== null) query.set("district", district);
	return (await ask(`/api/shifts?${query}`, { signal })) as ShiftsAnswer | Problem;
}

/** Makes the note of a shift anew. @returns its hash, or why not. */
export async function makeNote(id: string, text: string): Promise<{ readonly sha256: string } | Problem> {
	const body = { commandId: newId(), text };
	return (await ask(`/api/shifts/${id}/handover`, { method: "POST", body })) as { sha256: string } | Problem;
}

export async function askBrief(date: string | null, signal: AbortSignal): Promise<Brief | Problem> {
	return (await ask(`/api/brief${date === null ? "" : `?date=${date}`}`, { signal })) as Brief | Problem;
}
