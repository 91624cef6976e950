// Who is on shift now, by name: those to whom an alarm can be handed with one press.
import { useQuery } from "@tanstack/react-query";
import { isProblem } from "#model/problem.ts";
import { askRiver, type RiverShift } from "../../live/river.ts";
import { useLive } from "../live_context.ts";

const AGAIN_MS = 300_000;
const SOON_MS = 5_000;

/** null: not known yet, or no shift was entered. */
export function useShift(): RiverShift | null {
	const live = useLive();
	const query = useQuery({
		queryKey: ["shift"],
		queryFn: async ({ signal }) => {
			const now = live.now();
			const river = now === 0 ? null : await askRiver(now, signal);
			if (river === null || isProblem(river)) return null;
			return river.shifts
				.filter(({ at }) => at <= now)
				.reduce<RiverShift | null>((last, one) => later(last, one), null);
		},
		refetchInterval: ({ state }) => (state.data === null || state.data === undefined ? SOON_MS : AGAIN_MS),
	});
	return query.data ?? null;
}

export function useShiftPeople(): readonly string[] {
	return useShift()?.people ?? [];
}

function later(one: RiverShift | null, two: RiverShift): RiverShift {
	return one === null || two.at >= one.at ? two : one;
}
