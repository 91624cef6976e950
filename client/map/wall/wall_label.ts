// Words on the wall's canvas: a name with a figure below it, with a rim of the ground's colour so that lines may run beneath. Sizes
// are angles: a figure is not under 18 minutes of arc, CSS px on a wall of 1080 lines.
import type { Palette } from "../palette.ts";

export interface WallLabel {
	readonly x: number;
	readonly y: number;
	readonly name: string;
	/** "" for none. */
	readonly figure: string;
	readonly scale: number;
	/** Colour of the figure; the text's when not said. */
	readonly colour?: string;
}

export const NAME_PX = 25;
export const FIGURE_PX = 27;

export function writeLabel(context: CanvasRenderingContext2D, palette: Palette, label: WallLabel): void {
	const { x, y, name, figure, scale, colour } = label;
	context.textAlign = "left";
	context.textBaseline = "middle";
	context.lineJoin = "round";
	const hasBoth = name !== "" && figure !== "";
	if (name !== "") {
		context.font = `400 ${NAME_PX * scale}px "Noto Sans SC Variable"`;
		rimmed(context, palette, name, x, y - (hasBoth ? 15 : 0) * scale, palette.text2, scale);
	}
	if (figure === "") return;
	context.font = `500 ${FIGURE_PX * scale}px "Barlow Condensed", "Noto Sans SC Variable"`;
	rimmed(context, palette, figure, x, y + (hasBoth ? 16 : 0) * scale, colour ?? palette.text, scale);
}

/** Width in px of what writeLabel writes. */
export function labelWidth(context: CanvasRenderingContext2D, name: string, figure: string, scale: number): number {
	context.font = `400 ${NAME_PX * scale}px "Noto Sans SC Variable"`;
	const wide = context.measureText(name).width;
	context.font = `500 ${FIGURE_PX * scale}px "Barlow Condensed", "Noto Sans SC Variable"`;
	return Math.max(wide, context.measureText(figure).width);
}

function rimmed(
	context: CanvasRenderingContext2D,
	palette: Palette,
	text: string,
	x: number,
	y: number,
	colour: string,
	scale: number,
): void {
	context.strokeStyle = palette.ground;
	context.lineWidth = 5 * scale;
	context.strokeText(text, x, y);
	context.fillStyle = colour;
	context.fillText(text, x, y);
}
