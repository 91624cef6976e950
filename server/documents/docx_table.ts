// Facts and tables of a DOCX: the whole width of the type area, thin lines, the head repeated on every page (GB/T 9704-2012, 8).
import {
	AlignmentType,
	BorderStyle,
	type FileChild,
	LineRuleType,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	VerticalAlignTable,
	WidthType,
} from "docx";
import type { Block } from "#model/document.ts";
import { type Face, run, twips } from "./docx_words.ts";
import { LAYOUT } from "./layout.ts";

type TableBlock = Extract<Block, { readonly type: "facts" | "table" }>;

const FACTS_WIDTHS = [22, 78];
const EDGE = { style: BorderStyle.SINGLE, size: 4, color: "000000" } as const;
const ROW = { line: twips(19), lineRule: LineRuleType.EXACT } as const;

export function tableOf(block: TableBlock): FileChild[] {
	const widths = columnWidths(block.type === "facts" ? FACTS_WIDTHS : block.widths);
	const rows: TableRow[] = [];
	if (block.type === "facts")
		for (const [label, value] of block.rows)
			rows.push(row([cell(label, "hei", widths[0], "left"), cell(value, "fangsong", widths[1], "left")], false));
	else {
		if (block.head.some((name) => name !== ""))
			rows.push(
				row(
					block.head.map((name, n) => cell(name, "hei", widths[n], "centre")),
					true,
				),
			);
		const isFigure = (n: number): boolean => block.figures?.includes(n) === true;
		for (const values of block.rows)
			rows.push(
				row(
					values.map((value, n) => cell(value, "fangsong", widths[n], isFigure(n) ? "right" : "left")),
					false,
				),
			);
	}
	const caption = block.type === "table" && block.caption !== null ? [captionOf(block.caption)] : [];
	const borders = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE };
	const table = new Table({
		rows,
		columnWidths: widths,
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		layout: TableLayoutType.FIXED,
		borders,
	});
	// A table at the very end of a section needs a paragraph after it; between blocks it keeps them apart.
	return [...caption, table, new Paragraph({ spacing: { line: twips(10), lineRule: LineRuleType.EXACT } })];
}

function columnWidths(shares: readonly number[]): number[] {
	const sum = shares.reduce((total, share) => total + share, 0);
	return shares.map((share) => Math.floor((twips(LAYOUT.widthPt) * share) / sum));
}

function captionOf(words: string): Paragraph {
	return new Paragraph({
		alignment: AlignmentType.CENTER,
		keepNext: true,
		spacing: { line: twips(24), lineRule: LineRuleType.EXACT },
		children: [run(words, "hei", LAYOUT.tablePt)],
	});
}

function row(children: TableCell[], tableHeader: boolean): TableRow {
	return new TableRow({ children, tableHeader, cantSplit: true });
}

function cell(words: string, face: Face, width: number | undefined, side: "left" | "centre" | "right"): TableCell {
	const alignment = { left: AlignmentType.LEFT, centre: AlignmentType.CENTER, right: AlignmentType.RIGHT }[side];
	const margins = { top: 40, bottom: 40, left: 100, right: 100 };
	return new TableCell({
		width: { size: width ?? 0, type: WidthType.DXA },
		margins,
		verticalAlign: VerticalAlignTable.CENTER,
		children: words
			.split("\n")
			.map((line) => new Paragraph({ alignment, spacing: ROW, children: [run(line, face, LAYOUT.tablePt)] })),
	});
}
