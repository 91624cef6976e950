// Sheets that people take away, as XLSX (ECMA-376 part 1: SpreadsheetML): every cell is a text of its own (inlineStr), so nothing in
// it can be a formula here; what would become one when pasted or saved as CSV gets an apostrophe. Parts are stored, not packed.
import { crc32 } from "node:zlib";

export interface SheetOut {
	readonly name: string;
	/** The first row is the heading. */
	readonly rows: readonly (readonly string[])[];
	/** Characters, per column. */
	readonly widths: readonly number[];
}

/** Starts that a spreadsheet takes for a formula or a command, full-width ones too. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;
const GUARDED = /^'(?=[=+\-@\t\r＝＋－＠])/;

/** `=1+1` -> `'=1+1`. A telephone number with its + too: it is text. */
export function guardCell(text: string): string {
	return FORMULA_START.test(text) ? `'${text}` : text;
}

/** Takes off what guardCell put on, so that what was taken away can be handed in again. */
export function unguardCell(text: string): string {
	return text.replace(GUARDED, "");
}

const NAMESPACE = "http://schemas.openxmlformats.org";
const MAIN = `${NAMESPACE}/spreadsheetml/2006/main`;
const REL = `${NAMESPACE}/officeDocument/2006/relationships`;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export function writeSheets(sheets: readonly SheetOut[]): Buffer {
	const types = sheets.map(
		(_, n) =>
			`<Override PartName="/xl/worksheets/sheet${n + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
	);
	const listed = sheets.map(({ name }, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`);
	const links = sheets.map(
		(_, n) => `<Relationship Id="rId${n + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
	);
	const parts: [string, string][] = [
		[
			"[Content_Types].xml",
			`<Types xmlns="${NAMESPACE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${types.join("")}</Types>`,
		],
		[
			"_rels/.rels",
			`<Relationships xmlns="${NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		],
		["xl/workbook.xml", `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${listed.join("")}</sheets></workbook>`],
		[
			"xl/_rels/workbook.xml.rels",
			`<Relationships xmlns="${NAMESPACE}/package/2006/relationships">${links.join("")}<Relationship Id="rId${sheets.length + 1}" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
		],
		["xl/styles.xml", STYLES],
		...sheets.map((sheet, n): [string, string] => [`xl/worksheets/sheet${n + 1}.xml`, sheetXml(sheet)]),
	];
	return zipOf(parts.map(([name, text]) => [name, Buffer.from(HEAD + text, "utf8")]));
}

/** Style 0: plain text (format 49, so that a number typed in keeps its zeros); 1: the heading. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

function sheetXml({ rows, widths }: SheetOut): string {
	const columns = widths.map(
		(width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" style="0" customWidth="1"/>`,
	);
	const lines = rows.map((row, r) => {
		const cells = row.map((text, c) => {
			if (text === "") return "";
			const style = r === 0 ? 1 : 0;
			return `<c r="${columnName(c)}${r + 1}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(guardCell(text))}</t></is></c>`;
		});
		return `<row r="${r + 1}">${cells.join("")}</row>`;
	});
	return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

/** 0 -> A, 25 -> Z, 26 -> AA. */
export function columnName(index: number): string {
	const last = String.fromCharCode(65 + (index % 26));
	return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

function escaped(text: string): string {
	return (
		text
			// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no sign for them; a cell with one would not open.
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
			.replaceAll("&", "&amp;")
			.replaceAll("<", "&lt;")
			.replaceAll(">", "&gt;")
			.replaceAll('"', "&quot;")
	);
}

/** PKWARE APPNOTE 6.3.10: local headers with their bodies, the central directory, the end. Names are UTF-8 (flag bit 11). */
export function zipOf(parts: readonly (readonly [name: string, body: Buffer])[]): Buffer {
	const out: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [name, body] of parts) {
		const title = Buffer.from(name, "utf8");
		// Version 2.0, UTF-8 names, stored, 1980-01-01: the same content gives the same bytes.
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(0x0800, 2);
		common.writeUInt16LE(0x0021, 8);
		common.writeUInt32LE(crc32(body), 10);
		common.writeUInt32LE(body.length, 14);
		common.writeUInt32LE(body.length, 18);
		common.writeUInt16LE(title.length, 22);
		out.push(Buffer.from([0x50, 0x4b, 3, 4]), common, title, body);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, title);
		offset += 30 + title.length + body.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...out, list, end]);
}
