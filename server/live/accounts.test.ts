import { afterEach, beforeEach, expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import { administrator, officer, startHeart, type TestHeart } from "../../test/support/heart.ts";

let it: TestHeart;
beforeEach(async () => {
	it = await startHeart();
});
afterEach(() => it.close());

const GOOD = "Correct-horse-7";

test("the first administrator needs the printed code, once", async () => {
	const { accounts } = it.heart;
	expect(await accounts.setUp("WRONG", "boss", GOOD, "test")).toMatchObject({ problem: "bad-code" });
	expect(await accounts.setUp("code", "boss", "short", "test")).toMatchObject({ problem: "bad-password" });
	const session = await accounts.setUp("code", "boss", GOOD, "test");
	expect(session).toMatchObject({ user: "boss", roles: ["administrator"] });
	expect(await accounts.setUp("code", "other", GOOD, "test")).toMatchObject({ problem: "already" });
	it = await it.restart();
	expect(await it.heart.accounts.signIn("boss", GOOD, "test")).toMatchObject({ user: "boss" });
});

test("a wrong name and a wrong password get the same words; five failures lock the name", async () => {
	const { accounts } = it.heart;
	await accounts.setUp("code", "boss", GOOD, "test");
	expect(await accounts.signIn("nobody", GOOD, "b")).toEqual(await accounts.signIn("boss", "wrong", "a"));
	for (let i = 0; i < 4; i++) await accounts.signIn("boss", "wrong", `place-${i}`);
	expect(await accounts.signIn("boss", GOOD, "elsewhere")).toMatchObject({ problem: "locked" });
	it.clock.advanceTo(it.clock.now() + 30 * 60_000 + 1);
	expect(isProblem(await accounts.signIn("boss", GOOD, "elsewhere"))).toBe(false);
});

test("only an administrator makes people; a disabled one cannot come in", async () => {
	const { accounts } = it.heart;
	const user = {
		name: "张三",
		roles: ["duty" as const],
		scope: { districts: ["210100"], systems: ["gas"] },
		disabled: false,
	};
	expect(await accounts.putUser(officer, user, GOOD, "test")).toMatchObject({ problem: "forbidden" });
	expect(await accounts.putUser(administrator, user, GOOD, "test")).toEqual({ name: "张三" });
	expect(await accounts.signIn("张三", GOOD, "test")).toMatchObject({ roles: ["duty"], scope: user.scope });
	await accounts.putUser(administrator, { ...user, disabled: true }, null, "test");
	expect(await accounts.signIn("张三", GOOD, "test")).toMatchObject({ problem: "bad-sign-in" });
	expect(await accounts.putUser(administrator, { ...user, roles: ["king"] }, null, "test")).toMatchObject({
		problem: "bad-user",
		where: "roles.0",
	});
});

test("one-click sessions exist in the demo only", async () => {
	expect(await it.heart.accounts.demoSession("duty", "test")).toMatchObject({ problem: "not-demo" });
	expect(WHOLE_PROVINCE.districts).toEqual(["210000"]);
});
