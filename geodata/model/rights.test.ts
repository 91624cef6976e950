// Who may do what, where: the table of roles, scope by district and system, and narrowing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { cityOf, districtPrefix } from "./ids.ts";
import type { Action, Place, Role, Scope } from "./rights.ts";
import {
	actions,
	covers,
	homeOf,
	inScope,
	narrow,
	refuse,
	refuseGrant,
	roles,
	scopeSchema,
	WHOLE_PROVINCE,
} from "./rights.ts";

const codes = fc.constantFrom("210000", "210100", "210102", "210104", "210181", "210200", "210202", "211400", "211481");
const counties = fc.constantFrom("210102", "210104", "210181", "210202", "211481");
const systems = fc.constantFrom("gas", "water", "flood");
const assets = fc.constantFrom("site-1", "site-2", "site-3");
const scopes: fc.Arbitrary<Scope> = fc.record(
	{
		districts: fc.array(codes, { maxLength: 4 }),
		systems: fc.option(fc.uniqueArray(systems, { maxLength: 3 })),
		assets: fc.uniqueArray(assets, { maxLength: 3 }),
	},
	{ requiredKeys: ["districts", "systems"] },
);
const places: fc.Arbitrary<Place> = fc.record({
	district: counties,
	system: systems,
	asset: fc.option(assets),
});

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
			const own = scope.assets === undefined || (place.asset != null && scope.assets.includes(place.asset));
			expect(inScope(scope, place)).toBe(own && named && scope.districts.some((code) => above.includes(code)));
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
const look: Action[] = ["read", "own.read", "incident.read"];
const desk: Action[] = [
	...look,
	...(["alarm.acknowledge", "alarm.shelve", "alarm.assign", "alarm.comment"] as const),
	...(["photo.add", "call.log", "incident.edit", "shift.edit", "personal.reveal"] as const),
];
const may: Record<Role, readonly Action[]> = {
	viewer: look,
	wall: look,
	duty: desk,
	lead: [
		...desk,
		...(["alarm.out-of-service", "window.edit", "contact.edit"] as const),
		...(["incident.close", "incident.push", "instruction.add"] as const),
	],
	planner: [...look, "alarm.comment"],
	enterprise: ["own.read", "alarm.comment"],
	auditor: [...look, "audit.read", "audit.export"],
	administrator: [...actions],
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
			const hasNoPlace = ["audit.read", "audit.export", "reach.edit"].includes(action);
			expect(answer?.problem).toBe(may[role].includes(action) && !hasNoPlace ? "not-found" : "forbidden");
		}
	}
	expect(
		refuse({ user: "u", roles: ["duty"], scope }, "alarm.acknowledge", { ...place, district: "210102" }),
	).toBeNull();
});

test("a scope of named assets sees these and nothing that has no asset, not even trouble of the system", () => {
	const scope: Scope = { districts: ["210102"], systems: null, assets: ["site-1"] };
	expect(inScope(scope, { district: "210102", system: "dust", asset: "site-1" })).toBe(true);
	expect(inScope(scope, { district: "210102", system: "dust", asset: "site-2" })).toBe(false);
	expect(inScope(scope, { district: "210104", system: "dust", asset: "site-1" })).toBe(false);
	expect(inScope(scope, { district: "210102", system: "dust" })).toBe(false);
	expect(inScope(scope, { district: "210102", system: "dust", asset: null })).toBe(false);
	expect(inScope(scope, { district: "210000", system: "system" })).toBe(false);
});

test("a scope covers another only when the other sees nothing more", () => {
	fc.assert(
		fc.property(scopes, scopes, places, (outer, inner, place) => {
			if (covers(outer, inner) && inScope(inner, place)) expect(inScope(outer, place)).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
	expect(covers(WHOLE_PROVINCE, { districts: ["210100"], systems: ["gas"], assets: ["a"] })).toBe(true);
	expect(covers({ districts: ["210100"], systems: null }, WHOLE_PROVINCE)).toBe(false);
	expect(covers({ districts: ["210100"], systems: ["gas"] }, { districts: ["210102"], systems: null })).toBe(false);
});

test("a city's administrator makes people of his own city, of every role; nobody else makes people", () => {
	const city: Scope = { districts: ["210100"], systems: null };
	const mayor = { user: "m", roles: ["administrator" as const], scope: city };
	for (const role of roles) expect(refuseGrant(mayor, [role], { districts: ["210102"], systems: ["gas"] })).toBeNull();
	expect(refuseGrant(mayor, ["duty"], { districts: ["210202"], systems: null })?.problem).toBe("beyond-scope");
	expect(refuseGrant(mayor, ["duty"], WHOLE_PROVINCE)?.problem).toBe("beyond-scope");
	for (const role of roles.filter((one) => one !== "administrator"))
		expect(refuseGrant({ ...mayor, roles: [role] }, ["viewer"], city)?.problem).toBe("forbidden");
});

test("everybody's first page is that of the work he does", () => {
	expect(roles.map((role) => homeOf([role]))).toEqual([
		...["/wall", "/wall", "/duty", "/duty", "/plan", "/duty", "/admin", "/admin"],
	]);
	expect(homeOf(["administrator", "duty"])).toBe("/duty");
});
