// Paints the river on a canvas: stream in five quiet hues, pins in their shapes, the dark bed of minutes nobody had seen, shift
// changes, the now line and the dashed forecast. Called by River.tsx when data or size changed; it decides nothing and keeps
// nothing. Levels are colour, shape and letter, never colour alone.

import { minuteText } from "../../../live/format.ts";
import { RIVER_PAST_MS, type RiverData, type RiverShift } from "../../../live/river.ts";
import type { Forecast } from "../../../live/river_forecast.ts";
import type { RiverLook } from "./river_look.ts";
import { drawPin, line } from "./river_pin_draw.ts";
import { type Band, type PlacedPin, type RiverSize, riverRows, timeX } from "./river_shape.ts";

export interface RiverWords {
	readonly now: string;
	readonly history: string;
	/** "今夜 −14 ℃"; "" while nothing is forecast. */
	readonly forecast: string;
	/** From the fullest to the shortest; the first that has room is written. */
	readonly shift: (shift: RiverShift) => readonly string[];
}

export interface RiverPicture {
	readonly river: RiverData;
	readonly now: number;
	readonly size: RiverSize;
	readonly runs: readonly (readonly Band[])[];
	readonly pins: readonly PlacedPin[];
	readonly forecast: Forecast | null;
	/** Step that is read out, or null. */
	readonly read: number | null;
}

const HOUR_MS = 3_600_000;
const ZONE_MS = 8 * HOUR_MS;
const AXIS_EVERY_MS = 4 * HOUR_MS;

export function drawRiver(
	on: CanvasRenderingContext2D,
	picture: RiverPicture,
	look: RiverLook,
	words: RiverWords,
): void {
	const { size } = picture;
	on.clearRect(0, 0, size.width, size.height);
	on.lineJoin = "round";
	drawRead(on, picture, look);
	drawStream(on, picture, look);
	drawBed(on, picture, look);
	drawAxis(on, picture, look, words);
	drawForecast(on, picture, look, words);
	drawNow(on, picture, look, words);
	for (const pin of picture.pins) drawPin(on, pin, size, look);
}

function drawStream(on: CanvasRenderingContext2D, { runs }: RiverPicture, look: RiverLook): void {
	for (const bands of runs) {
		for (const [group, band] of bands.entries()) {
			const points = band.length / 3;
			if (points < 2) continue;
			on.beginPath();
			trace(on, band, 1, false);
			trace(on, band, 2, true);
			on.closePath();
			on.fillStyle = look.hues[group] ?? look.text3;
			on.fill();
			// A thin line of the ground between the bands, and none where the band is dry.
			on.strokeStyle = look.ground;
			on.lineWidth = 1;
			on.stroke();
		}
	}
}

/** One edge of a band; between two points the curve leaves and arrives level, so that it never overshoots a count. */
function trace(on: CanvasRenderingContext2D, band: Band, column: 1 | 2, isBack: boolean): void {
	const points = band.length / 3;
	for (let step = 0; step < points; step++) {
		const index = isBack ? points - 1 - step : step;
		const x = band[index * 3] ?? 0;
		const y = band[index * 3 + column] ?? 0;
		if (step === 0) {
			if (isBack) on.lineTo(x, y);
			else on.moveTo(x, y);
			continue;
		}
		const before = isBack ? index + 1 : index - 1;
		const fromX = band[before * 3] ?? 0;
		const fromY = band[before * 3 + column] ?? 0;
		const middle = (fromX + x) / 2;
		on.bezierCurveTo(middle, fromY, middle, y, x, y);
	}
}

/** Minutes in which an orange or red waited for a person: holes in a pale track. */
function drawBed(on: CanvasRenderingContext2D, { river, now, size }: RiverPicture, look: RiverLook): void {
	const rows = riverRows(size);
	const end = timeX(now, now, size.width);
	on.fillStyle = look.track;
	on.fillRect(0, rows.bed, end, rows.bedHeight);
	on.fillStyle = look.bed;
	for (const step of river.steps) {
		if (step.unacknowledgedMs <= 0) continue;
		const from = Math.max(0, timeX(step.at, now, size.width));
		const to = Math.min(end, timeX(step.at + river.step, now, size.width));
		if (to <= from) continue;
		// The share of the step is the depth of the hole.
		const share = Math.min(1, step.unacknowledgedMs / river.step);
		const high = Math.max(rows.bedHeight * 0.3, rows.bedHeight * share);
		on.fillRect(from, rows.bed + rows.bedHeight - high, to - from + 0.5, high);
	}
	on.strokeStyle = look.text3;
	on.globalAlpha = 0.5;
	on.lineWidth = 1;
	on.strokeRect(0.5, Math.round(rows.bed) - 0.5, end - 1, Math.round(rows.bedHeight) + 1);
	on.globalAlpha = 1;
}

/** Hours of the day; where a shift begins, who came stands beside the hour. What has no room is left out, names last. */
function drawAxis(on: CanvasRenderingContext2D, picture: RiverPicture, look: RiverLook, words: RiverWords): void {
	const { river, now, size } = picture;
	const rows = riverRows(size);
	const foot = rows.bed + rows.bedHeight;
	const nowX = timeX(now, now, size.width);
	const half = size.type * 1.25;
	const taken: [number, number][] = [[nowX - size.type * 1.4, nowX + size.type * 1.4]];
	on.textBaseline = "middle";
	on.lineWidth = 1;
	on.strokeStyle = look.text3;
	on.textAlign = "center";
	on.fillStyle = look.text2;
	on.font = `500 ${size.type * 0.92}px ${look.figures}`;
	for (const at of hoursOf(now, size.width)) {
		const x = timeX(at, now, size.width);
		line(on, x, foot + 2, foot + size.type * 0.3);
		if (x < half || x > size.width - half || !isFree(taken, x - half, x + half)) continue;
		taken.push([x - half, x + half]);
		on.fillText(minuteText(at), x, rows.axis);
	}
	on.textAlign = "left";
	on.font = `400 ${size.type * 0.8}px ${look.sans}`;
	for (const shift of river.shifts) {
		if (shift.at < now - RIVER_PAST_MS || shift.at > now) continue;
		const x = timeX(shift.at, now, size.width);
		line(on, x, rows.streamTop, foot);
		const left = x + (isFree(taken, x, x + half) ? size.type * 0.35 : half + size.type * 0.3);
		for (const text of words.shift(shift)) {
			const right = left + on.measureText(text).width;
			if (right > size.width || !isFree(taken, left, right + size.type * 0.3)) continue;
			taken.push([left, right]);
			on.fillText(text, left, rows.axis);
			break;
		}
	}
	drawHistory(on, picture, look, words, taken);
}

function hoursOf(now: number, width: number): readonly number[] {
	const hours: number[] = [];
	const first = Math.ceil((now - RIVER_PAST_MS + ZONE_MS) / AXIS_EVERY_MS) * AXIS_EVERY_MS - ZONE_MS;
	for (let at = first; timeX(at, now, width) < width; at += AXIS_EVERY_MS) hours.push(at);
	return hours;
}

function isFree(taken: readonly (readonly [number, number])[], from: number, to: number): boolean {
	return taken.every(([left, right]) => to <= left || from >= right);
}

/** Left of the dotted line the demo's generator wrote what is seen. */
function drawHistory(
	on: CanvasRenderingContext2D,
	{ river, now, size }: RiverPicture,
	look: RiverLook,
	words: RiverWords,
	taken: readonly (readonly [number, number])[],
): void {
	const until = river.demoHistoryUntil;
	if (until === null || until <= now - RIVER_PAST_MS) return;
	const rows = riverRows(size);
	const x = timeX(Math.min(until, now), now, size.width);
	on.setLineDash([2, 4]);
	on.strokeStyle = look.text2;
	line(on, x, rows.streamTop, rows.bed + rows.bedHeight);
	on.setLineDash([]);
	on.font = `400 ${size.type * 0.8}px ${look.sans}`;
	on.textAlign = "right";
	on.fillStyle = look.text2;
	const width = on.measureText(words.history).width;
	// As near to its line as the hours allow.
	for (let right = x - size.type * 0.4; right - width > 0; right -= size.type * 0.5) {
		if (!isFree(taken, right - width - size.type * 0.2, right)) continue;
		on.fillText(words.history, right, rows.axis);
		return;
	}
}

function drawForecast(
	on: CanvasRenderingContext2D,
	{ forecast, now, size }: RiverPicture,
	look: RiverLook,
	words: RiverWords,
): void {
	if (forecast === null) return;
	const rows = riverRows(size);
	const values = forecast.points.map(({ value }) => value);
	const least = Math.min(...values);
	const span = Math.max(Math.max(...values) - least, forecast.quantity === "rain" ? 4 : 3);
	const top = rows.streamTop + size.type * 0.6;
	const bottom = rows.bed - size.type * 0.2;
	const place = forecast.points.map(({ hours, value }) => ({
		x: timeX(now + hours * HOUR_MS, now, size.width),
		y: bottom - ((value - least) / span) * (bottom - top),
	}));
	on.setLineDash([size.type * 0.32, size.type * 0.24]);
	on.strokeStyle = look.forecast;
	on.lineWidth = Math.max(1.5, size.type * 0.07);
	on.beginPath();
	for (const [index, { x, y }] of place.entries()) {
		const before = place[index - 1];
		if (before === undefined) on.moveTo(x, y);
		else on.bezierCurveTo((before.x + x) / 2, before.y, (before.x + x) / 2, y, x, y);
	}
	on.stroke();
	on.setLineDash([]);
	on.font = `500 ${size.type}px ${look.figures}`;
	on.textAlign = "right";
	on.textBaseline = "middle";
	on.fillStyle = look.text;
	on.fillText(words.forecast, size.width, rows.pins);
}

function drawNow(on: CanvasRenderingContext2D, { now, size }: RiverPicture, look: RiverLook, words: RiverWords): void {
	const rows = riverRows(size);
	const x = Math.round(timeX(now, now, size.width));
	on.strokeStyle = look.text;
	on.lineWidth = Math.max(1.5, size.type * 0.07);
	line(on, x, rows.streamTop - size.type * 0.2, rows.bed + rows.bedHeight + size.type * 0.3);
	on.textBaseline = "middle";
	on.textAlign = "center";
	on.fillStyle = look.text;
	on.font = `500 ${size.type}px ${look.sans}`;
	on.fillText(words.now, x, rows.axis);
}

function drawRead(on: CanvasRenderingContext2D, { river, now, size, read }: RiverPicture, look: RiverLook): void {
	const step = read === null ? undefined : river.steps[read];
	if (step === undefined) return;
	const rows = riverRows(size);
	const from = timeX(step.at, now, size.width);
	const to = timeX(Math.min(step.at + river.step, now), now, size.width);
	on.fillStyle = look.track;
	on.fillRect(from, rows.streamTop, Math.max(2, to - from), rows.bed + rows.bedHeight - rows.streamTop);
}
