// How the incident pages hear the register, the log and who sits here: hooks of a few lines. Nothing is kept here that the server
// does not have; notes that wait stand in note_box.ts.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Incident, IncidentTask } from "#model/incident.ts";
import type { IncidentActName } from "#model/incident_acts.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { LogLine } from "#model/register.ts";
import type { Scope } from "#model/rights.ts";
import { ask } from "../../live/ask.ts";
import { newId } from "../../live/new_id.ts";
import { useChange, useEntries, useLive } from "../live_context.ts";
import { type IncidentEntry, incidentOf, type TaskEntry } from "./incident_view.ts";
import { NoteBox } from "./note_box.ts";
import { PastTasks } from "./past_state.ts";

export interface Me {
	readonly user: string;
	readonly scope: Scope;
}

/** Who sits here and what they hold; null: not known yet, or nobody. */
export function useMe(): Me | null {
	const live = useLive();
	useChange(live.wire.change);
	const user = live.wire.hello?.user ?? "";
	const { data } = useQuery({
		queryKey: ["me", user],
		enabled: user !== "",
		staleTime: 60_000,
		queryFn: async ({ signal }) => {
			const body = await ask("/api/session", { signal });
			if (isProblem(body)) return null;
			const told = body as { readonly user?: string | null; readonly scope?: Scope };
			return told.user === undefined || told.user === null || told.scope === undefined
				? null
				: { user: told.user, scope: told.scope };
		},
	});
	return data ?? null;
}

export function useIncidents(): readonly IncidentEntry[] {
	return useEntries<Incident>("incident");
}

/** The incident an alarm belongs to, also as a member of its cause. */
export function useIncidentOf(alarmId: string): IncidentEntry | null {
	const { causes } = useLive();
	useChange(causes.change);
	return incidentOf(useIncidents(), alarmId, causes.groupOf(alarmId));
}

export function useTasks(): readonly TaskEntry[] {
	const past = useContext(PastTasks);
	const tasks = useEntries<IncidentTask>("task");
	return useMemo(() => (past.length === 0 ? tasks : [...tasks, ...past]), [tasks, past]);
}

export interface Act {
	/** @returns the answer, or null when it was refused; the refusal stands in `refusal`. */
	readonly run: (
		name: IncidentActName,
		body: Readonly<Record<string, unknown>>,
	) => Promise<Record<string, unknown> | null>;
	readonly refusal: Problem | null;
	readonly isBusy: boolean;
	readonly dismiss: () => void;
}

/** One form or row of buttons: one act at a time, its refusal beside it. */
export function useAct(): Act {
	const live = useLive();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const run = useCallback<Act["run"]>(
		async (name, body) => {
			setBusy(true);
			setRefusal(null);
			const answer = await live.acts.do(name, body);
			setBusy(false);
			if (!isProblem(answer)) return answer as Record<string, unknown>;
			setRefusal(answer);
			return null;
		},
		[live],
	);
	const dismiss = useCallback(() => setRefusal(null), []);
	return { run, refusal, isBusy, dismiss };
}

export interface Log {
	/** Oldest first. */
	readonly lines: readonly LogLine[];
	readonly isLoaded: boolean;
	readonly trouble: Problem | null;
}

/** Lines of one answer: a full one may have more behind it. */
const PAGE = 1_000;
const EMPTY: Log = { lines: [], isLoaded: false, trouble: null };

/** The log of a subject; asked again whenever it grew. Keeps what it has when the server is away. */
export function useLog(subject: string | null): Log {
	const live = useLive();
	const change = useChange(live.register.logOf(subject ?? ""));
	const link = useChange(live.link.change);
	const [log, setLog] = useState<{ readonly of: string; readonly log: Log }>({ of: "", log: EMPTY });
	const held = useRef<{ of: string; lines: readonly LogLine[] }>({ of: "", lines: [] });
	useEffect(() => {
		if (subject === null || change < 0 || link < 0) return;
		let isOver = false;
		const load = async (): Promise<void> => {
			if (held.current.of !== subject) held.current = { of: subject, lines: [] };
			for (;;) {
				const after = held.current.lines.at(-1)?.n ?? 0;
				const told = await live.acts.lines(subject, after);
				if (isOver) return;
				const before = held.current.lines;
				if (isProblem(told)) {
					setLog({ of: subject, log: { lines: before, isLoaded: before.length > 0, trouble: told } });
					return;
				}
				const last = before.at(-1)?.n ?? 0;
				const lines = [...before, ...told.filter(({ n }) => n > last)];
				held.current = { of: subject, lines };
				setLog({ of: subject, log: { lines, isLoaded: true, trouble: null } });
				if (told.length < PAGE) return;
			}
		};
		load().catch(reportError);
		return () => {
			isOver = true;
		};
	}, [live, subject, change, link]);
	return log.of === subject ? log.log : EMPTY;
}

/** What this person wrote for this incident; null while nobody is known. */
export function useNoteBox(incident: string): NoteBox | null {
	const live = useLive();
	useChange(live.wire.change);
	const user = live.wire.hello?.user ?? "";
	const box = useMemo(
		() =>
			user === ""
				? null
				: new NoteBox({
						shelf: localStorage,
						incident,
						user,
						post: (act, body) => ask(`/api/acts/${act}`, { method: "POST", body }),
						makeId: newId,
						later: (ms, act) => void setTimeout(act, ms),
						fault: reportError,
					}),
		[incident, user],
	);
	const link = useChange(live.link.change);
	useEffect(() => {
		if (link >= 0 && live.link.state === "live") box?.flush();
	}, [box, link, live]);
	return box;
}
