// `npm run feed -- FILE.csv --year 2010`: measured hours through the real doors, and the alarms against an independent calculation.
// Exit 0 only when everything sent is stored and in history and every alarm is exactly the expected one.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { isProblem } from "#model/problem.ts";
import { checkAlarms } from "./feed/check.ts";
import { parseHours } from "./feed/csv.ts";
import { feed } from "./feed/run.ts";

const usage = "npm run feed -- FILE.csv [--year 2010]";

async function main(): Promise<number> {
	const { positionals, values } = parseArgs({ allowPositionals: true, options: { year: { type: "string" } } });
	const path = positionals[0];
	if (path === undefined || (values.year !== undefined && !/^\d{4}$/.test(values.year))) {
		console.error(usage);
		return 2;
	}
	const file = parseHours(await readFile(path, "utf8"), values.year === undefined ? null : Number(values.year));
	if (isProblem(file)) {
		console.error(`${path}, ${file.where ?? ""}: ${file.detail}`);
		return 2;
	}
	const result = await feed(file, (line) => console.log(line));
	console.log(
		`sent ${result.sent}, accepted ${result.accepted}, stored ${result.stored}, in history ${result.inHistory}, differing ${result.differing}; ${result.seconds.toFixed(1)} s`,
	);
	console.log(`became stale: ${JSON.stringify(result.staleTimes)}`);
	const check = checkAlarms(file, result.transitions);
	for (const line of check.lines) console.log(line);
	console.log(
		`alarm changes: ${check.expected} expected, ${check.found} found, ${check.missing.length} missing, ${check.surplus.length} surplus`,
	);
	for (const line of [
		...check.missing.map((one) => `missing ${one}`),
		...check.surplus.map((one) => `surplus ${one}`),
	].slice(0, 20))
		console.log(line);
	const counts =
		result.sent === result.accepted &&
		result.sent === result.stored &&
		result.sent === result.inHistory &&
		result.differing === 0;
	return counts && check.missing.length === 0 && check.surplus.length === 0 ? 0 : 1;
}

process.exitCode = await main();
