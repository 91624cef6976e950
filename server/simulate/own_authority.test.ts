import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { makeAuthority, makeServer } from "../tools/cert/certificate.ts";
import { AUTHORITY_FILE, trustOwnAuthority } from "./own_authority.ts";

test("S1 the demo's programs reach a server whose certificate an authority of this house has signed", async () => {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-authority-"));
	const usual = getCACertificates("default");
	const now = Date.now();
	const authority = makeAuthority("test", now);
	const made = makeServer({ ...authority, name: "test" }, ["localhost"], now);
	const server = createServer({ cert: made.cert, key: made.key }, (_request, response) => response.end("seen"));
	await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
	onTestFinished(async () => {
		setDefaultCACertificates(usual);
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await rm(folder, { recursive: true, force: true });
	});
	await writeFile(join(folder, AUTHORITY_FILE), authority.cert);
	trustOwnAuthority("");
	trustOwnAuthority(join(folder, "elsewhere", "server.crt"));
	expect(getCACertificates("default")).toEqual(usual);
	trustOwnAuthority(join(folder, "server.crt"));
	const response = await fetch(`https://localhost:${(server.address() as AddressInfo).port}/`);
	expect(await response.text()).toBe("seen");
});
