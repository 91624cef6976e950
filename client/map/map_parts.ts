// What the page gives the desk's map: its box, the live half, where to begin, and whom to tell. Types only.
import type { Live } from "../live/live.ts";
import type { CityPlace } from "./city_glyphs.ts";

export interface Viewpoint {
	readonly lon: number;
	readonly lat: number;
	readonly zoom: number;
}

export interface MapParts {
	readonly container: HTMLElement;
	readonly live: Live;
	readonly start: Viewpoint | null;
	readonly language: "zh" | "en";
	/** Short name of a city. */
	readonly cityName: (code: string) => string;
	readonly cityPlace: CityPlace;
	/** Stands with the sources on the map: the unit's 审图号. */
	readonly reviewNumber: string;
	/** Drawn by the processor. */
	readonly isSoftware: boolean;
	/** CSS px of the map's right side that a panel covers now. */
	readonly covered: () => number;
	/** An asset was clicked; null: the ground. */
	readonly onSelect: (id: string | null) => void;
	readonly onView: (viewpoint: Viewpoint) => void;
}
