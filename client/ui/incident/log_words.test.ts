import { expect, test } from "vitest";
import type { LogLine } from "#model/register.ts";
import { logText } from "./log_words.ts";

const words = {
	t: (key: string) => `<${key.split(".").slice(-2).join(".")}>`,
	place: (code: string) => `[${code}]`,
	field: (id: string) => (id === "secret" ? "" : id.toUpperCase()),
};

function told(kind: string, detail: Record<string, unknown>): string {
	const line: LogLine = {
		n: 1,
		subject: "incident:i1",
		kind,
		at: 0,
		by: "甲",
		district: "210105",
		system: "gas",
		detail,
	};
	return logText(line, words);
}

test("a line says what was written, decided, ordered", () => {
	expect(told("note", { text: "已到现场" })).toBe("已到现场");
	expect(told("decision", { text: "关阀", reason: "泄漏" })).toBe("关阀 · 泄漏");
	expect(told("instruction", { leader: "张市长", text: "两小时内恢复", task: "t1" })).toBe("张市长：两小时内恢复");
	expect(told("closed", { result: "已修复" })).toBe("已修复");
});

test("a hand-over names level and place, a report whom it went to, a call who answered", () => {
	expect(told("offered", { tier: "city", district: "210100", note: "请支援" })).toBe("<tier.city> [210100] · 请支援");
	expect(told("accepted", { from: {}, to: { tier: "city", district: "210100" } })).toBe("<tier.city> [210100]");
	expect(told("report", { kind: "first", to: "province", text: "" })).toBe("<clock.province-report>");
	expect(told("report", { kind: "follow", to: null, text: "稳定" })).toBe("<clock.follow> · 稳定");
	const call = { name: "李强", duty: "主任", unitName: "惠天热电", number: "024-****", result: "connected", note: "" };
	expect(told("call", call)).toBe("李强 主任 惠天热电 024-**** · <calls.connected>");
});

test("a change says from what to what where that is short, and only its name where it is long", () => {
	const long = "这是一段很长的现场情况说明".repeat(4);
	expect(told("edited", { changed: { commander: { from: null, to: "王局" } } })).toBe("COMMANDER – → 王局");
	expect(told("edited", { changed: { level: { from: 2, to: 4 } } })).toBe("LEVEL → <levelLong.4>");
	expect(told("edited", { changed: { situation: { from: "", to: long }, drawings: { from: 1, to: 2 } } })).toBe(
		"SITUATION；DRAWINGS 1 → 2",
	);
	const facts = { from: { households: 10 }, to: { households: 3200, secret: 1 } };
	expect(told("edited", { changed: { facts } })).toBe("HOUSEHOLDS 10 → 3200");
});

test("alarms are counted; what another version wrote is left out", () => {
	expect(told("alarm.linked", { add: ["a1", "a2"], remove: ["a3"] })).toBe("+2 −1");
	expect(told("alarm.joined", { joined: 7, named: [] })).toBe("+7");
	expect(told("something-new", { odd: { deep: true } })).toBe("");
});
