import { expect, test } from "vitest";
import { type Address, type Allowed, isAllowed, parseAddress, parseAllowed } from "./allowed.ts";
import { isProblem } from "./problem.ts";

function listOf(...entries: string[]): Allowed[] {
	return entries.map((entry) => {
		const parsed = parseAllowed(entry);
		if (isProblem(parsed)) throw new Error(parsed.detail);
		return parsed;
	});
}

function address(text: string): Address {
	const parsed = parseAddress(text);
	if (parsed === null) throw new Error(`${text} is no address`);
	return parsed;
}

test("T-28 an entry is host:port, an address with a port, or a CIDR; nothing looser", () => {
	for (const good of [
		"sms.example.cn:443",
		"10.1.2.3:80",
		"10.0.0.0/8",
		"10.0.0.0/8:443",
		"fd00::/8",
		"[fd00::]/8:443",
		"[fd00::1]:443",
	])
		expect(parseAllowed(good), good).not.toHaveProperty("problem");
	for (const bad of [
		"",
		"*",
		"*:443",
		"example.cn",
		"http://example.cn",
		"example.cn:0",
		"example.cn:70000",
		"10.1.2:80",
		"300.1.1.1:80",
		"10.0.0.0/33",
		"fd00::/129",
		"a_b.cn:1",
		"010.1.1.1:80",
	])
		expect(isProblem(parseAllowed(bad)), bad).toBe(true);
});

test("T-28 an address has one form; the mapped one is the IPv4 address it is", () => {
	expect(address("::ffff:10.1.2.3")).toEqual(address("10.1.2.3"));
	expect(address("::ffff:0a01:0203")).toEqual(address("10.1.2.3"));
	for (const odd of [
		"010.1.2.3",
		"0x0a.1.2.3",
		"10.1.2",
		"167838211",
		"fe80::1%eth0",
		"1::2::3",
		"1:2:3:4:5:6:7",
		"::ffff:10.1.2.300",
	])
		expect(parseAddress(odd), odd).toBeNull();
});

test("T-28 a CIDR ends where it ends, and holds for its port", () => {
	const list = listOf("10.1.2.0/30:8080", "fd00::/16");
	expect(isAllowed(list, "10.1.2.3", address("10.1.2.3"), 8080)).toBe(true);
	expect(isAllowed(list, "10.1.2.4", address("10.1.2.4"), 8080)).toBe(false);
	expect(isAllowed(list, "10.1.2.3", address("10.1.2.3"), 8081)).toBe(false);
	expect(isAllowed(list, "fd00::9", address("fd00:0:1::9"), 1)).toBe(true);
	expect(isAllowed(list, "fd01::9", address("fd01::9"), 1)).toBe(false);
});

test("T-28 a listed name may lead into the private network, never to this host or its links unless listed as an address", () => {
	const list = listOf("sms.example.cn:443");
	const may = (text: string, more: readonly Allowed[] = []): boolean =>
		isAllowed([...list, ...more], "sms.example.cn", address(text), 443);
	expect(may("10.9.8.7")).toBe(true);
	expect(may("203.0.113.9")).toBe(true);
	for (const special of [
		"127.0.0.1",
		"169.254.169.254",
		"0.0.0.0",
		"::1",
		"::",
		"::ffff:127.0.0.1",
		"fe80::1",
		"64:ff9b::7f00:1",
		"2002:7f00:1::",
		"224.0.0.1",
		"255.255.255.255",
	])
		expect(may(special), special).toBe(false);
	expect(may("127.0.0.1", listOf("127.0.0.1:443"))).toBe(true);
	expect(isAllowed(list, "sms.example.cn", address("10.9.8.7"), 80)).toBe(false);
	expect(isAllowed(list, "evil.example.cn", address("10.9.8.7"), 443)).toBe(false);
});
