import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { Unit } from "#model/contact.ts";
import type { Entry } from "#model/register.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { alarmsNear, camerasNear, teamsNear } from "./near.ts";

const PLACE = { district: "210105", lon: 123.4, lat: 41.8, address: "" };

function asset(id: string, kind: string, east: number, fields?: object): PageAsset {
	return { record: { id, lon: 123.4 + east, lat: 41.8, fields }, kind: { id: kind } } as unknown as PageAsset;
}

function team(id: string, change: Partial<Unit>, east: number): Entry<Unit> {
	const body = { name: id, kind: "team", systems: [], lon: 123.4 + east, lat: 41.8, ...change } as unknown as Unit;
	return { id, body } as Entry<Unit>;
}

test("cameras within reach that give a picture, nearest first", () => {
	const assets = [
		asset("far", "camera", 0.1),
		asset("b", "camera", 0.004),
		asset("a", "camera", 0.002),
		asset("dark", "camera", 0),
		asset("pump", "pump", 0),
	];
	const near = camerasNear(assets, PLACE, 500, new Set(["dark"]), 5);
	expect(near.map(({ what }) => what.record.id)).toEqual(["a", "b"]);
	expect(near[0]?.metres).toBeCloseTo(166, 0);
});

test("a camera that looks there stands before nearer ones, one that nobody wrote down before one turned away", () => {
	const assets = [
		asset("away", "camera", 0.001, { bearing: 90, view: 60 }),
		asset("unknown", "camera", 0.003),
		// East of the place, turned west.
		asset("looks", "camera", 0.005, { bearing: 255, view: 60 }),
		asset("beside", "camera", 0.002, { bearing: 235, view: 60 }),
	];
	const near = camerasNear(assets, PLACE, 500, new Set(), 4);
	expect(near.map(({ what, looks }) => [what.record.id, looks])).toEqual([
		["looks", true],
		["unknown", null],
		["away", false],
		["beside", false],
	]);
	expect(camerasNear(assets, PLACE, 300, new Set(), 1)[0]?.what.record.id).toBe("unknown");
});

test("teams that answer for the system or for all, with a place, nearest first", () => {
	const units = [
		team("gas", { systems: ["gas"] }, 0),
		team("heat", { systems: ["heating"] }, 0.2),
		team("all", {}, 0.1),
		team("nowhere", { lon: null }, 0),
		team("office", { kind: "authority" }, 0),
	];
	expect(teamsNear(units, PLACE, "heating", 9).map(({ what }) => what.id)).toEqual(["all", "heat"]);
	expect(teamsNear(units, PLACE, "any", 2).map(({ what }) => what.id)).toEqual(["gas", "all"]);
});

test("alarms near that are not its own and are recorded: worst first, then nearest", () => {
	const alarm = (id: string, severity: number, of: string, seq: number | null = 1) =>
		({ id, severity, asset: of, seq }) as unknown as Alarm;
	const known = new Map(
		[asset("x", "pump", 0.01), asset("y", "pump", 0.001), asset("z", "pump", 1)].map((one) => [one.record.id, one]),
	);
	const open = [
		alarm("own", 4, "x"),
		alarm("near", 2, "y"),
		alarm("worse", 3, "x"),
		alarm("far", 4, "z"),
		alarm("new", 4, "y", null),
	];
	const near = alarmsNear(open, (id) => known.get(id), PLACE, new Set(["own"]), 3_000, 5);
	expect(near.map(({ what }) => what.id)).toEqual(["worse", "near"]);
});
