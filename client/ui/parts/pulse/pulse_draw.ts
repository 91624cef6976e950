// Paints the ridges: a soft band between the lowest and the highest county, a bright crest through the middle, in the quantity's
// own low-chroma ramp; the crest of a city in alarm in its level's colour. Called by Pulse.tsx; keeps nothing.
import type { Severity } from "#model/measure.ts";
import type { Ridge } from "./pulse_shape.ts";

export interface PulseLook {
	readonly ground: string;
	readonly band: string;
	readonly crest: string;
	readonly foot: string;
	/** Index 1..4. */
	readonly levels: readonly string[];
}

export function drawPulse(
	on: CanvasRenderingContext2D,
	size: { readonly width: number; readonly height: number; readonly type: number },
	shown: readonly Ridge[],
	levels: ReadonlyMap<string, Severity>,
	look: PulseLook,
): void {
	on.clearRect(0, 0, size.width, size.height);
	on.lineJoin = "round";
	// From the north down: a nearer hill stands before a farther one.
	for (const ridge of shown) drawRidge(on, ridge, size, levels.get(ridge.district) ?? 0, look);
}

function drawRidge(
	on: CanvasRenderingContext2D,
	{ foot, top, runs }: Ridge,
	size: { readonly width: number; readonly type: number },
	level: Severity,
	look: PulseLook,
): void {
	on.strokeStyle = look.foot;
	on.globalAlpha = 0.6;
	on.lineWidth = 1;
	on.setLineDash([1, 5]);
	on.beginPath();
	on.moveTo(0, Math.round(foot) + 0.5);
	on.lineTo(size.width, Math.round(foot) + 0.5);
	on.stroke();
	on.setLineDash([]);
	on.globalAlpha = 1;
	const colour = level >= 3 ? (look.levels[level] ?? look.crest) : look.crest;
	for (const { points } of runs) {
		const count = points.length / 4;
		// The body hides what lies behind it, as a hill does, and fades towards its foot.
		on.beginPath();
		for (let i = 0; i < count; i++) on.lineTo(points[i * 4] ?? 0, points[i * 4 + 1] ?? 0);
		on.lineTo(points[(count - 1) * 4] ?? 0, foot);
		on.lineTo(points[0] ?? 0, foot);
		on.closePath();
		on.fillStyle = look.ground;
		on.globalAlpha = 0.8;
		on.fill();
		const fade = on.createLinearGradient(0, top, 0, foot);
		fade.addColorStop(0, look.band);
		fade.addColorStop(1, look.ground);
		on.fillStyle = fade;
		on.globalAlpha = 0.5;
		on.fill();
		on.beginPath();
		for (let i = 0; i < count; i++) on.lineTo(points[i * 4] ?? 0, points[i * 4 + 1] ?? 0);
		for (let i = count - 1; i >= 0; i--) on.lineTo(points[i * 4] ?? 0, points[i * 4 + 3] ?? 0);
		on.closePath();
		on.fillStyle = level >= 3 ? colour : look.band;
		on.globalAlpha = 0.45;
		on.fill();
		on.globalAlpha = 1;
		on.beginPath();
		for (let i = 0; i < count; i++) on.lineTo(points[i * 4] ?? 0, points[i * 4 + 2] ?? 0);
		on.strokeStyle = colour;
		on.lineWidth = Math.max(1.25, size.type * (level >= 3 ? 0.1 : 0.06));
		on.stroke();
	}
}
