// The words that a video camera burns into its picture: date, weekday and time at the top left, its name at the bottom right, and the
// mark that this picture is drawn. Civil time is Asia/Shanghai whatever the machine's zone.
import type { SKRSContext2D } from "@napi-rs/canvas";
import { type Lettering, widthOf, write } from "./words.ts";

const EAST8_MS = 8 * 3_600_000;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const;
export const MARK = "演示画面·合成";

const two = (n: number): string => String(n).padStart(2, "0");

/** 2026年11月22日 星期日 20:13:49 */
export function stamp(at: number): string {
	const t = new Date(at + EAST8_MS);
	const day = `${t.getUTCFullYear()}年${two(t.getUTCMonth() + 1)}月${two(t.getUTCDate())}日`;
	return `${day} 星期${WEEKDAYS[t.getUTCDay()]} ${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())}`;
}

export interface Caption {
	readonly at: number;
	readonly name: string;
	/** One more line above the name; empty: none. */
	readonly note: string;
}

export function drawOverlay(context: SKRSContext2D, width: number, height: number, { at, name, note }: Caption): void {
	const size = height / 21;
	const look: Lettering = { size, weight: 500, fill: "#f4f6f4", edge: "rgba(8,12,14,0.82)" };
	const edge = height / 26;
	write(context, stamp(at), edge, edge + size * 0.85, look);
	const mark: Lettering = { size: size * 0.86, weight: 500, fill: "#ffe9a8", edge: "rgba(8,12,14,0.82)" };
	write(context, MARK, edge, height - edge, mark);
	const longest = width - 4 * edge - widthOf(context, MARK, mark);
	const scale = Math.min(1, longest / widthOf(context, name, look));
	const fitted = { ...look, size: size * scale };
	write(context, name, width - edge - widthOf(context, name, fitted), height - edge, fitted);
	if (note !== "") {
		const small = { ...look, size: size * 0.8 };
		write(context, note, width - edge - widthOf(context, note, small), height - edge - size * 1.35, small);
	}
}
