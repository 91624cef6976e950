// npm run bench: measures every row with its baselines, one row at a time, prints one table and writes docs/bench.json.
// --rows a,b only these; --quick tiny sizes, to see that it runs; --out FILE another file. Exit 1 when a row could not be
// measured or no row was named so; a missed target is a result, not an error.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killAll, pinSelf, ROOT } from "./live/processes.ts";
import { removeFolders } from "./live/stage.ts";
import { loadNow, machineFacts, versions } from "./machine.ts";
import type { Report } from "./row.ts";
import { completed } from "./row.ts";
import { ROWS } from "./rows.ts";
import { summaryOf, tableOf } from "./table.ts";

const { values } = parseArgs({
	options: {
		rows: { type: "string" },
		quick: { type: "boolean", default: false },
		out: { type: "string", default: join(ROOT, "docs", "bench.json") },
	},
});
const wanted = values.rows?.split(",") ?? ROWS.map(({ name }) => name);
const unknown = wanted.filter((name) => !ROWS.some((row) => row.name === name));
if (unknown.length > 0) {
	process.stderr.write(`no row ${unknown.join(", ")}; there are ${ROWS.map(({ name }) => name).join(", ")}\n`);
	process.exit(1);
}
/** A row that hangs must not keep the others from being measured; the longest one watches a wall for ten minutes. */
const ROW_LIMIT_MS = 16 * 60_000;

function withinLimit<T>(work: Promise<T>): Promise<T> {
	return new Promise((done, reject) => {
		const late = setTimeout(() => reject(new Error(`not done within ${ROW_LIMIT_MS / 60_000} min`)), ROW_LIMIT_MS);
		work.then(done, reject).finally(() => clearTimeout(late));
	});
}

pinSelf();
const startedAt = performance.now();
const load = [loadNow()];
const rows: Report["rows"] = [];
const failed: Report["failed"] = [];
for (const { name, run } of ROWS) {
	if (!wanted.includes(name)) continue;
	load.push(loadNow());
	process.stderr.write(`${name} ... `);
	const began = performance.now();
	try {
		rows.push(...(await withinLimit(run({ quick: values.quick }))).map(completed));
		process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s\n`);
	} catch (error) {
		const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
		process.stderr.write(`failed: ${why}\n`);
		failed.push({ row: name, why: why.split("\n")[0] ?? why });
	}
	await killAll();
}
await removeFolders();
const report: Report = {
	date: new Date().toISOString(),
	machine: { ...machineFacts(), load },
	versions: versions(),
	quick: values.quick,
	seconds: Math.round((performance.now() - startedAt) / 100) / 10,
	rows,
	failed,
};
await writeFile(values.out, `${JSON.stringify(report, null, "\t")}\n`);
process.stdout.write(`${tableOf(rows)}\n\n${summaryOf(report)}\nwritten to ${values.out}\n`);
process.exit(failed.length > 0 ? 1 : 0);
