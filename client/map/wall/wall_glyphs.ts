// The fourteen cities on the wall: a ring of ticks that tells the season's figure, the name in its middle, the counts of the levels
// below. Sizes and drawing; which tick is how long comes from season_figure.ts, where it stands from glyph_layout.ts.
import { veil } from "../draw_cities.ts";
import type { Palette } from "../palette.ts";
import { NUMERALS, shapePath } from "../shapes.ts";
import type { Spot } from "./glyph_layout.ts";
import { css, type Ramp, rampAt } from "./ramps.ts";
import type { Tick } from "./season_figure.ts";

/** All lengths: CSS px on a wall of 1080 lines. */
const TICK_LEAST = 3;
const TICK_MORE = 8;
const TICK_FROM = 1;
const FOOT_ROW = 28;
const FOOT_CELL = 48;
const MARK = 10;

export interface WallGlyph {
	readonly spot: Spot;
	readonly name: string;
	readonly ticks: readonly Tick[];
	/** By status: normal, IV, III, II, I, stale. */
	readonly counts: readonly number[];
	/** Assets of the city. */
	readonly total: number;
}

/** Outer rim: bigger for more assets, so far as its name still fits. */
export function ringRadius(total: number, name: string, scale: number): number {
	const inner = Math.max(28 + 13 * Math.min(1, total / 560), name.length > 2 ? 35 : 0);
	return (inner + TICK_FROM + TICK_LEAST + TICK_MORE) * scale;
}

/** Two counts stand side by side, four in two rows. @param levels how many of the four levels are there. */
export function footSize(levels: number, scale: number): { readonly footWidth: number; readonly footHeight: number } {
	const rows = Math.ceil(levels / 2);
	return {
		footWidth: Math.min(levels, 2) * FOOT_CELL * scale,
		footHeight: rows === 0 ? 0 : (rows * FOOT_ROW + 4) * scale,
	};
}

export function levelsIn(counts: readonly number[]): number[] {
	return [4, 3, 2, 1].filter((level) => (counts[level] ?? 0) > 0);
}

export function drawLeaders(
	context: CanvasRenderingContext2D,
	glyphs: readonly WallGlyph[],
	palette: Palette,
	scale: number,
): void {
	context.strokeStyle = palette.text2;
	context.fillStyle = palette.text2;
	context.lineWidth = 1.5 * scale;
	for (const { spot } of glyphs) {
		if (spot.leader === null) continue;
		const { fromX, fromY, toX, toY } = spot.leader;
		context.beginPath();
		context.moveTo(fromX, fromY);
		context.lineTo(toX, toY);
		context.stroke();
		context.beginPath();
		context.arc(toX, toY, 3 * scale, 0, 2 * Math.PI);
		context.fill();
	}
}

export function drawRing(
	context: CanvasRenderingContext2D,
	{ spot, name, ticks, counts }: WallGlyph,
	ramp: Ramp,
	palette: Palette,
	scale: number,
): void {
	const { atX: x, atY: y } = spot;
	const inner = spot.radius - (TICK_FROM + TICK_LEAST + TICK_MORE) * scale;
	const isCalm = levelsIn(counts).length === 0;
	context.fillStyle = veil(palette.ground, 0.8);
	context.beginPath();
	context.arc(x, y, spot.radius, 0, 2 * Math.PI);
	context.fill();
	context.strokeStyle = palette.text3;
	context.globalAlpha = isCalm ? 0.35 : 0.8;
	context.lineWidth = scale;
	context.beginPath();
	context.arc(x, y, inner, 0, 2 * Math.PI);
	context.stroke();
	context.globalAlpha = 1;
	drawTicks(context, spot, inner, ticks, ramp, scale);
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.fillStyle = palette.text;
	context.font = `500 ${nameSize(name) * scale}px "Noto Sans SC Variable"`;
	context.fillText(name, x, y + 1 * scale);
}

function drawTicks(
	context: CanvasRenderingContext2D,
	{ atX: x, atY: y }: Spot,
	inner: number,
	ticks: readonly Tick[],
	ramp: Ramp,
	scale: number,
): void {
	const from = inner + TICK_FROM * scale;
	const step = (2 * Math.PI) / Math.max(1, ticks.length);
	context.lineWidth = Math.min(3.2 * scale, Math.max(1.5 * scale, inner * step * 0.56));
	for (const [i, { share }] of ticks.entries()) {
		// Nothing known is a gap, never a short tick.
		if (share === null) continue;
		const angle = -Math.PI / 2 + (i + 0.5) * step;
		const to = from + (TICK_LEAST + TICK_MORE * share) * scale;
		context.strokeStyle = css(rampAt(ramp, 0.22 + 0.78 * share));
		context.beginPath();
		context.moveTo(x + from * Math.cos(angle), y + from * Math.sin(angle));
		context.lineTo(x + to * Math.cos(angle), y + to * Math.sin(angle));
		context.stroke();
	}
}

/** The counts of the levels that are there, worst first: shape, letter and number each. */
export function drawFoot(
	context: CanvasRenderingContext2D,
	{ spot, counts }: WallGlyph,
	palette: Palette,
	scale: number,
): void {
	const levels = levelsIn(counts);
	if (levels.length === 0) return;
	const { footWidth, footHeight } = footSize(levels.length, scale);
	const top = spot.atY + spot.radius + 2 * scale;
	context.fillStyle = veil(palette.ground, 0.84);
	context.beginPath();
	context.roundRect(spot.atX - footWidth / 2, top, footWidth, footHeight - 2 * scale, 6 * scale);
	context.fill();
	for (const [i, level] of levels.entries()) {
		const columns = Math.min(2, levels.length);
		const row = Math.floor(i / 2);
		const left = spot.atX - footWidth / 2 + (i % columns) * FOOT_CELL * scale;
		drawCount(context, level, counts[level] ?? 0, left, top + (row + 0.5) * FOOT_ROW * scale, palette, scale);
	}
}

function drawCount(
	context: CanvasRenderingContext2D,
	level: number,
	count: number,
	left: number,
	y: number,
	palette: Palette,
	scale: number,
): void {
	const x = left + 13 * scale;
	shapePath(context, level, x, y, MARK * scale);
	context.fillStyle = palette.status[level] ?? palette.text;
	context.fill();
	context.fillStyle = palette.outline;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.font = `700 ${13 * scale}px "Barlow Condensed"`;
	context.fillText(NUMERALS[level as 1 | 2 | 3 | 4] ?? "", x, y + (level === 2 ? 2.5 : 0.5) * scale);
	context.fillStyle = palette.text;
	context.textAlign = "left";
	context.font = `500 ${25 * scale}px "Barlow Condensed"`;
	context.fillText(count > 99 ? "99+" : String(count), x + 13 * scale, y + scale);
}

/** Two characters fill the ring, three need less, and Chaoyang still stands inside it. */
function nameSize(name: string): number {
	if (name.length > 7) return 14;
	if (name.length > 3) return 17;
	return name.length > 2 ? 22 : 25;
}
