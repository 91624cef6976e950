// Where everything of the river stands: time to x, counts to a stream around its middle, pins with the labels that have room.
// Pure: sizes in CSS px come in, positions go out; river_draw.ts paints them and River.tsx finds what the pointer is on.
import { RIVER_NEXT_MS, RIVER_PAST_MS, type RiverData, type RiverPin, type RiverStep } from "../../../live/river.ts";
import { groupCounts, RIVER_GROUPS } from "../../../live/river_groups.ts";

/** Fewer open alarms than this do not fill the bed: three alarms are a brook, not a flood. */
const LEAST_SCALE = 24;

export interface RiverSize {
	readonly width: number;
	readonly height: number;
	/** Size of the type, px; everything else follows from it. */
	readonly type: number;
}

/** Rows from the top: pins, stream, bed, axis with the names of shifts. */
export interface RiverRows {
	readonly pins: number;
	readonly streamTop: number;
	readonly streamBottom: number;
	readonly bed: number;
	readonly bedHeight: number;
	readonly axis: number;
}

export function riverRows({ height, type }: RiverSize): RiverRows {
	const bedHeight = Math.max(4, type * 0.4);
	const axis = height - type * 0.72;
	const bed = height - type * 1.55 - bedHeight;
	return {
		pins: type * 0.72,
		streamTop: type * 1.45,
		streamBottom: bed - type * 0.2,
		bed,
		bedHeight,
		axis,
	};
}

export function timeX(at: number, now: number, width: number): number {
	return ((at - (now - RIVER_PAST_MS)) / (RIVER_PAST_MS + RIVER_NEXT_MS)) * width;
}

/** One band of the stream: x, upper and lower y per point; three numbers a point. */
export type Band = Float64Array;

/** Bands in the order of RIVER_GROUPS. Steps that the server did not know break the stream: [] of runs. */
export function streamBands(river: RiverData, now: number, size: RiverSize): readonly (readonly Band[])[] {
	const rows = riverRows(size);
	const runs = knownRuns(river.steps);
	const counts = new Map(river.steps.map((step) => [step, groupCounts(step)]));
	let most = LEAST_SCALE;
	for (const one of counts.values()) {
		most = Math.max(
			most,
			one.reduce((sum, count) => sum + count, 0),
		);
	}
	const scale = (rows.streamBottom - rows.streamTop) / most;
	const middle = (rows.streamTop + rows.streamBottom) / 2;
	return runs.map((run) => {
		const bands = RIVER_GROUPS.map(() => new Float64Array(run.length * 3));
		for (const [index, step] of run.entries()) {
			const one = counts.get(step) ?? [];
			const x = timeX(Math.min(step.at + river.step, now), now, size.width);
			let y = middle - (one.reduce((sum, count) => sum + count, 0) * scale) / 2;
			for (const [group, band] of bands.entries()) {
				const high = (one[group] ?? 0) * scale;
				band.set([x, y, y + high], index * 3);
				y += high;
			}
		}
		return bands;
	});
}

function knownRuns(steps: readonly RiverStep[]): RiverStep[][] {
	const runs: RiverStep[][] = [];
	let run: RiverStep[] = [];
	for (const step of steps) {
		if (step.open !== null) run.push(step);
		else if (run.length > 0) {
			runs.push(run);
			run = [];
		}
	}
	if (run.length > 0) runs.push(run);
	return runs;
}

export interface PlacedPin {
	readonly pin: RiverPin;
	readonly x: number;
	/** Left edge and text of the label; null: no room, the shape stands alone. */
	readonly label: { readonly x: number; readonly text: string } | null;
}

/**
 * One of each level a pixel: the newest. In a storm thousands would be painted over each other, and be looked at for each label.
 * `pins` worst and newest first.
 */
function seenPins(pins: readonly RiverPin[], now: number, width: number): readonly RiverPin[] {
	const taken = new Set<number>();
	return pins.filter(({ at, severity }) => {
		const spot = Math.round(timeX(at, now, width)) * 8 + severity;
		if (taken.has(spot)) return false;
		taken.add(spot);
		return true;
	});
}

/** Worst and newest pins get their label first; none lies on another or leaves the picture. Drawn mildest first. */
export function placePins(
	pins: readonly RiverPin[],
	now: number,
	size: RiverSize,
	words: { readonly place: (pin: RiverPin) => string; readonly width: (text: string) => number },
): readonly PlacedPin[] {
	const radius = size.type * 0.5;
	const lately = pins
		.filter(({ at }) => at >= now - RIVER_PAST_MS && at <= now)
		.sort((a, b) => b.severity - a.severity || b.at - a.at);
	const shown = seenPins(lately, now, size.width);
	const marks = shown.map(({ at }) => timeX(at, now, size.width));
	const taken: [number, number][] = [];
	/** A place is named once where its pins stand together. */
	const named: { readonly text: string; readonly x: number }[] = [];
	const placed = shown.map((pin, index): PlacedPin => {
		const x = marks[index] ?? 0;
		const text = words.place(pin);
		const width = words.width(text);
		if (named.some((one) => one.text === text && Math.abs(one.x - x) < width)) return { pin, x, label: null };
		const sides = [x + radius * 1.5, x - radius * 1.5 - width];
		const left = sides.find((edge) => {
			if (edge < 0 || edge + width > size.width) return false;
			const isFree = taken.every(([from, to]) => edge > to + radius || edge + width < from - radius);
			const others = marks.every(
				(mark, other) => other === index || mark + radius < edge || mark - radius > edge + width,
			);
			return isFree && others;
		});
		if (left === undefined) return { pin, x, label: null };
		taken.push([left, left + width]);
		named.push({ text, x });
		return { pin, x, label: { x: left, text } };
	});
	return placed.reverse();
}

/** The pin under the pointer, the one drawn last first. */
export function pinAt(placed: readonly PlacedPin[], x: number, y: number, size: RiverSize): PlacedPin | null {
	const rows = riverRows(size);
	const reach = Math.max(12, size.type * 0.7);
	if (Math.abs(y - rows.pins) > reach) return null;
	for (let index = placed.length - 1; index >= 0; index--) {
		const one = placed[index];
		if (one === undefined) continue;
		const right = one.label === null ? 0 : one.label.x + one.label.text.length * size.type;
		if (Math.abs(one.x - x) <= reach) return one;
		if (one.label !== null && x >= one.label.x && x <= right && one.label.x > one.x) return one;
	}
	return null;
}

/** Index of the step at x, or null beyond the known past. */
export function stepAt(river: RiverData, x: number, now: number, width: number): number | null {
	const at = now - RIVER_PAST_MS + (x / width) * (RIVER_PAST_MS + RIVER_NEXT_MS);
	if (at > now) return null;
	const index = river.steps.findIndex((step) => at >= step.at && at < step.at + river.step);
	return index < 0 ? null : index;
}
