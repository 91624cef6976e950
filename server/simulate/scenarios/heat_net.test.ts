import { expect, test } from "vitest";
import { openStage } from "../../../test/support/rehearsal.ts";
import { Atlas } from "./atlas.ts";
import { HeatNet, householdsOf } from "./heat_net.ts";

const { world } = openStage("winter");
const net = new HeatNet(new Atlas(world.assets, () => true));

test("what hangs on each main is every station whose way up leads through it", () => {
	const mains = new Map(net.mains.map((main) => [main.record.id, main]));
	const households = new Map<string, number>();
	for (const { kind, record } of world.assets) {
		if (kind !== "heatStation") continue;
		const seen = new Set<string>();
		for (let at = String(record.fields?.main); mains.has(at) && !seen.has(at); ) {
			seen.add(at);
			households.set(at, (households.get(at) ?? 0) + Number(record.fields?.households));
			at = String(mains.get(at)?.record.fields?.upstream);
		}
	}
	expect(net.mains.length).toBeGreaterThan(100);
	for (const main of net.mains)
		expect(householdsOf(net.stationsOf(net.below(main))), main.record.id).toBe(households.get(main.record.id) ?? 0);
});

test("every main's way back ends at a source, and ways add up", () => {
	for (const main of net.mains) {
		const way = net.wayBack(main);
		expect(way.at(-1)?.kind).toBe("heatSource");
		const [first, second] = way;
		if (first !== undefined && second !== undefined)
			expect(net.wayM(main, second)).toBeCloseTo(net.wayM(main, first) + net.wayM(first, second), 6);
	}
});
