// Certificates as OpenSSL and a real TLS handshake take them.
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { makeAuthority, makeServer } from "./certificate.ts";

const NOW = Date.now();
const NAME = "瞭望 local authority";

test("a server's certificate is the authority's, for its names and addresses and no others", () => {
	const authority = makeAuthority(NAME, NOW);
	const made = makeServer({ ...authority, name: NAME }, ["desk.example.org", "10.1.2.3", "::1", "fe80::1:2"], NOW);
	const ca = new X509Certificate(authority.cert);
	const cert = new X509Certificate(made.cert);
	expect([ca.ca, cert.ca]).toEqual([true, false]);
	expect(cert.checkIssued(ca)).toBe(true);
	expect(cert.verify(ca.publicKey)).toBe(true);
	expect(ca.verify(ca.publicKey)).toBe(true);
	expect(ca.subject).toBe(`CN=${NAME}`);
	expect(cert.checkHost("desk.example.org")).toBe("desk.example.org");
	expect(cert.checkHost("other.example.org")).toBeUndefined();
	expect([cert.checkIP("10.1.2.3"), cert.checkIP("10.1.2.4")]).toEqual(["10.1.2.3", undefined]);
	expect(cert.checkIP("::1")).toBe("::1");
	const days = (Date.parse(cert.validTo) - NOW) / 86_400_000;
	expect(Math.round(days)).toBe(397);
	expect(cert.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
});

test("a client that trusts the authority, and only such a one, speaks to the server", async () => {
	const authority = makeAuthority(NAME, NOW);
	const other = makeAuthority(NAME, NOW);
	const server = createServer(
		makeServer({ ...authority, name: NAME }, ["localhost", "127.0.0.1"], NOW),
		(_, answer) => {
			answer.end("ok");
		},
	).listen(0, "127.0.0.1");
	await once(server, "listening");
	const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const ask = (ca: string): Promise<number | string> =>
		new Promise((resolve) => {
			get(url, { ca, agent: false }, (answer) => {
				answer.resume();
				resolve(answer.statusCode ?? 0);
			}).on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
		});
	expect(await ask(authority.cert)).toBe(200);
	expect(await ask(other.cert)).not.toBe(200);
	server.close();
});
