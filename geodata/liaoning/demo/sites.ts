// Construction sites of the demo: dust station, pit, cranes, cameras and air station stand together and share a site.
// Projects and builders are invented. Called by catalogue.ts for each block.
import { bearingBetween } from "#model/distance.ts";
import type { District } from "../district_table.ts";
import { COUNTIES } from "../district_table.ts";
import type { Position } from "../polygon.ts";
import type { Chance } from "./chance.ts";
import { type Draft, numeral, pastDate } from "./draft.ts";
import { isUrban, LOOKOUT } from "./mix.ts";
import type { Ground } from "./place.ts";
import { roadsOf } from "./words.ts";

interface Site {
	/** 怒江北街 3 号地块 */
	readonly plot: string;
	/** 于洪区 怒江北街 3 号地块: as `site` of its assets. */
	readonly site: string;
	readonly position: Position;
	readonly builder: string;
	cranes: number;
	cameras: number;
}

export function addSites(draft: Draft): void {
	for (const [index, county] of COUNTIES.entries()) {
		const ground = draft.grounds[index];
		if (ground === undefined) continue;
		const chance = draft.chance(`sites ${county.code}`);
		const dust = draft.count("dust", index);
		const pits = draft.count("pit", index);
		const cranes = draft.count("crane", index);
		const cameras = draft.count("camera", index) - draft.count(LOOKOUT, index);
		const wanted = Math.max(dust, pits, Math.ceil(cranes / 3), Math.ceil(cameras / 4));
		const sites = Array.from({ length: wanted }, () => newSite(draft, county, ground, chance));
		for (const site of sites.slice(0, dust)) addDust(draft, county, ground, site, chance);
		for (const site of sites.slice(0, pits)) addPit(draft, county, ground, site, chance);
		for (let n = 0; n < cranes; n++) addCrane(draft, county, ground, turn(sites, n), chance);
		for (let n = 0; n < cameras; n++) addCamera(draft, county, ground, turn(sites, n), chance);
		addAirStations(draft, county, ground, sites, chance, draft.count("airStation", index));
	}
}

function turn(sites: readonly Site[], n: number): Site {
	const site = sites[n % sites.length];
	if (site === undefined) throw new Error("a crane or camera without a site");
	return site;
}

function newSite(draft: Draft, county: District, ground: Ground, chance: Chance): Site {
	const road = chance.pick(roadsOf(county.code, isUrban(county)));
	const plot = `${road} ${draft.number(`plot ${county.code} ${road}`)} 号地块`;
	return {
		plot,
		site: `${county.short.zh} ${plot}`,
		position: ground.position(chance),
		builder: `演示建设${numeral(chance.int(1, 12))}公司`,
		cranes: 0,
		cameras: 0,
	};
}

function addDust(draft: Draft, county: District, ground: Ground, site: Site, chance: Chance): void {
	draft.add(county, {
		kind: "dust",
		name: `${site.plot}扬尘站`,
		position: ground.within(site.position, chance, 45, 70),
		site: site.site,
		fields: { project: site.plot, builder: site.builder, area: isUrban(county) ? "builtUp" : "suburb" },
	});
}

function addPit(draft: Draft, county: District, ground: Ground, site: Site, chance: Chance): void {
	const depth = Math.round(chance.between(5.2, 18) * 10) / 10;
	draft.add(county, {
		kind: "pit",
		name: `${site.plot}深基坑`,
		position: ground.within(site.position, chance, 0, 12),
		site: site.site,
		fields: {
			project: site.plot,
			depth,
			grade: depth > 12 ? "1" : depth > 8 ? "2" : "3",
			expertReview: pastDate(chance, 400),
		},
	});
}

function addCrane(draft: Draft, county: District, ground: Ground, site: Site, chance: Chance): void {
	site.cranes += 1;
	const number = draft.number(`crane papers ${county.code}`);
	draft.add(county, {
		kind: "crane",
		name: `${site.plot} ${site.cranes}# 塔吊`,
		position: ground.within(site.position, chance, 28, 55),
		site: site.site,
		fields: {
			project: site.plot,
			registration: `演示-${county.code}-${String(number).padStart(4, "0")}`,
			jib: chance.pick([50, 55, 60, 65, 70]),
			mastHeight: chance.int(8, 45) * 3,
		},
	});
}

const VIEWS = ["大门", "塔吊", "基坑", "料场", "围挡"];
/** What stands in the middle of a site; a gate and a hoarding are looked at from their own side. */
const INWARD: readonly string[] = ["塔吊", "基坑", "料场"];

function addCamera(draft: Draft, county: District, ground: Ground, site: Site, chance: Chance): void {
	site.cameras += 1;
	const view = VIEWS[(site.cameras - 1) % VIEWS.length] ?? "大门";
	const number = String(draft.number(`camera id ${county.code}`)).padStart(6, "0");
	const position = ground.within(site.position, chance, 40, 72);
	const turn = chance.int(0, 35) * 10;
	const inward = Math.round(bearingBetween(position, site.position)) + (turn % 40) - 20;
	draft.add(county, {
		kind: "camera",
		name: `${site.plot} ${site.cameras}# 摄像头（${view}）`,
		position,
		site: site.site,
		fields: {
			// GB/T 28181 annex D: 8 digits of the centre, 2 of the trade, 3 of the type (132: camera), 1 of the network, 6 running.
			gb28181: `${county.code}00001320${number}`,
			bearing: INWARD.includes(view) ? (inward + 360) % 360 : turn,
			view: chance.pick([60, 75, 90]),
			project: site.plot,
		},
	});
}

/** Upwind of a site, for what its own dust adds to the air; alone where a county has no site. */
function addAirStations(
	draft: Draft,
	county: District,
	ground: Ground,
	sites: readonly Site[],
	chance: Chance,
	count: number,
): void {
	for (let n = 0; n < count; n++) {
		const site = sites[n % Math.max(1, sites.length)];
		const number = draft.number(`air ${county.code} ${site?.plot}`);
		draft.add(county, {
			kind: "airStation",
			name: site === undefined ? `${county.short.zh}空气对照站` : `${site.plot}空气对照站${number > 1 ? number : ""}`,
			position: site === undefined ? ground.position(chance) : ground.within(site.position, chance, 62, 75),
			...(site === undefined ? {} : { site: site.site }),
		});
	}
}
