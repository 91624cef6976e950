// The clocks of an incident as data: by when it is reported to whom, how often again, by when it is dealt with, and where each figure
// comes from. Called by incident_life.ts and the page. Times are epoch ms and arguments; an entry of the register may replace every figure.
import { z } from "zod";
import type { ClockId, Incident, IncidentClock, IncidentLevel, ReportKind, ReportTarget } from "./incident.ts";
import { type Clause, clauseSchema } from "./limit.ts";

const HOUR_MS = 3_600_000;

const figure = z
	.object({
		ms: z
			.number()
			.int()
			.positive()
			.max(31 * 24 * HOUR_MS),
		source: clauseSchema,
	})
	.strict();
const byLevel = z.object({ 1: figure, 2: figure, 3: figure, 4: figure }).strict();

export const clockRulesSchema = z
	.object({
		/** From knowing to the county's report. */
		first: figure,
		/** Each level up, from the report before it. */
		up: figure,
		/** How far up a report goes, by level. */
		upTo: z.object({
			1: z.enum(["county", "city", "province", "state"]),
			2: z.enum(["county", "city", "province", "state"]),
			3: z.enum(["county", "city", "province", "state"]),
			4: z.enum(["county", "city", "province", "state"]),
			source: clauseSchema,
		}),
		/** Between two follow-reports. */
		follow: byLevel,
		/** From the closing to the final report. */
		final: figure,
		/** From opening to dealt with. */
		handle: byLevel,
	})
	.strict();
export type ClockRules = z.infer<typeof clockRulesSchema>;

/** Id of the entry of kind "plan" that holds other rules than these; incidents that are open go on with the clocks they have. */
export const CLOCKS_ID = "incident-clocks";

const order493 = (clause: string): Clause => ({ standard: "国务院令第 493 号", clause, confidence: "B" });
const ours = (clause: string): Clause => ({ standard: "工程默认值", clause, confidence: "E" });
const hours = (count: number, source: Clause) => ({ ms: count * HOUR_MS, source });
const FOLLOW = ours("处置期间每 1、2、4、12 小时续报；总局令第 21 号要求每日至少 1 至 2 次（待核对）");
const HANDLE = ours("按级别 2、4、24、72 小时办结");

export const CLOCK_RULES: ClockRules = {
	first: hours(1, order493("第九条：1 小时内向县级主管部门报告")),
	up: hours(2, order493("第十一条：逐级上报，每级不超过 2 小时")),
	upTo: { 1: "city", 2: "province", 3: "state", 4: "state", source: order493("第十条：按等级逐级上报") },
	follow: { 1: hours(12, FOLLOW), 2: hours(4, FOLLOW), 3: hours(2, FOLLOW), 4: hours(1, FOLLOW) },
	final: hours(24, ours("处置结束后 24 小时内终报")),
	handle: { 1: hours(72, HANDLE), 2: hours(24, HANDLE), 3: hours(4, HANDLE), 4: hours(2, HANDLE) },
};

const CHAIN = ["first-report", "city-report", "province-report", "state-report"] as const satisfies readonly ClockId[];
const TARGET = ["county", "city", "province", "state"] as const satisfies readonly ReportTarget[];

/** Clocks that begin with an incident. */
export function clocksAtOpening(level: IncidentLevel, at: number, rules: ClockRules = CLOCK_RULES): IncidentClock[] {
	return [
		begun("first-report", at, rules.first.ms),
		begun("follow-report", at, rules.follow[level].ms),
		begun("handle", at, rules.handle[level].ms),
	];
}

/**
 * Clocks after a report was sent at `at`. Later reports of the chain begin when the one before was sent; a follow-report begins the
 * next. `to` null: the first that waits. @returns null when no such report is waited for.
 */
export function clocksAfterReport(
	incident: Pick<Incident, "level" | "state"> & { readonly clocks: readonly IncidentClock[] },
	kind: ReportKind,
	to: ReportTarget | null,
	at: number,
	rules: ClockRules = CLOCK_RULES,
): IncidentClock[] | null {
	const { clocks, level } = incident;
	if (kind === "follow") {
		if (incident.state === "closed") return null;
		return put(done(clocks, "follow-report", at), begun("follow-report", at, rules.follow[level].ms));
	}
	if (kind === "final") {
		return isRunning(clocks, "final-report") ? done(clocks, "final-report", at) : null;
	}
	const waits = to === null ? CHAIN.find((id) => isRunning(clocks, id)) : CHAIN[TARGET.indexOf(to)];
	if (waits === undefined || !isRunning(clocks, waits)) return null;
	const sent = done(clocks, waits, at);
	const above = CHAIN[CHAIN.indexOf(waits) + 1];
	if (above === undefined || CHAIN.indexOf(above) > TARGET.indexOf(rules.upTo[level])) return sent;
	return put(sent, begun(above, at, rules.up.ms));
}

/** What a change of level does to clocks that run: the due time is that of the new level, counted from the same start. */
export function clocksAtLevel(
	clocks: readonly IncidentClock[],
	level: IncidentLevel,
	at: number,
	rules: ClockRules = CLOCK_RULES,
): IncidentClock[] {
	const again = clocks.map((clock) => {
		if (clock.doneAt !== null) return clock;
		if (clock.id === "follow-report") return begun(clock.id, clock.startAt, rules.follow[level].ms);
		return clock.id === "handle" ? begun(clock.id, clock.startAt, rules.handle[level].ms) : clock;
	});
	// Graver than before: the report that was the last of its chain is not any more.
	const last = [...CHAIN].reverse().find((id) => clocks.some((clock) => clock.id === id));
	const above = last === undefined ? undefined : CHAIN[CHAIN.indexOf(last) + 1];
	if (last === undefined || above === undefined || isRunning(clocks, last)) return again;
	return CHAIN.indexOf(above) > TARGET.indexOf(rules.upTo[level]) ? again : put(again, begun(above, at, rules.up.ms));
}

/** Dealt with: what was to be done in the meantime ends, the final report begins. Reports that were never sent stay due. */
export function clocksAtClosing(
	clocks: readonly IncidentClock[],
	at: number,
	rules: ClockRules = CLOCK_RULES,
): IncidentClock[] {
	const left = clocks.filter(({ id, doneAt }) => id !== "follow-report" || doneAt !== null);
	return put(done(left, "handle", at), begun("final-report", at, rules.final.ms));
}

export function clocksAtReopening(
	clocks: readonly IncidentClock[],
	level: IncidentLevel,
	at: number,
	rules: ClockRules = CLOCK_RULES,
): IncidentClock[] {
	const left = clocks.filter(({ id }) => id !== "final-report");
	return put(
		put(left, begun("handle", at, rules.handle[level].ms)),
		begun("follow-report", at, rules.follow[level].ms),
	);
}

/** Running clocks, the one due first at the head. Negative `leftMs`: overdue. */
export function clocksDue(clocks: readonly IncidentClock[], now: number): { clock: IncidentClock; leftMs: number }[] {
	return clocks
		.filter(({ doneAt }) => doneAt === null)
		.map((clock) => ({ clock, leftMs: clock.dueAt - now }))
		.sort((a, b) => a.leftMs - b.leftMs);
}

function begun(id: ClockId, startAt: number, ms: number): IncidentClock {
	return { id, startAt, dueAt: startAt + ms, doneAt: null };
}

function isRunning(clocks: readonly IncidentClock[], id: ClockId): boolean {
	return clocks.some((clock) => clock.id === id && clock.doneAt === null);
}

function done(clocks: readonly IncidentClock[], id: ClockId, at: number): IncidentClock[] {
	return clocks.map((clock) => (clock.id === id && clock.doneAt === null ? { ...clock, doneAt: at } : clock));
}

function put(clocks: readonly IncidentClock[], clock: IncidentClock): IncidentClock[] {
	return [...clocks.filter(({ id }) => id !== clock.id), clock];
}
