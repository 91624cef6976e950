import { expect, test } from "vitest";
import { photoTypeOf } from "./photo.ts";
import { inReach, isRecordKind, logSubjectSchema } from "./register.ts";
import type { Scope } from "./rights.ts";

const heat: Scope = { districts: ["210100"], systems: ["heating"] };

test("a scope kind reaches whose scope holds its place; every system is every system, but not every district", () => {
	const at = (district: string, system: string) => inReach(heat, { kind: "incident", district, system });
	expect(at("210102", "heating")).toBe(true);
	expect(at("210102", "gas")).toBe(false);
	expect(at("210102", "any")).toBe(true);
	expect(at("210202", "any")).toBe(false);
	// Of the whole province: not this city's alone.
	expect(at("210000", "any")).toBe(false);
});

test("a shared kind reaches everybody, a private one nobody", () => {
	expect(inReach(heat, { kind: "unit", district: "210202", system: "gas" })).toBe(true);
	const everything: Scope = { districts: ["210000"], systems: null };
	expect(inReach(everything, { kind: "outlet", district: "210000", system: "any" })).toBe(false);
});

test("kinds and subjects off the wire are what they say", () => {
	expect(isRecordKind("incident")).toBe(true);
	expect(isRecordKind("toString")).toBe(false);
	expect(logSubjectSchema.safeParse("incident:i12").success).toBe(true);
	for (const wrong of ["incident", "incident:", ":i1", "Incident:i1", "a b:c", "incident:i 1"])
		expect(logSubjectSchema.safeParse(wrong).success).toBe(false);
});

test("a photo is told by its first bytes, whatever it is called", () => {
	const text = (word: string) => new TextEncoder().encode(word);
	expect(photoTypeOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe("image/jpeg");
	expect(photoTypeOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe("image/png");
	expect(photoTypeOf(text("RIFF\u0000\u0000\u0000\u0000WEBPVP8 "))).toBe("image/webp");
	for (const wrong of [
		new Uint8Array(0),
		text("RIFF0000WAVE"),
		text("<svg xmlns="),
		text("GIF89a"),
		Uint8Array.of(0xff, 0xd8),
	])
		expect(photoTypeOf(wrong)).toBeNull();
});
