// Draws pins on the annotation canvas: the level's shape with its numeral and ring, as the marker layer draws them.
import type { Palette } from "./palette.ts";
import type { Pin } from "./pins.ts";
import { PIN_RADIUS } from "./pins.ts";
import { NUMERALS, shapePath } from "./shapes.ts";

export function drawPins(
	context: CanvasRenderingContext2D,
	pins: readonly Pin[],
	palette: Palette,
	scale: number,
	breath: number,
): void {
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.lineJoin = "round";
	for (const pin of pins) drawPin(context, pin, palette, scale, breath);
}

function drawPin(context: CanvasRenderingContext2D, pin: Pin, palette: Palette, scale: number, breath: number): void {
	const radius = PIN_RADIUS * scale;
	const colour = palette.status[pin.level] ?? palette.text;
	drawRing(context, pin, palette, scale, breath);
	shapePath(context, pin.level, pin.x, pin.y, radius);
	context.lineWidth = 3 * scale;
	context.strokeStyle = palette.outline;
	context.stroke();
	context.fillStyle = colour;
	context.fill();
	context.fillStyle = palette.outline;
	context.font = `700 ${10.5 * scale}px "Barlow Condensed"`;
	context.fillText(NUMERALS[pin.level as 1 | 2 | 3 | 4] ?? "", pin.x, pin.y + 0.5 * scale);
}

function drawRing(context: CanvasRenderingContext2D, pin: Pin, palette: Palette, scale: number, breath: number): void {
	if (pin.ring === 0) return;
	const isOpen = pin.ring >= 2;
	const out = (PIN_RADIUS + 4.5 + (pin.ring === 3 ? breath * 2 : 0)) * scale;
	context.beginPath();
	context.arc(pin.x, pin.y, out, 0, 2 * Math.PI);
	context.lineWidth = (isOpen ? (pin.ring === 3 ? 2.5 : 1.75) : 1) * scale;
	context.strokeStyle = isOpen ? (palette.status[pin.level] ?? palette.text) : palette.text3;
	context.stroke();
}
