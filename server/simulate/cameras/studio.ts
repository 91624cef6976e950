// From the facts of a camera to its JPEG: the scene is set up in its own frame, the sun and the wind are turned into it, and the
// darkroom develops it. One picture at a time.

import { seedOf } from "./draw/noise.ts";
import { Darkroom } from "./draw/picture.ts";
import { sunAt } from "./draw/sun.ts";
import type { CameraFacts } from "./facts.ts";
import type { Place } from "./scenes/place.ts";
import { sceneOf } from "./scenes/scene.ts";

const EAST8_MS = 8 * 3_600_000;
const HOUR_MS = 3_600_000;

export class Studio {
	readonly darkroom = new Darkroom();

	draw(facts: CameraFacts): Buffer {
		const sun = sunAt(facts.at, facts.lon, facts.lat);
		const hour = ((facts.at + EAST8_MS) / HOUR_MS) % 24;
		const seed = seedOf(facts.asset);
		const place: Place = { ...facts, seed, hour, isDark: sun.altitude < -1.5, isWorking: facts.isWorking(hour) };
		const { stage, view } = sceneOf(place);
		const turned = (view.yaw * 180) / Math.PI - facts.bearing;
		return this.darkroom.develop({
			stage,
			view,
			sun: { altitude: sun.altitude, azimuth: sun.azimuth + turned },
			weather: { ...facts.weather, windFrom: facts.weather.windFrom + turned },
			caption: { at: facts.at, name: facts.name, note: facts.note },
			seed,
			hour,
		});
	}
}
