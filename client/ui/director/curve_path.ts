// A figure's curve as an SVG path: evenly over the whole of a scenario, scaled to what it has reached so far. Pure.
import { CURVE_POINTS } from "./demo_state.ts";

export const WIDTH = 160;
export const HEIGHT = 40;
const EDGE = 3;

function scale(curve: readonly (number | null)[]): (value: number) => number {
	const known = curve.filter((value) => value !== null);
	const least = Math.min(...known);
	const most = Math.max(...known);
	// A figure that stands still is a line in the middle, not noise drawn large.
	const span = Math.max(most - least, 0.02 * Math.max(Math.abs(most), Math.abs(least)), 1e-6);
	const middle = (most + least) / 2;
	return (value) => HEIGHT / 2 - ((value - middle) / span) * (HEIGHT - 2 * EDGE);
}

function xOf(index: number): number {
	return Math.round((EDGE + (index / (CURVE_POINTS - 1)) * (WIDTH - 2 * EDGE)) * 10) / 10;
}

export function pathOf(curve: readonly (number | null)[]): string {
	const y = scale(curve);
	let path = "";
	let isOpen = false;
	for (const [index, value] of curve.entries()) {
		if (value !== null) path += `${isOpen ? "L" : "M"}${xOf(index)} ${y(value).toFixed(1)}`;
		isOpen = value !== null;
	}
	return path;
}

/** The newest point, when something was said. */
export function endOf(curve: readonly (number | null)[]): readonly [number, string] | null {
	const index = curve.length - 1;
	const value = curve[index];
	return value === null || value === undefined ? null : [xOf(index), scale(curve)(value).toFixed(1)];
}
