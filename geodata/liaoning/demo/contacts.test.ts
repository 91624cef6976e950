import { expect, test } from "vitest";
import { type Contact, type Person, personRowSchema, type Unit, unitRowSchema } from "#model/contact.ts";
import { contactBook, responsibleIn } from "#model/responsible.ts";
import { loadSystems } from "../../../server/load_systems.ts";
import { demoCatalogue } from "./catalogue.ts";
import { demoContacts } from "./contacts.ts";

const { assets } = demoCatalogue({ assets: 3_000 });
const book = demoContacts(assets.map(({ district }) => district));

test("every unit and person of the demo is invented, valid and unique, and no number can be called", () => {
	expect(new Set(book.units.map(({ name }) => name)).size).toBe(book.units.length);
	expect(new Set(book.people.map(({ name, unit }) => `${unit}/${name}`)).size).toBe(book.people.length);
	for (const unit of book.units) {
		expect(unitRowSchema.safeParse(unit).success, unit.name).toBe(true);
		expect(unit.name).toMatch(/^演示/);
		if (unit.phone24h !== null) expect(unit.phone24h).toMatch(/^0\d{2,3}-0000\d{4}$/);
	}
	for (const person of book.people) {
		expect(personRowSchema.safeParse(person).success, person.name).toBe(true);
		expect(person.phones[0]).toMatch(/^0000000\d{4}$/);
	}
	const names = new Set(book.units.map(({ name }) => name));
	expect(book.units.filter(({ parent }) => parent !== null && !names.has(parent))).toEqual([]);
	expect(demoContacts(["210102"])).toEqual(demoContacts(["210102"]));
});

test("all 14 cities and 100 counties are there, and a few gaps are left to be found", () => {
	expect(new Set(book.units.map(({ district }) => district)).size).toBe(115);
	const gaps = book.units.filter(({ phone24h }) => phone24h === null);
	expect(gaps.length).toBeGreaterThan(0);
	expect(gaps.length).toBeLessThan(10);
});

test("every asset of the demo has somebody to call, a supervisor and a next level; companies of the register are in the book", async () => {
	const systems = await loadSystems();
	const systemOf = new Map(systems.flatMap((system) => system.kinds.map((kind) => [kind.id, system.id] as const)));
	const units = book.units.map(
		({ row: _, parent, ...body }): Contact<Unit> => ({ id: body.name, body: { ...body, parent } }),
	);
	const people = book.people.map(({ row, ...body }): Contact<Person> => ({ id: String(row), body }));
	const index = contactBook(units, people);
	for (const { id, kind, district, fields } of assets) {
		const found = responsibleIn(index, { district, system: systemOf.get(kind) ?? "", fields });
		const gaps = found.gaps.filter(({ gap }) => gap !== "no-person" && gap !== "no-number");
		expect(gaps, id).toEqual([]);
		expect(found.callees.length, id).toBeGreaterThan(2);
		const company = fields?.company ?? fields?.owner ?? fields?.builder;
		if (typeof company === "string" && units.some((unit) => unit.id === company))
			expect(found.responsible?.unit.id).toBe(company);
	}
});
