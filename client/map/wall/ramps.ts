// The three ramps of nature: heat, water, dust. Low chroma, so that none can be taken for one of the four levels. Pure; 0..1 in,
// colour out; the numbers behind a colour are always written beside it.

export type Rgb = readonly [number, number, number];
export type RampName = keyof typeof RAMPS;

/** 0..255, from weak to strong, at equal distances. */
export const RAMPS = {
	heat: [
		[0x4a, 0x34, 0x28],
		[0x96, 0x6c, 0x54],
		[0xe2, 0xce, 0xb2],
	],
	water: [
		[0x3e, 0x5a, 0x55],
		[0x74, 0x8f, 0x89],
		[0xa9, 0xc4, 0xbc],
	],
	dust: [
		[0x3b, 0x3a, 0x36],
		[0x82, 0x7d, 0x6e],
		[0xc9, 0xbf, 0xa6],
	],
} as const satisfies Record<string, readonly Rgb[]>;

/** r, g, b 0..255 at `share` of the ramp, held within its ends. */
export function rampAt(name: RampName, share: number): Rgb {
	const stops: readonly Rgb[] = RAMPS[name];
	const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
	const low = Math.min(stops.length - 2, Math.floor(at));
	const part = at - low;
	const a = stops[low] ?? [0, 0, 0];
	const b = stops[low + 1] ?? a;
	return [mix(a[0], b[0], part), mix(a[1], b[1], part), mix(a[2], b[2], part)];
}

export function css([r, g, b]: Rgb, alpha = 1): string {
	return `rgb(${r} ${g} ${b} / ${alpha})`;
}

function mix(a: number, b: number, part: number): number {
	return Math.round(a + (b - a) * part);
}
