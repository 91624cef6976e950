import { expect, test } from "vitest";
import { isNobody } from "./session.ts";

test("the demo's viewer has not signed in; an enterprise, and a viewer with an account, have", () => {
	expect([null, { user: "demo", roles: ["viewer"] }].map(isNobody)).toEqual([true, true]);
	const known = [
		{ user: "firm", roles: ["enterprise"] },
		{ user: "wang", roles: ["viewer"] },
		{ user: "demo-duty", roles: ["duty"] },
	];
	expect(known.map(isNobody)).toEqual([false, false, false]);
});
