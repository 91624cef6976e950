// The pages of a PDF as a pen that writes downwards: lines of text, boxes, the page's own marks (number, warning). Used by pdf.ts and
// pdf_table.ts; it knows the layout of the page and nothing of what is written.
import { LAYOUT, PT_PER_MM } from "./layout.ts";
import type { DocumentFonts, Weight } from "./pdf_fonts.ts";
import { breakLines, type Line } from "./typeset.ts";

export const RED = "#c00000";
const BLACK = "#000000";
/** Of the em, from the top of a line's box to the middle of a Chinese character above its baseline. */
const BASELINE_SHARE = 0.36;

export interface Style {
	readonly size: number;
	readonly linePt: number;
	readonly weight: Weight;
	readonly side: "left" | "centre" | "right" | "both";
	readonly colour?: string;
	/** Points before the first line's first character. */
	readonly indent?: number;
	/** Points kept free at the right. */
	readonly right?: number;
}

export class Pen {
	readonly pdf: PDFKit.PDFDocument;
	/** Points from the page's top edge. */
	y = 0;
	private readonly fonts: DocumentFonts;
	private readonly warning: string | null;
	private readonly widths = new Map<string, number>();
	private pages = 0;

	constructor(pdf: PDFKit.PDFDocument, fonts: DocumentFonts, warning: string | null) {
		this.pdf = pdf;
		this.fonts = fonts;
		this.warning = warning;
		for (const { name, font } of fonts.parts) pdf.registerFont(name, font);
		this.page();
	}

	get left(): number {
		return LAYOUT.marginsMm.left * PT_PER_MM;
	}

	get bottom(): number {
		return LAYOUT.marginsMm.top * PT_PER_MM + LAYOUT.heightPt;
	}

	/** A new page begins when `height` more points do not fit on this one. @returns whether it did. */
	need(height: number): boolean {
		if (this.y + height <= this.bottom + 0.5) return false;
		this.page();
		return true;
	}

	/** Lines of `words` in a column of the page, without drawing them. */
	lines(words: string, style: Style, width: number = LAYOUT.widthPt): Line[] {
		return breakLines(words, width - (style.right ?? 0), this.widthAt(style), style.indent ?? 0);
	}

	/** Writes over as many pages as it takes; two lines of a paragraph stay together at least. */
	write(words: string, style: Style): void {
		const lines = this.lines(words, style);
		if (lines.length > 1) this.need(2 * style.linePt);
		for (const line of lines) {
			this.need(style.linePt);
			this.drawLine(line, style, this.left, LAYOUT.widthPt);
			this.y += style.linePt;
		}
	}

	/** Draws one line into the column that begins at `x`; its box begins at `y`. */
	drawLine(line: Line, style: Style, x: number, width: number, y: number = this.y): void {
		const { pdf } = this;
		const characters = [...line.text].length;
		const free = width - (style.right ?? 0) - line.indent - line.width;
		const stretch = style.side === "both" && !line.last && characters > 1 ? free / (characters - 1) : 0;
		const before = style.side === "right" ? free : style.side === "centre" ? free / 2 : 0;
		const baseline = y + style.linePt / 2 + style.size * BASELINE_SHARE;
		const closer = this.closer(style);
		let at = x + line.indent + before;
		pdf.fillColor(style.colour ?? BLACK);
		for (const { font, text } of this.fonts.runs(line.text, style.weight)) {
			const characterSpacing = closer + stretch;
			pdf
				.font(font)
				.fontSize(style.size)
				.text(text, at, baseline, { lineBreak: false, characterSpacing, baseline: "alphabetic" });
			for (const character of text) at += this.glyph(character, style) + characterSpacing;
		}
	}

	rule(x1: number, y1: number, x2: number, y2: number, points: number, colour: string = BLACK): void {
		this.pdf.moveTo(x1, y1).lineTo(x2, y2).lineWidth(points).strokeColor(colour).stroke();
	}

	private widthAt(style: Style): (character: string) => number {
		const closer = this.closer(style);
		return (character) => this.glyph(character, style) + closer;
	}

	/** 5.2.3: 28 characters of 3号 are 2 mm wider than the line. */
	private closer(style: Style): number {
		return style.size === LAYOUT.bodyPt ? LAYOUT.charPt - LAYOUT.bodyPt : 0;
	}

	/** Points of a character at the style's size. */
	private glyph(character: string, { weight, size }: Style): number {
		const key = `${weight}${character}`;
		let share = this.widths.get(key);
		if (share === undefined) {
			const [run] = this.fonts.runs(character, weight);
			share = run === undefined ? 0 : this.pdf.font(run.font).fontSize(1_000).widthOfString(run.text) / 1_000;
			this.widths.set(key, share);
		}
		return share * size;
	}

	private page(): void {
		this.pdf.addPage({ size: "A4", margin: 0 });
		this.pages += 1;
		this.y = LAYOUT.marginsMm.top * PT_PER_MM;
		this.marks();
	}

	/** 7.5: 4号, a dash on both sides, its line 7 mm below the type area; odd pages at the right, even ones at the left. */
	private marks(): void {
		const size = LAYOUT.pageNumberPt;
		const side = this.pages % 2 === 1 ? ("right" as const) : ("left" as const);
		const style: Style = { size, linePt: size * 1.4, weight: "regular", side, right: side === "right" ? size : 0 };
		const words = `— ${this.pages} —`;
		const y = this.bottom + LAYOUT.pageNumberBelowMm * PT_PER_MM - style.linePt / 2;
		const inset = side === "left" ? size : 0;
		for (const line of this.lines(words, style))
			this.drawLine(line, style, this.left + inset, LAYOUT.widthPt - inset, y);
		if (this.warning === null) return;
		const small: Style = { size: LAYOUT.notePt, linePt: 14, weight: "bold", side: "right", colour: RED };
		for (const line of this.lines(this.warning, small))
			this.drawLine(line, small, this.left, LAYOUT.widthPt, 20 * PT_PER_MM);
	}
}
