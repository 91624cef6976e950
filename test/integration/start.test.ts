// What a person sees who starts and stops the server: the lines, the ports, one server a folder, nothing left behind.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Api, setUp } from "../support/api.ts";
import { isAliveNow, launchServer, type ServerOptions, startServer, type TestServer } from "../support/server.ts";
import { until } from "../support/until.ts";

async function folder(): Promise<string> {
	const made = await mkdtemp(join(tmpdir(), "liaowang-start-"));
	onTestFinished(() => rm(made, { recursive: true, force: true, maxRetries: 5 }));
	return join(made, "data");
}

async function started(options: ServerOptions): Promise<TestServer> {
	const server = await startServer(options);
	onTestFinished(() => server.stop());
	return server;
}

/** A start that is expected to fail. */
async function failed(
	options: ServerOptions,
): Promise<{ code: number | null; said: string; lines: readonly string[] }> {
	const server = await launchServer(options);
	onTestFinished(() => server.stop());
	return { code: await server.exited(), said: server.log, lines: server.lines };
}

async function gone(pids: readonly number[]): Promise<void> {
	for (const pid of pids) await until(`process ${pid} has ended`, async () => !(await isAliveNow(pid)));
}

test("S1 an empty folder becomes the demo and says so in six lines", async () => {
	const data = await folder();
	const server = await started({ folder: data });
	const { url } = server;
	expect(server.welcome).toHaveLength(6);
	for (const line of server.welcome) expect(line).toMatch(/[\u4e00-\u9fff]{2}/);
	const [address, doors, pages, who, director, stop] = server.welcome;
	expect(address).toContain(url);
	expect(doors).toMatch(/HTTP .*MQTT .*HJ 212 /);
	for (const page of ["/，", "/duty", "/plan", "/policy"]) expect(pages).toContain(`${url}${page}`);
	expect(who).toContain("演示数据，本机免登录只读");
	expect(director).toContain(`${url}/demo`);
	expect(stop).toMatch(/Ctrl-C.*/);
	expect(stop).toContain(data);

	const told = await new Api(url).ask<Record<string, any>>("GET", "/readyz");
	expect(told.status).toBe(200);
	expect(Object.keys(told.body).sort()).toEqual(["core", "demo", "doors", "ready", "reasons", "store"]);
	expect(told.body).toMatchObject({ ready: true, demo: true, reasons: [], store: { open: true, full: true } });
	for (const door of ["http", "mqtt", "hj212"])
		expect(told.body.doors[door]).toMatchObject({ enabled: true, listening: true, fault: null });
	const page = await fetch(url);
	expect(await page.text()).toContain("瞭望");

	// The demo is driven: readings come through all three doors without anybody's help.
	await Promise.all([server.part("simulate"), server.part("cameras")]);
	const api = new Api(url);
	await until("every door has taken readings", async () => {
		const { doors: counts } = await api.get<{ doors: Record<string, { readings: number }> }>("/readyz");
		return ["http", "mqtt", "hj212"].every((door) => (counts[door]?.readings ?? 0) > 0);
	});

	const second = await failed({ folder: data });
	expect(second.code).toBe(1);
	expect(second.said).toContain("此数据目录已有一个瞭望在运行");
	expect(await api.get("/readyz")).toMatchObject({ ready: true });
});

test("S1 Ctrl-C ends everything, and the folder is what it was for life", async () => {
	const data = await folder();
	const server = await started({ folder: data, demo: false });
	const root = await setUp(server);
	expect((await root.get<{ demo: boolean }>("/readyz")).demo).toBe(false);
	expect((await new Api(server.url).ask("GET", "/api/assets")).status).toBe(401);
	const children = await server.children();
	expect(children).toHaveLength(2);
	// A terminal sends it to the whole group.
	for (const pid of [...children, server.pid]) process.kill(pid, "SIGINT");
	expect(await server.exited()).toBe(0);
	await gone(children);

	const other = await failed({ folder: data, demo: true });
	expect(other.code).toBe(1);
	expect(other.said).toContain("数据目录已是正式数据");

	const again = await started({ folder: data });
	expect((await new Api(again.url).get<{ demo: boolean }>("/readyz")).demo).toBe(false);
	// People are there: no code is printed any more.
	expect(again.welcome.join("\n")).not.toContain("设立管理员");
});

test("S1 everything wrong with the environment is told at once", async () => {
	const env = {
		PORT: "eighty",
		LIAOWANG_MQTT_PORT: "99999",
		LIAOWANG_HJ212_PROT: "9212",
		LIAOWANG_SL651_PORT: "9651",
		LIAOWANG_INGEST_KEY: "has a space",
		LIAOWANG_TLS_CERT: "/nowhere.pem",
	};
	const { code, said, lines } = await failed({ env });
	expect(code).toBe(1);
	expect(lines).toEqual([]);
	for (const name of Object.keys(env).filter((one) => one !== "LIAOWANG_TLS_CERT")) expect(said).toContain(`${name}: `);
	expect(said).toContain("LIAOWANG_HJ212_PORT？");
	// Half of a pair: the missing one is named.
	expect(said).toContain("LIAOWANG_TLS_KEY: ");
	expect(said.trim().split("\n")).toHaveLength(1 + Object.keys(env).length);
});

test("S1 no child outlives a supervisor that was killed, and the folder is free again", async () => {
	const data = await folder();
	const server = await started({ folder: data, demo: false });
	const children = await server.children();
	process.kill(server.pid, "SIGKILL");
	await gone([server.pid, ...children]);
	const again = await started({ folder: data });
	expect(await again.children()).toHaveLength(2);
});
