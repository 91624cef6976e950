import { expect, test } from "vitest";
import { atText, hiddenOf, hideText, levelOf, parseScene, viewpointOf } from "./scene.ts";

test("an address is read back as it was written", () => {
	const viewpoint = { lon: 123.43281, lat: 41.80456, zoom: 12.25 };
	expect(viewpointOf({ at: atText(viewpoint) })).toEqual(viewpoint);
	expect([...hiddenOf({ hide: hideText(new Set(["water", "gas"])) })]).toEqual(["gas", "water"]);
});

test("what is not understood is left out, never a fault", () => {
	expect(parseScene({ asset: "gas-1", evil: "x", at: { no: 1 }, level: 4 })).toEqual({ asset: "gas-1", level: "4" });
	for (const at of ["", "1,2", "a,b,c", "999,41,5", "123,41,99"]) expect(viewpointOf({ at })).toBeNull();
	expect(levelOf({ level: "7" })).toBeNull();
	expect(levelOf({ level: "4" })).toBe(4);
});
