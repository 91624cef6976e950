// The plan of a whole sheet of contacts: names become ids, what stands already stays as it is, only what differs is written. All rows
// or none. Called by contact.ts; the rows were checked by contact_sheet.ts, and are held against the book once more here.
import { type Person, type PersonRow, type Unit, type UnitRow, unmasked } from "#model/contact.ts";
import { PERSON_SHEET, UNIT_SHEET } from "#model/contact_columns.ts";
import { type Problem, problem } from "#model/problem.ts";
import { ANY_SYSTEM, type Entry, type Put } from "#model/register.ts";
import type { ActContext, Plan } from "../act.ts";

export function planImport(
	units: readonly UnitRow[],
	people: readonly PersonRow[],
	context: ActContext,
): Plan | Problem {
	const book = context.register.all<Unit>("unit");
	const byName = new Map(book.map((entry) => [entry.body.name, entry]));
	const ids = new Map(book.map((entry) => [entry.body.name, entry.id]));
	for (const { name } of units) if (!ids.has(name)) ids.set(name, context.newId("u"));
	const entries: Put[] = [];
	for (const row of units) {
		const put = unitPut(row, ids, byName.get(row.name) ?? null);
		if ("problem" in put) return put;
		entries.push(put);
	}
	const ring = ringIn(book, entries as readonly Put<Unit>[]);
	if (ring !== null) return problem("bad-parent", `${ring} stands above itself`, UNIT_SHEET);
	const districts = new Map([...book, ...(entries as readonly Put<Unit>[])].map(({ id, district }) => [id, district]));
	const known = new Map(context.register.all<Person>("person").map((entry) => [keyOf(entry.body), entry]));
	for (const row of people) {
		const unit = ids.get(row.unit);
		if (unit === undefined) return at(PERSON_SHEET, row.row, "no such unit in the book");
		const put = personRowPut(row, unit, districts.get(unit) ?? "", known, context);
		if ("problem" in put) return put;
		entries.push(put);
	}
	const changed = entries.filter((put) => !stands(put, context.register.find(put.kind, put.id)));
	const counts = {
		units: changed.filter(({ kind }) => kind === "unit").length,
		people: changed.filter(({ kind }) => kind === "person").length,
		unchanged: entries.length - changed.length,
	};
	return { entries: changed, audit: { subject: "contacts", detail: counts }, answer: counts };
}

function unitPut(row: UnitRow, ids: ReadonlyMap<string, string>, before: Entry<Unit> | null): Put<Unit> | Problem {
	const { row: number, parent, phone24h, name, kind, district, systems, address, lon, lat } = row;
	const above = parent === null ? null : ids.get(parent);
	if (above === undefined) return at(UNIT_SHEET, number, `no unit "${parent}" in the book`);
	const phone = phone24h === null ? null : unmasked(phone24h, [before?.body.phone24h ?? ""]);
	if (phone === null && phone24h !== null)
		return at(UNIT_SHEET, number, "a masked number that is not the one on record");
	const body: Unit = { name, kind, district, systems, parent: above, address, lon, lat, phone24h: phone };
	return { kind: "unit", id: ids.get(name) ?? "", district, system: ANY_SYSTEM, body };
}

function personRowPut(
	row: PersonRow,
	unit: string,
	district: string,
	known: ReadonlyMap<string, Entry<Person>>,
	context: ActContext,
): Put<Person> | Problem {
	const before = known.get(keyOf({ unit, name: row.name })) ?? null;
	const phones: string[] = [];
	for (const given of row.phones) {
		const phone = unmasked(given, before?.body.phones ?? []);
		if (phone === null) return at(PERSON_SHEET, row.row, "a masked number that is not the one on record");
		phones.push(phone);
	}
	const { name, duty, isOnCall, order } = row;
	const body: Person = { name, unit, duty, isOnCall, order, phones };
	return { kind: "person", id: before?.id ?? context.newId("p"), district, system: ANY_SYSTEM, body };
}

function at(sheet: string, row: number, what: string): Problem {
	return problem("bad-row", `${sheet} ${row}: ${what}`, `${sheet} ${row}`);
}

function keyOf({ unit, name }: Pick<Person, "unit" | "name">): string {
	return `${unit}/${name}`;
}

/** Whether the book says this already; the order of the fields does not count. */
function stands(put: Put, entry: Entry | null): boolean {
	if (entry === null || entry.district !== put.district) return false;
	const [a, b] = [entry.body, put.body] as [Record<string, unknown>, Record<string, unknown>];
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}

/** A unit above which it stands itself, once the sheet is taken; null: none. */
function ringIn(book: readonly Entry<Unit>[], entries: readonly Put<Unit>[]): string | null {
	const after = new Map([...book, ...entries].map(({ id, body }) => [id, body]));
	for (const { id, body } of entries) {
		let above = body.parent;
		for (let left = after.size; above !== null && left > 0; left--) {
			if (above === id) return body.name;
			above = after.get(above)?.parent ?? null;
		}
	}
	return null;
}
