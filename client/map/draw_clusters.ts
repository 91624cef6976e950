// Draws clusters, labels and the selection on the annotation canvas. No state: what is drawn is what is given.
import { STATES } from "../live/status.ts";
import type { ClusterSet } from "./clusters.ts";
import { veil } from "./draw_cities.ts";
import type { Palette } from "./palette.ts";
import { drawCounts } from "./shapes.ts";

export type Project = (lon: number, lat: number) => { x: number; y: number };

export interface Screen {
	readonly width: number;
	readonly height: number;
}

const MARGIN_PX = 60;
/** Arcs in this order from the top: worst first, what is well last. */
const ORDER = [4, 3, 2, 1, 5, 0] as const;
/** Even one alarm among hundreds is seen: no level's arc is shorter, radians. */
const LEAST_ARC = 0.3;

export function clusterRadius(size: number, scale: number): number {
	return (12 + 3.4 * Math.log2(Math.max(2, size))) * 0.82 * scale;
}

export function drawClusters(
	context: CanvasRenderingContext2D,
	set: ClusterSet,
	project: Project,
	screen: Screen,
	palette: Palette,
	scale: number,
): void {
	for (let cluster = 0; cluster < set.count; cluster++) {
		const size = set.size[cluster]!;
		if (size < 2) continue;
		const { x, y } = project(set.position[cluster * 2]!, set.position[cluster * 2 + 1]!);
		if (isOutside(x, y, screen)) continue;
		drawCluster(context, set, cluster, x, y, palette, scale);
	}
}

/** Where clusters are drawn. */
export function clusterDiscs(
	set: ClusterSet,
	project: Project,
	scale: number,
): { readonly x: number; readonly y: number; readonly radius: number }[] {
	const discs = [];
	for (let cluster = 0; cluster < set.count; cluster++) {
		const size = set.size[cluster]!;
		if (size < 2) continue;
		const { x, y } = project(set.position[cluster * 2]!, set.position[cluster * 2 + 1]!);
		discs.push({ x, y, radius: clusterRadius(size, scale) });
	}
	return discs;
}

export function isOutside(x: number, y: number, screen: Screen): boolean {
	return x < -MARGIN_PX || y < -MARGIN_PX || x > screen.width + MARGIN_PX || y > screen.height + MARGIN_PX;
}

function drawCluster(
	context: CanvasRenderingContext2D,
	set: ClusterSet,
	cluster: number,
	x: number,
	y: number,
	palette: Palette,
	scale: number,
): void {
	const size = set.size[cluster]!;
	const counts = countsOf(set, cluster);
	const radius = clusterRadius(size, scale);
	context.fillStyle = veil(palette.ground, 0.86);
	context.beginPath();
	context.arc(x, y, radius + 1.5 * scale, 0, 2 * Math.PI);
	context.fill();
	const arcs = arcsOf(counts, size);
	let from = -Math.PI / 2;
	for (const state of ORDER) {
		const arc = arcs[state] ?? 0;
		if (arc === 0) continue;
		const isLevel = state >= 1 && state <= 4;
		context.strokeStyle = palette.status[state] ?? palette.text3;
		context.globalAlpha = isLevel ? 1 : state === 0 ? 0.6 : 0.5;
		context.lineWidth = (isLevel ? 3.5 : 1.75) * scale;
		context.setLineDash(state === 5 ? [3 * scale, 3 * scale] : []);
		context.beginPath();
		context.arc(x, y, radius - 1 * scale, from, from + arc);
		context.stroke();
		from += arc;
	}
	context.setLineDash([]);
	context.globalAlpha = 1;
	context.fillStyle = palette.text;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.font = `500 ${14 * scale}px "Barlow Condensed"`;
	context.fillText(String(size), x, y + 0.5 * scale);
}

/** Over the pins, as the cities' are. */
export function drawClusterCounts(
	context: CanvasRenderingContext2D,
	set: ClusterSet,
	project: Project,
	screen: Screen,
	palette: Palette,
	scale: number,
): void {
	for (let cluster = 0; cluster < set.count; cluster++) {
		const size = set.size[cluster]!;
		if (size < 2) continue;
		const { x, y } = project(set.position[cluster * 2]!, set.position[cluster * 2 + 1]!);
		if (isOutside(x, y, screen)) continue;
		drawCounts(context, palette, countsOf(set, cluster), x, y + clusterRadius(size, scale) + 3 * scale, scale);
	}
}

function countsOf(set: ClusterSet, cluster: number): number[] {
	return Array.from({ length: STATES }, (_, state) => set.counts[cluster * STATES + state] ?? 0);
}

/** Radians by status: proportional, but a level that is there is always seen. They add up to a full turn. */
export function arcsOf(counts: readonly number[], size: number): number[] {
	const full = 2 * Math.PI;
	const arcs = counts.map((count) => (count / size) * full);
	let owed = 0;
	for (let state = 1; state <= 4; state++) {
		const arc = arcs[state] ?? 0;
		if (arc > 0 && arc < LEAST_ARC) {
			owed += LEAST_ARC - arc;
			arcs[state] = LEAST_ARC;
		}
	}
	if (owed === 0) return arcs;
	// Taken from those that have more than they need, in proportion.
	const spare = arcs.map((arc, state) => Math.max(0, arc - (state >= 1 && state <= 4 ? LEAST_ARC : 0)));
	const total = spare.reduce((sum, one) => sum + one, 0);
	return arcs.map((arc, state) => arc - (total === 0 ? 0 : (owed * (spare[state] ?? 0)) / total));
}

export interface Label {
	readonly lon: number;
	readonly lat: number;
	readonly name: string;
	/** The primary measure with its unit, or "". */
	readonly value: string;
	readonly status: number;
}

/** Names and values beside single points, worst first; one that would cover another is left out. */
export function drawLabels(
	context: CanvasRenderingContext2D,
	labels: readonly Label[],
	project: Project,
	screen: Screen,
	palette: Palette,
	scale: number,
): void {
	const taken: [number, number, number, number][] = [];
	context.textBaseline = "middle";
	context.textAlign = "left";
	context.lineJoin = "round";
	for (const label of labels) {
		const { x, y } = project(label.lon, label.lat);
		if (isOutside(x, y, screen)) continue;
		context.font = `400 ${12.5 * scale}px "Noto Sans SC Variable"`;
		const nameWidth = context.measureText(label.name).width;
		// Clear of the ring of an alarm.
		const left = x + (label.status >= 1 && label.status <= 4 ? 24 : 13) * scale;
		const box: [number, number, number, number] = [
			left - 14 * scale,
			y - 10 * scale,
			left + Math.max(nameWidth, 60 * scale),
			y + 24 * scale,
		];
		if (taken.some((other) => touches(other, box))) continue;
		taken.push(box);
		write(context, label.name, left, y, palette.text2, palette.ground, scale);
		if (label.value === "") continue;
		context.font = `500 ${13.5 * scale}px "Barlow Condensed", "Noto Sans SC Variable"`;
		const colour =
			label.status >= 1 && label.status <= 4 ? (palette.status[label.status] ?? palette.text) : palette.text;
		write(context, label.value, left, y + 15 * scale, colour, palette.ground, scale);
	}
}

function touches(a: readonly number[], b: readonly number[]): boolean {
	return (
		(a[0] ?? 0) < (b[2] ?? 0) && (b[0] ?? 0) < (a[2] ?? 0) && (a[1] ?? 0) < (b[3] ?? 0) && (b[1] ?? 0) < (a[3] ?? 0)
	);
}

function write(
	context: CanvasRenderingContext2D,
	text: string,
	x: number,
	y: number,
	colour: string,
	halo: string,
	scale: number,
): void {
	context.strokeStyle = halo;
	context.lineWidth = 3 * scale;
	context.globalAlpha = 0.85;
	context.strokeText(text, x, y);
	context.globalAlpha = 1;
	context.fillStyle = colour;
	context.fillText(text, x, y);
}

export function drawSelection(
	context: CanvasRenderingContext2D,
	at: { x: number; y: number },
	palette: Palette,
	scale: number,
): void {
	context.strokeStyle = palette.accent;
	context.lineWidth = 2 * scale;
	context.beginPath();
	context.arc(at.x, at.y, 19 * scale, 0, 2 * Math.PI);
	context.stroke();
}
