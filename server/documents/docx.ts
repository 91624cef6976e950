// An official document as DOCX in the layout of GB/T 9704-2012 (党政机关公文格式). Pure but for the library: document in, bytes out.
// Called by worker.ts. The named faces are those the standard's offices have; a machine without them takes the next of FACES.
import {
	AlignmentType,
	BorderStyle,
	convertMillimetersToTwip,
	Document,
	type FileChild,
	Footer,
	Header,
	LineRuleType,
	Packer,
	PageNumber,
	Paragraph,
	TextRun,
} from "docx";
import { dateText, type OfficialDocument } from "#model/document.ts";
import { tableOf } from "./docx_table.ts";
import { type Face, fontTable, run, twips } from "./docx_words.ts";
import { FACES, LAYOUT, signatureIndents } from "./layout.ts";

const RED = "C00000";
const LINE = { line: twips(LAYOUT.linePt), lineRule: LineRuleType.EXACT } as const;

/** The file's bytes. */
export async function toDocx(document: OfficialDocument): Promise<Buffer> {
	const { marginsMm: margins } = LAYOUT;
	const file = new Document({
		title: document.title,
		creator: document.signatures[0] ?? document.mark,
		// 7.5: the page number stands outside, so odd and even pages differ.
		evenAndOddHeaderAndFooters: true,
		styles: {
			default: {
				document: {
					run: { font: fonts("fangsong"), size: LAYOUT.bodyPt * 2, language: { value: "en-US", eastAsia: "zh-CN" } },
					paragraph: { spacing: { ...LINE, before: 0, after: 0 } },
				},
			},
		},
		sections: [
			{
				properties: {
					page: {
						// 5.1: A4.
						size: {
							width: convertMillimetersToTwip(LAYOUT.pageMm[0]),
							height: convertMillimetersToTwip(LAYOUT.pageMm[1]),
						},
						// 5.2.1: 天头 37, 订口 28, 版心 156 x 225.
						margin: {
							top: convertMillimetersToTwip(margins.top),
							left: convertMillimetersToTwip(margins.left),
							bottom: convertMillimetersToTwip(margins.bottom),
							right: convertMillimetersToTwip(margins.right),
							header: convertMillimetersToTwip(20),
							// 7.5: the dash of the page number 7 mm below the type area.
							footer: convertMillimetersToTwip(24.8),
						},
					},
					// 5.2.3: 22 lines a page by their exact height; the 28 characters are each run's own spacing (docx_words.ts).
					grid: { linePitch: twips(LAYOUT.linePt) },
				},
				headers: { default: header(document), even: header(document) },
				footers: { default: footer("odd"), even: footer("even") },
				children: [...head(document), ...body(document), ...tail(document)],
			},
		],
	});
	return Packer.toBuffer(file, undefined, [{ path: "word/fontTable.xml", data: fontTable() }]);
}

function fonts(face: Face): { ascii: string; hAnsi: string; eastAsia: string; cs: string } {
	const [eastAsia] = FACES[face];
	return { ascii: FACES.latin[0], hAnsi: FACES.latin[0], cs: FACES.latin[0], eastAsia };
}

function header({ warning }: OfficialDocument): Header {
	const children = warning === null ? [] : [run(warning, "hei", 10.5, { color: RED })];
	return new Header({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children })] });
}

/** 7.5: 4号半角宋体, a dash on both sides; odd pages at the right with one character's space, even ones at the left. */
function footer(page: "odd" | "even"): Footer {
	const space = twips(LAYOUT.pageNumberPt);
	return new Footer({
		children: [
			new Paragraph({
				alignment: page === "odd" ? AlignmentType.RIGHT : AlignmentType.LEFT,
				indent: page === "odd" ? { right: space } : { left: space },
				children: [
					new TextRun({
						font: { ascii: FACES.song[0], hAnsi: FACES.song[0], eastAsia: FACES.song[0] },
						size: LAYOUT.pageNumberPt * 2,
						children: ["— ", PageNumber.CURRENT, " —"],
					}),
				],
			}),
		],
	});
}

/** 7.2: urgency, the issuer's mark, the number, the red line; 7.3.1 and 7.3.2: the title and whom it goes to. */
function head({ mark, number, urgency, title, to }: OfficialDocument): Paragraph[] {
	const lines: Paragraph[] = [];
	if (urgency !== null) lines.push(new Paragraph({ children: [run(urgency, "hei", LAYOUT.bodyPt)] }));
	const above = convertMillimetersToTwip(LAYOUT.markBelowTopMm) - (urgency === null ? 0 : LINE.line);
	const markPt = Math.min(LAYOUT.markPt, Math.floor(LAYOUT.widthPt / Math.max(1, mark.length)));
	lines.push(
		new Paragraph({
			alignment: AlignmentType.CENTER,
			spacing: { line: twips(markPt * 1.3), lineRule: LineRuleType.EXACT, before: above },
			children: [run(mark, "biaosong", markPt, { color: RED })],
		}),
		new Paragraph({}),
		new Paragraph({}),
		new Paragraph({
			alignment: AlignmentType.CENTER,
			// 7.2.7: the line 4 mm below the number, as wide as the type area.
			border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 11 } },
			children: [run(number ?? "", "fangsong", LAYOUT.bodyPt)],
		}),
		new Paragraph({}),
		new Paragraph({}),
		new Paragraph({
			alignment: AlignmentType.CENTER,
			spacing: { line: twips(LAYOUT.titleLinePt), lineRule: LineRuleType.EXACT },
			children: [run(title, "biaosong", LAYOUT.titlePt)],
		}),
		new Paragraph({}),
	);
	if (to !== null) lines.push(new Paragraph({ children: [run(`${to}：`, "fangsong", LAYOUT.bodyPt)] }));
	return lines;
}

function body({ blocks }: OfficialDocument): FileChild[] {
	// 7.3.3: a paragraph begins two characters in.
	const indent = { firstLineChars: 200, firstLine: twips(2 * LAYOUT.charPt) };
	return blocks.flatMap((block): FileChild[] => {
		if (block.type === "facts" || block.type === "table") return tableOf(block);
		if (block.type === "note")
			return [
				new Paragraph({
					spacing: { line: twips(18), lineRule: LineRuleType.EXACT },
					children: [run(block.text, "fangsong", LAYOUT.notePt)],
				}),
			];
		// 7.3.3: first layer 黑体, second 楷体, the rest 仿宋.
		const face = block.type === "text" ? "fangsong" : block.level === 1 ? "hei" : "kai";
		return [
			new Paragraph({
				indent,
				keepNext: block.type === "heading",
				alignment: AlignmentType.BOTH,
				autoSpaceEastAsianText: false,
				children: [run(block.text, face, LAYOUT.bodyPt)],
			}),
		];
	});
}

/** 7.3.5.2: signature and date without a seal; 7.4: who printed it, between two lines. */
function tail({ signatures, date, printed }: OfficialDocument): Paragraph[] {
	// Nobody signs at the end what people have signed in its body.
	if (signatures.length === 0 && printed === null) return [];
	const day = dateText(date);
	const indents = signatureIndents(signatures, day);
	const right = (words: string, space: number): Paragraph =>
		new Paragraph({
			alignment: AlignmentType.RIGHT,
			keepLines: true,
			keepNext: words !== day,
			indent: { right: twips(space * LAYOUT.charPt) },
			children: [run(words, "fangsong", LAYOUT.bodyPt)],
		});
	const lines = [
		new Paragraph({ keepNext: true }),
		...signatures.map((name, n) => right(name, indents.signatures[n] ?? 2)),
		right(day, indents.date),
	];
	if (printed === null) return lines;
	const edge = { style: BorderStyle.SINGLE, size: 8, color: "000000", space: 4 };
	lines.push(
		new Paragraph({}),
		new Paragraph({
			border: { top: edge, bottom: edge },
			// 7.4.3: 4号仿宋, one character's space at both ends.
			indent: { left: twips(LAYOUT.pageNumberPt), right: twips(LAYOUT.pageNumberPt) },
			tabStops: [{ type: "right", position: twips(LAYOUT.widthPt - LAYOUT.pageNumberPt) }],
			children: [run(`${printed.by}\t${dateText(printed.at)}印发`, "fangsong", LAYOUT.pageNumberPt)],
		}),
	);
	return lines;
}
