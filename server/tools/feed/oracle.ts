// What the alarms must be, worked out from the file alone: a slow, plain calculation that shares no code with the server.
// Rain in tenths of a millimetre, windows by counting hours, levels and deadband as the rules say. It is the judge of the judge.
import type { HourRow } from "./csv.ts";

export interface Expected {
	/** "rain-3h", "rain-6h", "rain-12h", "pm25-day/<station>", "door-silent/http", ... */
	readonly rule: string;
	readonly kind: "raised" | "rose" | "fell" | "cleared";
	readonly severity: number;
	/** The hour whose data made it so; for a silence the hour after which it is due. */
	readonly at: number;
}

interface Rule {
	readonly rule: string;
	readonly hours: number;
	readonly op: "sum" | "mean";
	/** [severity, threshold], mildest first. */
	readonly levels: readonly (readonly [number, number])[];
	readonly deadband: number;
}

const HOUR = 3_600_000;

const rainRules: readonly Rule[] = [
	{ rule: "rain-12h", hours: 12, op: "sum", levels: [[1, 50]], deadband: 2 },
	{ rule: "rain-6h", hours: 6, op: "sum", levels: [[2, 50]], deadband: 2 },
	{
		rule: "rain-3h",
		hours: 3,
		op: "sum",
		levels: [
			[3, 50],
			[4, 100],
		],
		deadband: 2,
	},
];
const pmRule: Rule = { rule: "pm25-day", hours: 24, op: "mean", levels: [[1, 60]], deadband: 2 };

/** All changes that the file's rain must cause, in order of time, then of rule. */
export function expectedAlarms(rows: readonly HourRow[], stations: readonly string[]): Expected[] {
	const found: Expected[] = [];
	const rain = rows.map((row): [number, number | null] => [row.at, row.rain]);
	for (const rule of rainRules) found.push(...windowed(rain, rule, rule.rule));
	stations.forEach((station, i) => {
		found.push(
			...windowed(
				rows.map((row): [number, number | null] => [row.at, row.pm25[i] ?? null]),
				pmRule,
				`pm25-day/${station}`,
			),
		);
	});
	return found.sort((a, b) => a.at - b.at || (a.rule < b.rule ? -1 : 1));
}

/** Hours without data after which a whole door has been silent for more than three hours, and the hour that ended it. */
export function expectedSilences(heard: readonly number[], last: number, rule: string): Expected[] {
	const found: Expected[] = [];
	for (const [i, at] of heard.entries()) {
		const next = heard[i + 1] ?? last + 4 * HOUR;
		if (next - at <= 3 * HOUR) continue;
		const due = at + 3 * HOUR;
		if (due < last) found.push({ rule, kind: "raised", severity: 3, at: due });
		if (heard[i + 1] !== undefined) found.push({ rule, kind: "cleared", severity: 3, at: next });
	}
	return found;
}

function windowed(series: readonly [number, number | null][], rule: Rule, name: string): Expected[] {
	const known = new Map(series);
	const found: Expected[] = [];
	let held = 0;
	for (const [at, value] of series) {
		if (value === null) continue;
		let tenths = 0;
		let samples = 0;
		for (let h = 0; h < rule.hours; h++) {
			const one = known.get(at - h * HOUR);
			if (one === null || one === undefined) continue;
			tenths += Math.round(one * 10);
			samples += 1;
		}
		const figure = rule.op === "sum" ? tenths / 10 : Math.round((tenths / 10 / samples) * 1000) / 1000;
		const complete = samples >= rule.hours * 0.75;
		let reached = 0;
		for (const [severity, threshold] of rule.levels) {
			const isHeld = severity <= held;
			if (isHeld ? figure > threshold - rule.deadband : figure >= threshold) reached = severity;
		}
		// A window with holes may raise, never lower.
		if (reached === held || (reached < held && !complete)) continue;
		const kind = held === 0 ? "raised" : reached > held ? "rose" : reached === 0 ? "cleared" : "fell";
		found.push({ rule: name, kind, severity: reached === 0 ? held : reached, at });
		held = reached;
	}
	return found;
}
