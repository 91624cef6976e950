// Which scene a place is.
import type { Place, Scene } from "./place.ts";
import { site } from "./site.ts";

export function sceneOf(place: Place): Scene {
	return site(place);
}
