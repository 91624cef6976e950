// What a scene is made from: the live values of its place, the moment, and the dice that make it a place of its own. Types only, and
// the two questions every scene asks.
import type { Weather } from "../draw/light.ts";
import type { View } from "../draw/raster.ts";
import type { Stage } from "../draw/stage.ts";

export interface CraneFacts {
	/** Degrees clockwise from north; null: it has not said. */
	readonly slew: number | null;
	/** Of the hook below the jib, metres above ground and from the mast; null: no load hangs. */
	readonly hook: number | null;
	readonly radius: number | null;
	readonly isLifting: boolean;
	readonly jib: number;
	readonly mast: number;
}

export const views = [
	"gate",
	"crane",
	"pit",
	"yard",
	"fence",
	"underpass",
	"bridge",
	"plant",
	"gas",
	"street",
] as const;
export type ViewName = (typeof views)[number];

export interface Place {
	readonly view: ViewName;
	readonly seed: number;
	/** Epoch ms. */
	readonly at: number;
	/** Hour of the civil day with its fraction. */
	readonly hour: number;
	/** The way the video camera looks, degrees clockwise from north. */
	readonly bearing: number;
	readonly weather: Weather;
	readonly isDark: boolean;
	readonly cranes: readonly CraneFacts[];
	/** Metres of water on the road; 0: dry. */
	readonly depth: number;
	/** People and machines are at work. */
	readonly isWorking: boolean;
	/** PM10 at the site, µg/m³: spray guns run from 150 on. */
	readonly dust: number;
}

export interface Scene {
	readonly stage: Stage;
	readonly view: View;
}

export const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Cars on a street at this hour, 0..1. */
export function traffic(hour: number): number {
	const rush = Math.exp(-(((hour - 8) / 1.4) ** 2)) + Math.exp(-(((hour - 17.8) / 1.6) ** 2));
	const day = hour > 6 && hour < 22 ? 0.5 : 0.1;
	return Math.min(1, day + 0.5 * rush);
}
