import { expect, test } from "vitest";
import { QUARANTINE_MAX, QUARANTINE_MS, Quarantine } from "./quarantine.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("an unknown device waits with its last three frames, printable", () => {
	const quarantine = new Quarantine();
	for (const [i, text] of ["one", "two", "three", "f\r\n\\"].entries())
		quarantine.add("hj212", "MN9", "unknown-device", bytes(text), i);
	expect(quarantine.list()).toEqual([
		{
			door: "hj212",
			address: "MN9",
			firstAt: 0,
			lastAt: 3,
			frames: 4,
			code: "unknown-device",
			samples: ["two", "three", "f\\x0d\\x0a\\x5c"],
		},
	]);
	quarantine.release("hj212", "MN9");
	expect(quarantine.size).toBe(0);
});

test("bounded: the one not heard for longest goes; after 24 h of silence each goes", () => {
	const quarantine = new Quarantine();
	for (let i = 0; i <= QUARANTINE_MAX; i++) {
		quarantine.add("mqtt", `d${i}`, "unknown-device", bytes("x"), i);
		if (i === 5) quarantine.add("mqtt", "d0", "unknown-device", bytes("y"), i);
	}
	const left = new Set(quarantine.list().map((one) => one.address));
	expect([left.size, left.has("d0"), left.has("d1")]).toEqual([QUARANTINE_MAX, true, false]);
	quarantine.expire(QUARANTINE_MS + 100);
	expect(quarantine.list().every((one) => one.lastAt > 100)).toBe(true);
});
