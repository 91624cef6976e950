// Which camera sees an asset: itself, its site's, one within 150 m; none further off.
import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { PageAsset } from "./catalogue.ts";
import { darkCameras, nearCamera } from "./near_camera.ts";

function asset(id: string, kind: string, lon: number, site?: string, name = id): PageAsset {
	const record = { id, kind, name, lon, lat: 41.7, district: "210114", ...(site === undefined ? {} : { site }) };
	return { record, kind: { id: kind } } as unknown as PageAsset;
}

test("a camera sees itself", () => {
	const camera = asset("c", "camera", 123);
	expect(nearCamera([camera], camera)).toEqual({ camera, metres: 0, isOwn: true });
});

test("the site's own camera goes before a nearer one, and the one whose name tells the subject before both", () => {
	const crane = asset("t", "crane", 123, "A");
	const foreign = asset("f", "camera", 123.0001, "B");
	const gate = asset("g", "camera", 123.001, "A", "1# 摄像头（大门）");
	const jib = asset("j", "camera", 123.003, "A", "2# 摄像头（塔吊）");
	expect(nearCamera([foreign], crane)?.camera).toBe(foreign);
	expect(nearCamera([foreign, gate], crane)?.camera).toBe(gate);
	expect(nearCamera([foreign, gate, jib], crane)?.camera).toBe(jib);
});

test("a camera 200 m away sees another place", () => {
	const here = asset("m", "manhole", 123);
	expect(nearCamera([asset("c", "camera", 123 + 200 / 83_100)], here)).toBeNull();
	const near = nearCamera([asset("c", "camera", 123 + 140 / 83_100)], here);
	expect(near?.metres).toBeGreaterThan(138);
	expect(near?.metres).toBeLessThan(142);
});

test("a wall looks further, says whether the camera is of the same site, and passes over one that gives no picture", () => {
	const here = asset("m", "manhole", 123, "A");
	const far = asset("far", "camera", 123 + 900 / 83_100, "B");
	const own = asset("own", "camera", 123 + 1_200 / 83_100, "A");
	const wish = { withinM: 5_000, without: new Set<string>() };
	expect(nearCamera([far, own], here, wish)).toMatchObject({ camera: own, isOwn: true });
	expect(nearCamera([far], here, wish)).toMatchObject({ camera: far, isOwn: false });
	expect(nearCamera([far], here)).toBeNull();
	const dark = darkCameras([
		{ system: "camera", asset: "own", active: true },
		{ system: "camera", asset: "far", active: false },
		{ system: "construction", asset: "far", active: true },
	] as Alarm[]);
	expect([...dark]).toEqual(["own"]);
	expect(nearCamera([far, own], here, { withinM: 5_000, without: dark })?.camera).toBe(far);
	expect(nearCamera([far, own], own, { withinM: 5_000, without: dark })?.camera).toBe(far);
});
