// The ring around the place of a case while it has the picture: two thin lines and four ticks, in the colour of its level. It
// breathes for the newest red that nobody has, 0.5 Hz, and stands still for everybody else. Canvas only.
import { veil } from "../draw_cities.ts";
import type { Palette } from "../palette.ts";

/** Radius on a wall of 1080 lines, px. */
const RADIUS = 96;
const BREATH_PX = 7;

export function drawTakeOver(
	context: CanvasRenderingContext2D,
	{ x, y }: { readonly x: number; readonly y: number },
	level: number,
	breath: number,
	palette: Palette,
	scale: number,
): void {
	const colour = level >= 1 && level <= 4 ? (palette.status[level] ?? palette.text) : palette.text;
	const radius = (RADIUS + breath * BREATH_PX) * scale;
	// What lies outside steps back, so that the eye has one place.
	const { width, height } = context.canvas;
	context.beginPath();
	context.rect(-width, -height, 3 * width, 3 * height);
	context.arc(x, y, radius, 0, 2 * Math.PI, true);
	context.fillStyle = veil(palette.ground, 0.34);
	context.fill("evenodd");
	context.strokeStyle = palette.outline;
	context.lineWidth = 9 * scale;
	ring(context, x, y, radius);
	context.strokeStyle = colour;
	context.lineWidth = (3.2 + breath * 1.6) * scale;
	ring(context, x, y, radius);
	context.lineWidth = 1.4 * scale;
	ring(context, x, y, radius + 9 * scale);
	for (let quarter = 0; quarter < 4; quarter++) {
		const angle = (quarter * Math.PI) / 2;
		const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
		context.beginPath();
		context.moveTo(x + dx * (radius + 9 * scale), y + dy * (radius + 9 * scale));
		context.lineTo(x + dx * (radius + 24 * scale), y + dy * (radius + 24 * scale));
		context.stroke();
	}
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
	context.beginPath();
	context.arc(x, y, radius, 0, 2 * Math.PI);
	context.stroke();
}
