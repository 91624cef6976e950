// What the call dialog knows: whom to call about a subject, what was called already, who comes next. Lines are asked again whenever
// the register grows.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { callsOf } from "#model/chain.ts";
import type { CallDetail, Person, Unit } from "#model/contact.ts";
import { isProblem } from "#model/problem.ts";
import type { LogLine } from "#model/register.ts";
import {
	type AskedFor,
	type Callee,
	calledKey,
	contactBook,
	nextCallee,
	type Responsible,
	responsibleIn,
} from "#model/responsible.ts";
import type { Live } from "../../live/live.ts";
import { useChange, useEntries, useLive } from "../live_context.ts";

export interface CallState {
	readonly answer: Responsible | null;
	readonly calls: readonly { readonly line: LogLine; readonly call: CallDetail }[];
	/** Whom to call now; null: nobody, or everybody in vain. */
	readonly next: Callee | null;
	/** Calls of each callee, newest last. */
	readonly callsOfKey: (key: string) => readonly CallDetail[];
}

export function useCallState(subject: string, asset: string | undefined): CallState {
	const live = useLive();
	useChange(live.catalogue.change);
	useChange(live.alarms.change);
	const answer = useResponsible(askedFor(live, subject, asset));
	const lines = useLogLines(subject);
	const calls = useMemo(() => callsOf(lines), [lines]);
	const details = calls.map(({ call }) => call);
	return {
		answer,
		calls,
		next: answer === null ? null : nextCallee(answer.callees, details),
		callsOfKey: (key) => details.filter((call) => calledKey(call) === key),
	};
}

/** Who answers for a thing, from the page's own (masked) book; null: not known what it is about, or the book is not here. */
export function useResponsible(asked: AskedFor | null): Responsible | null {
	const live = useLive();
	const units = useEntries<Unit>("unit");
	const people = useEntries<Person>("person");
	const book = useMemo(() => contactBook(units, people), [units, people]);
	return asked === null || !live.register.isLoaded ? null : responsibleIn(book, asked);
}

const NO_LINES: readonly LogLine[] = [];

/** Lines of a subject's log; empty until they are here. */
export function useLogLines(subject: string): readonly LogLine[] {
	const live = useLive();
	const query = useQuery({ queryKey: ["lines", subject], queryFn: () => live.acts.lines(subject) });
	const { refetch } = query;
	useEffect(
		() => live.register.logOf(subject).subscribe(() => void refetch().catch(reportError)),
		[live, subject, refetch],
	);
	return query.data === undefined || isProblem(query.data) ? NO_LINES : query.data;
}

/** The asset that is told, else the one of the alarm, else the place of the alarm or incident. */
export function askedFor(live: Live, subject: string, asset: string | undefined): AskedFor | null {
	const id = subject.slice(subject.indexOf(":") + 1);
	const alarm = subject.startsWith("alarm:") ? live.alarms.find(id) : undefined;
	const name = asset ?? alarm?.asset ?? null;
	const known = name === null ? undefined : live.catalogue.find(name);
	if (known !== undefined) {
		const { district, fields } = known.record;
		return { district, system: known.system, fields };
	}
	if (alarm !== undefined) return { district: alarm.district, system: alarm.system };
	const incident = subject.startsWith("incident:") ? live.register.find("incident", id) : undefined;
	return incident === undefined ? null : { district: incident.district, system: incident.system };
}
