// Runs and faces of a DOCX: sizes in points outside, in the format's own units inside. Used by docx.ts and docx_table.ts.
import { TextRun } from "docx";
import { FACES, LAYOUT } from "./layout.ts";

export type Face = Exclude<keyof typeof FACES, "latin">;

/** Twentieths of a point, whole. */
export function twips(points: number): number {
	return Math.round(points * 20);
}

const CLOSER = Math.floor((LAYOUT.charPt - LAYOUT.bodyPt) * 20);

export function run(words: string, face: Face, points: number, more: { readonly color?: string } = {}): TextRun {
	const [latin] = FACES.latin;
	const [eastAsia] = FACES[face];
	// 5.2.3: 28 characters of 3号 are 2 mm wider than the line; word processors disagree about a grid of characters, not about this.
	const spacing = points === LAYOUT.bodyPt ? { characterSpacing: CLOSER } : {};
	return new TextRun({
		...spacing,
		text: words,
		size: points * 2,
		font: { ascii: latin, hAnsi: latin, cs: latin, eastAsia },
		...more,
	});
}

/** ECMA-376 part 1, 17.8.3.1: the other names by which a program may find a face that is not installed. */
export function fontTable(): string {
	const fonts = Object.values(FACES).map(
		([name, ...others]) => `<w:font w:name="${name}"><w:altName w:val="${others.join(",")}"/></w:font>`,
	);
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join("")}</w:fonts>`;
}
