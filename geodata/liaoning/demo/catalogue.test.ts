import { expect, test } from "vitest";
import type { AssetRecord, Kind } from "#model/catalogue.ts";
import { assetSchema, deviceSchema } from "#model/catalogue.ts";
import { camerasAt } from "#model/incident_facts.ts";
import { system as bridge } from "#systems/bridge.ts";
import { system as camera } from "#systems/camera.ts";
import { system as construction } from "#systems/construction.ts";
import { system as gas } from "#systems/gas.ts";
import { system as heating } from "#systems/heating.ts";
import { system as manhole } from "#systems/manhole.ts";
import { system as metro } from "#systems/metro.ts";
import { system as rain } from "#systems/rain.ts";
import { system as water } from "#systems/water.ts";
import { system as weather } from "#systems/weather.ts";
import { CITIES, COUNTIES } from "../district_table.ts";
import { districtAt } from "../districts.ts";
import { METRO_LINES } from "../metro.ts";
import { MODEL_BLOCKS } from "../model_blocks.ts";
import { DEMO_ASSETS, demoCatalogue } from "./catalogue.ts";
import { isInRiver } from "./rivers.ts";

const systems = [bridge, camera, construction, gas, heating, manhole, metro, rain, water, weather];
const kinds = new Map<string, Kind>(systems.flatMap((system) => system.kinds.map((kind) => [kind.id, kind] as const)));
const demo = demoCatalogue({ assets: DEMO_ASSETS });

function measures(assets: readonly { kind: string }[]): number {
	return assets.reduce((sum, asset) => sum + kinds.get(asset.kind)!.measures.length, 0);
}

test("the demo has 3,000 assets and about 12,000 channels of every kind of the ten systems", () => {
	expect(demo.assets).toHaveLength(3_000);
	expect(Math.abs(measures(demo.assets) - 12_000)).toBeLessThan(700);
	expect(new Set(demo.assets.map((asset) => asset.kind))).toEqual(new Set(kinds.keys()));
});

test("every record passes the schema, is marked as demo, and fills only fields and choices its kind knows", () => {
	for (const asset of demo.assets) {
		expect(assetSchema.safeParse(asset).error).toBeUndefined();
		expect(asset.demo).toBe(true);
		const kind = kinds.get(asset.kind)!;
		for (const [id, value] of Object.entries(asset.fields ?? {})) {
			const field = kind.fields.find((candidate) => candidate.id === id);
			expect(field, `${asset.id} ${id}`).toBeDefined();
			if (field!.type === "number") expect(typeof value, `${asset.id} ${id}`).toBe("number");
			if (field!.type === "choice") expect(field!.choices!.map((choice) => choice.id)).toContain(value);
			if (field!.type === "date") expect(value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		}
	}
});

test("ids are unique, and so is a name within its county", () => {
	expect(new Set(demo.assets.map((asset) => asset.id)).size).toBe(demo.assets.length);
	expect(new Set(demo.assets.map((asset) => `${asset.district} ${asset.name}`)).size).toBe(demo.assets.length);
});

test("every asset stands on the ground of the county it names", () => {
	const wrong = demo.assets.filter((asset) => districtAt(asset.lon, asset.lat)?.code !== asset.district);
	expect(wrong.map((asset) => asset.id)).toEqual([]);
});

test("nothing but bridges, metro points and mains stands in a river, and the bridges of real name stand over the Hun", () => {
	const over = new Set(["bridge", "metro", "heatMain", "cityForecast"]);
	const figures = /District$/;
	const wet = demo.assets.filter(({ kind, lon, lat }) => !over.has(kind) && !figures.test(kind) && isInRiver(lon, lat));
	expect(wet.map((asset) => asset.id)).toEqual([]);
	const named = demo.assets.filter(({ kind, fields }) => kind === "bridge" && fields === undefined);
	expect(named).toHaveLength(4);
	for (const { name, lon, lat } of named) expect(isInRiver(lon, lat), name).toBe(true);
});

test("cities get assets by their people", () => {
	const people = CITIES.reduce((sum, city) => sum + city.population!.end2021, 0);
	for (const city of CITIES) {
		const share = demo.assets.filter((asset) => asset.district.startsWith(city.code.slice(0, 4))).length / 3_000;
		expect(Math.abs(share - city.population!.end2021 / people), city.name.zh).toBeLessThan(0.01);
	}
});

test("every county has its figures and at least one asset behind each of them", () => {
	for (const system of systems) {
		for (const kind of system.kinds) {
			const derive = kind.measures[0]?.derive;
			if (derive?.type !== "group") continue;
			for (const county of COUNTIES) {
				const own = demo.assets.filter((asset) => asset.district === county.code);
				expect(
					own.filter((asset) => asset.kind === kind.id),
					`${kind.id} ${county.code}`,
				).toHaveLength(1);
				expect(
					own.some((asset) => asset.kind === derive.kind),
					`${derive.kind} ${county.code}`,
				).toBe(true);
			}
		}
	}
});

test("dust station, pit, cranes, cameras and air station of a site share its name and stand within 150 m", () => {
	const kindsOfSite = new Set(["dust", "pit", "crane", "camera", "airStation"]);
	const isOfSite = (asset: AssetRecord) => kindsOfSite.has(asset.kind) && !asset.name.includes("下穿通道");
	const own = demo.assets.filter((asset) => isOfSite(asset) && asset.quiet !== true);
	const sites = Map.groupBy(own, (asset) => asset.site ?? "");
	expect(sites.has("")).toBe(false);
	expect(sites.size).toBeGreaterThan(80);
	for (const [site, assets] of sites) {
		// A model block's site is drawn at its true size, 240 m by 200 m.
		const reach = site.includes("样板街区") ? 230 : 150;
		for (const a of assets) {
			expect(a.district).toBe(assets[0]!.district);
			for (const b of assets)
				expect(Math.hypot((a.lon - b.lon) * 83_000, (a.lat - b.lat) * 111_000), site).toBeLessThan(reach);
		}
	}
	for (const crane of own.filter(({ kind }) => kind === "crane")) expect(Number(crane.fields?.jib)).toBeGreaterThan(40);
});

test("every other video camera watches an underpass from within 40 m and is named for it", () => {
	const lookouts = demo.assets.filter(({ kind, name }) => kind === "camera" && name.includes("下穿通道"));
	expect(lookouts.length).toBeGreaterThan(40);
	const passages = demo.assets.filter(({ kind }) => kind === "underpass");
	for (const camera of lookouts) {
		const own = passages.find(({ name, district }) => district === camera.district && camera.name === `${name} 摄像头`);
		expect(own, camera.name).toBeDefined();
		const metres = Math.hypot((own!.lon - camera.lon) * 83_000, (own!.lat - camera.lat) * 111_000);
		expect(metres, camera.name).toBeLessThan(45);
		const [view] = camerasAt([camera], own!, 45);
		if (metres > 1) expect(view?.looks, `${camera.name} is turned to what it is named for`).toBe(true);
	}
});

test("metro points stand at stations, bridges with a real name carry no grade", () => {
	const anchors = METRO_LINES.flatMap((line) => line.stations);
	for (const point of demo.assets.filter((asset) => asset.kind === "metro")) {
		const near = anchors.some(
			([, lon, lat]) => Math.hypot((point.lon - lon) * 83_000, (point.lat - lat) * 111_000) < 200,
		);
		expect(near, point.id).toBe(true);
	}
	const bridges = demo.assets.filter((asset) => asset.kind === "bridge");
	const named = bridges.filter((asset) => asset.fields === undefined).map((asset) => asset.name);
	expect(named).toContain("三好桥");
	for (const asset of bridges) if (!named.includes(asset.name)) expect(asset.name).toMatch(/ Q\d\d 号(高架|跨河)桥$/);
	for (const asset of bridges.filter(({ fields }) => fields?.grade === "E"))
		expect(asset.fields?.status).toBe("closed");
});

test("a heat station hangs on a main, every chain of mains is acyclic and ends at a source of the city, households add up", () => {
	const byId = new Map(demo.assets.map((asset) => [asset.id, asset]));
	const mains = demo.assets.filter(({ kind }) => kind === "heatMain");
	const stations = demo.assets.filter(({ kind }) => kind === "heatStation");
	expect(mains.length).toBeGreaterThan(200);
	expect(mains.length).toBeLessThan(400);
	const fed = new Map<string, number>();
	for (const station of stations) {
		let above = byId.get(String(station.fields?.main));
		for (let left = 60; above?.kind === "heatMain"; left--) {
			expect(left, station.id).toBeGreaterThan(0);
			fed.set(above.id, (fed.get(above.id) ?? 0) + Number(station.fields?.households));
			above = byId.get(String(above.fields?.upstream));
		}
		expect(above?.kind, station.id).toBe("heatSource");
		expect(above?.name).toBe(station.fields?.source);
		expect(above?.district.slice(0, 4), station.id).toBe(station.district.slice(0, 4));
	}
	for (const main of mains) expect(fed.get(main.id), main.id).toBe(main.fields?.households);
});

test("a main begins where what feeds it ends, its path keeps to the ground, and it grows no wider downstream", () => {
	const byId = new Map(demo.assets.map((asset) => [asset.id, asset]));
	for (const main of demo.assets.filter(({ kind }) => kind === "heatMain")) {
		const above = byId.get(String(main.fields?.upstream))!;
		expect(main.path!.length).toBeGreaterThan(1);
		expect(main.path![0]).toEqual(above.path?.at(-1) ?? [above.lon, above.lat]);
		if (above.kind === "heatMain") expect(Number(main.fields?.dn)).toBeLessThanOrEqual(Number(above.fields?.dn));
		for (const [lon, lat] of main.path!) expect(districtAt(lon, lat), main.id).toBeDefined();
	}
	const cities = new Set(
		demo.assets.filter(({ kind }) => kind === "heatMain").map((main) => main.district.slice(0, 4)),
	);
	expect(cities.size).toBe(14);
});

test("there is a weather station in every county and a forecast for every city", () => {
	const stations = demo.assets.filter(({ kind }) => kind === "weatherStation").map((asset) => asset.district);
	expect(stations.toSorted()).toEqual(COUNTIES.map((county) => county.code));
	const forecasts = demo.assets
		.filter(({ kind }) => kind === "cityForecast")
		.map((asset) => asset.district.slice(0, 4));
	expect(forecasts.toSorted()).toEqual(CITIES.map((city) => city.code.slice(0, 4)));
});

test("the model blocks have their site, underpass, covers, valve pits and stations where they are drawn", () => {
	for (const block of MODEL_BLOCKS) {
		const own = demo.assets.filter((asset) => asset.district === block.district);
		const at = (position: readonly [number, number]) =>
			own.filter((asset) => asset.lon === position[0] && asset.lat === position[1]).map((asset) => asset.kind);
		expect(at(block.site.dust)).toEqual(["dust"]);
		for (const crane of block.site.cranes) expect(at(crane.at)).toEqual(["crane"]);
		expect(at(block.site.camera)).toEqual(["camera"]);
		expect(at(block.underpass.at)).toEqual(["underpass"]);
		const onSite = own.filter((asset) => asset.site === block.site.name).map((asset) => asset.kind);
		expect(onSite.toSorted()).toEqual(["camera", "crane", "crane", "crane", "dust", "pit"]);
		expect(block.manholes.filter((point) => at(point.at).includes("manhole")).length).toBeGreaterThan(10);
		expect(block.valves.filter((point) => at(point.at).includes("waterMain"))).toHaveLength(3);
		expect(block.stations.filter((point) => at(point.at).includes("heatStation")).length).toBeGreaterThan(0);
	}
});

test("no name speaks of a real company or of the demo itself, and companies are plainly invented", () => {
	const banned = /演示|万科|保利|恒大|碧桂园|华润|中海|绿地|龙湖|融创|万达|惠天|沈水|国电|华能|大唐/;
	for (const asset of demo.assets.filter(({ quiet }) => quiet !== true)) expect(asset.name).not.toMatch(banned);
	for (const asset of demo.assets) {
		for (const field of ["owner", "company", "builder", "assessor"]) {
			const value = asset.fields?.[field];
			if (value !== undefined) expect(value, asset.id).toMatch(/^演示/);
		}
	}
});

test("the four spares are quiet, in 和平区, with the addresses and keys that are promised", () => {
	const spares = demo.assets.filter((asset) => asset.quiet === true);
	expect(spares.map((asset) => asset.id)).toEqual(["spare-http", "spare-mqtt", "spare-hj212", "spare-sl651"]);
	for (const spare of spares) expect(spare.district).toBe("210102");
	const devices = demo.devices.filter((device) => device.assets.some((asset) => asset.startsWith("spare-")));
	expect(devices).toEqual([
		{ door: "http", address: "spare-http", assets: ["spare-http"] },
		{ door: "mqtt", address: "spare-mqtt", assets: ["spare-mqtt"] },
		{ door: "hj212", address: "210102A0000000000000D001", assets: ["spare-hj212"], key: "123456" },
		{ door: "sl651", address: "2101020001", assets: ["spare-sl651"], key: "1234" },
	]);
});

test("every asset with a channel of its own has exactly one device, of the door its kind speaks", () => {
	const speakers = demo.devices.flatMap((device) => device.assets);
	const measured = demo.assets.filter((asset) => kinds.get(asset.kind)!.measures.some((measure) => !measure.derive));
	expect(speakers.toSorted()).toEqual(measured.map((asset) => asset.id).toSorted());
	expect(new Set(demo.devices.map((device) => `${device.door} ${device.address}`)).size).toBe(demo.devices.length);
	for (const { door, address, assets, key } of demo.devices) {
		expect(deviceSchema.safeParse({ door, address, asset: assets[0], ...(key ? { key } : {}) }).success).toBe(true);
		if (door === "hj212") expect([address.length, assets.length]).toEqual([24, 1]);
	}
});

test("the same seed gives the same province, another seed another one", () => {
	expect(demoCatalogue({ assets: DEMO_ASSETS })).toEqual(demo);
	expect(demoCatalogue({ assets: DEMO_ASSETS, seed: 7 }).assets).not.toEqual(demo.assets);
});

test("a larger catalogue begins with the demo and goes on to 200,000 channels", () => {
	const large = demoCatalogue({ assets: 50_000 });
	expect(large.assets).toHaveLength(50_000);
	expect(large.assets.slice(0, DEMO_ASSETS)).toEqual(demo.assets);
	expect(large.devices).toEqual(demo.devices);
	expect(Math.abs(measures(large.assets) - 200_000)).toBeLessThan(10_000);
	expect(new Set(large.assets.map((asset) => asset.id)).size).toBe(50_000);
});

test("a small catalogue for tests has exactly as many assets as asked for", () => {
	for (const assets of [40, 300, 1_000]) expect(demoCatalogue({ assets }).assets).toHaveLength(assets);
	expect(() => demoCatalogue({ assets: 3 })).toThrow("at least 40");
});
