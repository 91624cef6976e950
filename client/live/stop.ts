// Where the wall stands: the whole province, one city, one site at street zoom, or the case that took it over. Plain data; the page
// decides (live/tour.ts), the wall's map goes there. Never a viewpoint of the desk.

export type Stop =
	| { readonly kind: "province" }
	| {
			readonly kind: "city";
			/** City code, six digits. */
			readonly district: string;
			readonly lon: number;
			readonly lat: number;
			readonly zoom: number;
	  }
	| {
			readonly kind: "site";
			/** Any asset of the site; what shares its field `site` is drawn with it. */
			readonly asset: string;
			readonly lon: number;
			readonly lat: number;
			readonly zoom: number;
	  }
	| {
			readonly kind: "case";
			/** What the alarm is about. */
			readonly asset: string;
			readonly lon: number;
			readonly lat: number;
			readonly zoom: number;
	  };

export type StopKind = Stop["kind"];

/** What the wall's columns and bands cover of the map, CSS px. */
export interface Insets {
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly left: number;
}

/** Good zooms on a wall of 1080 lines; the map adds what more lines allow. */
export const STOP_ZOOM = { city: 10.8, site: 17.2, case: 11.6 } as const;

/** The same picture? Two stops that differ only in identity of the object are one. */
export function isSameStop(a: Stop, b: Stop): boolean {
	return stopKey(a) === stopKey(b);
}

export function stopKey(stop: Stop): string {
	switch (stop.kind) {
		case "province":
			return "province";
		case "city":
			return `city ${stop.district} ${placeKey(stop)}`;
		case "site":
		case "case":
			return `${stop.kind} ${stop.asset} ${placeKey(stop)}`;
	}
}

function placeKey({ lon, lat, zoom }: { lon: number; lat: number; zoom: number }): string {
	return `${lon.toFixed(5)} ${lat.toFixed(5)} ${zoom.toFixed(2)}`;
}
