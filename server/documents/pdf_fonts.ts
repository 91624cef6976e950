// Noto Serif SC (SIL Open Font License 1.1) for PDF: the package's slices of the face, cut down to the characters of one document and
// set to one weight, so that every machine shows the same page and a page holds no more than it needs. Used by pdf.ts alone.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import unicode from "@fontsource-variable/noto-serif-sc/unicode.json" with { type: "json" };
import subsetFont from "subset-font";

export const WEIGHTS = { regular: 400, bold: 700 } as const;
export type Weight = keyof typeof WEIGHTS;

/** Stands for a character that the face does not have. */
const MISSING = "□";
const folder = dirname(createRequire(import.meta.url).resolve("@fontsource-variable/noto-serif-sc/package.json"));

interface Slice {
	readonly name: string;
	readonly file: string;
	readonly ranges: readonly (readonly [first: number, last: number])[];
}

const slices: readonly Slice[] = Object.entries(unicode)
	// Latin first: a figure of a sentence comes from one slice, not from whichever Chinese slice repeats it.
	.sort(([a], [b]) => Number(b === "latin") - Number(a === "latin"))
	.map(([key, ranges]) => {
		const name = key.replaceAll(/[[\]]/g, "");
		return { name, file: join(folder, "files", `noto-serif-sc-${name}-wght-normal.woff2`), ranges: rangesOf(ranges) };
	});

function rangesOf(text: string): [number, number][] {
	return text.split(",").map((range) => {
		const [first = 0, last = first] = range
			.slice(2)
			.split("-")
			.map((code) => Number.parseInt(code, 16));
		return [first, last];
	});
}

function sliceOf(character: string): Slice | undefined {
	const code = character.codePointAt(0) ?? 0;
	return slices.find(({ ranges }) => ranges.some(([first, last]) => first <= code && code <= last));
}

export interface FontPart {
	/** Name to register it under: "regular-119". */
	readonly name: string;
	/** TrueType. */
	readonly font: Buffer;
}

export interface Run {
	readonly font: string;
	readonly text: string;
}

/** Which parts of the face a document needs, and which part sets which character. */
export class DocumentFonts {
	readonly parts: readonly FontPart[];
	private readonly sliceNames: ReadonlyMap<string, string>;

	private constructor(parts: readonly FontPart[], sliceNames: ReadonlyMap<string, string>) {
		this.parts = parts;
		this.sliceNames = sliceNames;
	}

	/** For every character of these words, by weight. */
	static async of(words: Readonly<Record<Weight, string>>): Promise<DocumentFonts> {
		const parts: FontPart[] = [];
		const sliceNames = new Map<string, string>();
		for (const weight of ["regular", "bold"] as const) {
			const needed = new Map<Slice, string>();
			for (const character of new Set(`${words[weight]}${MISSING}`)) {
				const slice = sliceOf(character);
				if (slice === undefined) continue;
				sliceNames.set(character, slice.name);
				needed.set(slice, (needed.get(slice) ?? "") + character);
			}
			for (const [slice, characters] of needed) {
				const font = await subsetFont(await readFile(slice.file), characters, {
					targetFormat: "truetype",
					variationAxes: { wght: WEIGHTS[weight] },
				});
				parts.push({ name: `${weight}-${slice.name}`, font });
			}
		}
		return new DocumentFonts(parts, sliceNames);
	}

	/** `text` as stretches of one font each. */
	runs(text: string, weight: Weight): Run[] {
		const found: { font: string; text: string }[] = [];
		for (const character of text) {
			const slice = this.sliceNames.get(character) ?? this.sliceNames.get(MISSING) ?? "";
			const shown = this.sliceNames.has(character) ? character : MISSING;
			const font = `${weight}-${slice}`;
			const last = found.at(-1);
			if (last?.font === font) last.text += shown;
			else found.push({ font, text: shown });
		}
		return found;
	}
}
