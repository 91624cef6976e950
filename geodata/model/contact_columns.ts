// The columns of the contact book as two sheets, 单位 and 人员, and the book as rows under them. Read back by contact_sheet.ts: a
// sheet that was taken away can be handed in again. Numbers leave masked.
import { type Contact, maskPhone, type Person, type Unit, type UnitKind } from "./contact.ts";

export const UNIT_SHEET = "单位";
export const PERSON_SHEET = "人员";
export const UNIT_COLUMNS = [
	"单位名称",
	"类别",
	"行政区划",
	"系统",
	"上级单位",
	"24 小时电话",
	"地址",
	"经度",
	"纬度",
] as const;
export const PERSON_COLUMNS = ["姓名", "单位", "职务", "电话", "值守", "顺序"] as const;

export const KIND_NAMES: readonly (readonly [UnitKind, string])[] = [
	["authority", "主管部门"],
	["operator", "运行单位"],
	["enterprise", "企业"],
	["hospital", "医院"],
	["team", "抢险队伍"],
	["command", "指挥机构"],
	["other", "其他"],
];

/** The book as rows under the columns above, numbers masked: the one who hands it in again changes none of them. */
export function contactRows(
	units: readonly Contact<Unit>[],
	people: readonly Contact<Person>[],
	systemName: (id: string) => string,
): { readonly units: readonly string[][]; readonly people: readonly string[][] } {
	const names = new Map(units.map(({ id, body }) => [id, body.name]));
	const kinds = new Map(KIND_NAMES);
	return {
		units: units.map(({ body }) => [
			body.name,
			kinds.get(body.kind) ?? "",
			body.district,
			body.systems.map(systemName).join("、"),
			names.get(body.parent ?? "") ?? "",
			body.phone24h === null ? "" : maskPhone(body.phone24h),
			body.address,
			body.lon === null ? "" : String(body.lon),
			body.lat === null ? "" : String(body.lat),
		]),
		people: people.map(({ body }) => [
			body.name,
			names.get(body.unit) ?? "",
			body.duty,
			body.phones.map(maskPhone).join("、"),
			body.isOnCall ? "是" : "否",
			String(body.order),
		]),
	};
}
