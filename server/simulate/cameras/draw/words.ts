// Chinese words on a picture without a Chinese font on the machine: Noto Sans SC from its npm slices. Each slice is registered as a
// family of its own, when a character first needs it; a text is drawn run by run. Throws when the package is broken.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("@fontsource-variable/noto-sans-sc/unicode.json"));

interface Slice {
	readonly family: string;
	readonly file: string;
	readonly ranges: readonly (readonly [number, number])[];
	isLoaded: boolean;
}

/** "[21]" is the slice noto-sans-sc-21-wght-normal.woff2, "latin" is noto-sans-sc-latin-wght-normal.woff2. */
function readSlices(): Slice[] {
	const unicode: Record<string, string> = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8"));
	return Object.entries(unicode).map(([key, ranges]) => {
		const name = key.replace(/[[\]]/g, "");
		return {
			family: `liaowang-sc-${name}`,
			file: join(folder, "files", `noto-sans-sc-${name}-wght-normal.woff2`),
			ranges: ranges.split(",").map((range) => {
				const [from, to] = range.replace(/U\+/i, "").split("-");
				const first = Number.parseInt(from ?? "0", 16);
				return [first, to === undefined ? first : Number.parseInt(to, 16)] as const;
			}),
			isLoaded: false,
		};
	});
}

const slices = readSlices();
const families = new Map<number, string>();
/** Characters are few (names of places); this many are remembered. */
const REMEMBERED = 8_000;

function familyOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const known = families.get(code);
	if (known !== undefined) return known;
	const slice = slices.find(({ ranges }) => ranges.some(([first, last]) => code >= first && code <= last));
	if (slice === undefined) return "sans-serif";
	if (!slice.isLoaded) {
		if (GlobalFonts.register(readFileSync(slice.file), slice.family) === null)
			throw new Error(`a slice of the font cannot be read: ${slice.file}`);
		slice.isLoaded = true;
	}
	if (families.size >= REMEMBERED) families.clear();
	families.set(code, slice.family);
	return slice.family;
}

interface Run {
	readonly family: string;
	text: string;
}

function runsOf(text: string): Run[] {
	const runs: Run[] = [];
	for (const character of text) {
		const family = familyOf(character);
		const last = runs.at(-1);
		if (last !== undefined && last.family === family) last.text += character;
		else runs.push({ family, text: character });
	}
	return runs;
}

export interface Lettering {
	readonly size: number;
	readonly weight: number;
	readonly fill: string;
	/** Dark line about the letters, as an overlay has it; null: none. */
	readonly edge: string | null;
}

export function widthOf(context: SKRSContext2D, text: string, { size, weight }: Lettering): number {
	let width = 0;
	for (const run of runsOf(text)) {
		context.font = `${weight} ${size}px ${run.family}`;
		width += context.measureText(run.text).width;
	}
	return width;
}

/** Left end and baseline at (x, y). */
export function write(context: SKRSContext2D, text: string, x: number, y: number, look: Lettering): void {
	let left = x;
	context.textBaseline = "alphabetic";
	context.lineJoin = "round";
	for (const run of runsOf(text)) {
		context.font = `${look.weight} ${look.size}px ${run.family}`;
		if (look.edge !== null) {
			context.strokeStyle = look.edge;
			context.lineWidth = look.size / 7;
			context.strokeText(run.text, left, y);
		}
		context.fillStyle = look.fill;
		context.fillText(run.text, left, y);
		left += context.measureText(run.text).width;
	}
}
