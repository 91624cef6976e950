// Which camera sees an asset: itself, its site's, one within 150 m; none further off.
import { expect, test } from "vitest";
import type { PageAsset } from "./catalogue.ts";
import { nearCamera } from "./near_camera.ts";

function asset(id: string, kind: string, lon: number, site?: string, name = id): PageAsset {
	const record = { id, kind, name, lon, lat: 41.7, district: "210114", ...(site === undefined ? {} : { site }) };
	return { record, kind: { id: kind } } as unknown as PageAsset;
}

test("a camera sees itself", () => {
	const camera = asset("c", "camera", 123);
	expect(nearCamera([camera], camera)).toEqual({ camera, metres: 0 });
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
