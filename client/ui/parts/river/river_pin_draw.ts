// One orange or red of the river: the level's shape with its letter, a stem into the stream, its place where there is room.
import { cornersOf, LEVEL_SHAPES } from "../../../style/level_shapes.ts";
import type { RiverLook } from "./river_look.ts";
import { type PlacedPin, type RiverSize, riverRows } from "./river_shape.ts";

export function drawPin(
	on: CanvasRenderingContext2D,
	{ pin, x, label }: PlacedPin,
	size: RiverSize,
	look: RiverLook,
): void {
	const rows = riverRows(size);
	const radius = size.type * 0.46;
	const colour = look.levels[pin.severity] ?? look.text;
	const shape = LEVEL_SHAPES[pin.severity];
	if (shape === null || shape === undefined) return;
	on.strokeStyle = colour;
	on.lineWidth = 1;
	on.globalAlpha = 0.55;
	line(on, Math.round(x) + 0.5, rows.pins + radius, rows.streamTop + size.type * 0.6);
	on.globalAlpha = 1;
	on.beginPath();
	for (const [dx, dy] of cornersOf(shape, radius)) on.lineTo(x + dx, rows.pins + dy);
	on.closePath();
	// A ring of the ground keeps two neighbours apart.
	on.lineWidth = Math.max(2, size.type * 0.12);
	on.strokeStyle = look.ground;
	on.stroke();
	on.fillStyle = colour;
	on.fill();
	on.fillStyle = look.outline;
	on.font = `600 ${radius * 1.05}px ${look.figures}`;
	on.textAlign = "center";
	on.textBaseline = "middle";
	on.fillText(shape.numeral, x, rows.pins + radius * 0.06);
	if (label === null) return;
	on.font = `400 ${size.type}px ${look.sans}`;
	on.textAlign = "left";
	on.fillStyle = look.text;
	on.fillText(label.text, label.x, rows.pins);
}

export function line(on: CanvasRenderingContext2D, x: number, from: number, to: number): void {
	on.beginPath();
	on.moveTo(x, from);
	on.lineTo(x, to);
	on.stroke();
}
