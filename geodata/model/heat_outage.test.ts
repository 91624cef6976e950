import { expect, test } from "vitest";
import { Random } from "../../test/support/random.ts";
import {
	BUILDING_TAU_H,
	type Building,
	COLD_C,
	coldOrder,
	cooled,
	hoursUntil,
	type Piece,
	piecesOf,
} from "./heat_outage.ts";

const forEver = (outdoorC: number): Piece[] => [{ untilH: Number.POSITIVE_INFINITY, outdoorC }];

/** C dT/dt = (To - T) / R by small steps: another way than the closed form. */
function integrated(roomC: number, limitC: number, pieces: readonly Piece[], tauH: number): number | null {
	const step = 0.001;
	let room = roomC;
	for (let t = 0; t < 2_000; t += step) {
		if (room <= limitC) return t;
		const piece = pieces.find(({ untilH }) => t < untilH) ?? pieces.at(-1);
		room += ((piece?.outdoorC ?? 0) - room) * (step / tauH);
	}
	return null;
}

test("M12: hours to cold are those of the integrated model within 1 %, at one temperature and along a forecast", () => {
	const cases: [number, Piece[], number][] = [
		[20, forEver(-20), 35],
		[22, forEver(-15), 20],
		[18.5, forEver(0), 60],
		[
			21,
			[
				{ untilH: 3, outdoorC: -5 },
				{ untilH: 8, outdoorC: -25 },
				{ untilH: Number.POSITIVE_INFINITY, outdoorC: -12 },
			],
			30,
		],
		// A mild hour first: nothing falls below the limit before the frost.
		[
			17,
			[
				{ untilH: 6, outdoorC: 17 },
				{ untilH: Number.POSITIVE_INFINITY, outdoorC: -10 },
			],
			25,
		],
	];
	for (const [room, pieces, tau] of cases) {
		const expected = integrated(room, COLD_C, pieces, tau) ?? Number.NaN;
		const hours = hoursUntil(room, COLD_C, pieces, tau) ?? Number.NaN;
		expect(Math.abs(hours - expected) / expected).toBeLessThan(0.01);
	}
	// About a degree an hour at -15: that is what the time constant stands for.
	expect(20 - cooled(20, -15, 1)).toBeCloseTo(1, 1);
	expect(hoursUntil(20, COLD_C, forEver(-20))).toBeCloseTo(BUILDING_TAU_H * Math.log(40 / 36), 6);
});

test("M12: colder outside is sooner, already cold is now, mild is never", () => {
	const hours = [5, 0, -10, -20, -30].map((outdoor) => hoursUntil(20, COLD_C, forEver(outdoor)) ?? 0);
	expect(hours).toEqual([...hours].sort((a, b) => b - a));
	expect(hoursUntil(15, COLD_C, forEver(-20))).toBe(0);
	expect(hoursUntil(20, COLD_C, forEver(16))).toBeNull();
	expect(
		hoursUntil(20, COLD_C, [
			{ untilH: 4, outdoorC: 18 },
			{ untilH: 9, outdoorC: 17 },
		]),
	).toBeNull();
});

test("M12: a forecast holds from halfway to its neighbours; without any there is no answer", () => {
	expect(
		piecesOf(-5, [
			[3, -9],
			[1, -6],
		]),
	).toEqual([
		{ outdoorC: -5, untilH: 0.5 },
		{ outdoorC: -6, untilH: 2 },
		{ outdoorC: -9, untilH: Number.POSITIVE_INFINITY },
	]);
	expect(piecesOf(null, [])).toBeNull();
});

test("M12: 20,000 buildings in the order of their cold, which a degree of the forecast hardly changes (Kendall tau 0.9)", () => {
	const random = new Random(12);
	const buildings = Array.from(
		{ length: 20_000 },
		(_, n): Building => ({
			id: `b${n}`,
			roomC: 18 + 5 * random.next(),
			tauH: 15 + 40 * random.next(),
			households: 20 + random.int(200),
		}),
	);
	const order = coldOrder(buildings, forEver(-18));
	const hours = order.map((one) => one.hours ?? 0);
	expect(hours).toEqual([...hours].sort((a, b) => a - b));
	for (const outdoor of [-17, -19]) {
		const place = new Map(coldOrder(buildings, forEver(outdoor)).map(({ building }, i) => [building.id, i]));
		let agree = 0;
		const pairs = 20_000;
		for (let n = 0; n < pairs; n++) {
			const [i, k] = [random.int(order.length), random.int(order.length)];
			const [a, b] = [order[Math.min(i, k)], order[Math.max(i, k)]];
			if (a === undefined || b === undefined || a === b) agree += 1;
			else agree += (place.get(a.building.id) ?? 0) < (place.get(b.building.id) ?? 0) ? 1 : -1;
		}
		expect(agree / pairs).toBeGreaterThanOrEqual(0.9);
	}
});
