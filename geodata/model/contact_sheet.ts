// The contact book as two sheets, 单位 and 人员: what stands in a row, or what is wrong with it (row, column, remedy). Pure: text cells
// come in. A book with one bad row is not taken at all.
import { type PersonRow, personRowSchema, type UnitRow, unitRowSchema } from "./contact.ts";
import { KIND_NAMES, PERSON_COLUMNS, PERSON_SHEET, UNIT_COLUMNS, UNIT_SHEET } from "./contact_columns.ts";
import type { Text } from "./measure.ts";

const SEPARATOR = /[、,，;；\n]/;
const YES = ["是", "1", "y", "yes", "true", "√"];
const NO = ["否", "0", "n", "no", "false", "", "×"];

/** What the sheet's words mean here: systems by id or Chinese name, districts by code or name. */
export interface SheetWords {
	readonly systems: readonly { readonly id: string; readonly name: string }[];
	/** Every code in force with its names: 210102, 和平区, 沈阳市和平区. A name that two places share must come with its city. */
	readonly districts: readonly { readonly code: string; readonly names: readonly string[] }[];
	/** Names of the units that stand in the book already. */
	readonly units: ReadonlySet<string>;
}

export interface RowFault {
	readonly sheet: string;
	/** As the spreadsheet numbers it: the heading is 1. */
	readonly row: number;
	readonly column: string;
	readonly value: string;
	readonly remedy: Text;
}

export interface SheetRows {
	readonly units: readonly UnitRow[];
	readonly people: readonly PersonRow[];
}

type Cells = ReadonlyMap<string, string>;
interface Sheet {
	readonly name: string;
	readonly rows: readonly (readonly string[])[];
}

/** @returns rows, or every fault there is (at most 200). */
export function readContactSheets(
	sheets: readonly Sheet[],
	words: SheetWords,
): SheetRows | { readonly faults: readonly RowFault[] } {
	const faults: RowFault[] = [];
	const units: UnitRow[] = [];
	const people: PersonRow[] = [];
	const unitRows = rowsOf(sheets, UNIT_SHEET, UNIT_COLUMNS.slice(0, 3), faults);
	const personRows = rowsOf(sheets, PERSON_SHEET, PERSON_COLUMNS.slice(0, 2), faults);
	if (unitRows === null && personRows === null) {
		faults.push(
			fault(
				UNIT_SHEET,
				1,
				"",
				"",
				`没有名为“${UNIT_SHEET}”或“${PERSON_SHEET}”的工作表：请使用下载的模板`,
				`No sheet named ${UNIT_SHEET} or ${PERSON_SHEET}: use the template`,
			),
		);
	}
	const known = new Set(words.units);
	for (const [, cells] of unitRows ?? []) known.add(cells.get("单位名称") ?? "");
	for (const [row, cells] of unitRows ?? []) {
		const unit = unitOf(row, cells, words, known, faults);
		if (unit !== null) units.push(unit);
	}
	for (const [row, cells] of personRows ?? []) {
		const person = personOf(row, cells, known, faults);
		if (person !== null) people.push(person);
	}
	refuseTwice(UNIT_SHEET, "单位名称", units, ({ name }) => name, faults);
	refuseTwice(PERSON_SHEET, "姓名", people, ({ unit, name }) => `${unit} ${name}`, faults);
	return faults.length === 0 ? { units, people } : { faults: faults.slice(0, 200) };
}

function unitOf(
	row: number,
	cells: Cells,
	words: SheetWords,
	known: ReadonlySet<string>,
	faults: RowFault[],
): UnitRow | null {
	const before = faults.length;
	const bad = (column: string, zh: string, en: string): void => {
		faults.push(fault(UNIT_SHEET, row, column, cells.get(column) ?? "", zh, en));
	};
	const text = (column: (typeof UNIT_COLUMNS)[number]): string => cells.get(column) ?? "";
	const kind = KIND_NAMES.find(([id, name]) => name === text("类别") || id === text("类别"))?.[0];
	if (kind === undefined)
		bad(
			"类别",
			`请填写：${KIND_NAMES.map(([, name]) => name).join("、")}`,
			`One of: ${KIND_NAMES.map(([id]) => id).join(", ")}`,
		);
	const district = districtOf(text("行政区划"), words);
	if (district === null)
		bad("行政区划", "请填写六位代码，或带城市的名称，如 沈阳市和平区", "A six-digit code, or the name with its city");
	const systems =
		text("系统") === "" || text("系统") === "全部"
			? []
			: listOf(text("系统")).map((word) => words.systems.find(({ id, name }) => id === word || name === word)?.id);
	if (systems.includes(undefined))
		bad(
			"系统",
			`请从下列系统中填写，用“、”分开：${words.systems.map(({ name }) => name).join("、")}`,
			`Systems, separated by 、: ${words.systems.map(({ id }) => id).join(", ")}`,
		);
	const parent = text("上级单位") === "" ? null : text("上级单位");
	if (parent !== null && (!known.has(parent) || parent === text("单位名称")))
		bad(
			"上级单位",
			"通讯录和本表中都没有这个单位：先添加它，或留空",
			"No such unit in the book or in this sheet: add it first, or leave this empty",
		);
	const lon = numberOf(text("经度"));
	const lat = numberOf(text("纬度"));
	if (Number.isNaN(lon) || (lon !== null && (lon < 73 || lon > 136)))
		bad("经度", "请填写 WGS-84 经度，如 123.4318，或留空", "WGS-84 longitude such as 123.4318, or nothing");
	if (Number.isNaN(lat) || (lat !== null && (lat < 3 || lat > 54)))
		bad("纬度", "请填写 WGS-84 纬度，如 41.8057，或留空", "WGS-84 latitude such as 41.8057, or nothing");
	const name = text("单位名称");
	const phone24h = text("24 小时电话") === "" ? null : text("24 小时电话");
	const address = text("地址");
	const { shape } = unitRowSchema;
	if (!shape.name.safeParse(name).success) bad("单位名称", "请填写，最多 80 字", "Needed, at most 80 characters");
	if (!shape.phone24h.safeParse(phone24h).success) bad("24 小时电话", PHONE_REMEDY[0], PHONE_REMEDY[1]);
	if (!shape.address.safeParse(address).success) bad("地址", "最多 200 字", "At most 200 characters");
	if (faults.length > before) return null;
	return unitRowSchema.parse({ row, name, kind, district, systems, parent, phone24h, address, lon, lat });
}

const PHONE_REMEDY = [
	"请只填写数字，可用 - 或 转 分开，如 024-00001234",
	"Digits only, with - or 转 between them",
] as const;

function personOf(row: number, cells: Cells, known: ReadonlySet<string>, faults: RowFault[]): PersonRow | null {
	const before = faults.length;
	const bad = (column: string, zh: string, en: string): void => {
		faults.push(fault(PERSON_SHEET, row, column, cells.get(column) ?? "", zh, en));
	};
	const text = (column: (typeof PERSON_COLUMNS)[number]): string => cells.get(column) ?? "";
	if (!known.has(text("单位")) || text("单位") === "")
		bad(
			"单位",
			"通讯录和“单位”表中都没有这个单位：名称须完全一致",
			"No such unit in the book or in the first sheet: the name must be exactly the same",
		);
	const onCall = text("值守").toLowerCase();
	if (!YES.includes(onCall) && !NO.includes(onCall)) bad("值守", "请填写 是 或 否", "是 (yes) or 否 (no)");
	const order = text("顺序") === "" ? 0 : Number(text("顺序"));
	if (!Number.isInteger(order) || order < 0 || order > 99)
		bad("顺序", "请填写 0 到 99 的整数，0 最先拨打", "A whole number from 0 to 99; 0 is called first");
	const name = text("姓名");
	const duty = text("职务");
	const phones = listOf(text("电话"));
	const { shape } = personRowSchema;
	if (!shape.name.safeParse(name).success) bad("姓名", "请填写，最多 40 字", "Needed, at most 40 characters");
	if (!shape.duty.safeParse(duty).success) bad("职务", "最多 60 字", "At most 60 characters");
	if (!shape.phones.safeParse(phones).success)
		bad("电话", `${PHONE_REMEDY[0]}；最多 4 个，用“、”分开`, `${PHONE_REMEDY[1]}; at most 4, separated by 、`);
	if (faults.length > before) return null;
	const isOnCall = YES.includes(onCall);
	return personRowSchema.parse({ row, name, unit: text("单位"), duty, phones, isOnCall, order });
}

/** Rows with anything in them, by column name; null: there is no such sheet. */
function rowsOf(
	sheets: readonly Sheet[],
	name: string,
	needed: readonly string[],
	faults: RowFault[],
): (readonly [number, Cells])[] | null {
	const sheet = sheets.find((one) => one.name.trim() === name);
	if (sheet === undefined) return null;
	const heading = (sheet.rows[0] ?? []).map((cell) => cell.replace(/\*$/, "").trim());
	const missing = needed.filter((column) => !heading.includes(column));
	for (const column of missing)
		faults.push(
			fault(
				name,
				1,
				column,
				"",
				`缺少“${column}”列：请使用下载的模板，不要改动标题`,
				`The column ${column} is missing: use the template and keep its heading`,
			),
		);
	if (missing.length > 0) return [];
	return sheet.rows.flatMap((row, index): (readonly [number, Cells])[] => {
		if (index === 0 || row.every((cell) => cell === "")) return [];
		return [
			[index + 1, new Map(heading.map((column, n) => [column, (row[n] ?? "").replace(/^'(?=[=+\-@＝＋－＠])/, "")]))],
		];
	});
}

function refuseTwice<R extends { readonly row: number }>(
	sheet: string,
	column: string,
	rows: readonly R[],
	keyOf: (row: R) => string,
	faults: RowFault[],
): void {
	const first = new Map<string, number>();
	for (const one of rows) {
		const key = keyOf(one);
		const before = first.get(key);
		if (before === undefined) first.set(key, one.row);
		else
			faults.push(
				fault(
					sheet,
					one.row,
					column,
					key,
					`与第 ${before} 行重复：请删除一行`,
					`The same as row ${before}: remove one of them`,
				),
			);
	}
}

function districtOf(text: string, { districts }: SheetWords): string | null {
	if (text === "") return null;
	const found = districts.filter(({ code, names }) => code === text || names.includes(text));
	return found.length === 1 ? (found[0]?.code ?? null) : null;
}

function listOf(text: string): string[] {
	return text
		.split(SEPARATOR)
		.map((word) => word.trim())
		.filter((word) => word !== "");
}

function numberOf(text: string): number | null {
	return text === "" ? null : Number(text);
}

function fault(sheet: string, row: number, column: string, value: string, zh: string, en: string): RowFault {
	return { sheet, row, column, value: value.slice(0, 80), remedy: { zh, en } };
}
