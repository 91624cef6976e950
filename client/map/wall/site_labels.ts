// Captions of a site's symbols: beside each where there is room, farther off with a thin line where it is crowded. No caption covers
// another or a symbol; one that finds no room is left out, the worst come first. Placing is pure.
import type { Palette } from "../palette.ts";
import { labelWidth, writeLabel } from "./wall_label.ts";

export interface Caption {
	/** Middle of the symbol, CSS px. */
	readonly x: number;
	readonly y: number;
	readonly name: string;
	/** "" for none. */
	readonly figure: string;
	readonly colour?: string;
}

export interface Sized {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

/** Half of a symbol, and the distances at which a caption may stand, px at scale 1. */
const SYMBOL = 15;
const AWAY = [24, 64, 112, 168] as const;
/** Right, left, below, above, then between them. */
const WAYS = [
	[1, 0],
	[-1, 0],
	[0, 1],
	[0, -1],
	[0.8, 0.8],
	[0.8, -0.8],
	[-0.8, 0.8],
	[-0.8, -0.8],
] as const;

/** Where each stands, in the order given; null: no room. */
export function placeCaptions(captions: readonly Sized[], scale: number): (Box | null)[] {
	const half = SYMBOL * scale;
	const taken: Box[] = captions.map(({ x, y }) => [x - half, y - half, x + half, y + half]);
	return captions.map((caption) => {
		for (const away of AWAY) {
			for (const way of WAYS) {
				const box = boxAt(caption, way, away * scale);
				if (taken.some((other) => touches(other, box))) continue;
				taken.push(box);
				return box;
			}
		}
		return null;
	});
}

function boxAt({ x, y, width, height }: Sized, [dx, dy]: readonly [number, number], away: number): Box {
	const left = x + dx * away - (dx > 0 ? 0 : dx < 0 ? width : width / 2);
	const top = y + dy * away - (dy > 0 ? 0 : dy < 0 ? height : height / 2);
	return [left, top, left + width, top + height];
}

function touches(a: Box, b: Box): boolean {
	return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

export function drawCaptions(
	context: CanvasRenderingContext2D,
	captions: readonly Caption[],
	palette: Palette,
	scale: number,
): void {
	const sized = captions.map(({ x, y, name, figure }) => {
		return { x, y, width: labelWidth(context, name, figure, scale), height: (figure === "" ? 34 : 62) * scale };
	});
	const boxes = placeCaptions(sized, scale);
	for (const [i, { x, y }] of captions.entries()) {
		const box = boxes[i];
		if (box === null || box === undefined) continue;
		const nearX = Math.min(Math.max(x, box[0]), box[2]);
		const nearY = Math.min(Math.max(y, box[1]), box[3]);
		const distance = Math.hypot(nearX - x, nearY - y);
		if (distance < 40 * scale) continue;
		context.strokeStyle = palette.text3;
		context.lineWidth = 1.3 * scale;
		context.beginPath();
		context.moveTo(x + ((nearX - x) / distance) * SYMBOL * scale, y + ((nearY - y) / distance) * SYMBOL * scale);
		context.lineTo(nearX, nearY);
		context.stroke();
	}
	for (const [i, { name, figure, colour }] of captions.entries()) {
		const box = boxes[i];
		if (box === null || box === undefined) continue;
		const label = { x: box[0], y: (box[1] + box[3]) / 2, name, figure, scale };
		writeLabel(context, palette, colour === undefined ? label : { ...label, colour });
	}
}
