import { expect, test } from "vitest";
import { nameParts } from "./name_parts.ts";

test.each([
	["和平南大街 1 号地块 2# 塔吊", ["和平南大街 1 号地块 ", "2# 塔吊"]],
	["人民街 1 号地块 1# 摄像头（大门）", ["人民街 1 号地块 ", "1# 摄像头（大门）"]],
	["滨河路 1# 排水井甲烷", ["滨河路 ", "1# 排水井甲烷"]],
	["10 号线南段 体育学院站 JC02", ["10 号线南段 体育学院站 ", "JC02"]],
	["黄河路 污水井盖 00003", ["黄河路 污水井盖 ", "00003"]],
	// Nothing that tells it from its neighbour at its end: cut there, as ever.
	["重工北街 1 号地块扬尘站", ["重工北街 1 号地块扬尘站", ""]],
	["航空航天大学至辽宁大学供热干线", ["航空航天大学至辽宁大学供热干线", ""]],
	["00003", ["00003", ""]],
	["", ["", ""]],
])("%s keeps its end", (name, parts) => {
	expect(nameParts(name)).toEqual(parts);
	expect(nameParts(name).join("")).toBe(name);
});
