// An official document as PDF in the layout of GB/T 9704-2012 (党政机关公文格式), its face embedded: the same page on every machine.
// Document in, bytes out; called by worker.ts. Noto Serif SC stands for 小标宋, 仿宋, 黑体 and 楷体, told apart by weight.
import PDFDocument from "pdfkit";
import { type Block, dateText, type OfficialDocument, plainText } from "#model/document.ts";
import { LAYOUT, PT_PER_MM, signatureIndents } from "./layout.ts";
import { DocumentFonts } from "./pdf_fonts.ts";
import { Pen, RED, type Style } from "./pdf_page.ts";
import { drawTable } from "./pdf_table.ts";

const BODY: Style = { size: LAYOUT.bodyPt, linePt: LAYOUT.linePt, weight: "regular", side: "left" };
/** 7.3.3: a paragraph begins two characters in. */
const PARAGRAPH: Style = { ...BODY, side: "both", indent: 2 * LAYOUT.charPt };
const HEADING: Style = { ...BODY, weight: "bold", indent: 2 * LAYOUT.charPt };
const TITLE: Style = { size: LAYOUT.titlePt, linePt: LAYOUT.titleLinePt, weight: "bold", side: "centre" };
const NOTE: Style = { size: LAYOUT.notePt, linePt: 16, weight: "regular", side: "left" };
const PRINTED: Style = { size: LAYOUT.pageNumberPt, linePt: 24, weight: "regular", side: "left" };
/** What the pages add to the document's own words. */
const OWN_WORDS = "— 0123456789年月日印发：";

/** The file's bytes. The same document gives the same pages. */
export async function toPdf(document: OfficialDocument): Promise<Buffer> {
	const words = `${plainText(document)}${document.warning ?? ""}${document.printed?.by ?? ""}${OWN_WORDS}`;
	const fonts = await DocumentFonts.of({ regular: words, bold: words });
	const pdf = new PDFDocument({
		autoFirstPage: false,
		lang: "zh-CN",
		displayTitle: true,
		info: {
			Title: document.title,
			Author: document.signatures[0] ?? document.mark,
			CreationDate: new Date(document.date),
			ModDate: new Date(document.date),
		},
	});
	const chunks: Buffer[] = [];
	const ended = new Promise<Buffer>((resolve, reject) => {
		pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
		pdf.on("end", () => resolve(Buffer.concat(chunks)));
		pdf.on("error", reject);
	});
	const pen = new Pen(pdf, fonts, document.warning);
	drawHead(pen, document);
	for (const block of document.blocks) drawBlock(pen, block);
	drawTail(pen, document);
	pdf.end();
	return ended;
}

/** 7.2 and 7.3.1 to 7.3.2: urgency, mark, number, red line, title, whom it goes to. */
function drawHead(pen: Pen, { mark, number, urgency, title, to }: OfficialDocument): void {
	const top = pen.y;
	if (urgency !== null) pen.write(urgency, { ...BODY, weight: "bold" });
	pen.y = top + LAYOUT.markBelowTopMm * PT_PER_MM;
	const size = Math.min(LAYOUT.markPt, Math.floor(LAYOUT.widthPt / Math.max(1, mark.length)));
	pen.write(mark, { size, linePt: size * 1.3, weight: "bold", side: "centre", colour: RED });
	pen.y += 2 * LAYOUT.linePt;
	pen.write(number ?? "", { ...BODY, side: "centre" });
	pen.y += LAYOUT.redLineBelowMm * PT_PER_MM;
	pen.rule(pen.left, pen.y, pen.left + LAYOUT.widthPt, pen.y, 1.5, RED);
	pen.y += 2 * LAYOUT.linePt;
	pen.write(title, TITLE);
	pen.y += LAYOUT.linePt;
	if (to !== null) pen.write(`${to}：`, BODY);
}

function drawBlock(pen: Pen, block: Block): void {
	switch (block.type) {
		case "text":
			pen.write(block.text, PARAGRAPH);
			return;
		case "heading":
			// A heading does not stand alone at the foot of a page.
			pen.need(4 * LAYOUT.linePt);
			pen.write(block.text, block.level === 1 ? HEADING : { ...HEADING, weight: "regular" });
			return;
		case "note":
			pen.write(block.text, NOTE);
			return;
		case "facts":
		case "table":
			drawTable(pen, block);
	}
}

/** 7.3.5.2: signature and date without a seal; 7.4: who printed it and when, between two lines. */
function drawTail(pen: Pen, { signatures, date, printed }: OfficialDocument): void {
	// Nobody signs at the end what people have signed in its body.
	if (signatures.length === 0 && printed === null) return;
	const day = dateText(date);
	const indents = signatureIndents(signatures, day);
	const height = (signatures.length + 2) * LAYOUT.linePt;
	if (!pen.need(height)) pen.y += LAYOUT.linePt;
	const right = (words: string, space: number): void =>
		pen.write(words, { ...BODY, side: "right", right: space * LAYOUT.charPt });
	for (const [n, name] of signatures.entries()) right(name, indents.signatures[n] ?? 2);
	right(day, indents.date);
	if (printed === null) return;
	pen.need(PRINTED.linePt);
	// 7.4: at the foot of the last page.
	pen.y = pen.bottom - PRINTED.linePt;
	pen.rule(pen.left, pen.y, pen.left + LAYOUT.widthPt, pen.y, 1);
	const [by] = pen.lines(printed.by, PRINTED);
	const [when] = pen.lines(`${dateText(printed.at)}印发`, PRINTED);
	const inner = LAYOUT.widthPt - 2 * LAYOUT.pageNumberPt;
	if (by !== undefined) pen.drawLine(by, PRINTED, pen.left + LAYOUT.pageNumberPt, inner);
	if (when !== undefined) pen.drawLine(when, { ...PRINTED, side: "right" }, pen.left + LAYOUT.pageNumberPt, inner);
	pen.y += PRINTED.linePt;
	pen.rule(pen.left, pen.y, pen.left + LAYOUT.widthPt, pen.y, 1);
}
