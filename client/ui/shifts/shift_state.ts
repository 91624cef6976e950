// What the pages of the shifts ask the server, asked again when the register grows: roster and duty of a week, the hand-over of a shift,
// lines of its log. And the draft of the remarks, kept on this machine until it stands in a note.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isProblem, type Problem } from "#model/problem.ts";
import type { LogLine } from "#model/register.ts";
import type { Handover } from "#model/shift.ts";
import { ZONE_MS } from "../../live/civil.ts";
import { askShifts, type ShiftsAnswer } from "../../live/shifts.ts";
import { useArchived } from "../incident/past_state.ts";
import { useChange, useEntries, useLive } from "../live_context.ts";

const DAY_MS = 86_400_000;
/** Whose turn it is changes by itself. */
const AGAIN_MS = 60_000;

/** Monday 00:00 in Liaoning of the week that holds `at`. */
export function weekStart(at: number): number {
	const day = Math.floor((at + ZONE_MS) / DAY_MS);
	// 1970-01-01 was a Thursday.
	return (day - ((day + 3) % 7)) * DAY_MS - ZONE_MS;
}

export function useShifts(district: string | null, from: number): ShiftsAnswer | Problem | null {
	const live = useLive();
	useChange(live.register.change);
	const { revision } = live.register;
	const query = useQuery({
		queryKey: ["shifts", district, from, revision],
		queryFn: ({ signal }) => askShifts(district, from, from + 7 * DAY_MS, signal),
		refetchInterval: AGAIN_MS,
		// The table stays while it is asked again.
		placeholderData: (before) => before,
		enabled: from > 0,
	});
	return query.data ?? null;
}

export function useHandover(id: string): Handover | null {
	const entries = useEntries<Handover>("handover");
	const { kept } = useArchived<Handover>("handover", id);
	return (entries.find((entry) => entry.id === id) ?? kept)?.body ?? null;
}

/** Oldest first; null until they came. */
export function useLines(subject: string): readonly LogLine[] | null {
	const live = useLive();
	const version = useChange(live.register.logOf(subject));
	const query = useQuery({
		queryKey: ["lines", subject, version],
		queryFn: () => live.acts.lines(subject),
		placeholderData: (before) => before,
	});
	const { data } = query;
	return data === undefined || isProblem(data) ? null : data;
}

/** Remarks half written, by shift; what the note holds already stands until something else is typed. */
export function useDraft(id: string, stands: string): [text: string, write: (text: string) => void] {
	const key = `liaowang.handover.${id}`;
	const [text, setText] = useState(() => localStorage.getItem(key) ?? stands);
	useEffect(() => setText(localStorage.getItem(key) ?? stands), [key, stands]);
	const write = (next: string): void => {
		setText(next);
		if (next === stands) localStorage.removeItem(key);
		else localStorage.setItem(key, next);
	};
	return [text, write];
}
