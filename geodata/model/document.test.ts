import { expect, test } from "vitest";
import { dateText, dayStart, momentText, numeral, plainText, sections, spanText, stampText, text } from "./document.ts";

/** 2026-11-22 08:05 in Shenyang. */
const AT = Date.UTC(2026, 10, 22, 0, 5);

test("DOC1 a date of an official document has Arabic figures without leading zeros, in civil time of Liaoning", () => {
	expect(dateText(AT)).toBe("2026年11月22日");
	expect(dateText(Date.UTC(2026, 0, 1, 15, 59))).toBe("2026年1月1日");
	expect(dateText(Date.UTC(2026, 0, 1, 16, 0))).toBe("2026年1月2日");
	expect(momentText(AT)).toBe("11月22日8时05分");
	expect(stampText(AT)).toBe("11-22 08:05");
	expect(dayStart(AT)).toBe(Date.UTC(2026, 10, 21, 16));
});

test("DOC1 spans are said in the largest two units", () => {
	expect([0, 45, 60, 125, 2 * 1_440, 3 * 1_440 + 241].map((minutes) => spanText(minutes * 60_000))).toEqual([
		"0 分钟",
		"45 分钟",
		"1 小时",
		"2 小时 5 分钟",
		"2 天",
		"3 天 4 小时",
	]);
});

test("DOC2 headings of the first layer are numbered 一 to 九十九; an empty section takes no number", () => {
	expect([1, 9, 10, 11, 20, 21, 99].map(numeral)).toEqual(["一", "九", "十", "十一", "二十", "二十一", "九十九"]);
	expect(() => numeral(0)).toThrow(RangeError);
	const blocks = sections([
		{ name: "基本情况", blocks: [text("甲")] },
		{ name: "空", blocks: [] },
		{ name: "下一步工作", blocks: [text("乙")] },
	]);
	expect(blocks.map((block) => (block.type === "table" || block.type === "facts" ? "" : block.text))).toEqual([
		"一、基本情况",
		"甲",
		"二、下一步工作",
		"乙",
	]);
});

test("DOC3 the plain text of a document holds every word of it, once", () => {
	const words = plainText({
		kind: "report",
		mark: "辽宁省值班室",
		number: null,
		urgency: "特急",
		title: "标题",
		to: null,
		blocks: [
			{ type: "facts", rows: [["时间", "8时"]] },
			{ type: "table", caption: null, head: ["a", "b"], rows: [["1", "2"]], widths: [1, 1] },
		],
		signatures: ["值班室"],
		date: AT,
		printed: null,
		warning: null,
	});
	expect(words.split("\n")).toEqual([
		"辽宁省值班室",
		"特急",
		"标题",
		"时间：8时",
		"a\tb",
		"1\t2",
		"值班室",
		"2026年11月22日",
	]);
});
