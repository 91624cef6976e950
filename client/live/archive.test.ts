import { expect, test } from "vitest";
import { pastPath } from "./archive.ts";

test("AR3 past days are asked for as they are in Liaoning, the last one included; an open side stays open", () => {
	const begin = Date.UTC(2026, 8, 29, 16);
	expect(pastPath({ from: "2026-09-30", to: "2026-09-30" }, null)).toBe(
		`/api/register/archive?kind=incident&from=${begin}&to=${begin + 86_400_000}`,
	);
	expect(pastPath({ from: "", to: "" }, "17.3")).toBe("/api/register/archive?kind=incident&before=17.3");
	expect(pastPath({ from: "", to: "no day" }, null)).toBe("/api/register/archive?kind=incident");
});
