// How many of what, and where: the shares of kinds among the demo's assets and the weights of the counties. Data and the
// apportionment (largest remainder). Called by catalogue.ts only.
import type { District } from "../district_table.ts";
import { CITIES, COUNTIES } from "../district_table.ts";

/** Where a kind is found: everywhere by people, mostly in the city proper, only there. */
type Spread = "people" | "urban" | "core";

export interface Share {
	readonly kind: string;
	/** Among 3,000 assets. */
	readonly of3000: number;
	readonly spread: Spread;
	/** At least one in every county, so that the county's own figure has something to rest on. */
	readonly everywhere?: boolean;
	/** Kind of the county figure that is derived from this kind. */
	readonly figure?: string;
}

/** About 4 measured or derived channels an asset on the whole: 12,000 for 3,000 assets. Heat sources and mains come by the towns
 * (heat.ts), the rest are manhole covers. */
export const SHARES: readonly Share[] = [
	{ kind: "dust", of3000: 106, spread: "urban", everywhere: true, figure: "dustDistrict" },
	{ kind: "airStation", of3000: 36, spread: "urban" },
	{ kind: "pit", of3000: 76, spread: "urban" },
	{ kind: "crane", of3000: 84, spread: "urban" },
	{ kind: "camera", of3000: 205, spread: "urban" },
	{ kind: "metro", of3000: 92, spread: "people" },
	{ kind: "regulator", of3000: 110, spread: "people" },
	{ kind: "gasSpace", of3000: 120, spread: "urban" },
	{ kind: "waterPlant", of3000: 34, spread: "people" },
	{ kind: "waterMain", of3000: 160, spread: "people", everywhere: true, figure: "waterDistrict" },
	{ kind: "waterQuality", of3000: 60, spread: "people" },
	{ kind: "heatStation", of3000: 160, spread: "people", everywhere: true, figure: "heatDistrict" },
	{ kind: "heatRoom", of3000: 330, spread: "people" },
	{ kind: "bridge", of3000: 46, spread: "core" },
	{ kind: "rainGauge", of3000: 104, spread: "people", everywhere: true, figure: "floodDistrict" },
	{ kind: "rainStation", of3000: 30, spread: "people" },
	{ kind: "underpass", of3000: 79, spread: "core" },
	{ kind: "floodPoint", of3000: 100, spread: "urban" },
	{ kind: "drainPump", of3000: 42, spread: "urban" },
];
export const REST_KIND = "manhole";

/** Word of the counts for those of a county's video cameras that watch an underpass: one each, at most half of all cameras. */
export const LOOKOUT = "lookout";

export function lookouts(cameras: readonly number[], underpasses: readonly number[]): number[] {
	return underpasses.map((count, index) => Math.min(count, Math.floor((cameras[index] ?? 0) / 2)));
}

/** From this size on a catalogue is a province: heat along the metro, model blocks, weather everywhere. Below it is one for tests. */
export const WHOLE = 1_000;

/** What stands in the later blocks in place of the county figures: as light, so that they weigh 4 channels an asset as well. */
export const FIGURE_STAND_IN = { kind: "heatRoom", of3000: 520 } as const;

export function isUrban(county: District): boolean {
	return county.name.zh.endsWith("区");
}

const WEIGHT: Readonly<Record<Spread, readonly [district: number, town: number, county: number]>> = {
	people: [1, 0.8, 0.6],
	urban: [1, 0.5, 0.3],
	core: [1, 0.25, 0.1],
};

/** Assets that a city still lacks to have its share by people, of `rest` more; within it mostly in the districts. */
export function perCountyLacking(rest: number, size: number, haveByCity: readonly number[]): number[] {
	const people = CITIES.map((city) => city.population?.end2021 ?? 0);
	const lacking = apportion(size, people).map((share, index) => Math.max(0, share - (haveByCity[index] ?? 0)));
	const byCity = apportion(rest, rest > 0 && lacking.every((count) => count === 0) ? people : lacking);
	const urban = weights("urban");
	return CITIES.reduce<number[]>(
		(counts, city, index) => {
			const own = COUNTIES.map((county, at) => (county.parent === city.code ? (urban[at] ?? 0) : 0));
			const given = apportion(byCity[index] ?? 0, own);
			return counts.map((count, at) => count + (given[at] ?? 0));
		},
		COUNTIES.map(() => 0),
	);
}

/** People of the city, divided among its counties by what they are. */
function weights(spread: Spread): number[] {
	const [district, town, rural] = WEIGHT[spread];
	const own = (county: District): number => (isUrban(county) ? district : county.name.zh.endsWith("市") ? town : rural);
	return COUNTIES.map((county) => {
		const city = CITIES.find((candidate) => candidate.code === county.parent);
		const sisters = COUNTIES.filter((other) => other.parent === county.parent);
		const total = sisters.reduce((sum, other) => sum + own(other), 0);
		return ((city?.population?.end2021 ?? 0) * own(county)) / total;
	});
}

/** `total` units in proportion to `parts` (largest remainder; ties go to the first). */
export function apportion(total: number, parts: readonly number[]): number[] {
	const sum = parts.reduce((a, b) => a + b, 0);
	const quotas = parts.map((part) => (sum === 0 ? 0 : (part / sum) * total));
	const counts = quotas.map(Math.floor);
	let left = total - counts.reduce((a, b) => a + b, 0);
	const byRemainder = quotas.map((quota, index) => [quota - Math.floor(quota), index] as const);
	byRemainder.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
	for (const [, index] of byRemainder) {
		if (left <= 0) break;
		counts[index] = (counts[index] ?? 0) + 1;
		left--;
	}
	return counts;
}

/** Assets of a kind per county, in the order of COUNTIES. */
export function perCounty(total: number, spread: Spread, everywhere: boolean): number[] {
	const counts = apportion(total, weights(spread));
	if (!everywhere || total < counts.length) return counts;
	for (const [index, count] of counts.entries()) {
		if (count > 0) continue;
		const richest = counts.indexOf(Math.max(...counts));
		counts[richest] = (counts[richest] ?? 0) - 1;
		counts[index] = 1;
	}
	return counts;
}

/** Assets of a kind per city, in the order of CITIES; at least one each when there are enough. */
export function perCity(total: number): number[] {
	const people = CITIES.map((city) => city.population?.end2021 ?? 0);
	if (total < CITIES.length) return apportion(total, people);
	return apportion(total - CITIES.length, people).map((count) => count + 1);
}
