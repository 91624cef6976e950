// The three ramps of nature: heat, water, dust. Low chroma, so that none can be taken for one of the four levels; the colours are
// tokens of the page (client/style/tokens.css). 0..1 in, colour out; the numbers behind a colour stand beside it on the wall.
import type { TokenSource } from "../palette.ts";
import { rgba } from "../palette.ts";

/** r, g, b 0..255. */
export type Rgb = readonly [number, number, number];
/** From weak to strong, at equal distances. */
export type Ramp = readonly Rgb[];
export type RampName = "heat" | "water" | "dust";
export type Ramps = Readonly<Record<RampName, Ramp>>;

const TOKENS = {
	heat: ["--heat-1", "--heat-2", "--heat-3"],
	water: ["--water-1", "--water-2"],
	dust: ["--dust-1", "--dust-2"],
} as const;

export function readRamps(tokens: TokenSource): Ramps {
	const read = (names: readonly string[]): Ramp =>
		names.map((name) => {
			const value = tokens.getPropertyValue(name).trim();
			if (!/^#[0-9a-fA-F]{6}$/.test(value)) throw new Error(`token ${name} is "${value}", not a colour`);
			const [r, g, b] = rgba(value);
			return [Math.round(r * 255), Math.round(g * 255), Math.round(b * 255)] as const;
		});
	return { heat: read(TOKENS.heat), water: read(TOKENS.water), dust: read(TOKENS.dust) };
}

/** The colour at `share` of the ramp, held within its ends. */
export function rampAt(ramp: Ramp, share: number): Rgb {
	const at = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
	const low = Math.max(0, Math.min(ramp.length - 2, Math.floor(at)));
	const a = ramp[low] ?? [0, 0, 0];
	const b = ramp[low + 1] ?? a;
	const part = at - low;
	return [mix(a[0], b[0], part), mix(a[1], b[1], part), mix(a[2], b[2], part)];
}

export function css([r, g, b]: Rgb, alpha = 1): string {
	return `rgb(${r} ${g} ${b} / ${alpha})`;
}

function mix(a: number, b: number, part: number): number {
	return Math.round(a + (b - a) * part);
}
