import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { type Allowed, parseAllowed } from "#model/allowed.ts";
import { isProblem } from "#model/problem.ts";
import { sendHttp } from "./send_http.ts";
import { type Network, realNetwork, type Target, targetOf } from "./target.ts";

function listOf(...entries: string[]): Allowed[] {
	return entries.map(parseAllowed).filter((entry): entry is Allowed => !isProblem(entry));
}

/** Records what would be connected to; names resolve as told. */
function fakeNetwork(
	names: Readonly<Record<string, readonly string[]>>,
): Network & { readonly connected: string[]; asked: number } {
	return {
		connected: [],
		asked: 0,
		async resolve(host) {
			this.asked += 1;
			const found = names[host];
			if (found === undefined) throw new Error("ENOTFOUND");
			return found;
		},
		connect(target: Target): Socket {
			this.connected.push(`${target.address}:${target.port}`);
			const socket = new PassThrough() as unknown as Socket;
			queueMicrotask(() => socket.destroy(new Error("recorded")));
			return socket;
		},
	};
}

const LIST = listOf("sms.example.cn:443", "10.20.0.0/16:8080", "[fd12::]/16:8080");
const NAMES = {
	"sms.example.cn": ["10.9.8.7"],
	"evil.example": ["127.0.0.1"],
	"meta.example": ["169.254.169.254"],
	"inside.example": ["10.20.3.4"],
	"mixed.example": ["127.0.0.1", "10.20.3.4"],
	localhost: ["127.0.0.1", "::1"],
};

/** Ways to write a place that is not on the list. */
function hostile(): string[] {
	const loopback = [
		"127.0.0.1",
		"127.1",
		"2130706433",
		"0x7f000001",
		"0x7f.1",
		"0177.0.0.1",
		"017700000001",
		"127.0.0.1.",
		"127.000.000.001",
		"localhost",
		"LOCALHOST",
		"localhost.",
		"[::1]",
		"[::]",
		"[::ffff:127.0.0.1]",
		"[::ffff:7f00:1]",
		"[0:0:0:0:0:ffff:7f00:0001]",
		"0.0.0.0",
		"0",
		"[::127.0.0.1]",
		"[64:ff9b::7f00:1]",
		"[2002:7f00:1::]",
		"evil.example",
		"ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
		"127。0。0。1",
		"１２７.0.0.1",
	];
	const links = [
		"169.254.169.254",
		"2852039166",
		"0xa9fea9fe",
		"0251.0376.0251.0376",
		"[::ffff:169.254.169.254]",
		"[fe80::1]",
		"meta.example",
		"[fd00:ec2::254]",
	];
	const others = [
		"10.21.0.1",
		"10.19.255.255",
		"192.168.1.1",
		"[fd13::1]",
		"8.8.8.8",
		"unknown.example",
		"sms.example.cn.evil.example",
	];
	const urls: string[] = [];
	for (const host of [...loopback, ...links, ...others])
		for (const port of ["", ":8080", ":443"]) urls.push(`http://${host}${port}/x`);
	return [
		...urls,
		"http://sms.example.cn:80/",
		"http://sms.example.cn:8443/",
		"https://sms.example.cn@127.0.0.1/",
		"https://sms.example.cn:443@127.0.0.1:443/",
		"https://sms.example.cn%00.evil.example/",
		"https://sms.example.cn#@127.0.0.1:9/".replace("#", "%23"),
		"file:///etc/passwd",
		"gopher://10.20.3.4:8080/",
		"ftp://10.20.3.4:8080/",
		"data:text/plain,x",
		"javascript:0",
		"//10.20.3.4:8080/",
		"http:///x",
		"http://",
		"",
		"http://10.20.3.4:99999/",
		"http://[fd12::1",
	];
}

test("T-28 of 120 and more ways to write an address that is not listed, none is connected to", async () => {
	const urls = hostile();
	expect(urls.length).toBeGreaterThanOrEqual(120);
	for (const url of urls) {
		const network = fakeNetwork(NAMES);
		const answer = await sendHttp({ url, method: "POST", headers: {}, body: "" }, LIST, network);
		expect(isProblem(answer) ? answer.problem : "sent", url).toMatch(/^(bad-url|not-allowed|no-address)$/);
		expect(network.connected, url).toEqual([]);
	}
});

test("T-28 what is listed is reached, in whatever form it is written, at the address that was compared", async () => {
	const reached: [string, string][] = [
		["https://sms.example.cn/send", "10.9.8.7:443"],
		["https://sms.example.cn\\@127.0.0.1/", "10.9.8.7:443"],
		["https://SMS.example.CN:443/send", "10.9.8.7:443"],
		["http://10.20.3.4:8080/", "10.20.3.4:8080"],
		["http://0x0a140304:8080/", "10.20.3.4:8080"],
		["http://[fd12::9]:8080/", "fd12::9:8080"],
		["http://[::ffff:10.20.3.4]:8080/", "::ffff:a14:304:8080"],
		["http://inside.example:8080/", "10.20.3.4:8080"],
		["http://mixed.example:8080/", "10.20.3.4:8080"],
	];
	for (const [url, place] of reached) {
		const network = fakeNetwork(NAMES);
		await sendHttp({ url, method: "POST", headers: {}, body: "" }, LIST, network);
		expect(network.connected, url).toEqual([place]);
	}
});

test("T-28 a name that turns to another address after it was compared is not followed there", async () => {
	let turn = 0;
	const network = fakeNetwork({});
	network.resolve = async () => [["10.9.8.7"], ["127.0.0.1"]][turn++] ?? [];
	const target = await targetOf("https://sms.example.cn/", ["https:"], LIST, network);
	expect(target).toMatchObject({ address: "10.9.8.7" });
	expect(turn).toBe(1);
	expect(await targetOf("https://sms.example.cn/", ["https:"], LIST, network)).toMatchObject({
		problem: "not-allowed",
	});
});

test("T-28 a redirect is an answer, not a way; a slow and an endless answer end", async () => {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(request.url ?? "");
		if (request.url === "/redirect") response.writeHead(302, { location: "/secret" }).end();
		else if (request.url === "/endless") {
			response.writeHead(200);
			const pour = (): void => {
				while (!response.destroyed && response.write(Buffer.alloc(16_384)));
			};
			response.on("drain", pour);
			pour();
		}
		// "/slow" is never answered.
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const allowed = listOf(`127.0.0.1:${port}`);
	const ask = (path: string, deadlineMs?: number) =>
		sendHttp(
			{ url: `http://127.0.0.1:${port}${path}`, method: "POST", headers: {}, body: "x" },
			allowed,
			realNetwork,
			deadlineMs,
		);
	try {
		expect(await ask("/redirect")).toMatchObject({ status: 302 });
		expect(seen).toEqual(["/redirect"]);
		expect(await ask("/endless")).toMatchObject({ problem: "too-long" });
		expect(await ask("/slow", 50)).toMatchObject({ problem: "slow" });
		expect(
			await sendHttp({ url: `http://127.0.0.1:${port}/`, method: "GET", headers: {}, body: "" }, [], realNetwork),
		).toMatchObject({ problem: "not-allowed" });
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});
