// Who may do what, where: the table of roles, scope by district and system, and narrowing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { cityOf, districtPrefix } from "./ids.ts";
import type { Action, Place, Role, Scope } from "./rights.ts";
import { actions, inScope, narrow, refuse, roles, scopeSchema, WHOLE_PROVINCE } from "./rights.ts";

const codes = fc.constantFrom("210000", "210100", "210102", "210104", "210181", "210200", "210202", "211400", "211481");
const counties = fc.constantFrom("210102", "210104", "210181", "210202", "211481");
const systems = fc.constantFrom("gas", "water", "flood");
const scopes: fc.Arbitrary<Scope> = fc.record({
	districts: fc.array(codes, { maxLength: 4 }),
	systems: fc.option(fc.uniqueArray(systems, { maxLength: 3 })),
});
const places: fc.Arbitrary<Place> = fc.record({ district: counties, system: systems });

test("a code matches itself and what lies below it", () => {
	expect(districtPrefix("210000")).toBe("21");
	expect(districtPrefix("210100")).toBe("2101");
	expect(districtPrefix("210102")).toBe("210102");
	expect(cityOf("210102")).toBe("210100");
});

test.each([
	["210000", "210102", true],
	["210100", "210102", true],
	["210100", "210202", false],
	["210102", "210102", true],
	["210102", "210104", false],
	["210102", "210100", false],
])("scope %s sees %s: %s", (own, district, sees) => {
	expect(inScope({ districts: [own], systems: null }, { district, system: "gas" })).toBe(sees);
});

test("systems limit a scope; trouble of the system itself concerns every desk", () => {
	const gas: Scope = { districts: ["210100"], systems: ["gas"] };
	expect(inScope(gas, { district: "210102", system: "gas" })).toBe(true);
	expect(inScope(gas, { district: "210102", system: "water" })).toBe(false);
	expect(inScope(gas, { district: "210000", system: "system" })).toBe(true);
	expect(inScope({ districts: [], systems: [] }, { district: "210000", system: "system" })).toBe(true);
	expect(inScope({ districts: [], systems: null }, { district: "210102", system: "gas" })).toBe(false);
});

test("a scope sees a place exactly when one of its codes stands above it and its systems name it", () => {
	fc.assert(
		fc.property(scopes, places, (scope, place) => {
			const above = ["210000", `${place.district.slice(0, 4)}00`, place.district];
			const named = scope.systems === null || scope.systems.includes(place.system);
			expect(inScope(scope, place)).toBe(named && scope.districts.some((code) => above.includes(code)));
		}),
	);
});

test("narrowing sees exactly what both see, and never more than the own scope", () => {
	fc.assert(
		fc.property(scopes, scopes, places, (own, wish, place) => {
			const both = narrow(own, wish);
			expect(scopeSchema.safeParse(both).success).toBe(true);
			expect(inScope(both, place)).toBe(inScope(own, place) && inScope(wish, place));
			expect(new Set(both.districts).size).toBe(both.districts.length);
		}),
		{ numRuns: 2_000 },
	);
	fc.assert(
		fc.property(scopes, (own) => {
			expect(narrow(own, null)).toEqual(own);
		}),
	);
});

/** Written out a second time, so that a slip in the one table is seen. */
const may: Record<Role, readonly Action[]> = {
	viewer: ["read"],
	wall: ["read"],
	duty: ["read", "alarm.acknowledge", "alarm.shelve", "alarm.assign", "alarm.comment"],
	planner: ["read", "alarm.comment"],
	administrator: [
		"read",
		"alarm.acknowledge",
		"alarm.shelve",
		"alarm.assign",
		"alarm.comment",
		"alarm.out-of-service",
		"catalogue.edit",
		"device.edit",
		"rule.edit",
		"people.edit",
		"audit.read",
	],
};

test.each(roles)("%s may do what the table says and nothing else", (role) => {
	for (const action of actions) {
		const answer = refuse({ user: "u", roles: [role], scope: WHOLE_PROVINCE }, action, null);
		if (may[role].includes(action)) expect(answer).toBeNull();
		else expect(answer).toMatchObject({ problem: "forbidden" });
	}
});

test("several roles may do what any of them may; no role may do nothing", () => {
	fc.assert(
		fc.property(fc.subarray([...roles]), fc.constantFrom(...actions), (list, action) => {
			const refused = refuse({ user: "u", roles: list, scope: WHOLE_PROVINCE }, action, null) !== null;
			expect(refused).toBe(!list.some((role) => may[role].includes(action)));
		}),
	);
});

test("outside the scope nothing exists, for every role and action; a role is asked first", () => {
	const place: Place = { district: "210202", system: "gas" };
	const scope: Scope = { districts: ["210100"], systems: null };
	for (const role of roles) {
		for (const action of actions) {
			const answer = refuse({ user: "u", roles: [role], scope }, action, place);
			expect(answer?.problem).toBe(may[role].includes(action) ? "not-found" : "forbidden");
		}
	}
	expect(
		refuse({ user: "u", roles: ["duty"], scope }, "alarm.acknowledge", { ...place, district: "210102" }),
	).toBeNull();
});
