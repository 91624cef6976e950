// Password hashes: form, cost, and what does not match.
import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

test("a hash is argon2id with the stated cost, salted, and matches only its password", async () => {
	const [one, two] = await Promise.all([hashPassword("Shenyang-2026"), hashPassword("Shenyang-2026")]);
	expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(one).not.toBe(two);
	expect(await verifyPassword(one, "Shenyang-2026")).toBe(true);
	expect(await verifyPassword(one, "shenyang-2026")).toBe(false);
});

test("the same characters typed in another width or composition are the same password", async () => {
	const hashed = await hashPassword("Cafe\u0301-１２３");
	expect(await verifyPassword(hashed, "Café-123")).toBe(true);
});

test("what is not a hash matches nothing and does not throw", async () => {
	expect(await verifyPassword("", "")).toBe(false);
	expect(await verifyPassword("plain", "plain")).toBe(false);
});

test("more sign-ins than may wait are refused, the others are served", async () => {
	const results = await Promise.allSettled(Array.from({ length: 110 }, () => verifyPassword("$argon2id$broken", "x")));
	const refused = results.filter((one) => one.status === "rejected" && /too many/.test(String(one.reason)));
	expect(refused).toHaveLength(8);
	expect(await verifyPassword(await hashPassword("after-the-flood"), "after-the-flood")).toBe(true);
});
