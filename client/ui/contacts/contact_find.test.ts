import { expect, test } from "vitest";
import { maskPerson, type Person, type Unit } from "#model/contact.ts";
import type { Entry } from "#model/register.ts";
import { type BookFilter, districtTree, findUnits, loadSpelling } from "./contact_find.ts";

const entry = <B>(id: string, body: B): Entry<B> => ({
	kind: "unit",
	id,
	revision: 1,
	at: 0,
	by: "",
	district: "",
	system: "any",
	body,
	removed: false,
});
const unit = (id: string, name: string, district: string, systems: string[] = []): Entry<Unit> =>
	entry(id, {
		name,
		kind: "operator",
		district,
		systems,
		parent: null,
		phone24h: "024-****0001",
		address: "",
		lon: null,
		lat: null,
	});
const units = [
	unit("u1", "沈阳热力", "210100", ["heating"]),
	unit("u2", "和平抢险队", "210102"),
	unit("u3", "大连燃气", "210200", ["gas"]),
];
const person: Person = maskPerson({
	name: "张三丰",
	unit: "u2",
	duty: "队长",
	phones: ["13800005678"],
	isOnCall: true,
	order: 0,
});
const people = new Map([["u2", [entry("p1", person)]]]);
const find = async (filter: Partial<BookFilter>) =>
	findUnits(units, people, { district: null, system: null, text: "", ...filter }, await loadSpelling()).map(
		(found) => found.unit.id + found.people.map(({ id }) => id).join(""),
	);

test("by place and trade: a city holds its counties, a unit for every system is of each", async () => {
	expect(await find({})).toEqual(["u1", "u2", "u3"]);
	expect(await find({ district: "210100" })).toEqual(["u1", "u2"]);
	expect(await find({ district: "210102" })).toEqual(["u2"]);
	expect(await find({ system: "gas" })).toEqual(["u2", "u3"]);
});

test("by name, pinyin, its initials, duty, and the last digits of a masked number", async () => {
	expect(await find({ text: "三丰" })).toEqual(["u2p1"]);
	expect(await find({ text: "zsf" })).toEqual(["u2p1"]);
	expect(await find({ text: "zhangsan" })).toEqual(["u2p1"]);
	expect(await find({ text: "rl" })).toEqual(["u1"]);
	expect(await find({ text: "5678" })).toEqual(["u2p1"]);
	expect(await find({ text: "13800005678" })).toEqual(["u2p1"]);
	expect(await find({ text: "和平 队长" })).toEqual(["u2p1"]);
	expect(await find({ text: "没有" })).toEqual([]);
});

test("the tree counts a city with its counties", () => {
	expect(districtTree(units)).toEqual([
		{ code: "210100", count: 2, counties: [{ code: "210102", count: 1 }] },
		{ code: "210200", count: 1, counties: [] },
	]);
});

test("within a place who commands stands first, then who oversees; numbered names stand as a person counts", () => {
	const names = ["十一公司", "六公司", "十公司", "二公司", "二十公司", "一公司"];
	const book = [
		...names.map((name, i) => unit(`e${i}`, `建设${name}`, "210000")),
		{ ...unit("c", "指挥中心", "210000"), body: { ...unit("c", "指挥中心", "210000").body, kind: "command" as const } },
		{
			...unit("a", "主管部门", "210000"),
			body: { ...unit("a", "主管部门", "210000").body, kind: "authority" as const },
		},
	];
	const filter: BookFilter = { district: null, system: null, text: "" };
	expect(findUnits(book, new Map(), filter, null).map((found) => found.unit.body.name)).toEqual([
		"指挥中心",
		"主管部门",
		"建设一公司",
		"建设二公司",
		"建设六公司",
		"建设十公司",
		"建设十一公司",
		"建设二十公司",
	]);
});
