import { expect, test } from "vitest";
import { MASK, masked, type Outlet, outletSchema, planOf, unmasked } from "./outlet.ts";
import { DEFAULT_PLAN } from "./reach.ts";

const KEPT: Outlet = {
	name: "短信",
	type: "http",
	enabled: true,
	minLevel: 3,
	districts: [],
	steps: ["deaf", "lead", "repeat"],
	url: "https://sms.example.cn/send?appkey=SECRET1",
	secret: "SECRET2",
	user: "",
	from: "",
	to: ["13800000000"],
	method: "POST",
	contentType: "application/json",
	body: '{"token":"SECRET3","to":"{{phone}}","text":"{{text}}"}',
	headers: [{ name: "Authorization", value: "Bearer SECRET4" }],
	expect: "",
};

test("T-28 a page is never given a secret, and its form sent back unchanged changes nothing", () => {
	expect(outletSchema.parse(KEPT)).toEqual(KEPT);
	const shown = masked(KEPT);
	expect(JSON.stringify(shown)).not.toContain("SECRET");
	expect(shown.body).toContain("{{phone}}");
	expect(unmasked(shown, KEPT)).toEqual(KEPT);
	expect(unmasked({ ...shown, secret: "new" }, KEPT)).toEqual({ ...KEPT, secret: "new" });
});

test("T-28 kept secrets are not sent to another address, and a new channel has none", () => {
	const elsewhere = { ...masked(KEPT), url: "https://evil.example/collect" };
	expect(unmasked(elsewhere, KEPT)).toMatchObject({ problem: "secret-again" });
	expect(unmasked(masked(KEPT), null)).toMatchObject({ problem: "bad-outlet" });
	expect(unmasked({ ...masked(KEPT), body: `{"other":"${MASK}"}` }, KEPT)).toMatchObject({ problem: "bad-outlet" });
});

test("T-44 a plan that cannot be read is the default, never none", () => {
	expect(planOf(null)).toEqual(DEFAULT_PLAN);
	expect(planOf({ levels: [1] })).toEqual(DEFAULT_PLAN);
	const levels = DEFAULT_PLAN.slice(1).map((level) => ({ ...level, ackMs: 60_000 }));
	expect(planOf({ levels })[4].ackMs).toBe(60_000);
});
