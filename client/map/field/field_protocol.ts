// What the map and its field worker say to each other. Plain data that can be cloned.
import type { Contour } from "./contours.ts";
import type { Sample } from "./grid.ts";

export type ToField =
	| { readonly type: "isotherms"; readonly samples: readonly Sample[] }
	| {
			readonly type: "rain";
			/** mm per 10 min. */
			readonly samples: readonly Sample[];
			/** Epoch ms that the samples are of. */
			readonly at: number;
	  };

export type FromField =
	| { readonly type: "isotherms"; readonly contours: readonly Contour[] }
	| {
			readonly type: "rain";
			/** lon, lat per dot. */
			readonly dots: Float32Array;
			/** Where the storm goes, degrees of lon and lat per minute; null: not known yet, or no rain. */
			readonly drift: readonly [number, number] | null;
			/** Edges of the rain in so many minutes, by the drift. */
			readonly fronts: readonly Contour[];
	  };
