// Who holds duty now, by name: those to whom an alarm can be handed with one press. The server says it, as for every page.
import { useQuery } from "@tanstack/react-query";
import { isProblem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import type { OnDuty } from "#model/shift.ts";
import { askShifts } from "../../live/shifts.ts";
import { useEntries, useLive, useMay } from "../live_context.ts";

/** Whose turn it is changes by itself. */
const AGAIN_MS = 60_000;
const SOON_MS = 5_000;

/** undefined: not known yet, or not to be told to this person. null: nobody entered a roster. */
export function useShift(): OnDuty | null | undefined {
	const live = useLive();
	const may = useMay("read");
	// A signature passes duty at once.
	const grown = newest(useEntries("rota"), newest(useEntries("handover"), 0));
	const query = useQuery({
		queryKey: ["on duty", grown],
		queryFn: async ({ signal }) => {
			// The server takes whole milliseconds.
			const now = Math.floor(live.now());
			const answer = now === 0 ? null : await askShifts(null, now, now + 1, signal);
			return { onDuty: answer === null || isProblem(answer) ? undefined : answer.onDuty };
		},
		placeholderData: (before) => before,
		refetchInterval: ({ state }) => (state.data?.onDuty === undefined ? SOON_MS : AGAIN_MS),
		enabled: may,
	});
	return query.data?.onDuty;
}

function newest(entries: readonly Entry[], least: number): number {
	return entries.reduce((last, { revision }) => Math.max(last, revision), least);
}

export function useShiftPeople(): readonly string[] {
	return useShift()?.people ?? [];
}
