// Reads one XLSX in a thread of its own and ends: a file that breaks the reader or eats its memory takes only this with it.
// Started by read_sheets.ts.
import { parentPort, workerData } from "node:worker_threads";
import readXlsx from "read-excel-file/universal";
import { problem } from "#model/problem.ts";
import { refuseZip, type ZipLimits } from "./zip_guard.ts";

const { bytes, limits, cells } = workerData as { bytes: Uint8Array; limits: ZipLimits; cells: number };

async function read(): Promise<unknown> {
	const zip = Buffer.from(bytes);
	const refusal = refuseZip(zip, limits);
	if (refusal !== null) return refusal;
	const copy = zip.buffer.slice(zip.byteOffset, zip.byteOffset + zip.byteLength) as ArrayBuffer;
	// Numbers stay the text that stands in the file: a telephone number is not arithmetic.
	const sheets = await readXlsx(copy, { parseNumber: (text) => text });
	const count = sheets.reduce((sum, { data }) => sum + data.reduce((cellsOf, row) => cellsOf + row.length, 0), 0);
	if (count > cells) return problem("too-large", `${count} cells; ${cells} at most`);
	return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
}

function cellText(cell: unknown): string {
	if (cell === null || cell === undefined) return "";
	if (cell instanceof Date) return cell.toISOString().slice(0, 10);
	return String(cell).trim();
}

read().then(
	(answer) => parentPort?.postMessage(answer),
	(fault: unknown) => {
		const why = fault instanceof Error ? fault.message : String(fault);
		parentPort?.postMessage(problem("not-a-sheet", `the file could not be read as XLSX: ${why}`));
	},
);
