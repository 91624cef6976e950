import { expect, test } from "vitest";
import { personName } from "./person.ts";

test.each(["system", "System", "demo", "demo-duty", "a", "a b", "x".repeat(41)])(
	"T-50 %s is no name of a person",
	(name) => {
		expect(personName.safeParse(name).success).toBe(false);
	},
);

test.each(["wang.yan", "王岩", "systems", "demography", "duty-2101"])("T-50 %s is a name of a person", (name) => {
	expect(personName.safeParse(name).success).toBe(true);
});
