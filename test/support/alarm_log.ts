// The whole alarm log by the public API, and what must hold of any log: numbered without a gap, each change following from
// the one before, each answered command in it once.
import type { Transition } from "#model/alarm.ts";
import type { Step } from "./alarm_replay.ts";
import type { Api } from "./api.ts";

export async function wholeLog(api: Api, after = 0): Promise<Transition[]> {
	const log: Transition[] = [];
	for (let from: number | null = after; from !== null; ) {
		type Page = { transitions: Transition[]; next: number | null };
		const page: Page = await api.get<Page>(`/api/alarms/log?after=${from}&limit=5000`);
		log.push(...page.transitions);
		from = page.next;
	}
	return log;
}

/** @returns what is wrong with it, in words; empty when nothing is. */
export function faultsOfLog(log: readonly Transition[], first = 1): string[] {
	const faults: string[] = [];
	const before = new Map<string, Transition>();
	const idOf = new Map<string, string>();
	for (const [index, transition] of log.entries()) {
		const { alarm, seq, kind } = transition;
		if (seq !== first + index) faults.push(`entry ${index} has seq ${seq}, not ${first + index}`);
		if (alarm.seq !== seq) faults.push(`seq ${seq}: its alarm says ${alarm.seq}`);
		const key = `${alarm.subject} ${alarm.rule}`;
		if ((idOf.get(key) ?? alarm.id) !== alarm.id) faults.push(`seq ${seq}: ${key} has a second id`);
		idOf.set(key, alarm.id);
		const last = before.get(alarm.id);
		const rises = kind === "raised" || kind === "rose";
		const occurrence = (last?.alarm.occurrence ?? 0) + (rises ? 1 : 0);
		if (first === 1 && alarm.occurrence !== occurrence)
			faults.push(`seq ${seq}: ${kind} is occurrence ${alarm.occurrence}, not ${occurrence}`);
		if (kind === "raised" && last?.alarm.active === true) faults.push(`seq ${seq}: raised, but it held already`);
		if (kind === "cleared" && last?.alarm.active === false) faults.push(`seq ${seq}: cleared, but it did not hold`);
		if (kind === "acknowledged" && last?.alarm.acknowledged === true) faults.push(`seq ${seq}: acknowledged twice`);
		before.set(alarm.id, transition);
	}
	return faults;
}

/** What conditions (not people) did to one alarm, in the form of the reference model. */
export function stepsOf(log: readonly Transition[], subject: string, rule: string): Step[] {
	const steps: Step[] = [];
	for (const { kind, alarm, at } of log) {
		if (alarm.subject !== subject || alarm.rule !== rule) continue;
		if (kind !== "raised" && kind !== "rose" && kind !== "fell" && kind !== "cleared") continue;
		steps.push({ kind, severity: kind === "cleared" ? 0 : alarm.severity, at, value: alarm.value ?? Number.NaN });
	}
	return steps;
}
