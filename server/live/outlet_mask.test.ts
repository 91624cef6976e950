import { expect, test } from "vitest";
import { MASK, type Outlet, outletSchema } from "#model/outlet.ts";
import { masked, unmasked } from "./outlet_mask.ts";

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
