import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo, createServer as createPlain, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Allowed, parseAllowed } from "#model/allowed.ts";
import type { Outlet, Words } from "#model/outlet.ts";
import { isProblem } from "#model/problem.ts";
import { send, signedDingtalk } from "./outlets.ts";
import { realNetwork } from "./target.ts";

const NOW = 1_763_800_000_000;

interface Heard {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

let heard: Heard[] = [];
let reply = { status: 200, text: "" };
const gateway = createServer((request, response) => {
	let body = "";
	request.on("data", (part) => {
		body += part;
	});
	request.on("end", () => {
		heard.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
		response.writeHead(reply.status).end(reply.text);
	});
});

/** The least of RFC 5321 that a client needs; keeps what it was told. */
const mails: { commands: string[]; text: string }[] = [];
const sockets = new Set<Socket>();
let refusesRecipients = false;
const mailServer: Server = createPlain((socket) => {
	sockets.add(socket);
	const mail = { commands: [] as string[], text: "" };
	mails.push(mail);
	let isData = false;
	let rest = "";
	socket.write("220 test ESMTP\r\n");
	socket.on("error", () => socket.destroy());
	socket.on("data", (part) => {
		rest += part.toString();
		for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
			const line = rest.slice(0, end);
			rest = rest.slice(end + 2);
			if (isData && line !== ".") mail.text += `${line}\n`;
			else if (isData) {
				isData = false;
				socket.write("250 kept\r\n");
			} else {
				mail.commands.push(line);
				if (line === "DATA") isData = true;
				const isRefused = refusesRecipients && line.startsWith("RCPT");
				const isUnknown = line === "STARTTLS";
				socket.write(
					line === "DATA" ? "354 go on\r\n" : isRefused ? "550 nobody\r\n" : isUnknown ? "502 no\r\n" : "250 ok\r\n",
				);
			}
		}
	});
});

let httpPort = 0;
let mailPort = 0;
let allowed: Allowed[] = [];

beforeAll(async () => {
	for (const server of [gateway, mailServer])
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
	httpPort = (gateway.address() as AddressInfo).port;
	mailPort = (mailServer.address() as AddressInfo).port;
	allowed = [`127.0.0.1:${httpPort}`, `127.0.0.1:${mailPort}`]
		.map(parseAllowed)
		.filter((entry): entry is Allowed => !isProblem(entry));
});

afterAll(async () => {
	gateway.closeAllConnections();
	for (const socket of sockets) socket.destroy();
	for (const server of [gateway, mailServer]) await new Promise((resolve) => server.close(resolve));
});

function outletOf(type: Outlet["type"], more: Partial<Outlet> = {}): Outlet {
	return {
		name: "测试",
		type,
		enabled: true,
		minLevel: 1,
		districts: [],
		steps: ["lead"],
		url: `http://127.0.0.1:${httpPort}/hook?key=k`,
		secret: "",
		user: "",
		from: "",
		to: [],
		method: "POST",
		contentType: "application/json",
		body: "",
		headers: [],
		expect: "",
		...more,
	};
}

const WORDS: Words = {
	title: '【红色报警】和平区 "燃气" & 泄漏',
	text: "第一行\n第二行",
	level: "红色",
	place: "和平区",
	time: "08:00:00",
	count: 2,
	alarms: ["a1", "a2"],
	to: ["13900000002", "zhou@example.cn"],
};

async function through(outlet: Outlet, answer: { status: number; text: string }, words = WORDS) {
	heard = [];
	reply = answer;
	return send(outlet, words, { allowed, network: realNetwork, now: () => NOW });
}

test("T-44 an SMS gateway gets one request a number, each value quoted for where it stands", async () => {
	const outlet = outletOf("http", {
		url: `http://127.0.0.1:${httpPort}/sms/{{phone}}?level={{level}}`,
		to: ["13800000001"],
		body: '{"to":"{{phone}}","content":"{{title}}\\n{{text}}","template":"{{theirs}}"}',
		headers: [
			{ name: "Authorization", value: "Bearer x" },
			{ name: "Host", value: "evil" },
		],
		expect: '"code":0',
	});
	expect(await through(outlet, { status: 200, text: '{"code":0}' })).toBeNull();
	expect(heard.map(({ url }) => url).sort()).toEqual([
		`/sms/13800000001?level=${encodeURIComponent("红色")}`,
		`/sms/13900000002?level=${encodeURIComponent("红色")}`,
	]);
	const body = JSON.parse(heard[0]?.body ?? "") as Record<string, string>;
	expect(body.content).toBe(`${WORDS.title}\n${WORDS.text}`);
	expect(body.template).toBe("{{theirs}}");
	expect(heard[0]?.headers).toMatchObject({ authorization: "Bearer x", host: `127.0.0.1:${httpPort}` });
	// It says 200 and means no.
	expect(await through(outlet, { status: 200, text: '{"code":7}' })).toMatchObject({ problem: "refused" });
	expect(await through(outlet, { status: 503, text: '"code":0' })).toMatchObject({
		problem: "refused",
		detail: "2/2: HTTP 503",
	});
});

test("T-44 a form gateway is written as a form", async () => {
	const outlet = outletOf("http", {
		contentType: "application/x-www-form-urlencoded",
		body: "t={{title}}&n={{count}}",
	});
	expect(await through(outlet, { status: 204, text: "" })).toBeNull();
	expect(new URLSearchParams(heard[0]?.body).get("t")).toBe(WORDS.title);
	expect(new URLSearchParams(heard[0]?.body).get("n")).toBe("2");
});

test("T-44 企业微信: a text message; sent only when errcode is 0; cut within its bytes", async () => {
	expect(await through(outletOf("wecom"), { status: 200, text: '{"errcode":0,"errmsg":"ok"}' })).toBeNull();
	expect(JSON.parse(heard[0]?.body ?? "")).toEqual({
		msgtype: "text",
		text: { content: `${WORDS.title}\n${WORDS.text}` },
	});
	expect(await through(outletOf("wecom"), { status: 200, text: '{"errcode":45009}' })).toMatchObject({
		problem: "refused",
	});
	expect(await through(outletOf("wecom"), { status: 200, text: "<html>" })).toMatchObject({ problem: "refused" });
	await through(outletOf("wecom"), { status: 200, text: "" }, { ...WORDS, text: "气".repeat(2_000) });
	const { text } = JSON.parse(heard[0]?.body ?? "") as { text: { content: string } };
	expect(Buffer.byteLength(text.content)).toBeLessThanOrEqual(2_048);
});

test("T-44 钉钉: signed by timestamp and HMAC-SHA256 over both", async () => {
	const outlet = outletOf("dingtalk", {
		secret: "SECabc",
		url: `http://127.0.0.1:${httpPort}/robot/send?access_token=t`,
	});
	expect(await through(outlet, { status: 200, text: '{"errcode":0}' })).toBeNull();
	const query = new URL(heard[0]?.url ?? "", "http://x").searchParams;
	const sign = createHmac("sha256", "SECabc").update(`${NOW}\nSECabc`).digest("base64");
	expect([query.get("access_token"), query.get("timestamp"), query.get("sign")]).toEqual(["t", String(NOW), sign]);
	// Every + and / of the base64 is escaped in the address.
	expect(signedDingtalk("https://x/s", "SECabc", NOW)).not.toMatch(/sign=[^&]*[+/]/);
	expect(await through(outlet, { status: 200, text: '{"errcode":310000}' })).toMatchObject({ problem: "refused" });
});

test("T-44 a webhook carries a signature over its time and its bytes, and no phone numbers", async () => {
	expect(await through(outletOf("webhook", { secret: "key" }), { status: 200, text: "" })).toBeNull();
	const [request] = heard;
	const expected = createHmac("sha256", "key").update(`${NOW}.${request?.body}`).digest("hex");
	expect(request?.headers).toMatchObject({
		"x-liaowang-timestamp": String(NOW),
		"x-liaowang-signature": `sha256=${expected}`,
	});
	expect(JSON.parse(request?.body ?? "")).toMatchObject({ alarms: ["a1", "a2"], count: 2, at: NOW });
	expect(request?.body).not.toContain("13900000002");
});

test("T-44 a mail reaches every recipient with its text, and a server that refuses is a failure", async () => {
	const outlet = outletOf("smtp", {
		url: `smtp://127.0.0.1:${mailPort}`,
		from: "liaowang@example.cn",
		to: ["li@example.cn"],
	});
	mails.length = 0;
	expect(await through(outlet, { status: 0, text: "" })).toBeNull();
	expect(mails[0]?.commands.filter((line) => line.startsWith("RCPT"))).toEqual([
		"RCPT TO:<li@example.cn>",
		"RCPT TO:<zhou@example.cn>",
	]);
	expect(mails[0]?.text).toMatch(/^Subject: =\?UTF-8\?/m);
	refusesRecipients = true;
	expect(await through(outlet, { status: 0, text: "" })).toMatchObject({ problem: "refused" });
	refusesRecipients = false;
	// A password is not given to a server that cannot encrypt.
	expect(await through({ ...outlet, user: "u", secret: "hunter2" }, { status: 0, text: "" })).not.toBeNull();
	expect(JSON.stringify(mails)).not.toContain(Buffer.from("\0u\0hunter2").toString("base64"));
	expect(await through({ ...outlet, url: "smtp://127.0.0.1:9" }, { status: 0, text: "" })).toMatchObject({
		problem: "not-allowed",
	});
});

test("T-44 nobody to call is a failure, not a success", async () => {
	const outlet = outletOf("http", { body: "{{phone}}" });
	expect(await through(outlet, { status: 200, text: "" }, { ...WORDS, to: [] })).toMatchObject({ problem: "nobody" });
});
