// The director's line through web: who may use it, what it passes on, and what it says when the simulator is away.
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../server/clock.ts";
import { corePaths } from "../../server/config.ts";
import { openControl } from "../../server/simulate/control/server.ts";
import { Programme } from "../../server/simulate/scenarios/programme.ts";
import { Province, someAssets } from "../support/province.ts";
import { openStage } from "../support/rehearsal.ts";
import { openWeb, type TestWeb } from "../support/web.ts";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const end of endings.splice(0).toReversed()) await end();
});

async function web(options: Parameters<typeof openWeb>[0] = {}): Promise<TestWeb> {
	const opened = await openWeb(options);
	endings.push(() => opened.close());
	return opened;
}

async function simulator(folder: string): Promise<void> {
	const { stage, startAt } = openStage("winter");
	const programme = new Programme(stage, { startAt, isFirstRun: true, isPlayed: true, seed: 1 });
	const director = {
		stage,
		programme,
		startedAt: startAt,
		season: () => "winter" as const,
		now: () => startAt + 5_000,
	};
	const server = await openControl(corePaths(folder).control, director);
	endings.push(async () => {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});
}

test("the director asks, starts, hurries and calms through web", async () => {
	const { folder, get, send } = await web();
	await simulator(folder);
	expect((await get("/api/demo")).body).toMatchObject({ season: "winter", running: null });
	const started = await send("POST", "/api/demo/start", { scenario: "heat-burst" });
	expect(started).toMatchObject({ status: 200, body: { running: { id: "heat-burst" } } });
	expect((await send("POST", "/api/demo/speed", { speed: 5 })).body.speed).toBe(5);
	expect((await send("POST", "/api/demo/calm", {})).body.running.calming).toBe(true);
	expect(await send("POST", "/api/demo/start", { scenario: "storm" })).toMatchObject({
		status: 409,
		body: { problem: "out-of-season" },
	});
	expect(await send("POST", "/api/demo/speed", { speed: "fast" })).toMatchObject({ status: 400 });
});

test("without a simulator it is 503 that says so; it comes back by itself", async () => {
	const { folder, get, send } = await web();
	expect(await get("/api/demo")).toMatchObject({ status: 503, body: { problem: "simulator-away" } });
	expect(await send("POST", "/api/demo/calm", {})).toMatchObject({ status: 503 });
	await simulator(folder);
	expect((await get("/api/demo")).status).toBe(200);
});

test("S4 a folder of real data, a proxy, a foreign name and a foreign page find no director", async () => {
	const province = new Province({ clock: systemClock, assets: someAssets(3) });
	province.demo = false;
	const real = await web({ province });
	await simulator(real.folder);
	expect(await real.get("/api/demo")).toMatchObject({ status: 404, body: { problem: "not-found" } });
	expect(await real.send("POST", "/api/demo/start", { scenario: "heat-burst" })).toMatchObject({ status: 404 });
	const demo = await web();
	await simulator(demo.folder);
	expect(await demo.get("/api/demo", { "x-forwarded-for": "10.1.1.1" })).toMatchObject({ status: 404 });
	const foreign = { origin: "http://evil.example" };
	expect(await demo.send("POST", "/api/demo/calm", {}, foreign)).toMatchObject({ status: 403 });
});
