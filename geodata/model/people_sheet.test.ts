// One sheet of people: all 114 units from the template, and every kind of bad cell named with what to write instead.
import { expect, test } from "vitest";
import { DISTRICTS } from "../liaoning/district_table.ts";
import { columnNames, columns, peopleTemplate, readPeople, type SheetRow } from "./people_sheet.ts";
import { isProblem } from "./problem.ts";

const words = {
	districts: DISTRICTS,
	systems: [
		{ id: "gas", name: { zh: "燃气", en: "Gas" } },
		{ id: "heating", name: { zh: "供热", en: "Heating" } },
	],
};
const HEAD = columns.map((column) => columnNames[column]);

function read(...lines: string[][]): readonly SheetRow[] {
	const rows = readPeople([HEAD, ...lines], words);
	if (isProblem(rows)) throw new Error(rows.detail);
	return rows;
}

test("the template names 14 cities and 100 counties, and every row of it can be taken", () => {
	const rows = readPeople(peopleTemplate(words), words);
	if (isProblem(rows)) throw new Error(rows.detail);
	expect(rows).toHaveLength(114);
	expect(rows.filter(({ problems }) => problems.length > 0)).toEqual([]);
	expect(rows.filter(({ person }) => person?.roles.includes("administrator"))).toHaveLength(14);
	expect(rows.find(({ person }) => person?.name === "210102-zb")?.person).toMatchObject({
		unit: "沈阳市和平区",
		roles: ["duty"],
		scope: { districts: ["210102"], systems: null },
	});
});

test("names stand for codes: a city, a county with its city, several of each", () => {
	const [row] = read(["li", "李四", "某局", "值班员、规划员", "沈阳市和平区，大连市", "燃气 供热", ""]);
	expect(row?.person).toEqual({
		name: "li",
		fullName: "李四",
		unit: "某局",
		roles: ["duty", "planner"],
		scope: { districts: ["210102", "210200"], systems: ["gas", "heating"] },
		disabled: false,
	});
	const [site] = read(["co", "", "某公司", "企业", "210102", "", "site-1、site-2"]);
	expect(site?.person?.scope).toEqual({ districts: ["210102"], systems: null, assets: ["site-1", "site-2"] });
});

test("every bad cell of a row is named with its row, and the row is not taken", () => {
	const rows = read(
		["a b", "", "", "国王", "火星市", "电", ""],
		["", "", "", "", "", "", ""],
		["ok-1", "", "", "值班员", "210102", "", ""],
		["ok-1", "", "", "值班员", "210102", "", ""],
		["ok-2", "", "", "", "铁西区", "", ""],
		["ok-3", "", "", "企业", "210102", "", ""],
	);
	const told = rows.map(({ row, person, problems }) => [row, person === null, problems.map(({ code }) => code)]);
	expect(told).toEqual([
		[2, true, ["name", "role", "district", "system"]],
		[4, false, []],
		[5, true, ["twice"]],
		[6, true, ["district", "missing"]],
		[7, true, ["person"]],
	]);
	// 铁西区 is in Shenyang and in Anshan.
	expect(rows[3]?.problems[0]?.detail).toContain("210106");
	expect(rows[3]?.problems[0]?.detail).toContain("210303");
});

test("a sheet of something else is refused by its headings", () => {
	expect(readPeople([["单位名称", "电话"]], words)).toMatchObject({
		problem: "bad-headings",
		where: "账号、角色、辖区",
	});
	expect(readPeople([], words)).toMatchObject({ problem: "bad-headings" });
});
