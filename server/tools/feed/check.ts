// Lays the alarms that came beside the alarms that had to come.
import type { Transition } from "#model/alarm.ts";
import type { HourFile, HourRow } from "./csv.ts";
import { expectedAlarms, expectedSilences } from "./oracle.ts";

export interface Check {
	readonly expected: number;
	readonly found: number;
	readonly missing: readonly string[];
	readonly surplus: readonly string[];
	/** The rain alarms of the wettest day, for people. */
	readonly lines: readonly string[];
}

const HOUR = 3_600_000;

export function checkAlarms(file: HourFile, transitions: readonly Transition[]): Check {
	const { rows, stations } = file;
	const last = rows.at(-1)?.at ?? 0;
	const rainHours = rows.flatMap((row) => (row.rain === null ? [] : [row.at]));
	const airHours = rows.flatMap((row) =>
		row.pm25.some((one) => one !== null) || row.temperature !== null ? [row.at] : [],
	);
	const expected = [
		...expectedAlarms(rows, stations),
		...expectedSilences(rainHours, last, "door-silent/http"),
		...expectedSilences(airHours, last, "door-silent/hj212"),
	].map((one) => `${stamp(one.at)} ${one.rule} ${one.kind} ${one.severity}`);
	const found = transitions.map(
		(one) => `${stamp(hourOf(one))} ${nameOf(one, stations)} ${one.kind} ${one.alarm.severity}`,
	);
	const missing = without(expected, found);
	const surplus = without(found, expected);
	const { day, millimetres } = wettestDay(rows);
	const near = transitions.filter(
		(one) => one.alarm.rule.startsWith("rain-") && one.at >= day && one.at < day + 48 * HOUR,
	);
	const lines = [`wettest day ${stamp(day).slice(0, 10)}: ${millimetres} mm`, ...near.map(describe)];
	return { expected: expected.length, found: found.length, missing, surplus, lines };
}

/** Civil day (UTC+8) with the most rain; `day` is its midnight, epoch ms. */
function wettestDay(rows: readonly HourRow[]): { day: number; millimetres: number } {
	const tenths = new Map<number, number>();
	for (const { at, rain } of rows) {
		const day = Math.floor((at + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR;
		tenths.set(day, (tenths.get(day) ?? 0) + Math.round((rain ?? 0) * 10));
	}
	const [day, most] = [...tenths].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0]);
	return { day, millimetres: most / 10 };
}

/** A silence is told by a timer within the minutes after its hour. */
function hourOf(transition: Transition): number {
	return Math.floor(transition.at / HOUR) * HOUR;
}

function nameOf({ alarm }: Transition, stations: readonly string[]): string {
	if (alarm.rule === "door-silent") return `door-silent/${alarm.name}`;
	if (alarm.rule === "pm25-day") return `pm25-day/${stations[Number(alarm.asset?.slice("feed-air-".length))] ?? ""}`;
	return alarm.rule;
}

/** Each entry as often as it is there more than in the other list. */
function without(list: readonly string[], other: readonly string[]): string[] {
	const left = new Map<string, number>();
	for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
	return list.filter((one) => {
		const count = left.get(one) ?? 0;
		left.set(one, count - 1);
		return count <= 0;
	});
}

function stamp(at: number): string {
	return new Date(at + 8 * HOUR).toISOString().slice(0, 13);
}

function describe({ at, kind, alarm }: Transition): string {
	return `  ${stamp(at)}:00 ${alarm.rule} ${kind} level ${alarm.severity}: ${alarm.why}`;
}
