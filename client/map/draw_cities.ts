// Draws the city glyphs and their leader lines on the annotation canvas. No state: what is drawn is what is given.
import type { CityGlyph } from "./city_glyphs.ts";
import type { Palette } from "./palette.ts";
import { rgba } from "./palette.ts";
import { drawCounts } from "./shapes.ts";
import { spread } from "./spread.ts";

export interface PlacedGlyph {
	readonly glyph: CityGlyph;
	/** Where it is drawn, and where its city lies, CSS px. */
	readonly x: number;
	readonly y: number;
	readonly anchorX: number;
	readonly anchorY: number;
	readonly radius: number;
}

/** Bigger for more assets, by area; 20 to 31 px at scale 1. */
export function glyphRadius(total: number, scale: number): number {
	return (20 + 11 * Math.min(1, Math.sqrt(total / 600))) * scale;
}

export function placeGlyphs(
	glyphs: readonly CityGlyph[],
	project: (lon: number, lat: number) => { x: number; y: number },
	scale: number,
): PlacedGlyph[] {
	const shown = glyphs.filter(({ total }) => total > 0);
	const anchors = shown.map(({ lon, lat, total }) => {
		const { x, y } = project(lon, lat);
		// Room for the counts below: the glyph's body is higher than wide.
		return { x, y, radius: glyphRadius(total, scale) + 6 * scale };
	});
	const spots = spread(anchors, 4 * scale);
	return shown.map((glyph, i) => ({
		glyph,
		x: spots[i]?.x ?? 0,
		y: spots[i]?.y ?? 0,
		anchorX: anchors[i]?.x ?? 0,
		anchorY: anchors[i]?.y ?? 0,
		radius: glyphRadius(glyph.total, scale),
	}));
}

export function drawCities(
	context: CanvasRenderingContext2D,
	placed: readonly PlacedGlyph[],
	palette: Palette,
	name: (code: string) => string,
	scale: number,
): void {
	for (const one of placed) drawLeader(context, one, palette, scale);
	for (const one of placed) drawGlyph(context, one, palette, name(one.glyph.code), scale);
}

function drawLeader(context: CanvasRenderingContext2D, placed: PlacedGlyph, palette: Palette, scale: number): void {
	const { x, y, anchorX, anchorY } = placed;
	if (Math.hypot(x - anchorX, y - anchorY) < 3 * scale) return;
	context.strokeStyle = palette.text3;
	context.lineWidth = scale;
	context.beginPath();
	context.moveTo(anchorX, anchorY);
	context.lineTo(x, y);
	context.stroke();
	context.fillStyle = palette.text3;
	context.beginPath();
	context.arc(anchorX, anchorY, 2 * scale, 0, 2 * Math.PI);
	context.fill();
}

function drawGlyph(
	context: CanvasRenderingContext2D,
	placed: PlacedGlyph,
	palette: Palette,
	name: string,
	scale: number,
): void {
	const { x, y, radius, glyph } = placed;
	context.fillStyle = veil(palette.ground, 0.82);
	context.beginPath();
	context.arc(x, y, radius + 2 * scale, 0, 2 * Math.PI);
	context.fill();
	drawTicks(context, placed, palette, scale);
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.fillStyle = palette.text;
	context.font = `500 ${nameSize(name) * scale}px "Noto Sans SC Variable"`;
	context.fillText(name, x, y - 4.5 * scale);
	context.fillStyle = palette.text2;
	context.font = `500 ${12.5 * scale}px "Barlow Condensed"`;
	context.fillText(String(glyph.total), x, y + 9.5 * scale);
}

/** Over the pins, or a pin at the foot of the ring would hide the figures. */
export function drawCityCounts(
	context: CanvasRenderingContext2D,
	placed: readonly PlacedGlyph[],
	palette: Palette,
	scale: number,
): void {
	for (const { x, y, radius, glyph } of placed) {
		drawCounts(context, palette, glyph.counts, x, y + radius + 4 * scale, scale);
	}
}

/** Two characters fill the ring, three need less, and Chaoyang still stands inside it. */
function nameSize(name: string): number {
	if (name.length > 5) return 9.5;
	return name.length > 2 ? 12 : 14;
}

/** Outward from the ring: normal short and grey, levels long in their colour, stale a gap. */
function drawTicks(context: CanvasRenderingContext2D, placed: PlacedGlyph, palette: Palette, scale: number): void {
	const { x, y, radius, glyph } = placed;
	const count = glyph.ticks.length;
	for (const [i, state] of glyph.ticks.entries()) {
		const angle = -Math.PI / 2 + ((i + 0.5) * 2 * Math.PI) / count;
		const isLevel = state >= 1 && state <= 4;
		if (state === 5) continue;
		const inner = radius - (isLevel ? 5 : 4) * scale;
		const outer = radius + (isLevel ? 3 : 0) * scale;
		context.strokeStyle = palette.status[state] ?? palette.text3;
		context.globalAlpha = isLevel ? 1 : 0.62;
		context.lineWidth = (isLevel ? 2.2 : 1.4) * scale;
		context.beginPath();
		context.moveTo(x + inner * Math.cos(angle), y + inner * Math.sin(angle));
		context.lineTo(x + outer * Math.cos(angle), y + outer * Math.sin(angle));
		context.stroke();
	}
	context.globalAlpha = 1;
}

export function veil(hex: string, alpha: number): string {
	const [r, g, b] = rgba(hex);
	return `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)} / ${alpha})`;
}
