// The model blocks as others use them: where they lie, that every part lies inside, that nothing stands in a street, a canal or a pit.
import { expect, test } from "vitest";
import { districtAt } from "./districts.ts";
import { METRO_LINES } from "./metro.ts";
import type { ModelBlock } from "./model_blocks.ts";
import { MODEL_BLOCKS } from "./model_blocks.ts";
import type { Position } from "./polygon.ts";
import { contains } from "./polygon.ts";

const inside = (ring: readonly Position[], [lon, lat]: Position) => contains([[...ring]], lon, lat);

function metres([ax, ay]: Position, [bx, by]: Position): number {
	return Math.hypot((ax - bx) * Math.cos((ay * Math.PI) / 180), ay - by) * 111_195;
}

/** A little inside the corner, so that a building may touch a line. */
function isIn(block: ModelBlock, point: Position): boolean {
	const [lon, lat] = block.centre;
	return inside(block.outline, [point[0] + (lon - point[0]) * 1e-3, point[1] + (lat - point[1]) * 1e-3]);
}

test("one block in Hunnan, one in Ganjingzi, two kilometres wide, wholly in their district", () => {
	expect(MODEL_BLOCKS.map(({ id, district }) => [id, district])).toEqual([
		["sy-block", "210112"],
		["dl-block", "210211"],
	]);
	for (const { outline, district, name } of MODEL_BLOCKS) {
		for (const [lon, lat] of outline) expect(districtAt(lon, lat)?.code).toBe(district);
		const [a, b] = outline;
		expect(metres(a ?? [0, 0], b ?? [0, 0]) / 2000).toBeCloseTo(1, 2);
		expect(name.zh).toContain("样板街区");
		expect(name.zh).toContain("示意");
	}
});

test("no station of the metro stands in an invented street", () => {
	for (const { outline } of MODEL_BLOCKS)
		for (const { stations } of METRO_LINES)
			for (const [name, lon, lat] of stations) expect([name, inside(outline, [lon, lat])]).toEqual([name, false]);
});

test.each(MODEL_BLOCKS)("$id: every part lies inside the block", (block) => {
	const { streets, buildings, nets, site, manholes, valves, stations, underpass, railway } = block;
	const positions = [
		...streets.flatMap(({ line }) => line),
		...buildings.flatMap(({ ring }) => ring),
		...Object.values(nets).flat(2),
		...[...manholes, ...valves, ...stations].map(({ at }) => at),
		...[...site.polygon, ...site.pit, site.dust, site.camera, site.gate, underpass.at, ...railway],
		...site.cranes.map(({ at }) => at),
	];
	expect(positions.filter((position) => !isIn(block, position))).toEqual([]);
	expect(positions.length).toBeGreaterThan(1500);
});

test.each(MODEL_BLOCKS)(
	"$id: a quarter of a city: hundreds of houses facing south, none on a pit, in the canal or on a street",
	(block) => {
		const { buildings, site, canal, streets } = block;
		expect(buildings.length).toBeGreaterThan(300);
		expect(new Set(buildings.map(({ floors }) => floors)).size).toBeGreaterThan(8);
		for (const { ring } of buildings) {
			for (const corner of ring) expect(inside(site.pit, corner) || inside(canal.ring, corner)).toBe(false);
			const [a, b, c] = ring;
			const [lon = 0, lat = 0] = [((a?.[0] ?? 0) + (c?.[0] ?? 0)) / 2, ((a?.[1] ?? 0) + (b?.[1] ?? 0)) / 2];
			for (const { line, widthM } of streets) {
				const [from, to] = [line[0], line.at(-1)];
				if (!from || !to) continue;
				const share = Math.max(
					0,
					Math.min(
						1,
						((lon - from[0]) * (to[0] - from[0]) + (lat - from[1]) * (to[1] - from[1])) /
							((to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2),
					),
				);
				const nearest: Position = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
				expect(metres([lon, lat], nearest)).toBeGreaterThan(widthM / 2);
			}
		}
	},
);

test.each(MODEL_BLOCKS)(
	"$id: four nets that reach across, with valves and covers on them; a site within 150 m of itself",
	(block) => {
		const { nets, valves, manholes, stations, site, underpass } = block;
		expect(Object.keys(nets)).toEqual(["gas", "water", "heat", "drain"]);
		for (const lines of Object.values(nets)) expect(lines.length).toBeGreaterThan(10);
		for (const { net, at } of valves)
			expect(nets[net].flat().some((position) => metres(position, at) < 0.5)).toBe(true);
		expect(valves.length).toBeGreaterThan(40);
		expect(manholes.length).toBeGreaterThan(200);
		expect(new Set(manholes.map(({ name }) => name)).size).toBe(manholes.length);
		expect(new Set(stations.map(({ net }) => net))).toEqual(new Set(["heat", "gas"]));
		const [west, , east] = site.pit;
		const middle: Position = [((west?.[0] ?? 0) + (east?.[0] ?? 0)) / 2, ((west?.[1] ?? 0) + (east?.[1] ?? 0)) / 2];
		for (const { at, jibM } of site.cranes) {
			expect(metres(at, middle)).toBeLessThan(230);
			expect(jibM).toBeGreaterThan(40);
		}
		expect(inside(block.outline, underpass.at)).toBe(true);
	},
);
