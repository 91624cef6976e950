// Which scene a view is.
import { bridge } from "./bridge.ts";
import type { Place, Scene, ViewName } from "./place.ts";
import { site } from "./site.ts";
import { street } from "./street.ts";
import { underpass } from "./underpass.ts";
import { gas, plant } from "./works.ts";

const scenes: Readonly<Record<ViewName, (place: Place) => Scene>> = {
	gate: site,
	crane: site,
	pit: site,
	yard: site,
	fence: site,
	underpass,
	bridge,
	plant,
	gas,
	street,
};

export function sceneOf(place: Place): Scene {
	return scenes[place.view](place);
}
