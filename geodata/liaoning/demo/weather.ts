// Weather stations of the demo, one a county at its seat, and one forecast a city. Called by catalogue.ts for the first block.
import { CITIES, COUNTIES } from "../district_table.ts";
import { districtAt } from "../districts.ts";
import type { Draft } from "./draft.ts";
import { WHOLE } from "./mix.ts";

export function addWeather(draft: Draft, size: number): void {
	const cities = size < WHOLE ? CITIES.slice(0, 1) : CITIES;
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined || (size < WHOLE && index > 0)) continue;
		const chance = draft.chance(`weather ${county.code}`);
		draft.add(county, {
			kind: "weatherStation",
			name: `${county.short.zh}气象站`,
			position: ground.within(ground.seat, chance, 900, 3_000),
			site: `${county.short.zh}气象`,
			fields: { station: `演示${county.code.slice(1)}`, altitude: chance.int(8, 160) },
		});
	}
	for (const city of cities) {
		const [lon, lat] = city.centre;
		const county = districtAt(lon, lat);
		if (county === undefined) throw new Error(`the centre of ${city.code} lies nowhere`);
		draft.add(county, {
			kind: "cityForecast",
			name: `${city.short.zh}城市预报`,
			position: [lon, lat],
			site: `${city.short.zh}气象`,
			fields: { issuer: "演示预报" },
		});
	}
}
