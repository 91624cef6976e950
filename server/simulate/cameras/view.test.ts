// What a camera looks at, and the air it looks through, from features as the public API gives them.
import { expect, test } from "vitest";
import { sunAt } from "./draw/sun.ts";
import type { Feature } from "./reader.ts";
import { viewOf } from "./view.ts";
import { weatherOf } from "./weather.ts";

function feature(kind: string, name: string, lon = 123.4, values: Readonly<Record<string, number>> = {}): Feature {
	const channels = Object.entries(values).map(([measure, value]) => ({ measure, value, at: 1 }));
	return { id: name, position: [lon, 41.8], properties: { name, kind, district: "210102", channels } };
}

test("the name tells it; without a telling name the nearest thing within 150 m does", () => {
	const of = (name: string) => viewOf(feature("camera", name), []);
	expect(of("怒江北街 3 号地块 2# 摄像头（塔吊）")).toBe("crane");
	expect(of("怒江北街 3 号地块 1# 摄像头（基坑）")).toBe("pit");
	expect(of("南京北街下穿通道 摄像头")).toBe("underpass");
	expect(of("三好桥 摄像头")).toBe("bridge");
	// A site on a road that is named for a bridge is still a site.
	expect(of("三好桥路 3 号地块 1# 摄像头（大门）")).toBe("gate");
	const plain = feature("camera", "1 号");
	expect(viewOf(plain, [feature("bridge", "b", 123.4011), feature("heatSource", "h", 123.4002)])).toBe("plant");
	expect(viewOf(plain, [feature("bridge", "b", 123.41)])).toBe("street");
});

test("the station's figures are taken; frost makes rain snow; without visibility haze is reckoned from dust and damp", () => {
	const station = feature("weatherStation", "s", 123.4, {
		temperature: -3,
		rainHour: 1.2,
		snowDepth: 4,
		visibility: 2.5,
		windSpeed: 6,
	});
	expect(weatherOf(station, [])).toMatchObject({
		temperature: -3,
		isSnow: true,
		snowDepth: 4,
		visibility: 2_500,
		wind: 6,
	});
	expect(weatherOf(feature("weatherStation", "s", 123.4, { temperature: 9, rainHour: 1 }), []).isSnow).toBe(false);
	const clean = weatherOf(undefined, [feature("dust", "d", 123.4, { pm25: 12, pm10: 30 })]);
	const smog = weatherOf(undefined, [feature("dust", "d", 123.4, { pm25: 220, pm10: 300 })]);
	expect(clean.visibility).toBeGreaterThan(15_000);
	expect(smog.visibility).toBeLessThan(4_500);
});

// Shenyang, 2026: the sun's greatest height is 90 - latitude + declination (23.43 at the solstices).
test("the sun stands where the almanac says: noon heights at the solstices, below the horizon at midnight, east in the morning", () => {
	const [lon, lat] = [123.43, 41.8];
	const highest = (day: string): number => {
		let most = -90;
		for (let minute = 0; minute < 1_440; minute += 2)
			most = Math.max(most, sunAt(Date.parse(`${day}T00:00:00+08:00`) + minute * 60_000, lon, lat).altitude);
		return most;
	};
	expect(highest("2026-06-21")).toBeCloseTo(90 - lat + 23.43, 1);
	expect(highest("2026-12-22")).toBeCloseTo(90 - lat - 23.43, 1);
	expect(sunAt(Date.parse("2026-12-22T00:00:00+08:00"), lon, lat).altitude).toBeLessThan(-60);
	const morning = sunAt(Date.parse("2026-03-20T08:00:00+08:00"), lon, lat);
	expect(morning.azimuth).toBeGreaterThan(95);
	expect(morning.azimuth).toBeLessThan(130);
});
