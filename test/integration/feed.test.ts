// A generated month through the real doors: HJ 212 over TCP, rain over HTTP, the server's clock moved by the feed. Every reading is
// stored once and every alarm is exactly what the slow calculation over the file says. The same check judges a real year by hand.
import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { checkAlarms } from "../../server/tools/feed/check.ts";
import { type HourFile, parseHours } from "../../server/tools/feed/csv.ts";
import { feed } from "../../server/tools/feed/run.ts";

/** Small and seeded; the month is the same on every machine. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 4_294_967_296;
	};
}

/** 30 days with three storms, showers, single missing hours, and gaps of many hours in either door. */
function month(): string {
	const next = random(20_100_821);
	const lines = ["No,year,month,day,hour,PM_A,PM_B,HUMI,PRES,TEMP,cbwd,precipitation"];
	for (let hour = 0; hour < 30 * 24; hour++) {
		const day = Math.floor(hour / 24);
		const storm = day === 5 ? 9 : day === 14 ? 22 : day === 22 ? 70 : 0;
		const isStorm = storm > 0 && hour % 24 > 8 && hour % 24 < 17;
		const rain = isStorm ? next() * storm : next() < 0.1 ? next() * 3 : 0;
		const rainGap = (day === 9 && hour % 24 > 2) || day === 15 || next() < 0.04;
		const airGap = (day === 18 && hour % 24 < 9) || next() < 0.03;
		const pm = (base: number): string =>
			airGap || next() < 0.05 ? "NA" : (base + 60 * Math.sin(day / 3) + 20 * next()).toFixed(0);
		const air = airGap
			? ["NA", "NA", "NA"]
			: [(40 + 50 * next()).toFixed(2), String(995 + Math.floor(20 * next())), String(Math.floor(30 * next() - 5))];
		const cells = [
			hour + 1,
			2011,
			7,
			day + 1,
			hour % 24,
			pm(70),
			pm(55),
			...air,
			"NE",
			rainGap ? "NA" : rain.toFixed(1),
		];
		lines.push(cells.join(","));
	}
	return `${lines.join("\n")}\n`;
}

function parsed(text: string): HourFile {
	const file = parseHours(text, 2011);
	if (isProblem(file)) throw new Error(`${file.where}: ${file.detail}`);
	return file;
}

test("J1 a month of hours: counts in = stored = in history; alarms exactly as calculated; gaps clear nothing", async () => {
	const file = parsed(month());
	const result = await feed(file, () => undefined);
	expect(result.sent).toBeGreaterThan(3000);
	expect({
		accepted: result.accepted,
		stored: result.stored,
		inHistory: result.inHistory,
		differing: result.differing,
	}).toEqual({
		accepted: result.sent,
		stored: result.sent,
		inHistory: result.sent,
		differing: 0,
	});
	const check = checkAlarms(file, result.transitions);
	expect([check.missing, check.surplus]).toEqual([[], []]);
	const kinds = new Set(result.transitions.map((one) => `${one.alarm.rule} ${one.kind}`));
	for (const wanted of [
		"rain-3h raised",
		"rain-3h rose",
		"rain-3h cleared",
		"rain-12h cleared",
		"pm25-day raised",
		"pm25-day cleared",
		"door-silent raised",
		"door-silent cleared",
	]) {
		expect(kinds).toContain(wanted);
	}
	expect(result.staleTimes.rainHour).toBeGreaterThan(0);
	expect(result.staleTimes.pm25).toBeGreaterThan(0);
	// The check itself must notice: one transition less, one level other.
	const [first, ...rest] = result.transitions;
	expect(checkAlarms(file, rest).missing).toHaveLength(1);
	if (first === undefined) throw new Error("no transitions");
	const other = {
		...first,
		alarm: { ...first.alarm, severity: first.alarm.severity === 1 ? (2 as const) : (1 as const) },
	};
	expect(checkAlarms(file, [other, ...rest])).toMatchObject({
		missing: [expect.any(String)],
		surplus: [expect.any(String)],
	});
}, 120_000);

test("a broken file names its line", () => {
	const lines = month().split("\n");
	expect(parseHours(lines.toSpliced(10, 1, `${lines[10]},1`).join("\n"), null)).toMatchObject({
		problem: "bad-file",
		where: "line 11",
	});
	expect(parseHours(lines.toSpliced(10, 1, (lines[10] ?? "").replace("2011", "20x1")).join("\n"), null)).toMatchObject({
		where: "line 11",
	});
	expect(parseHours("a,b,c\n1,2,3\n", null)).toMatchObject({ where: "line 1" });
	expect(parseHours(month(), 1999)).toMatchObject({ problem: "empty" });
});
