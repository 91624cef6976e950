import { afterEach, beforeEach, expect, test } from "vitest";
import type { SheetRow } from "#model/people_sheet.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import { type Role, WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import { administrator, officer, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { ManualClock } from "../clock.ts";

import { hashOf } from "./devices.ts";
import { importPeople } from "./people_import.ts";
import { IDLE_MS } from "./sessions.ts";

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
	expect(await accounts.putUser(officer, user, GOOD, true, "test")).toMatchObject({ problem: "forbidden" });
	expect(await accounts.putUser(administrator, user, GOOD, true, "test")).toEqual({ name: "张三", ended: 0 });
	expect(await accounts.signIn("张三", GOOD, "test")).toMatchObject({ roles: ["duty"], scope: user.scope });
	await accounts.putUser(administrator, { ...user, disabled: true }, null, true, "test");
	expect(await accounts.signIn("张三", GOOD, "test")).toMatchObject({ problem: "bad-sign-in" });
	expect(await accounts.putUser(administrator, { ...user, roles: ["king"] }, null, true, "test")).toMatchObject({
		problem: "bad-user",
		where: "roles.0",
	});
});

test("one-click sessions exist in the demo only", async () => {
	expect(await it.heart.accounts.demoSession("duty", "test")).toMatchObject({ problem: "not-demo" });
	expect(WHOLE_PROVINCE.districts).toEqual(["210000"]);
});

const CITY = { districts: ["210100"], systems: null };
const OTHER = "Another-river-8";

function must<T>(answer: T | Problem): T {
	if (isProblem(answer)) throw new Error(`${answer.problem}: ${answer.detail ?? ""}`);
	return answer;
}

async function make(name: string, roles: readonly Role[] = ["duty"], final = true): Promise<void> {
	const person = { name, roles, scope: CITY };
	must(await it.heart.accounts.putUser(administrator, person, GOOD, final, "test"));
}

/** Whether the store still knows the session. */
async function isStored(secret: string): Promise<boolean> {
	const loaded = await it.heart.store.load();
	return loaded.sessions.some(({ idHash }) => idHash === hashOf(secret));
}

test("a first password must be changed, and nothing else is open until then", async () => {
	const { accounts } = it.heart;
	await make("li", ["duty"], false);
	const first = must(await accounts.signIn("li", GOOD, "a"));
	expect(first.mustChange).toBe(true);
	const id = hashOf(first.secret);
	expect(await accounts.changePassword(id, "wrong", OTHER, "a")).toMatchObject({ where: "old" });
	expect(await accounts.changePassword(id, GOOD, GOOD, "a")).toMatchObject({ problem: "bad-password", detail: "used" });
	expect(await accounts.changePassword(id, GOOD, "li-Shenyang-99", "a")).toMatchObject({ detail: "name" });
	const own = must(await accounts.changePassword(id, GOOD, OTHER, "a"));
	expect(own.mustChange).toBe(false);
	expect(own.secret).not.toBe(first.secret);
	expect(await isStored(first.secret)).toBe(false);
	expect(must(await accounts.signIn("li", OTHER, "a")).mustChange).toBe(false);
});

test("the last five passwords do not come again; ninety days are a password's life", async () => {
	const { accounts } = it.heart;
	await make("li");
	let old = GOOD;
	let session = must(await accounts.signIn("li", GOOD, "a"));
	for (let i = 0; i < 5; i++) {
		const next = `${OTHER}-${i}`;
		session = must(await accounts.changePassword(hashOf(session.secret), old, next, "a"));
		old = next;
		const again = accounts.changePassword(hashOf(session.secret), old, i < 4 ? GOOD : `${OTHER}-1`, "a");
		expect(await again).toMatchObject({ detail: "used" });
	}
	must(await accounts.changePassword(hashOf(session.secret), old, GOOD, "a"));
	const since = it.clock.now();
	for (const [days, mustChange] of [
		[89, false],
		[91, true],
	] as const) {
		await it.heart.stop();
		it = await startHeart({ folder: it.folder, clock: new ManualClock(since + days * 86_400_000) });
		expect(must(await it.heart.accounts.signIn("li", GOOD, "a")).mustChange).toBe(mustChange);
	}
});

test("whoever is disabled, changed or given a new password loses every session in the same commit", async () => {
	const { accounts } = it.heart;
	const person = { name: "li", roles: ["duty"], scope: CITY };
	const acts: (() => Promise<unknown>)[] = [
		() => accounts.putUser(administrator, { ...person, disabled: true }, null, true, "test"),
		() => accounts.putUser(administrator, { ...person, roles: ["viewer"] }, null, true, "test"),
		() => accounts.putUser(administrator, { ...person, scope: WHOLE_PROVINCE }, null, true, "test"),
		() => accounts.putUser(administrator, person, OTHER, true, "test"),
		() => accounts.endSessions(administrator, "li", "test"),
	];
	for (const act of acts) {
		must(
			await accounts
				.putUser(administrator, { ...person, unit: "前" }, null, true, "test")
				.then((answer) => (isProblem(answer) ? accounts.putUser(administrator, person, GOOD, true, "test") : answer)),
		);
		const used = isProblem(await accounts.signIn("li", GOOD, "a")) ? OTHER : GOOD;
		const sessions = [must(await accounts.signIn("li", used, "a")), must(await accounts.signIn("li", used, "b"))];
		await act();
		for (const { secret } of sessions) {
			expect(accounts.sessions.find(hashOf(secret))).toBeNull();
			expect(await isStored(secret)).toBe(false);
		}
	}
});

test("a change of name or unit ends nothing", async () => {
	const { accounts } = it.heart;
	await make("li");
	const { secret } = must(await accounts.signIn("li", GOOD, "a"));
	const told = { name: "li", fullName: "李四", unit: "某局", roles: ["duty"], scope: CITY };
	expect(await accounts.putUser(administrator, told, null, true, "test")).toEqual({ name: "li", ended: 0 });
	expect(await isStored(secret)).toBe(true);
});

test("a sign-in that overtakes its own end does not come in", async () => {
	const { accounts } = it.heart;
	await make("li");
	const person = { name: "li", roles: ["duty"], scope: CITY };
	const [signed] = await Promise.all([
		accounts.signIn("li", GOOD, "a"),
		accounts.putUser(administrator, { ...person, disabled: true }, null, true, "test"),
	]);
	if (!isProblem(signed)) expect(await isStored(signed.secret)).toBe(false);
	expect(accounts.sessions.of("li")).toEqual([]);
});

test("sessions live over a restart, and an idle one ends after it", async () => {
	await make("li");
	const { secret } = must(await it.heart.accounts.signIn("li", GOOD, "a"));
	it = await it.restart();
	expect(it.heart.accounts.sessions.of("li")).toHaveLength(1);
	it.clock.advanceTo(it.clock.now() + IDLE_MS + 1);
	await it.heart.accounts.tick(it.clock.now());
	expect(await isStored(secret)).toBe(false);
});

test("an administrator of a city manages his city and sees nobody else; one always holds the province", async () => {
	const { accounts } = it.heart;
	must(await accounts.setUp("code", "boss", GOOD, "test"));
	await make("li");
	const far = { name: "dalian", roles: ["duty"], scope: { districts: ["210200"], systems: null } };
	must(await accounts.putUser(administrator, far, GOOD, true, "test"));
	const mayor: Who = { user: "mayor", roles: ["administrator"], scope: CITY };
	const people = must(accounts.people(mayor));
	expect(people.map(({ name }) => name)).toEqual(["li"]);
	expect(JSON.stringify(people)).not.toContain("plain:");
	const taken = { ...far, scope: CITY };
	expect(await accounts.putUser(mayor, taken, null, true, "t")).toMatchObject({ problem: "not-found" });
	expect(await accounts.putUser(mayor, { ...far, name: "new-1" }, GOOD, true, "t")).toMatchObject({
		problem: "beyond-scope",
	});
	expect(await accounts.endSessions(mayor, "dalian", "t")).toMatchObject({ problem: "not-found" });
	const boss = { name: "boss", roles: ["administrator"], scope: WHOLE_PROVINCE, disabled: true };
	expect(await accounts.putUser(administrator, boss, null, true, "t")).toMatchObject({ problem: "last-administrator" });
});

test("a sheet makes people once; repeated it changes nothing; what is refused is told by row", async () => {
	const { accounts } = it.heart;
	const row = (n: number, name: string, more: object = {}): SheetRow => ({
		row: n,
		problems: [],
		person: { name, fullName: "", unit: "", roles: ["duty"], scope: CITY, disabled: false, ...more },
	});
	const mayor: Who = { user: "mayor", roles: ["administrator"], scope: CITY };
	const far = { scope: { districts: ["210200"], systems: null } };
	const sheet = [row(2, "one"), row(3, "two"), row(4, "three", far), { row: 5, person: null, problems: [] }];
	const first = must(await importPeople(accounts, mayor, sheet, "test"));
	expect(first.rows.map(({ result, problem }) => [result, problem?.problem])).toEqual([
		["made", undefined],
		["made", undefined],
		["refused", "beyond-scope"],
	]);
	expect(first.passwords.map(({ name }) => name)).toEqual(["one", "two"]);
	const signed = must(await accounts.signIn("one", first.passwords[0]?.password ?? "", "a"));
	expect(signed.mustChange).toBe(true);
	const again = must(await importPeople(accounts, mayor, [row(2, "one"), row(3, "two", { unit: "某局" })], "test"));
	expect(again.rows.map(({ result }) => result)).toEqual(["same", "changed"]);
	expect(again.passwords).toEqual([]);
	expect(accounts.sessions.of("one")).toHaveLength(1);
	expect(await importPeople(accounts, officer, sheet, "test")).toMatchObject({ problem: "forbidden" });
});
