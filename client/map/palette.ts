// The colours of the map, read once from the page's style tokens (client/style/tokens.css), so that list, legend and map
// cannot differ. Given to the marker layer as numbers and to the canvas as text.

/** r, g, b, a; 0..1. */
export type Rgba = readonly [number, number, number, number];

export interface Palette {
	/** By status: normal, IV blue, III yellow, II orange, I red, stale. */
	readonly status: readonly string[];
	readonly ground: string;
	readonly outline: string;
	readonly text: string;
	readonly text2: string;
	readonly text3: string;
	readonly land: string;
	readonly accent: string;
}

export interface TokenSource {
	getPropertyValue(name: string): string;
}

export function readPalette(tokens: TokenSource): Palette {
	const read = (name: string): string => {
		const value = tokens.getPropertyValue(name).trim();
		if (!/^#[0-9a-fA-F]{6}$/.test(value)) throw new Error(`token ${name} is "${value}", not a colour`);
		return value;
	};
	return {
		status: ["--normal", "--level-1", "--level-2", "--level-3", "--level-4", "--stale"].map(read),
		ground: read("--ground"),
		outline: read("--outline"),
		text: read("--text"),
		text2: read("--text-2"),
		text3: read("--text-3"),
		land: read("--land"),
		accent: read("--accent"),
	};
}

/** "#5AA5FF" -> 0..1 each. */
export function rgba(hex: string, alpha = 1): Rgba {
	const bits = Number.parseInt(hex.slice(1), 16);
	return [((bits >> 16) & 255) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255, alpha];
}
