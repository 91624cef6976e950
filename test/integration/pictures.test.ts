// GET /api/assets/{id}/picture over real ports: what a snapshot service sends, what it must not be able to do, and the demo's own
// service with its own program. Every service here is a real one on a free port or a socket in a temporary folder.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { AssetRecord } from "../../geodata/model/catalogue.ts";
import type { Scope } from "../../geodata/model/rights.ts";
import { system as camera } from "../../geodata/systems/camera.ts";
import { system as construction } from "../../geodata/systems/construction.ts";
import { system as weather } from "../../geodata/systems/weather.ts";
import { hashOfSecret } from "../../server/auth/who.ts";
import { systemClock } from "../../server/clock.ts";
import { corePaths } from "../../server/config.ts";
import { Province } from "../support/province.ts";
import { until } from "../support/until.ts";
import { openWeb, type TestWeb } from "../support/web.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NOW = Date.now();
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);
const SITE = "于洪区 怒江北街 3 号地块";
const place = { district: "210114", lon: 123.3, lat: 41.8 };
const assets: AssetRecord[] = [
	{
		...place,
		id: "cam-1",
		kind: "camera",
		name: "怒江北街 3 号地块 1# 摄像头（塔吊）",
		site: SITE,
		fields: { bearing: 40 },
	},
	{ ...place, id: "cam-2", kind: "camera", name: "怒江北街 3 号地块 2# 摄像头（大门）", site: SITE },
	{
		...place,
		id: "crane-1",
		kind: "crane",
		name: "怒江北街 3 号地块 1# 塔吊",
		site: SITE,
		fields: { jib: 60, mastHeight: 54 },
	},
	{ ...place, id: "sky-1", kind: "weatherStation", name: "于洪区气象站" },
];

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

async function openProvince(camerasUrl?: string): Promise<TestWeb> {
	const province = new Province({ clock: systemClock, assets, systems: [camera, construction, weather] });
	const web = await openWeb({ province, env: camerasUrl === undefined ? {} : { LIAOWANG_CAMERAS_URL: camerasUrl } });
	closers.push(() => web.close());
	return web;
}

async function service(listener: RequestListener): Promise<string> {
	const server: Server = createServer(listener);
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	closers.push(() => {
		server.closeAllConnections();
		return new Promise((done) => server.close(() => done()));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const picture = (web: TestWeb, id = "cam-1", headers: Record<string, string> = {}) =>
	fetch(`${web.url}/api/assets/${id}/picture`, { headers });

test("the service's picture comes through whole, with the time of what it shows; only the id goes out", async () => {
	const asked: string[] = [];
	const url = await service((request, response) => {
		asked.push(`${request.method} ${request.url} ${request.headers.cookie ?? "no cookie"}`);
		response.writeHead(200, { "content-type": "image/jpeg", "x-picture-at": "1795000000123" });
		response.end(JPEG);
	});
	const web = await openProvince(`${url}/snap/`);
	const answer = await fetch(`${web.url}/api/assets/cam-1/picture?url=http://example.org/`);
	expect(answer.status).toBe(200);
	expect(Buffer.from(await answer.arrayBuffer())).toEqual(JPEG);
	expect(answer.headers.get("content-type")).toBe("image/jpeg");
	expect(answer.headers.get("x-picture-at")).toBe("1795000000123");
	expect(answer.headers.get("last-modified")).toBe(new Date(1_795_000_000_000).toUTCString());
	expect(answer.headers.get("cache-control")).toBe("private, max-age=1");
	expect(asked).toEqual(["GET /snap/cam-1.jpg no cookie"]);
});

test("screens that ask at the same moment share one question", async () => {
	let asked = 0;
	const waiting: (() => void)[] = [];
	const url = await service((_request, response) => {
		asked += 1;
		waiting.push(() => {
			response.writeHead(200, { "content-type": "image/jpeg" });
			response.end(JPEG);
		});
	});
	const web = await openProvince(url);
	// Three questions in one packet: all are in web's hands before the first can have been answered.
	const socket = connect(Number(new URL(web.url).port), "127.0.0.1");
	closers.push(() => void socket.destroy());
	let heard = "";
	socket.setEncoding("latin1").on("data", (text: string) => (heard += text));
	socket.write("GET /api/assets/cam-1/picture HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3));
	await until("the service is asked", () => waiting.length > 0);
	for (const answer of waiting) answer();
	await until("three answers", () => (heard.match(/HTTP\/1\.1 200 OK/g) ?? []).length === 3);
	expect(asked).toBe(1);
});

test("what is no camera, unknown, or outside the caller's scope is not found, and the service hears nothing of it", async () => {
	let asked = 0;
	const url = await service((_request, response) => {
		asked += 1;
		response.end();
	});
	const web = await openProvince(url);
	for (const id of ["crane-1", "nobody", "..%2Fcam-1"]) {
		const answer = await picture(web, id);
		expect([id, answer.status, (await answer.json()).problem]).toEqual([id, 404, "not-found"]);
	}
	const scope: Scope = { districts: ["210200"], systems: null };
	const idHash = hashOfSecret("dalian");
	const session = { idHash, user: "dalian", roles: ["duty" as const], scope };
	web.province.sessions.set(idHash, { ...session, createdAt: 0, lastSeenAt: 0, expiresAt: NOW + 3_600_000 });
	expect((await picture(web, "cam-1", { cookie: "lw_session=dalian" })).status).toBe(404);
	expect((await picture(web, "cam-1", { cookie: "lw_session=stranger" })).status).toBe(401);
	expect(asked).toBe(0);
});

const wrong: [name: string, listener: RequestListener][] = [
	["a redirect", (_request, response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end()],
	["HTML", (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<script>1</script>")],
	[
		"HTML that says it is a JPEG",
		(_request, response) => response.writeHead(200, { "content-type": "image/jpeg" }).end("<html>"),
	],
	["an error", (_request, response) => response.writeHead(500).end("Traceback ...")],
	["a hang-up", (request) => request.socket.destroy()],
	[
		"more than 4 MiB",
		(_request, response) => {
			response.writeHead(200, { "content-type": "image/jpeg" });
			response.write(JPEG);
			response.end(Buffer.alloc(4 * 1024 * 1024));
		},
	],
];
test.each(wrong)(
	"a service that sends %s is away: 503, and nothing of its answer is passed on",
	async (_name, listener) => {
		const url = await service(listener);
		const web = await openProvince(url);
		const answer = await picture(web);
		const text = await answer.text();
		expect([answer.status, JSON.parse(text).problem]).toEqual([503, "cameras-away"]);
		expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
		expect(text).not.toMatch(/script|Traceback|169\.254|127\.0\.0\.1/);
	},
);

test("nobody at the socket is away; a camera without signal says when its last picture was", async () => {
	const web = await openProvince();
	const away = await picture(web);
	expect([away.status, (await away.json()).problem]).toEqual([503, "cameras-away"]);
	const url = await service((_request, response) => {
		response.writeHead(503, { "content-type": "application/json" });
		response.end(JSON.stringify({ problem: "no-signal", detail: "<b>", where: "2026-11-22T12:00:00Z" }));
	});
	const other = await openProvince(url);
	const answer = await picture(other);
	const body = await answer.json();
	expect([answer.status, body.problem, body.where]).toEqual([503, "no-signal", "2026-11-22T12:00:00.000Z"]);
	expect(body.detail).not.toContain("<b>");
});

function write(web: TestWeb, id: string, values: Readonly<Record<string, number>>): void {
	const { catalogue, latest } = web.province;
	const asset = catalogue.assets.get(id);
	if (asset === undefined) throw new Error(id);
	for (const [measure, value] of Object.entries(values)) {
		const channel = asset.channels.find((one) => one.measure?.id === measure);
		if (channel === undefined) throw new Error(`${id} ${measure}`);
		latest.write(channel.row, Math.round(value * 10 ** (channel.measure?.scale ?? 0)), Date.now(), 1, 0);
	}
	web.province.followers.tick();
}

async function cameras(web: TestWeb): Promise<ChildProcess> {
	const socket = corePaths(web.folder).cameras;
	const args = ["server/simulate/cameras/main.ts", "--url", web.url, "--listen", socket];
	const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding("utf8").on("data", (text: string) => (said += text));
	const ended = new Promise<void>((done) => child.once("close", () => done()));
	closers.push(async () => {
		child.kill("SIGTERM");
		await ended;
	});
	await until("the camera service listens", () => {
		if (child.exitCode !== null) throw new Error(said);
		return said.includes("cameras: ");
	});
	return child;
}

test("the demo's own service draws from the live values, keeps a picture for two seconds, and an offline camera has no signal", async () => {
	const web = await openProvince();
	write(web, "sky-1", { temperature: -6, snowDepth: 8, visibility: 9, humidity: 60 });
	write(web, "crane-1", { windSpeed: 3 });
	write(web, "cam-1", { online: 1, frameAge: 3 });
	write(web, "cam-2", { online: 0, frameAge: 600 });
	await cameras(web);
	const first = await picture(web);
	expect([first.status, first.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
	const jpeg = Buffer.from(await first.arrayBuffer());
	// A picture that is one colour compresses to a tenth of this.
	expect(jpeg.length).toBeGreaterThan(30_000);
	const at = Number(first.headers.get("x-picture-at"));
	expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
	const off = await picture(web, "cam-2");
	const why = await off.json();
	expect([off.status, why.problem]).toEqual([503, "no-signal"]);
	expect(Math.abs(Date.parse(why.where) - (Date.now() - 600_000))).toBeLessThan(60_000);
	const next = await until("another picture", async () => {
		const answer = await picture(web);
		const bytes = Buffer.from(await answer.arrayBuffer());
		return Number(answer.headers.get("x-picture-at")) === at ? null : bytes;
	});
	expect(next.equals(jpeg)).toBe(false);
}, 60_000);

test("the demo's own service says in words what is wrong with its arguments", async () => {
	const run = async (...args: string[]): Promise<readonly [number | null, string]> => {
		const child = spawn(process.execPath, ["server/simulate/cameras/main.ts", ...args], {
			cwd: ROOT,
			stdio: ["ignore", "ignore", "pipe"],
		});
		let said = "";
		child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
		const code = await new Promise<number | null>((done) => child.once("close", done));
		return [code, said];
	};
	const [code, said] = await run("--url", "localhost", "--lisen", "x");
	expect([code, said]).toEqual([1, expect.stringContaining("--lisen")]);
	const [second, told] = await run("--url", "localhost");
	expect([second, told]).toEqual([1, expect.stringMatching(/--url: .*\n--listen: /)]);
}, 30_000);
