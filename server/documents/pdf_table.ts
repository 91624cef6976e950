// Facts and tables of a PDF: the whole width of the type area, thin lines, the head again on every page (GB/T 9704-2012, 8).
import type { Block } from "#model/document.ts";
import { LAYOUT } from "./layout.ts";
import type { Pen, Style } from "./pdf_page.ts";
import type { Line } from "./typeset.ts";

type TableBlock = Extract<Block, { readonly type: "facts" | "table" }>;

const FACTS_WIDTHS = [22, 78];
const PAD = 5;
const EDGE = 0.5;
const CELL: Style = { size: LAYOUT.tablePt, linePt: 18, weight: "regular", side: "left" };
const HEAD: Style = { ...CELL, weight: "bold", side: "centre" };
const LABEL: Style = { ...CELL, weight: "bold" };
const AFTER = 10;

interface Cell {
	readonly lines: readonly Line[];
	readonly style: Style;
}

export function drawTable(pen: Pen, block: TableBlock): void {
	const shares = block.type === "facts" ? FACTS_WIDTHS : block.widths;
	const sum = shares.reduce((total, share) => total + share, 0);
	const widths = shares.map((share) => (LAYOUT.widthPt * share) / sum);
	const cells = (values: readonly string[], styleOf: (n: number) => Style): Cell[] =>
		values.map((value, n) => ({
			style: styleOf(n),
			lines: pen.lines(value, styleOf(n), (widths[n] ?? 0) - 2 * PAD),
		}));
	pen.y += AFTER / 2;
	if (block.type === "facts") {
		for (const row of block.rows)
			drawRow(
				pen,
				cells(row, (n) => (n === 0 ? LABEL : CELL)),
				widths,
				null,
			);
		pen.y += AFTER;
		return;
	}
	const head = block.head.some((name) => name !== "") ? cells(block.head, () => HEAD) : null;
	if (block.caption !== null) {
		pen.need(3 * CELL.linePt + heightOf(head ?? []));
		pen.write(block.caption, { ...HEAD, linePt: 22 });
	}
	if (head !== null) drawRow(pen, head, widths, null);
	const isFigure = (n: number): boolean => block.figures?.includes(n) === true;
	const styleOf = (n: number): Style => (isFigure(n) ? { ...CELL, side: "right" } : CELL);
	for (const row of block.rows) drawRow(pen, cells(row, styleOf), widths, head);
	pen.y += AFTER;
}

/** A row is never parted; `head` stands again where a page begins. */
function drawRow(pen: Pen, cells: readonly Cell[], widths: readonly number[], head: readonly Cell[] | null): void {
	const height = heightOf(cells);
	if (pen.need(height) && head !== null) drawRow(pen, head, widths, null);
	const right = pen.left + LAYOUT.widthPt;
	pen.rule(pen.left, pen.y, right, pen.y, EDGE);
	let x = pen.left;
	for (const [n, { lines, style }] of cells.entries()) {
		const width = widths[n] ?? 0;
		const above = (height - lines.length * style.linePt) / 2;
		for (const [row, line] of lines.entries())
			pen.drawLine(line, style, x + PAD, width - 2 * PAD, pen.y + above + row * style.linePt);
		pen.rule(x, pen.y, x, pen.y + height, EDGE);
		x += width;
	}
	pen.rule(right, pen.y, right, pen.y + height, EDGE);
	pen.y += height;
	pen.rule(pen.left, pen.y, right, pen.y, EDGE);
}

function heightOf(cells: readonly Cell[]): number {
	return Math.max(0, ...cells.map(({ lines, style }) => lines.length * style.linePt)) + PAD;
}
