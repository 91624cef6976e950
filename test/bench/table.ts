// The bench's table for people: one line a row, baselines and targets below it. Pure: rows in, text out.
import type { Report, Row } from "./row.ts";

export function tableOf(rows: readonly Row[]): string {
	const cells = rows.map((row) => [
		row.row,
		`${figure(row.figure)} ${row.unit}`,
		row.baselines.map((one) => `${one.name} ${figure(one.figure)}`).join("; ") || "-",
		row.ratio === null ? "-" : `${figure(row.ratio)}x`,
		row.met === null ? "-" : row.met ? "met" : "MISSED",
	]);
	const head = ["row", "figure", "baselines in the same run", "ratio", "target"];
	const widths = head.map((word, column) => Math.max(word.length, ...cells.map((line) => line[column]?.length ?? 0)));
	const line = (parts: readonly string[]): string =>
		parts
			.map((part, column) => part.padEnd(widths[column] ?? 0))
			.join(" | ")
			.trimEnd();
	const out = [line(head), widths.map((width) => "-".repeat(width)).join("-|-")];
	for (const [index, row] of rows.entries()) {
		out.push(line(cells[index] ?? []));
		if (row.work !== "") out.push(`    ${row.work}`);
		for (const target of row.targets) out.push(`    ${target.met ? "met   " : "MISSED"} ${target.text}`);
	}
	return out.join("\n");
}

/** Four digits that matter. */
export function figure(value: number): string {
	if (!Number.isFinite(value)) return String(value);
	if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en-US");
	return String(Number(value.toPrecision(4)));
}

export function summaryOf({ rows, failed, machine, seconds }: Report): string {
	const aimed = rows.filter(({ met }) => met !== null);
	const missed = aimed.filter(({ met }) => met === false);
	const busy = Math.max(...machine.load) > machine.cores;
	return [
		`${rows.length} rows in ${Math.round(seconds)} s; of ${aimed.length} with a target ${aimed.length - missed.length} met, ${missed.length} missed${missed.length === 0 ? "" : `: ${[...new Set(missed.map(({ row }) => row))].join(", ")}`}`,
		...failed.map(({ row, why }) => `not measured: ${row}: ${why}`),
		`load average ${machine.load.join(", ")} on ${machine.cores} cores${busy ? ": NOISY, others were at work; compare within this table only" : ""}`,
	].join("\n");
}
