import { expect, test } from "vitest";
import { iconText } from "./desktop.ts";

test("the icon of the tab is the worst level's colour with the count, 99+ beyond", () => {
	expect(iconText("#ff5c5c", 7)).toContain('fill="#ff5c5c"');
	expect(iconText("#ff5c5c", 7)).toMatch(/>7<\/text>/);
	expect(iconText("#ff5c5c", 99)).toMatch(/>99<\/text>/);
	expect(iconText("#ff5c5c", 20_001)).toMatch(/>99\+<\/text>/);
});
