import { expect, test } from "vitest";
import { type Contact, maskPhone, type Person, type Unit, unmasked } from "./contact.ts";
import { contactRows, PERSON_COLUMNS, PERSON_SHEET, UNIT_COLUMNS, UNIT_SHEET } from "./contact_columns.ts";
import { readContactSheets, type SheetWords } from "./contact_sheet.ts";
import { contactBook, nextCallee, responsibleFor } from "./responsible.ts";

const unit = (id: string, body: Partial<Unit>): Contact<Unit> => ({
	id,
	body: {
		name: id,
		kind: "operator",
		district: "210102",
		systems: ["heating"],
		parent: null,
		phone24h: "024-00000001",
		address: "",
		lon: null,
		lat: null,
		...body,
	},
});
const person = (id: string, body: Partial<Person>): Contact<Person> => ({
	id,
	body: { name: id, unit: "heat", duty: "调度", phones: ["13800000001"], isOnCall: true, order: 0, ...body },
});

const units = [
	unit("heat", { name: "演示热力一公司" }),
	unit("heat-city", { district: "210100" }),
	unit("bureau", { kind: "authority", name: "演示住建局" }),
	unit("bureau-city", { kind: "authority", district: "210100", systems: [] }),
	unit("hospital", { kind: "hospital", systems: [] }),
];
const people = [
	person("p2", { order: 1 }),
	person("p1", { order: 0 }),
	person("p0", { order: 0, isOnCall: false }),
	person("b1", { unit: "bureau" }),
];

test("numbers are masked but for their ends; public short numbers are not", () => {
	expect(maskPhone("13800001234")).toBe("138****1234");
	expect(maskPhone("024-00001234")).toBe("024-****1234");
	expect(maskPhone("00001234")).toBe("****1234");
	expect(maskPhone("119")).toBe("119");
	expect(maskPhone("138****1234")).toBe("138****1234");
	expect(unmasked("138****1234", ["13900001234", "13800001234"])).toBe("13800001234");
	expect(unmasked("138****9999", ["13800001234"])).toBeNull();
	expect(unmasked("13900000000", ["13800001234"])).toBe("13900000000");
});

test("the district's unit of the trade answers, on-call people first, then its supervisor, then the next level", () => {
	const found = responsibleFor({ district: "210102", system: "heating" }, units, people);
	expect(found.responsible?.unit.id).toBe("heat");
	expect(found.responsible?.person?.id).toBe("p1");
	expect(found.supervisor?.unit.id).toBe("bureau");
	expect(found.next?.unit.id).toBe("bureau-city");
	expect(found.callees.map(({ key }) => key)).toEqual([
		"person:p1",
		"person:p2",
		"unit:heat",
		"person:b1",
		"unit:bureau",
		"unit:bureau-city",
	]);
	expect(found.gaps).toEqual([{ gap: "no-person", of: "bureau-city" }]);
});

test("the register's own unit goes before the district's; one that is not in the book is a named gap", () => {
	const asked = { district: "210102", system: "heating" };
	expect(responsibleFor({ ...asked, fields: { unit: "heat-city" } }, units, people).responsible?.unit.id).toBe(
		"heat-city",
	);
	expect(
		responsibleFor({ ...asked, district: "210103", fields: { company: "演示热力一公司" } }, units, people).responsible
			?.unit.id,
	).toBe("heat");
	const unknown = responsibleFor({ ...asked, fields: { unit: "没有的公司" } }, units, people);
	expect(unknown.responsible?.unit.id).toBe("heat");
	expect(unknown.gaps).toContainEqual({ gap: "unknown-unit", of: "没有的公司" });
});

test("nobody of another trade is called: a district without a unit goes to its city, an empty book is all gaps", () => {
	expect(responsibleFor({ district: "210104", system: "heating" }, units, people).responsible?.unit.id).toBe(
		"heat-city",
	);
	const gas = responsibleFor({ district: "210102", system: "gas" }, units, people);
	expect(gas.responsible).toBeNull();
	expect(gas.supervisor?.unit.id).toBe("bureau-city");
	expect(gas.gaps.map(({ gap }) => gap)).toContain("no-unit");
	const none = responsibleFor({ district: "210102", system: "gas" }, [], []);
	expect(none.callees).toEqual([]);
	expect(none.gaps.map(({ gap }) => gap)).toEqual(["no-unit", "no-supervisor"]);
});

test("a unit without a 24 h number is listed, and its parent is the next level even when the ring closes", () => {
	const ring = [
		unit("a", { kind: "authority", parent: "b", phone24h: null }),
		unit("b", { kind: "authority", district: "210100", parent: "a" }),
	];
	const found = responsibleFor({ district: "210102", system: "heating" }, ring, []);
	expect(found.next?.unit.id).toBe("b");
	expect(found.gaps).toContainEqual({ gap: "no-number", of: "a" });
});

test("after a call that reached nobody the next one is offered; after the last nobody", () => {
	const { callees } = responsibleFor({ district: "210102", system: "heating" }, units, people);
	const call = (who: string, result: "no-answer" | "connected") => ({
		person: who.startsWith("p") ? who : null,
		unit: who.startsWith("p") ? "heat" : who,
		name: "",
		duty: "",
		unitName: "",
		number: "",
		startedAt: 0,
		seconds: 0,
		result,
		note: "",
	});
	expect(nextCallee(callees, [])?.key).toBe("person:p1");
	expect(nextCallee(callees, [call("p1", "connected")])?.key).toBe("person:p1");
	expect(nextCallee(callees, [call("p1", "no-answer"), call("p2", "no-answer")])?.key).toBe("unit:heat");
	expect(nextCallee(callees.slice(0, 1), [call("p1", "no-answer")])).toBeNull();
	expect(
		contactBook(units, people)
			.people.get("heat")
			?.map(({ id }) => id),
	).toEqual(["p1", "p2", "p0"]);
});

const words: SheetWords = {
	systems: [
		{ id: "heating", name: "供热" },
		{ id: "gas", name: "城市燃气" },
	],
	districts: [
		{ code: "210102", names: ["和平区", "沈阳市和平区"] },
		{ code: "210106", names: ["铁西区", "沈阳市铁西区"] },
		{ code: "210303", names: ["铁西区", "鞍山市铁西区"] },
	],
	units: new Set(["旧单位"]),
};
const sheet = (rows: string[][]) => [{ name: UNIT_SHEET, rows: [[...UNIT_COLUMNS], ...rows] }];

test("a good sheet becomes rows: districts by name, systems by name, parents by name", () => {
	const read = readContactSheets(
		[
			...sheet([
				["演示热力", "运行单位", "沈阳市铁西区", "供热、gas", "旧单位", "024-00001234", "某路", "123.4", "41.8"],
			]),
			{
				name: PERSON_SHEET,
				rows: [[...PERSON_COLUMNS], [], ["张三", "演示热力", "值班长", "13800001234、024-00001234", "是", ""]],
			},
		],
		words,
	);
	expect(read).toEqual({
		units: [
			{
				row: 2,
				name: "演示热力",
				kind: "operator",
				district: "210106",
				systems: ["heating", "gas"],
				parent: "旧单位",
				phone24h: "024-00001234",
				address: "某路",
				lon: 123.4,
				lat: 41.8,
			},
		],
		people: [
			{
				row: 3,
				name: "张三",
				unit: "演示热力",
				duty: "值班长",
				phones: ["13800001234", "024-00001234"],
				isOnCall: true,
				order: 0,
			},
		],
	});
});

test("every bad cell is answered with sheet, row, column and remedy, and nothing else is", () => {
	const read = readContactSheets(
		[
			...sheet([
				["好单位", "企业", "210102", "", "", "", "", "", ""],
				["甲", "公司", "铁西区", "供气", "没有", "", "", "东经", ""],
				["乙", "企业", "210102", "", "乙", "打我手机", "", "", ""],
				["乙", "企业", "210102", "", "", "abc", "", "", ""],
				["好单位", "企业", "210102", "", "", "", "", "", ""],
			]),
			{
				name: PERSON_SHEET,
				rows: [[...PERSON_COLUMNS], ["", "好单位", "", "", "", ""], ["丙", "别处", "", "", "有时", "一"]],
			},
		],
		words,
	);
	if (!("faults" in read)) throw new Error("taken");
	expect(read.faults.map(({ sheet: name, row, column }) => `${name} ${row} ${column}`)).toEqual([
		"单位 3 类别",
		"单位 3 行政区划",
		"单位 3 系统",
		"单位 3 上级单位",
		"单位 3 经度",
		"单位 4 上级单位",
		"单位 4 24 小时电话",
		"单位 5 24 小时电话",
		"人员 2 姓名",
		"人员 3 单位",
		"人员 3 值守",
		"人员 3 顺序",
		"单位 6 单位名称",
	]);
	expect(read.faults.every(({ remedy }) => remedy.zh !== "" && remedy.en !== "")).toBe(true);
});

test("a sheet without its heading, and a file without its sheets, say which", () => {
	const bare = readContactSheets([{ name: UNIT_SHEET, rows: [["名称"]] }], words);
	expect("faults" in bare && bare.faults.map(({ column }) => column)).toEqual(["单位名称", "类别", "行政区划"]);
	const empty = readContactSheets([{ name: "Sheet1", rows: [] }], words);
	expect("faults" in empty && empty.faults.length).toBe(1);
});

test("what is taken away can be handed in again, masks and all", () => {
	const rows = contactRows(units.slice(0, 1), people.slice(0, 1), (id) => id);
	expect(JSON.stringify(rows)).not.toContain("0000000");
	const read = readContactSheets(
		[...sheet([...rows.units]), { name: PERSON_SHEET, rows: [[...PERSON_COLUMNS], ...rows.people] }],
		words,
	);
	expect("faults" in read ? read.faults : read.people[0]?.phones).toEqual(["138****0001"]);
});
