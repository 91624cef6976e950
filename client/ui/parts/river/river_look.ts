// The river's colours and typefaces, read from the tokens in force where the canvas stands.
import { tokensOf } from "./use_canvas.ts";

export interface RiverLook {
	readonly hues: readonly string[];
	readonly ground: string;
	readonly bed: string;
	readonly track: string;
	readonly text: string;
	readonly text2: string;
	readonly text3: string;
	/** Index 3 and 4. */
	readonly levels: readonly string[];
	readonly outline: string;
	readonly forecast: string;
	/** CSS font families of words and of figures. */
	readonly sans: string;
	readonly figures: string;
}

export function lookOf(element: HTMLElement): RiverLook {
	const token = tokensOf(element);
	return {
		hues: ["steel", "sand", "moss", "clay", "slate"].map((hue) => token(`--river-${hue}`)).concat(token("--text-3")),
		ground: token("--ground"),
		bed: token("--river-bed"),
		track: token("--line-2"),
		text: token("--text"),
		text2: token("--text-2"),
		text3: token("--text-3"),
		levels: ["", ...[1, 2, 3, 4].map((level) => token(`--level-${level}`))],
		outline: token("--outline"),
		forecast: token("--heat-3"),
		sans: token("--sans", "sans-serif"),
		figures: token("--figures", "sans-serif"),
	};
}
