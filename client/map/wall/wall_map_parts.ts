// What the wall's map is made with: handed in by ui/wall/MapView.tsx, read by wall_map.ts and wall_scenes.ts.
import type { Live } from "../../live/live.ts";
import type { Insets, Stop } from "../../live/stop.ts";
import type { CityPlace } from "../city_glyphs.ts";
import type { Tier } from "./motion.ts";
import type { Field } from "./season_figure.ts";
import type { FieldWords } from "./wall_field.ts";

export interface WallMapParts {
	readonly container: HTMLElement;
	readonly live: Live;
	readonly language: "zh" | "en";
	readonly cityName: (code: string) => string;
	readonly cityPlace: CityPlace;
	/** Stands with the sources on the map: the unit's 审图号. */
	readonly reviewNumber: string;
	/** Drawn by the processor. */
	readonly isSoftware: boolean;
	readonly stop: Stop;
	readonly insets: Insets;
	readonly field: Field;
	readonly tier: Tier;
	readonly words: FieldWords;
}
