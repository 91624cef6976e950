// Words that stand in the scene (slogans on a hoarding, a limit over an underpass): written onto the picture where their board is.
import type { Light } from "./light.ts";
import { clamp } from "./noise.ts";
import type { Depth, Lens } from "./raster.ts";
import type { Rgb, Sign } from "./stage.ts";
import { level } from "./tone.ts";
import type { Glass } from "./veil.ts";
import { widthOf, write } from "./words.ts";

/** Letters are set at this size, then laid onto the board. */
const SIZE = 64;
/** Pixels below which letters would only be dirt. */
const LEAST = 4;

export function drawSigns(glass: Glass, signs: readonly Sign[], lens: Lens, depth: Depth, light: Light): void {
	for (const sign of signs) drawSign(glass, sign, lens, depth, light);
}

function drawSign({ context, scale }: Glass, sign: Sign, lens: Lens, depth: Depth, light: Light): void {
	const a = lens.project(sign.a);
	const b = lens.project(sign.b);
	const c = lens.project([sign.a[0], sign.a[1] - sign.down, sign.a[2]]);
	const middle = lens.project([
		(sign.a[0] + sign.b[0]) / 2,
		(sign.a[1] + sign.b[1] - sign.down) / 2,
		(sign.a[2] + sign.b[2]) / 2,
	]);
	if (a === null || b === null || c === null || middle === null) return;
	// Seen from behind, or too small to read.
	if (b[0] <= a[0] || c[1] - a[1] < LEAST) return;
	const [x, y, z] = middle;
	if (x < 0 || y < 0 || x >= lens.width || y >= lens.height) return;
	if ((depth.inverse[Math.floor(y) * lens.width + Math.floor(x)] ?? 0) > (1 / z) * 1.02) return;
	const look = {
		size: SIZE,
		weight: 700,
		fill: sign.isLit === true ? glowing(sign.ink) : colour(sign.ink, z, light),
		edge: null,
	};
	const width = widthOf(context, sign.text, look);
	const high = SIZE * 1.25;
	context.save();
	context.setTransform(
		((b[0] - a[0]) / width) * scale,
		((b[1] - a[1]) / width) * scale,
		((c[0] - a[0]) / high) * scale,
		((c[1] - a[1]) / high) * scale,
		a[0] * scale,
		a[1] * scale,
	);
	if (sign.board !== null) {
		context.fillStyle = colour(sign.board, z, light);
		context.fillRect(-SIZE * 0.4, -SIZE * 0.1, width + SIZE * 0.8, high + SIZE * 0.2);
	}
	context.globalAlpha = 0.92;
	write(context, sign.text, 0, SIZE, look);
	context.restore();
}

/** Diodes look the same by day and night: the camera sees them at their own brightness. */
function glowing(tint: Rgb): string {
	const [r, g, b] = tint.map((k) => Math.round(255 * Math.min(1, k) ** 0.45));
	return `rgb(${r},${g},${b})`;
}

function colour(tint: Rgb, distance: number, light: Light): string {
	const lost = 1 - Math.exp(-light.haze * distance);
	const [r, g, b] = ([0, 1, 2] as const).map((k) => {
		const lamp = light.isLampTime ? 0.035 : 0;
		const own = tint[k] * (light.ambient[k] * 0.9 + light.sunColour[k] * 0.25 + lamp);
		return Math.round(clamp(level((own + (light.horizon[k] - own) * lost) * light.exposure), 0, 255));
	});
	return `rgb(${r},${g},${b})`;
}
