// Level shapes on a 2D canvas: circle IV, triangle III, diamond II, octagon I, with their numeral when there is room. The
// same drawing as the marker layer's and the page's LevelMark; one look, three carriers.
import type { Palette } from "./palette.ts";

export const NUMERALS = ["", "IV", "III", "II", "I"] as const;

export function shapePath(context: CanvasRenderingContext2D, level: number, x: number, y: number, r: number): void {
	context.beginPath();
	if (level === 1) context.arc(x, y, r, 0, 2 * Math.PI);
	else if (level === 2) polygon(context, 3, x, y + r * 0.16, r * 1.18, -Math.PI / 2);
	else if (level === 3) polygon(context, 4, x, y, r * 1.2, -Math.PI / 2);
	else polygon(context, 8, x, y, r * 1.06, Math.PI / 8);
	context.closePath();
}

function polygon(
	context: CanvasRenderingContext2D,
	corners: number,
	x: number,
	y: number,
	r: number,
	from: number,
): void {
	for (let i = 0; i < corners; i++) {
		const angle = from + (i * 2 * Math.PI) / corners;
		context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
	}
}

/** A row of level shapes with counts, centred on x; nothing for levels without any. @returns its height. */
export function drawCounts(
	context: CanvasRenderingContext2D,
	palette: Palette,
	counts: readonly number[],
	x: number,
	y: number,
	scale: number,
): number {
	const levels = [4, 3, 2, 1].filter((level) => (counts[level] ?? 0) > 0);
	if (levels.length === 0) return 0;
	const size = 4.5 * scale;
	const gap = 3 * scale;
	const between = 8 * scale;
	context.font = `600 ${12.5 * scale}px "Barlow Condensed"`;
	context.textAlign = "left";
	context.textBaseline = "middle";
	const widths = levels.map((level) => size * 2 + gap + context.measureText(String(counts[level])).width);
	const width = widths.reduce((sum, one) => sum + one, 0) + between * (levels.length - 1);
	const height = 17 * scale;
	context.fillStyle = palette.ground;
	context.globalAlpha = 0.86;
	context.beginPath();
	context.roundRect(x - width / 2 - 6 * scale, y, width + 12 * scale, height, height / 2);
	context.fill();
	context.globalAlpha = 1;
	let left = x - width / 2;
	const middle = y + height / 2;
	for (const [i, level] of levels.entries()) {
		shapePath(context, level, left + size, middle, size);
		context.fillStyle = palette.status[level] ?? palette.text;
		context.fill();
		context.fillStyle = palette.text;
		context.fillText(String(counts[level]), left + size * 2 + gap, middle + 0.5 * scale);
		left += (widths[i] ?? 0) + between;
	}
	return height;
}
