// Outside channels against real certificates: a local authority made here, servers that speak TLS from the start and by STARTTLS.
// needs: openssl
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, createServer as createPlain, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTls, TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Allowed, parseAllowed } from "#model/allowed.ts";
import type { Outlet, Words } from "#model/outlet.ts";
import { outletFaultText } from "#model/outlet_fault.ts";
import { isProblem } from "#model/problem.ts";
import { type Issued, makeAuthority, makeServer } from "../tools/cert/certificate.ts";
import { send } from "./outlets.ts";
import { type Network, realNetwork } from "./target.ts";

const NOW = Date.now();
const YEAR_MS = 366 * 86_400_000;
const NAME = "a house's own authority";
const authority = { ...makeAuthority(NAME, NOW), name: NAME };
const good = makeServer(authority, ["gateway.example.cn", "127.0.0.1"], NOW);
const foreign = makeServer(authority, ["other.example.cn"], NOW);
const old = makeServer(authority, ["gateway.example.cn"], NOW - 3 * YEAR_MS);
/** Its own authority: what somebody makes in a hurry, with the tool that everybody has. */
const OPENSSL = "openssl";
let selfSigned: Issued = { cert: "", key: "" };
beforeAll(() => {
	const made = execFileSync(
		OPENSSL,
		`req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj /CN=gateway.example.cn -addext subjectAltName=DNS:gateway.example.cn -keyout - -out -`.split(
			" ",
		),
		{ encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
	);
	const part = (what: string): string =>
		new RegExp(`-----BEGIN ${what}[\\s\\S]+END ${what}-----\\n`).exec(made)?.[0] ?? "";
	selfSigned = { cert: part("CERTIFICATE"), key: part("PRIVATE KEY") };
});

/** The name stands for this machine. */
const network: Network = { ...realNetwork, resolve: async () => ["127.0.0.1"] };
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterAll(async () => {
	for (const socket of sockets) socket.destroy();
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

async function portOf(server: Server): Promise<number> {
	servers.push(server);
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.on("error", () => socket.destroy());
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	return (server.address() as AddressInfo).port;
}

async function https(made: Issued): Promise<{ port: number; heard: string[] }> {
	const heard: string[] = [];
	const server = createHttps(made, (request, response) => {
		heard.push(String(request.headers.host));
		response.end("ok");
	});
	return { port: await portOf(server), heard };
}

/** RFC 5321 at its least; with `startsPlain` TLS begins by STARTTLS (RFC 3207). Keeps every command and what of it came in the clear. */
async function smtp(made: Issued, startsPlain: boolean) {
	const told = { clear: [] as string[], sealed: [] as string[] };
	const talk = (socket: Socket, isSealed: boolean): void => {
		let isData = false;
		let rest = "";
		socket.on("error", () => socket.destroy());
		const hear = (part: Buffer): void => {
			rest += part.toString();
			for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
				const line = rest.slice(0, end);
				rest = rest.slice(end + 2);
				(isSealed ? told.sealed : told.clear).push(line);
				if (line === "STARTTLS") {
					socket.off("data", hear);
					socket.write("220 go on\r\n");
					talk(new TLSSocket(socket, { isServer: true, ...made }), true);
					return;
				}
				if (isData && line !== ".") continue;
				isData = line === "DATA";
				const offer = isSealed ? "250 AUTH PLAIN\r\n" : "250 STARTTLS\r\n";
				socket.write(line.startsWith("EHLO") ? `250-here\r\n${offer}` : isData ? "354 go on\r\n" : reply(line));
			}
		};
		socket.on("data", hear);
	};
	const greet = (isSealed: boolean) => (socket: Socket) => {
		socket.write("220 test ESMTP\r\n");
		talk(socket, isSealed);
	};
	const server = startsPlain ? createPlain(greet(false)) : createTls(made, greet(true));
	return { port: await portOf(server), told };
}

function reply(line: string): string {
	return line.startsWith("AUTH") ? "235 welcome\r\n" : "250 ok\r\n";
}

const WORDS: Words = {
	title: "【红色报警】",
	text: "燃气泄漏",
	level: "红色",
	place: "",
	time: "",
	count: 1,
	alarms: [],
	to: [],
};

function outletOf(type: Outlet["type"], url: string, more: Partial<Outlet> = {}): Outlet {
	return {
		name: "测试",
		type,
		enabled: true,
		minLevel: 1,
		districts: [],
		steps: ["lead"],
		url,
		secret: "key",
		user: "",
		from: "desk@example.cn",
		to: ["li@example.cn"],
		method: "POST",
		contentType: "application/json",
		body: "",
		headers: [],
		expect: "",
		...more,
	};
}

async function through(outlet: Outlet) {
	const url = new URL(outlet.url.replace(/^smtps?:/, "https:"));
	const entry = parseAllowed(`${url.hostname}:${url.port}`);
	const allowed: Allowed[] = isProblem(entry) ? [] : [entry];
	// The listed name may stand for this machine only when the machine itself is listed too.
	const own = parseAllowed(`127.0.0.1:${url.port}`);
	if (!isProblem(own)) allowed.push(own);
	return send(outlet, WORDS, { allowed, network, now: () => NOW });
}

test("T-44 a webhook over https: taken when its certificate is of the authority that the channel names, by name and by address", async () => {
	const { port, heard } = await https(good);
	const ca = authority.cert;
	expect(await through(outletOf("webhook", `https://gateway.example.cn:${port}/hook`, { ca }))).toBeNull();
	expect(await through(outletOf("webhook", `https://127.0.0.1:${port}/hook`, { ca }))).toBeNull();
	expect(heard).toEqual([`gateway.example.cn:${port}`, `127.0.0.1:${port}`]);
});

test("T-44 a certificate that proves nothing is refused before a byte is sent, and the delivery says why in Chinese", async () => {
	const hook = async (made: Issued, ca: string): Promise<[string, string, readonly string[]]> => {
		const { port, heard } = await https(made);
		const fault = await through(outletOf("webhook", `https://gateway.example.cn:${port}/hook`, { ca }));
		if (fault === null) throw new Error("it was sent");
		return [fault.problem, outletFaultText(fault).zh, heard];
	};
	const whole = authority.cert;
	const refusals = await Promise.all([
		hook(good, ""),
		hook(selfSigned, ""),
		hook(selfSigned, whole),
		hook(foreign, whole),
		hook(old, whole),
		// Another authority of the same name.
		hook(good, makeAuthority(NAME, NOW).cert),
	]);
	expect(refusals.map(([code]) => code)).toEqual([
		"unknown-authority",
		"self-signed",
		"self-signed",
		"wrong-name",
		"certificate-time",
		"unknown-authority",
	]);
	for (const [, words, heard] of refusals) {
		expect(words).toMatch(/^对方证书.*（gateway\.example\.cn）$/);
		expect(heard).toEqual([]);
	}
	// A server that speaks no TLS at all.
	const plain = await smtp(good, true);
	const fault = await through(outletOf("webhook", `https://gateway.example.cn:${plain.port}/`, { ca: whole }));
	expect(fault?.problem).toBe("bad-tls");
});

test.each([
	["smtps", false],
	["smtp", true],
] as const)(
	"T-44 mail by %s: password and text go only to the server that its certificate proves",
	async (scheme, startsPlain) => {
		const mail = (port: number, host: string, ca: string) =>
			through(outletOf("smtp", `${scheme}://${host}:${port}`, { ca, user: "desk", secret: "hunter2" }));
		const right = await smtp(good, startsPlain);
		expect(await mail(right.port, "gateway.example.cn", authority.cert)).toBeNull();
		expect(await mail(right.port, "127.0.0.1", authority.cert)).toBeNull();
		const password = Buffer.from("\0desk\0hunter2").toString("base64");
		expect(right.told.sealed.filter((line) => line.includes(password))).toHaveLength(2);
		expect(right.told.clear.join("\n")).not.toMatch(/AUTH|MAIL|RCPT|DATA/);
		for (const [made, ca, code] of [
			[selfSigned, "", "self-signed"],
			[good, "", "unknown-authority"],
			[foreign, authority.cert, "wrong-name"],
		] as const) {
			const wrong = await smtp(made, startsPlain);
			expect(await mail(wrong.port, "gateway.example.cn", ca)).toMatchObject({ problem: code });
			expect(wrong.told.sealed).toEqual([]);
			expect(wrong.told.clear.join("\n")).not.toMatch(/AUTH|MAIL|RCPT|DATA/);
		}
	},
);

test("T-44 the machine's own authorities count too: NODE_EXTRA_CA_CERTS", async () => {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-ca-"));
	try {
		const file = join(folder, "authority.crt");
		await writeFile(file, authority.cert);
		const { port } = await https(good);
		const module = new URL("./send_http.ts", import.meta.url).href;
		const model = new URL("../../geodata/model/allowed.ts", import.meta.url).href;
		const target = new URL("./target.ts", import.meta.url).href;
		const program = `
			import { sendHttp } from ${JSON.stringify(module)};
			import { realNetwork } from ${JSON.stringify(target)};
			import { parseAllowed } from ${JSON.stringify(model)};
			const message = { url: "https://127.0.0.1:${port}/", method: "GET", headers: {}, body: "" };
			console.log(JSON.stringify(await sendHttp(message, [parseAllowed("127.0.0.1:${port}")], realNetwork)));`;
		const ask = (env: NodeJS.ProcessEnv): Promise<unknown> =>
			new Promise((resolve, reject) => {
				const options = { env: { ...process.env, ...env } };
				execFile(process.execPath, ["--input-type=module", "-e", program], options, (fault, out) =>
					fault === null ? resolve(JSON.parse(out)) : reject(fault),
				);
			});
		const [with_, without] = await Promise.all([
			ask({ NODE_EXTRA_CA_CERTS: file }),
			// Switching the check off for the whole process does not switch it off here.
			ask({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }),
		]);
		expect(with_).toMatchObject({ status: 200 });
		expect(without).toMatchObject({ problem: "unknown-authority" });
	} finally {
		await rm(folder, { recursive: true });
	}
});
