// The hourly file of measured data: "No,year,month,day,hour,...,PM_<station>...,HUMI,PRES,TEMP,...,precipitation,...", NA where missing.
// Hours are civil time (UTC+8). A broken line is an error that names it: nothing is guessed or left out.
import { type Problem, problem } from "#model/problem.ts";

export interface HourRow {
	/** Epoch ms of the hour. */
	readonly at: number;
	/** PM2.5 of each station, µg/m³, in the order of `stations`. */
	readonly pm25: readonly (number | null)[];
	/** % */
	readonly humidity: number | null;
	/** hPa */
	readonly pressure: number | null;
	/** °C */
	readonly temperature: number | null;
	/** mm in the hour */
	readonly rain: number | null;
}

export interface HourFile {
	readonly stations: readonly string[];
	readonly rows: readonly HourRow[];
}

const needed = ["year", "month", "day", "hour", "HUMI", "PRES", "TEMP", "precipitation"] as const;

/** @param year only this year's rows; null: all. */
export function parseHours(text: string, year: number | null): HourFile | Problem {
	const lines = text.split(/\r?\n/);
	const names = (lines[0] ?? "").split(",");
	const missing = needed.filter((name) => !names.includes(name));
	if (missing.length > 0) return problem("bad-file", `the first line lacks ${missing.join(", ")}`, "line 1");
	const place = (name: string): number => names.indexOf(name);
	const pmColumns = names.flatMap((name, i) => (name.startsWith("PM_") ? [i] : []));
	const rows: HourRow[] = [];
	for (let n = 1; n < lines.length; n++) {
		const line = lines[n] ?? "";
		if (line === "") continue;
		const cells = line.split(",");
		if (cells.length !== names.length)
			return problem("bad-file", `${cells.length} columns, the first line has ${names.length}`, `line ${n + 1}`);
		const number = (i: number): number => (cells[i] === "NA" || cells[i] === "" ? Number.NaN : Number(cells[i]));
		const optional = (i: number): number | null => (Number.isNaN(number(i)) ? null : number(i));
		if (
			cells.some(
				(cell, i) =>
					i !== place("cbwd") && cell !== "NA" && cell !== "" && !/^-?\d+(\.\d+)?$/.test(cell) && names[i] !== "cbwd",
			)
		) {
			return problem("bad-file", "a cell is neither a number nor NA", `line ${n + 1}`);
		}
		if (year !== null && number(place("year")) !== year) continue;
		const at =
			Date.UTC(number(place("year")), number(place("month")) - 1, number(place("day")), number(place("hour"))) -
			8 * 3_600_000;
		rows.push({
			at,
			pm25: pmColumns.map(optional),
			humidity: optional(place("HUMI")),
			pressure: optional(place("PRES")),
			temperature: optional(place("TEMP")),
			rain: optional(place("precipitation")),
		});
	}
	if (rows.length === 0) return problem("empty", year === null ? "no rows" : `no rows of ${year}`);
	return { stations: pmColumns.map((i) => (names[i] ?? "").slice(3)), rows };
}
