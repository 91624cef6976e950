import fc from "fast-check";
import { expect, test } from "vitest";
import { signatureIndents, widthOf } from "./layout.ts";
import { breakLines } from "./typeset.ts";

/** A Chinese character is 2 wide, a letter 1. */
const width = (character: string): number => ((character.codePointAt(0) ?? 0) < 0x2e80 ? 1 : 2);
const lines = (words: string, most: number, indent = 0): string[] =>
	breakLines(words, most, width, indent).map(({ text }) => text);

test("DOC4 no closing mark begins a line and no opening mark ends one", () => {
	expect(lines("一二三四，五六", 8)).toEqual(["一二三", "四，五六"]);
	expect(lines("一二三（四五）六", 8)).toEqual(["一二三", "（四五）", "六"]);
});

test("DOC4 a Western word or figure stays whole, and its unit begins no line without it being due", () => {
	expect(lines("压力由 1.20 MPa 降", 10)).toEqual(["压力由", "1.20 MPa", "降"]);
	expect(lines("abcdefghijkl", 5)).toEqual(["abcde", "fghij", "kl"]);
});

test("DOC4 the first line begins two characters in, a line feed begins a new line", () => {
	const broken = breakLines("一二三四\n五", 8, width, 4);
	expect(broken.map(({ text, indent, last }) => [text, indent, last])).toEqual([
		["一二", 4, false],
		["三四", 0, true],
		["五", 0, true],
	]);
});

test("DOC4 no word is lost or doubled and no line is wider than it may be, whatever the text", () => {
	const letters = fc.constantFrom(..."一二，。（）ab1. %\n");
	fc.assert(
		fc.property(fc.array(letters, { maxLength: 60 }), fc.integer({ min: 6, max: 30 }), (characters, most) => {
			const words = characters.join("");
			const broken = breakLines(words, most, width);
			const bare = (text: string): string => text.replaceAll(/\s/g, "");
			expect(bare(broken.map(({ text }) => text).join(""))).toBe(bare(words));
			for (const line of broken) expect(line.width).toBeLessThanOrEqual(most);
		}),
		{ numRuns: 300 },
	);
});

test("DOC5 the date begins two characters after the signature; a longer date ends two characters from the edge", () => {
	expect(widthOf("2026年11月22日")).toBe(7);
	const date = "2026年11月22日";
	// 28 - 2 - 12 = 14 before the signature, so the date begins at 16 and leaves 28 - 16 - 7 = 5.
	expect(signatureIndents(["辽宁省住房城乡建设值班室"], date)).toEqual({ signatures: [2], date: 5 });
	expect(signatureIndents(["值班室"], date)).toEqual({ signatures: [8], date: 2 });
});
