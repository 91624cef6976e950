import { expect, test } from "vitest";
import { judgedText } from "./alarm_words.ts";
import type { Limit } from "./limit.ts";
import type { Measure } from "./measure.ts";

const pressure = { id: "p", name: { zh: "供水压力", en: "Pressure" }, unit: "MPa", decimals: 2 } as Measure;
const alarm = { rule: "pressure-low", subject: "channel:a/p", value: 0.61987, limit: 0.8, why: "原文" };

test("a level is its value and its limit, with the measure's decimals", () => {
	expect(judgedText(alarm, pressure, { type: "level" } as Limit)).toBe("供水压力 0.62 MPa，限值 0.80 MPa");
});

test("a change is named as one, with its span and one decimal more", () => {
	const fall = { ...alarm, rule: "pressure-fall", value: -0.36797, limit: -0.1 };
	const rate = (rateMs: number) => ({ type: "rate", rateMs }) as Limit;
	expect(judgedText(fall, pressure, rate(300_000))).toBe("供水压力 5 分钟变化 -0.368 MPa，限值 -0.100 MPa");
	const mean = { ...pressure, name: { zh: "供水压力 5 分钟均值", en: "Mean" } };
	expect(judgedText(fall, mean, rate(300_000))).toBe("供水压力 5 分钟均值 变化 -0.368 MPa，限值 -0.100 MPa");
	expect(judgedText(fall, pressure, rate(3_600_000))).toContain("1 小时变化");
	expect(judgedText(fall, pressure, rate(1_500))).toContain("1.5 秒变化");
});

test("a state is its word, silence its minutes, and what has no figures the rule's own sentence", () => {
	const cover = { ...pressure, states: [{ value: 1, text: { zh: "打开", en: "open" } }] } as Measure;
	expect(judgedText({ ...alarm, value: 1, limit: 1 }, cover, null)).toBe("供水压力：打开");
	expect(judgedText({ ...alarm, rule: "silent", value: 180, limit: 180 }, pressure, null)).toBe(
		"供水压力 3 分钟无数据",
	);
	expect(judgedText({ ...alarm, value: null }, pressure, null)).toBe("原文");
	expect(judgedText(alarm, null, null)).toBe("原文");
});
