// The register over real HTTP and real sockets: an act by one person reaches every page that may see it, and is there after core was
// killed in the middle of work.
import { expect, test } from "vitest";
import type { RegisterBody } from "../../client/live/register.ts";
import { Screen } from "../support/screen.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { until } from "../support/until.ts";

async function signIn(url: string, demo: string): Promise<string> {
	const response = await fetch(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ demo }),
	});
	expect(response.status).toBe(200);
	return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

async function ask(server: TestServer, path: string, cookie: string, body?: unknown) {
	const response = await fetch(server.url + path, {
		method: body === undefined ? "GET" : "POST",
		headers: { cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return { status: response.status, body: (await response.json()) as any };
}

const names = (body: RegisterBody) => body.entries.map(({ id }) => id);

test("J2 an entry, its log line and its photo reach two followers and are there after kill -9 of core", async () => {
	const server = await startServer({ demo: true });
	try {
		const boss = await signIn(server.url, "administrator");
		const officer = await signIn(server.url, "duty");
		const screens = [new Screen(server.url, { cookie: boss }), new Screen(server.url, { cookie: officer })];
		for (const screen of screens) await screen.connected();
		const window = {
			name: "热源厂检修",
			reason: "换热器清洗",
			from: Date.now(),
			to: Date.now() + 3_600_000,
			weekly: null,
			districts: ["210102"],
			systems: ["heating"],
			assets: [],
		};
		const base = ((await ask(server, "/api/register", boss)).body as RegisterBody).revision;
		const made = await ask(server, "/api/acts/window.put", boss, { commandId: "integration-1", window });
		expect(made).toEqual({ status: 200, body: { ok: true, id: "w1" } });
		expect((await ask(server, "/api/acts/window.put", officer, { commandId: "integration-2", window })).status).toBe(
			403,
		);
		for (const screen of screens) {
			await until(
				"both are told",
				() => screen.page.notices.some((notice) => notice.type === "register" && notice.revision > base) || undefined,
			);
		}
		const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000_000, 7)]);
		const sent = await fetch(
			`${server.url}/api/photos?subject=window:w1&commandId=integration-3&note=%E9%98%80%E4%BA%95`,
			{
				method: "POST",
				headers: { cookie: officer, "content-type": "image/jpeg" },
				body: photo,
			},
		);
		expect(sent.status).toBe(200);
		const { id } = (await sent.json()) as { id: string };
		await server.kill("core");
		await until("core is back", async () => {
			const answer = await ask(server, "/api/register?kinds=window", officer);
			return (answer.status === 200 && names(answer.body).includes("w1")) || undefined;
		});
		await server.ready();
		for (const cookie of [boss, officer]) {
			const list = (await ask(server, "/api/register?kinds=window", cookie)).body as RegisterBody;
			expect(list).toMatchObject({ whole: true, entries: [{ id: "w1", by: expect.any(String) }] });
			// The photo wrote a line, which no entry follows.
			expect(list.revision).toBeGreaterThanOrEqual(base + 1);
			const log = (await ask(server, "/api/log?subject=window:w1", cookie)).body;
			expect(log.lines.map(({ kind }: { kind: string }) => kind)).toEqual(["made", "photo"]);
		}
		const back = await fetch(`${server.url}/api/photos/${id}`, { headers: { cookie: boss } });
		expect(back.headers.get("content-type")).toBe("image/jpeg");
		expect(Buffer.compare(Buffer.from(await back.arrayBuffer()), photo)).toBe(0);
		// The same command is the same act in the next life, too.
		const again = await ask(server, "/api/acts/window.put", boss, { commandId: "integration-1", window });
		expect(again).toEqual({ status: 200, body: { ok: true, id: "w1" } });
		const before = (await ask(server, "/api/register", boss)).body as RegisterBody;
		const ended = await ask(server, "/api/acts/window.end", boss, { commandId: "integration-4", id: "w1" });
		expect(ended.status).toBe(200);
		const since = `${before.epoch}.${before.revision}`;
		const changed = (await ask(server, `/api/register?kinds=window&since=${since}`, boss)).body as RegisterBody;
		expect(changed).toMatchObject({ whole: false, entries: [{ id: "w1" }] });
		for (const screen of screens) screen.close();
	} finally {
		await server.stop();
	}
}, 120_000);
