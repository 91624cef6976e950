// One record of the archive, asked for when the register does not hold it. What stands there is only looked at: the pages of it are given
// no right but to read, and for an incident to open it again.
import { useQuery } from "@tanstack/react-query";
import { createContext } from "react";
import { isProblem, type Problem } from "#model/problem.ts";
import type { RecordKind } from "#model/register.ts";
import type { Action } from "#model/rights.ts";
import { type ArchivedEntry, askArchived } from "../../live/archive.ts";
import { useChange, useLive } from "../live_context.ts";
import type { TaskEntry } from "./incident_view.ts";

/** What may be done with a record of the archive. */
export const PAST_ACTIONS: ReadonlySet<Action> = new Set(["read", "own.read", "incident.read", "incident.close"]);

/** Tasks that came with an incident of the archive. */
export const PastTasks = createContext<readonly TaskEntry[]>([]);

export interface Archived<B> {
	/** null: not there, or not here yet. */
	readonly kept: ArchivedEntry<B> | null;
	readonly isPending: boolean;
	readonly trouble: Problem | null;
}

/** Asked for only while the register is here and holds no such entry. */
export function useArchived<B>(kind: RecordKind, id: string): Archived<B> {
	const live = useLive();
	const version = useChange(live.register.change);
	const isWanted = live.register.isLoaded && live.register.find(kind, id) === undefined;
	const { data, isPending } = useQuery({
		queryKey: ["archived", kind, id],
		enabled: isWanted && version >= 0,
		queryFn: ({ signal }) => askArchived(kind, id, signal),
	});
	const trouble = isProblem(data) ? data : null;
	const kept = data === undefined || isProblem(data) ? null : (data as ArchivedEntry<B> | null);
	return { kept: isWanted ? kept : null, isPending: isWanted && isPending, trouble };
}
