// CSV as Chinese spreadsheet programs write and read it: UTF-8 with a byte order mark, or GB 18030; RFC 4180 quoting; and nothing
// that a spreadsheet would take for a formula. Pure; used by the routes that take or give tables.
import { type Problem, problem } from "#model/problem.ts";
import { guardCell, unguardCell } from "../sheets/write_sheets.ts";

export function csvOf(rows: readonly (readonly string[])[]): string {
	const lines = rows.map((row) => row.map(cellOf).join(","));
	return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function cellOf(text: string): string {
	const safe = guardCell(text);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of trimmed cells. @returns Problem when the bytes are no text of either encoding. */
export function readCsv(bytes: Uint8Array): string[][] | Problem {
	const text = decode(bytes);
	if (text === null || text.includes("\0"))
		return problem("not-a-sheet", "the file is neither XLSX nor CSV in UTF-8 or GB 18030");
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = "";
	let quoted = false;
	const endCell = (): void => {
		row.push(unguardCell(cell.trim()));
		cell = "";
	};
	for (let i = 0; i < text.length; i++) {
		const sign = text.charAt(i);
		if (quoted) {
			if (sign !== '"') cell += sign;
			else if (text.charAt(i + 1) === '"') {
				cell += '"';
				i += 1;
			} else quoted = false;
		} else if (sign === '"' && cell === "") quoted = true;
		else if (sign === "," || sign === "\t") endCell();
		else if (sign === "\n") {
			endCell();
			rows.push(row);
			row = [];
		} else if (sign !== "\r") cell += sign;
	}
	if (cell !== "" || row.length > 0) {
		endCell();
		rows.push(row);
	}
	return rows;
}

function decode(bytes: Uint8Array): string | null {
	for (const encoding of ["utf-8", "gb18030"]) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes);
		} catch (error) {
			if (!(error instanceof TypeError)) throw error;
		}
	}
	return null;
}
