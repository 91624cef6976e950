// Mains: how fast the water goes, how wide and warm the line is, where the return runs.
import { expect, test } from "vitest";
import type { PageAsset } from "../../live/catalogue.ts";
import { beside, heatMainsOf, SPEEDS, speedOf, velocityOf, warmthOf, widthOf } from "./heat_mains.ts";

const PATH = [
	[123.4, 41.8],
	[123.42, 41.8],
	[123.42, 41.82],
] as const;

function main(id: string, dn: number, vertices = 3): PageAsset {
	const path = Array.from({ length: vertices }, (_, i) => [123.4 + i * 0.01, 41.8] as [number, number]);
	return {
		record: { id, name: id, kind: "heatMain", district: "210102", lon: 123.4, lat: 41.8, path, fields: { dn } },
		kind: { id: "heatMain" },
		measures: ["supplyTemp", "returnTemp", "flow"],
		firstRow: 40,
		city: "210100",
		index: 0,
	} as unknown as PageAsset;
}

test("speed of the water: 3,600 t/h through DN 1000 is 1.33 m/s", () => {
	// 1 t/s of water of 958 kg/m³ through 0.7854 m².
	expect(velocityOf(3_600, 1_000)).toBeCloseTo(1_000 / 958 / 0.785_398, 4);
	expect(velocityOf(900, 500)).toBeCloseTo(velocityOf(3_600, 1_000), 6);
});

test("a main without flow stands, an unknown flow is not a flow of nothing, and more flow is never slower", () => {
	expect(speedOf(0, 800)).toBe(0);
	expect(speedOf(Number.NaN, 800)).toBeNull();
	let last = 0;
	for (let flow = 0; flow <= 12_000; flow += 100) {
		const speed = speedOf(flow, 800) ?? -1;
		expect(speed).toBeGreaterThanOrEqual(last);
		expect(speed).toBeLessThan(SPEEDS);
		last = speed;
	}
	expect(last).toBe(SPEEDS - 1);
});

test("wider is wider, warmer is warmer, and both keep within their ends", () => {
	expect(widthOf(1_200)).toBeGreaterThan(widthOf(450));
	expect(widthOf(5_000)).toBe(widthOf(1_400));
	expect(warmthOf(95)).toBeGreaterThan(warmthOf(45));
	expect([warmthOf(-20), warmthOf(180)]).toEqual([0, 1]);
});

test("the return runs to the right of the supply, as far as asked, and turns the corner with it", () => {
	const [a, b, c] = beside(PATH, 100);
	const metre = 1 / 111_195;
	// Eastward, the right is the south; northward, it is the east.
	expect((a?.[1] ?? 0) - 41.8).toBeCloseTo(-100 * metre, 6);
	expect(((c?.[0] ?? 0) - 123.42) * Math.cos((41.8 * Math.PI) / 180)).toBeCloseTo(100 * metre, 6);
	expect((b?.[1] ?? 0) - 41.8).toBeCloseTo(-100 * metre, 5);
	expect(((b?.[0] ?? 0) - 123.42) * Math.cos((41.8 * Math.PI) / 180)).toBeCloseTo(100 * metre, 5);
});

test("never more than 5,000 segments: the thinnest are left out", () => {
	const wide = Array.from({ length: 40 }, (_, i) => main(`wide-${i}`, 1_000, 101));
	const thin = Array.from({ length: 40 }, (_, i) => main(`thin-${i}`, 300, 101));
	const drawn = heatMainsOf([...thin, ...wide]);
	expect(drawn.reduce((sum, { path }) => sum + path.length - 1, 0)).toBeLessThanOrEqual(5_000);
	expect(drawn.filter(({ dn }) => dn === 1_000)).toHaveLength(40);
	expect(drawn[0]).toMatchObject({ supplyRow: 40, returnRow: 41, flowRow: 42 });
});
