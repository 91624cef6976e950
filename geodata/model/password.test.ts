// What is refused as a password, and that ordinary good ones are not.
import { expect, test } from "vitest";
import { easyPassword, weaknessOf } from "./password.ts";

test.each([
	["Short-1", "length"],
	["alllowercaseletters", "classes"],
	["lowerandUPPER", "classes"],
	["Zhang.San-2026", "name"],
	["2026-naS.gnahZ!", "name"],
	["Password123!", "common"],
	["P@ssw0rd2026", "common"],
	["Admin@123456", "common"],
	["Aa123456789", "common"],
	["Qwerty!2026", "common"],
	["Xy!1111111111", "common"],
])("%s is refused: %s", (password, why) => {
	expect(weaknessOf(password, "zhang.san")).toBe(why);
});

test.each(["Correct-horse-7", "Liaowang-2026!", "浑河-snow-17-Bridge", "kV9#tw2Lq!x"])("%s will do", (password) => {
	expect(weaknessOf(password, "zhang.san")).toBeNull();
});

test("the same characters in another width are judged alike", () => {
	expect(weaknessOf("Ｐａｓｓｗｏｒｄ123!", "x1")).toBe("common");
});

test("a first password passes its own rules whatever chance says", () => {
	for (let seed = 0; seed < 200; seed++) {
		let turn = seed;
		const made = easyPassword((bound) => {
			turn += 7;
			return turn % bound;
		});
		expect(weaknessOf(made, "210102-zb"), made).toBeNull();
		expect(made).toHaveLength(14);
	}
});
