// The sheet that people are imported from: one row a person, Chinese or English headings, districts and roles by name or code.
// Reads cells, knows no files: http/people.ts brings the rows, core decides about each person. Every bad cell is named with what
// to write instead; a row is taken whole or not at all.
import type { Text } from "./measure.ts";
import type { Person } from "./person.ts";
import { parsePerson, personName } from "./person.ts";
import { isProblem, type Problem, problem } from "./problem.ts";
import { type Role, roles } from "./rights.ts";

export const PEOPLE_MAX = 5_000;

export const columns = ["name", "fullName", "unit", "roles", "districts", "systems", "assets"] as const;
export type Column = (typeof columns)[number];

export const columnNames: Readonly<Record<Column, string>> = {
	name: "账号",
	fullName: "姓名",
	unit: "单位",
	roles: "角色",
	districts: "辖区",
	systems: "专业",
	assets: "所属对象",
};

export const roleNames: Readonly<Record<Role, Text>> = {
	viewer: { zh: "查看者", en: "viewer" },
	wall: { zh: "大屏", en: "wall" },
	duty: { zh: "值班员", en: "duty officer" },
	lead: { zh: "值班长", en: "shift lead" },
	planner: { zh: "规划员", en: "planner" },
	enterprise: { zh: "企业", en: "enterprise" },
	auditor: { zh: "审计员", en: "auditor" },
	administrator: { zh: "管理员", en: "administrator" },
};

/** The names that a sheet may use. */
export interface SheetWords {
	readonly districts: readonly { readonly code: string; readonly parent: string | null; readonly name: Text }[];
	readonly systems: readonly { readonly id: string; readonly name: Text }[];
}

export interface CellProblem {
	readonly column: Column | "row";
	/** What was written. */
	readonly cell: string;
	/** Key of the page's texts: what is wrong and what to write. */
	readonly code: "name" | "role" | "district" | "system" | "missing" | "twice" | "person";
	readonly detail: string;
}

export interface SheetRow {
	/** As in the sheet, the heading is row 1. */
	readonly row: number;
	readonly person: Person | null;
	readonly problems: readonly CellProblem[];
}

/** @returns rows in their order, empty ones left out; Problem when the headings are not those of this sheet. */
export function readPeople(cells: readonly (readonly string[])[], words: SheetWords): readonly SheetRow[] | Problem {
	const [head = [], ...lines] = cells;
	const at = new Map<Column, number>();
	for (const column of columns) {
		const index = head.findIndex((text) => text.trim() === columnNames[column] || text.trim() === column);
		if (index >= 0) at.set(column, index);
	}
	const lacks = (["name", "roles", "districts"] as const).filter((column) => !at.has(column));
	if (lacks.length > 0) {
		const named = lacks.map((column) => columnNames[column]).join("、");
		return problem("bad-headings", `the first row must name the columns; missing: ${named}`, named);
	}
	if (lines.length > PEOPLE_MAX) return problem("too-large", `${PEOPLE_MAX} people at most in one sheet`);
	const seen = new Map<string, number>();
	const rows: SheetRow[] = [];
	for (const [index, line] of lines.entries()) {
		if (line.every((cell) => cell.trim() === "")) continue;
		const cell = (column: Column): string => (line[at.get(column) ?? -1] ?? "").trim();
		rows.push(readRow(index + 2, cell, words, seen));
	}
	return rows;
}

function readRow(
	row: number,
	cell: (column: Column) => string,
	words: SheetWords,
	seen: Map<string, number>,
): SheetRow {
	const problems: CellProblem[] = [];
	const bad = (column: CellProblem["column"], text: string, code: CellProblem["code"], detail: string): void => {
		problems.push({ column, cell: text, code, detail });
	};
	const name = cell("name");
	if (name === "") bad("name", "", "missing", columnNames.name);
	else if (!personName.safeParse(name).success) bad("name", name, "name", "2–40");
	else if (seen.has(name)) bad("name", name, "twice", String(seen.get(name)));
	else seen.set(name, row);
	const each = <T>(column: Column, code: CellProblem["code"], find: (text: string) => T | undefined): T[] =>
		split(cell(column)).flatMap((text) => {
			const found = find(text);
			if (found !== undefined) return [found];
			bad(column, text, code, nearest(text, column, words));
			return [];
		});
	const own = each("roles", "role", roleOf);
	const districts = each("districts", "district", (text) => districtOf(text, words));
	const systemsText = cell("systems");
	const isAll = systemsText === "" || systemsText === "全部" || systemsText === "all";
	const systems = isAll ? null : each("systems", "system", (text) => systemOf(text, words));
	if (cell("roles") === "") bad("roles", "", "missing", columnNames.roles);
	if (cell("districts") === "") bad("districts", "", "missing", columnNames.districts);
	if (problems.length > 0) return { row, person: null, problems };
	const assets = split(cell("assets"));
	const scope = { districts, systems, ...(assets.length > 0 ? { assets } : {}) };
	const person = parsePerson({ name, fullName: cell("fullName"), unit: cell("unit"), roles: own, scope });
	if (!isProblem(person)) return { row, person, problems };
	bad("row", name, "person", person.detail ?? person.problem);
	return { row, person: null, problems };
}

function split(text: string): string[] {
	return [
		...new Set(
			text
				.split(/[、,，;；\s]+/)
				.map((part) => part.trim())
				.filter((part) => part !== ""),
		),
	];
}

function roleOf(text: string): Role | undefined {
	return roles.find((role) => role === text || roleNames[role].zh === text || roleNames[role].en === text);
}

function systemOf(text: string, { systems }: SheetWords): string | undefined {
	return systems.find(({ id, name }) => id === text || name.zh === text || name.en === text)?.id;
}

/** 210102, 沈阳市, 沈阳市和平区; a county's name alone when only one county bears it. */
function districtOf(text: string, { districts }: SheetWords): string | undefined {
	if (/^\d{6}$/.test(text)) return districts.find(({ code }) => code === text)?.code;
	const named = districts.filter(({ name }) => name.zh === text || name.en === text);
	if (named.length === 1) return named[0]?.code;
	return districts.find(({ parent, name }) => {
		const above = districts.find(({ code }) => code === parent);
		return above !== undefined && `${above.name.zh}${name.zh}` === text;
	})?.code;
}

/** What may have been meant, for the remedy. */
function nearest(text: string, column: Column, words: SheetWords): string {
	if (column === "roles") return roles.map((role) => roleNames[role].zh).join("、");
	if (column === "systems") return words.systems.map(({ name }) => name.zh).join("、");
	const alike = words.districts.filter(
		({ name }) => name.zh.includes(text) || (text.length > 1 && text.includes(name.zh)),
	);
	return (alike.length === 0 ? words.districts.slice(0, 3) : alike.slice(0, 4))
		.map(({ code, name }) => `${code} ${name.zh}`)
		.join("、");
}

/** A sheet to begin with: each city's administrator and each county's duty officer. */
export function peopleTemplate({ districts }: SheetWords): string[][] {
	const units = districts.filter(({ code }) => !code.endsWith("0000"));
	return [
		columns.map((column) => columnNames[column]),
		...units.map(({ code, name, parent }) => {
			const isCity = code.endsWith("00");
			const city = districts.find((district) => district.code === parent);
			const role = isCity ? "administrator" : "duty";
			const title = isCity ? name.zh : `${city?.name.zh ?? ""}${name.zh}`;
			return [`${code}-${isCity ? "gl" : "zb"}`, "", title, roleNames[role].zh, code, "全部", ""];
		}),
	];
}
