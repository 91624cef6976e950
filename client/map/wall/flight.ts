// Goes from one stop of the wall's tour to the next: an eased flight, or a cut with a short fade where there is no motion. Used
// by wall_map.ts alone; knows MapLibre, not what is drawn.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Insets, Stop } from "../../live/stop.ts";
import { PROVINCE_BOUNDS } from "../basemap.ts";
import { latOf, lonOf, TILE_PX, worldX, worldY } from "../mercator.ts";

/** A province to a street is a long way; a person follows it in this time. */
const FLIGHT_MS = 3_200;
const FADE_MS = 180;
/** A cut dims the picture, never to black: a slow machine stays there longer, and a dark wall is a dead wall. */
const DIM = "0.45";
const DARK_MOST_MS = 800;
/** The screen that the sizes are drawn for. */
const WALL_WIDTH = 1_920;
const WALL_HEIGHT = 1_080;

/** 1 at 1920 x 1080: type and symbols grow with the screen, because a wall is read from farther away. */
export function wallScale(width: number, height: number): number {
	return Math.max(0.5, Math.min(width / WALL_WIDTH, height / WALL_HEIGHT));
}

/** Room for the rims of the outer glyphs, CSS px at scale 1. */
const RIM = { top: 8, right: 30, bottom: 46, left: 30 } as const;

/** Where the map stands: `center` is in the middle of what the padding leaves free. */
export interface Place {
	readonly center: readonly [number, number];
	readonly zoom: number;
	readonly padding: Insets;
}

/** Pure. Zooms of a stop are those of a wall of 1080 lines; the province fills what the insets leave. */
export function placeOf(
	stop: Stop,
	insets: Insets,
	scale: number,
	size: { readonly width: number; readonly height: number },
): Place {
	if (stop.kind !== "province") {
		return { center: [stop.lon, stop.lat], zoom: stop.zoom + Math.log2(scale), padding: insets };
	}
	const padding = {
		top: insets.top + RIM.top * scale,
		right: insets.right + RIM.right * scale,
		bottom: insets.bottom + RIM.bottom * scale,
		left: insets.left + RIM.left * scale,
	};
	const [west, south, east, north] = PROVINCE_BOUNDS;
	const [left, right, top, bottom] = [worldX(west), worldX(east), worldY(north), worldY(south)];
	const free = [size.width - padding.left - padding.right, size.height - padding.top - padding.bottom] as const;
	// A page that is laid out in a moment has no room yet: a first guess, corrected by the next insets.
	const perWorld = Math.max(64, Math.min(free[0] / (right - left), free[1] / (bottom - top)));
	return {
		center: [lonOf((left + right) / 2), latOf((top + bottom) / 2)],
		zoom: Math.log2(perWorld / TILE_PX),
		padding,
	};
}

export class Flight {
	/** Under way: what is laid out once for a stop waits. */
	isUnderWay = false;
	private readonly map: MapLibreMap;
	private readonly box: HTMLElement;
	private token = 0;

	constructor(map: MapLibreMap, box: HTMLElement) {
		this.map = map;
		this.box = box;
	}

	/** `arrived` is called once, unless another flight begins before. */
	go({ center, zoom, padding }: Place, hasMotion: boolean, arrived: () => void): void {
		this.token += 1;
		const token = this.token;
		const done = (): void => {
			if (token !== this.token) return;
			this.isUnderWay = false;
			arrived();
		};
		this.isUnderWay = true;
		if (!hasMotion) {
			this.cut({ center, zoom, padding }, token, done);
			return;
		}
		this.box.style.opacity = "1";
		this.map.flyTo({
			center: [...center],
			zoom,
			padding: { ...padding },
			duration: FLIGHT_MS,
			curve: 1.2,
			easing: easeInOut,
			essential: true,
		});
		this.map.once("moveend", done);
	}

	/** At once, without a fade: a first picture, other insets. */
	stand({ center, zoom, padding }: Place): void {
		this.map.jumpTo({ center: [...center], zoom, padding: { ...padding } });
	}

	private cut(to: Place, token: number, done: () => void): void {
		const { box } = this;
		box.style.transition = `opacity ${FADE_MS}ms linear`;
		box.style.opacity = DIM;
		setTimeout(() => {
			if (token !== this.token) return;
			this.stand(to);
			done();
			const light = (): void => {
				if (token === this.token) box.style.opacity = "1";
			};
			this.map.once("idle", light);
			setTimeout(light, DARK_MOST_MS);
		}, FADE_MS);
	}
}

function easeInOut(t: number): number {
	return t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
}
