import { expect, test } from "vitest";
import { planOf } from "./outlet.ts";
import { DEFAULT_PLAN } from "./reach.ts";

test("T-44 a plan that cannot be read is the default, never none", () => {
	expect(planOf(null)).toEqual(DEFAULT_PLAN);
	expect(planOf({ levels: [1] })).toEqual(DEFAULT_PLAN);
	const levels = DEFAULT_PLAN.slice(1).map((level) => ({ ...level, ackMs: 60_000 }));
	expect(planOf({ levels })[4].ackMs).toBe(60_000);
});
