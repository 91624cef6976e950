import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { Devices } from "./devices.ts";

function planned(devices: Devices, input: object): { key: string } {
	const made = devices.plan(input);
	if (isProblem(made)) throw new Error(made.problem);
	devices.put(made.record);
	return made;
}

test("a key speaks for its own asset and no other; it is kept as a hash only", () => {
	const devices = new Devices(null);
	const { key } = planned(devices, { asset: "a", door: "http" });
	expect(devices.check("http", null, key)).toMatchObject({ source: "http/a", assets: new Set(["a"]), asset: "a" });
	expect(devices.check("http", null, "another-key")).toMatchObject({ problem: "bad-key" });
	expect(devices.check("mqtt", "a", key)).toMatchObject({ problem: "unknown-device" });
	expect(JSON.stringify(devices.list())).not.toContain(key);
});

test("a gateway speaks for all assets registered under its address and key", () => {
	const devices = new Devices(null);
	for (const asset of ["a", "b"]) planned(devices, { asset, door: "mqtt", address: "gw", key: "gateway-key" });
	expect(devices.check("mqtt", "gw", "gateway-key")).toMatchObject({ assets: new Set(["a", "b"]), asset: null });
	planned(devices, { asset: "c", door: "mqtt", address: "gw", key: "gateway-key" });
	expect(devices.check("mqtt", "gw", "gateway-key")).toMatchObject({ assets: new Set(["a", "b", "c"]) });
});

test("the master key speaks for any asset over HTTP and MQTT, never as an HJ 212 password", () => {
	const devices = new Devices("master-key");
	expect(devices.check("http", null, "master-key")).toMatchObject({ assets: null });
	expect(devices.check("mqtt", "anybody", "master-key")).toMatchObject({ assets: null, source: "mqtt/anybody" });
	expect(devices.check("hj212", "MN1", "master-key")).toMatchObject({ problem: "unknown-device" });
});

test("an address of HJ 212 reports for one asset; a wrong shape names the rule", () => {
	const devices = new Devices(null);
	planned(devices, { asset: "a", door: "hj212", address: "MN1", key: "123456" });
	expect(devices.plan({ asset: "b", door: "hj212", address: "MN1" })).toMatchObject({ problem: "address-taken" });
	expect(devices.plan({ asset: "b", door: "hj212", address: "bad mn" })).toMatchObject({
		problem: "bad-address",
		where: "address",
	});
	expect(devices.plan({ asset: "b", door: "hj212", address: "MN2", key: "1;2345" })).toMatchObject({
		problem: "bad-key",
		where: "key",
	});
	expect(devices.plan({ asset: "b", door: "fax" })).toMatchObject({ problem: "bad-device", where: "door" });
	const { key } = planned(devices, { asset: "b", door: "hj212", address: "MN2" });
	expect(key).toMatch(/^\d{6}$/);
});

test("hostile addresses are ordinary words", () => {
	const devices = new Devices(null);
	for (const address of ["__proto__", "constructor", "toString"]) {
		expect(devices.check("mqtt", address, "x")).toMatchObject({ problem: "unknown-device" });
		planned(devices, { asset: "a", door: "mqtt", address, key: "some-key-1" });
		expect(devices.check("mqtt", address, "some-key-1")).toMatchObject({ source: `mqtt/${address}` });
	}
});
