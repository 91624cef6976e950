// Breaks Chinese text with Western words and figures in it into lines of a given width. Pure: widths come from a function. Rules of
// line breaking after GB/T 15834-2011, 5.1 (no closing mark begins a line, no opening mark ends one); Western words stay whole.

export interface Line {
	readonly text: string;
	/** Points from the left edge of the column. */
	readonly indent: number;
	/** Of the text as it stands, without stretching. */
	readonly width: number;
	/** The last of its paragraph is not stretched. */
	readonly last: boolean;
}

/** Points of a character. */
export type WidthOf = (character: string) => number;

const NOT_FIRST = new Set("，。、；：？！）》〉】〕」』”’…—·％‰℃,.;:?!)]}%");
const NOT_LAST = new Set("（《〈【〔「『“‘([{");

/** `words` in lines; a line feed begins a new line. An unbreakable word longer than a line is cut. */
export function breakLines(words: string, width: number, widthOf: WidthOf, firstIndent = 0): Line[] {
	return words.split("\n").flatMap((part, n) => breakPart(part, width, widthOf, n === 0 ? firstIndent : 0));
}

function breakPart(words: string, width: number, widthOf: WidthOf, firstIndent: number): Line[] {
	const lines: Line[] = [];
	let indent = firstIndent;
	let current = "";
	let filled = 0;
	const push = (last: boolean): void => {
		const text = current.trimEnd();
		lines.push({ text, indent, width: sum(text, widthOf), last });
		indent = 0;
		current = "";
		filled = 0;
	};
	for (const unit of units(words)) {
		const size = sum(unit.trimEnd(), widthOf);
		if (current !== "" && indent + filled + size > width) push(false);
		if (current === "" && unit.trim() === "" && lines.length > 0) continue;
		let rest = unit;
		while (sum(rest.trimEnd(), widthOf) > width - indent && rest.length > 1) {
			const fitting = prefix(rest, width - indent, widthOf);
			current = fitting;
			push(false);
			rest = rest.slice(fitting.length);
		}
		current += rest;
		filled += sum(rest, widthOf);
	}
	push(true);
	return lines;
}

/** The longest beginning that fits, at least one character. */
function prefix(words: string, width: number, widthOf: WidthOf): string {
	let text = "";
	let filled = 0;
	for (const character of words) {
		filled += widthOf(character);
		if (text !== "" && filled > width) break;
		text += character;
	}
	return text;
}

/** What may not be parted: a Western word with the spaces after it, or a Chinese character with marks that cling to it. */
function units(words: string): string[] {
	const found: string[] = [];
	let clings = false;
	for (const character of words) {
		const before = found.at(-1);
		const isWide = (character.codePointAt(0) ?? 0) >= 0x2e80;
		const joins =
			before !== undefined &&
			(clings || NOT_FIRST.has(character) || (!isWide && !isBreak(before, character) && !isWideEnd(before)));
		if (joins) found[found.length - 1] = before + character;
		else found.push(character);
		clings = NOT_LAST.has(character);
	}
	return found;
}

/** A space ends a Western word: what follows it may begin a line. */
function isBreak(before: string, character: string): boolean {
	return before.endsWith(" ") && character !== " ";
}

function isWideEnd(text: string): boolean {
	const last = [...text].at(-1) ?? "";
	return (last.codePointAt(0) ?? 0) >= 0x2e80;
}

function sum(text: string, widthOf: WidthOf): number {
	let total = 0;
	for (const character of text) total += widthOf(character);
	return total;
}
