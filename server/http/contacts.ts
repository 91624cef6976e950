// /api/contacts: a number whole, once it is on record who was shown it and why; the book as a sheet in and out. Everything else about
// the book goes through GET /api/register (masked) and the acts.
import { z } from "zod";
import { DISTRICTS, districtOf } from "#geodata/liaoning/district_table.ts";
import type { Person, Unit } from "#model/contact.ts";
import { contactActs } from "#model/contact_acts.ts";
import { contactRows, PERSON_COLUMNS, PERSON_SHEET, UNIT_COLUMNS, UNIT_SHEET } from "#model/contact_columns.ts";
import { readContactSheets, type SheetWords } from "#model/contact_sheet.ts";
import { isProblem, problem } from "#model/problem.ts";
import { commandIdSchema } from "#model/protocol.ts";
import { readSheets, SHEET_BYTES_MAX } from "../sheets/read_sheets.ts";
import { writeSheets } from "../sheets/write_sheets.ts";
import type { HttpParts } from "./parts.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function contactRoutes(parts: HttpParts): Route[] {
	return [revealRoute(parts), importRoute(parts), exportRoute(parts), templateRoute()];
}

function revealRoute({ core, mirror }: HttpParts): Route {
	return route({
		method: "post",
		path: "/api/contacts/reveal",
		policy: { action: "personal.reveal" },
		summary: "Numbers of a person or a unit, whole; who asked and why is on record first",
		body: contactActs["contact.reveal"].schema,
		handle: async ({ who, body, source }) => {
			const answer = await core.call("act", { who, name: "contact.reveal", body, source });
			if (isProblem(answer)) return answer;
			const { register } = mirror;
			const phones =
				body.kind === "person"
					? (register.find<Person>("person", body.id)?.body.phones ?? [])
					: [register.find<Unit>("unit", body.id)?.body.phone24h].flatMap((phone) => phone ?? []);
			return { body: { ok: true, id: body.id, phones } };
		},
	});
}

function importRoute({ core, mirror }: HttpParts): Route {
	return route({
		method: "post",
		path: "/api/contacts/import",
		policy: { action: "contact.edit" },
		summary: "The contact book from an XLSX: all rows or none; what is wrong is told by row, column and remedy",
		query: z.object({ commandId: commandIdSchema }),
		raw: { types: [XLSX, "application/octet-stream"], limit: SHEET_BYTES_MAX },
		handle: async ({ who, query, request, source }) => {
			const bytes: unknown = request.body;
			if (!Buffer.isBuffer(bytes)) return problem("not-a-sheet", "send an XLSX file");
			const sheets = await readSheets(bytes);
			if (isProblem(sheets)) return sheets;
			const units = new Set(mirror.register.all<Unit>("unit").map(({ body }) => body.name));
			const rows = readContactSheets(sheets, { ...wordsOf(mirror.catalogue.systems), units });
			if ("faults" in rows) return { status: 422, body: { ok: false, problem: "bad-rows", faults: rows.faults } };
			const body = { commandId: query.commandId, ...rows };
			const answer = await core.call("act", { who, name: "contact.import", body, source });
			return isProblem(answer) ? answer : { body: answer };
		},
	});
}

function exportRoute({ mirror }: HttpParts): Route {
	return route({
		method: "get",
		path: "/api/contacts/export",
		policy: { action: "contact.edit" },
		summary: "The contact book as an XLSX with masked numbers, in the form that the import takes",
		handle: () => {
			const { register, catalogue } = mirror;
			const names = new Map(catalogue.systems.map(({ id, name }) => [id, name.zh]));
			const rows = contactRows(register.all<Unit>("unit"), register.all<Person>("person"), (id) => names.get(id) ?? id);
			return sheetAnswer("通讯录.xlsx", rows.units, rows.people);
		},
	});
}

function templateRoute(): Route {
	return route({
		method: "get",
		path: "/api/contacts/template",
		policy: { action: "read" },
		summary: "An empty XLSX with the columns that the import takes, and a line of example in each sheet",
		handle: () =>
			sheetAnswer(
				"通讯录模板.xlsx",
				[
					[
						"示例单位（请删除本行）",
						"运行单位",
						"沈阳市和平区",
						"城市供热",
						"",
						"024-00000000",
						"示例路 1 号",
						"123.4",
						"41.8",
					],
				],
				[["示例人员（请删除本行）", "示例单位（请删除本行）", "值班调度", "138-0000-0000", "是", "0"]],
			),
	});
}

function sheetAnswer(name: string, units: readonly string[][], people: readonly string[][]): Answer {
	const body = writeSheets([
		{ name: UNIT_SHEET, rows: [[...UNIT_COLUMNS], ...units], widths: [32, 12, 16, 24, 32, 20, 32, 12, 12] },
		{ name: PERSON_SHEET, rows: [[...PERSON_COLUMNS], ...people], widths: [16, 32, 16, 30, 8, 8] },
	]);
	return {
		body,
		type: XLSX,
		headers: {
			"Content-Disposition": `attachment; filename="contacts.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
		},
	};
}

/** Every place by its code, its own name, and its name after its city's. */
function wordsOf(
	systems: readonly { readonly id: string; readonly name: { readonly zh: string } }[],
): Omit<SheetWords, "units"> {
	const districts = DISTRICTS.map(({ code, name, short, parent, level }) => {
		const city = level === "county" && parent !== null ? districtOf(parent) : undefined;
		const names = [
			name.zh,
			short.zh,
			...(city === undefined ? [] : [`${city.name.zh}${name.zh}`, `${city.short.zh}${name.zh}`]),
		];
		return { code, names: [...new Set(names)] };
	});
	return { districts, systems: systems.map(({ id, name }) => ({ id, name: name.zh })) };
}
