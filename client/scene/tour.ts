// The stops of the wall's tour: the whole province, one city, one site at street zoom, or the case that took the picture over. Plain
// data in the page's words; how the picture gets there is the map's business (client/map/wall/stop.ts has the same shape, and the
// compiler holds the two together in ui/wall/MapView.tsx).

export type TourStop =
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

/** What the wall's columns and bands cover of the map, CSS px. */
export interface Insets {
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly left: number;
}

/** Good zooms on a wall of 1080 lines; the map adds what more lines allow. */
export const STOP_ZOOM = { city: 10.8, site: 17.2, case: 11.6 } as const;
