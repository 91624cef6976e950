// Where each person begins.
import { expect, test } from "vitest";
import type { Role } from "#model/rights.ts";
import { beginningAt, withMapNumber } from "./page.ts";

const at = (role: Role, ...districts: string[]): string =>
	beginningAt({ user: "u", roles: [role], scope: { districts, systems: null } });

test("each begins at the page of their work; a duty officer on the map at the own city or county", () => {
	expect(at("planner", "210100")).toBe("/plan");
	expect(at("administrator", "210000")).toBe("/admin");
	expect(at("auditor", "210000")).toBe("/admin");
	expect(at("wall", "210100")).toBe("/wall");
	expect(at("duty", "210000")).toBe("/duty");
	expect(at("duty", "210100")).toMatch(/^\/duty\?at=12[23]\.\d{4},4[12]\.\d{4},[78]\.\d$/);
	expect(at("lead", "210102")).toMatch(/^\/duty\?at=123\.\d*,41\.7\d*,1[12]\.\d$/);
	expect(at("duty", "210102", "210104")).toBe(at("duty", "210100"));
	expect(at("duty")).toBe("/duty");
});

test("the map's review number stands in the page's head", () => {
	expect(withMapNumber("<head><title>a</title></head><body></body>", "辽S(2026)012号")).toBe(
		'<head><title>a</title><meta name="map-number" content="辽S(2026)012号" /></head><body></body>',
	);
});
