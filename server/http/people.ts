// /api/users: people as their administrator sees them, one by one and from a sheet. Core decides who may manage whom.
import { z } from "zod";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import type { SheetRow, SheetWords } from "#model/people_sheet.ts";
import { peopleTemplate, readPeople } from "#model/people_sheet.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { roles, scopeSchema } from "#model/rights.ts";
import { readSheets, SHEET_BYTES_MAX } from "../sheets/read_sheets.ts";
import { csvOf, readCsv } from "./csv.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

const POLICY = { action: "people.edit" } as const;
const SHEET_TYPES = [
	"text/csv",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/octet-stream",
];

export function peopleRoutes(parts: HttpParts): Route[] {
	const { core } = parts;
	return [
		route({
			method: "get",
			path: "/api/users",
			policy: POLICY,
			summary: "People within your scope: roles, scope, last seen, sessions",
			handle: async ({ who }) => {
				const people = await core.call("people", { who });
				return isProblem(people) ? people : { body: { people } };
			},
		}),
		route({
			method: "put",
			path: "/api/users/:name",
			policy: POLICY,
			summary:
				"Make or change a person; a password given here must be changed at the first sign-in unless mustChange is false",
			body: z
				.object({
					password: z.string().min(1).max(200).nullish(),
					mustChange: z.boolean().default(true),
					fullName: z.string().max(40).default(""),
					unit: z.string().max(80).default(""),
					roles: z.array(z.enum(roles)).min(1),
					scope: scopeSchema,
					disabled: z.boolean().default(false),
				})
				.strict(),
			handle: async ({ who, params, body, source }) => {
				const { password, mustChange, ...rest } = body;
				const person = { ...rest, name: params.name ?? "" };
				const asked = { who, person, password: password ?? null, final: !mustChange, source };
				const answer = await core.call("putUser", asked);
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
		route({
			method: "delete",
			path: "/api/users/:name/sessions",
			policy: POLICY,
			summary: "End every session of a person; their sockets close within five seconds",
			handle: async ({ who, params, source }) => {
				const answer = await core.call("endSessions", { who, name: params.name ?? "", source });
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
		...sheetRoutes(parts),
	];
}

function sheetRoutes(parts: HttpParts): Route[] {
	const { core, mirror } = parts;
	const words = (): SheetWords => ({ districts: DISTRICTS, systems: mirror.catalogue.systems });
	return [
		route({
			method: "get",
			path: "/api/user-sheet",
			policy: POLICY,
			summary: "A sheet to fill in (CSV): one row for each city's administrator and each county's duty officer",
			handle: () => ({
				body: csvOf(peopleTemplate(words())),
				type: "text/csv; charset=utf-8",
				headers: { "Content-Disposition": 'attachment; filename="people.csv"' },
			}),
		}),
		route({
			method: "post",
			path: "/api/user-sheet",
			policy: POLICY,
			summary:
				"Import people from CSV or XLSX; each row is taken whole or refused with its cells; first passwords are in this answer and nowhere else",
			raw: { types: SHEET_TYPES, limit: SHEET_BYTES_MAX },
			handle: async ({ who, request, source }) => {
				const rows = await rowsOf(request.body, words());
				if (isProblem(rows)) return rows;
				const answer = await core.call("importPeople", { who, rows, source });
				if (isProblem(answer)) return answer;
				const bad = rows.filter(({ person }) => person === null).map(({ row, problems }) => ({ row, problems }));
				return { body: { ...answer, bad } };
			},
		}),
	];
}

async function rowsOf(body: unknown, words: SheetWords): Promise<readonly SheetRow[] | Problem> {
	if (!Buffer.isBuffer(body) || body.length === 0) return problem("not-a-sheet", "send the file itself as CSV or XLSX");
	// "PK": a zip, as every XLSX is.
	if (body[0] === 0x50 && body[1] === 0x4b) {
		const sheets = await readSheets(body);
		return isProblem(sheets) ? sheets : readPeople(sheets[0]?.rows ?? [], words);
	}
	const cells = readCsv(body);
	return isProblem(cells) ? cells : readPeople(cells, words);
}
