import { mkdtemp, rm, stat } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStage } from "../../../test/support/rehearsal.ts";
import { Programme } from "../scenarios/programme.ts";
import type { Stage } from "../scenarios/stage.ts";
import { openControl } from "./server.ts";

let now: number;
let stage: Stage;
let path: string;
let end: () => Promise<void>;

beforeEach(async () => {
	const folder = await mkdtemp(join(tmpdir(), "control-"));
	path = join(folder, "demo.sock");
	const opened = openStage("winter");
	stage = opened.stage;
	now = opened.startAt;
	const programme = new Programme(stage, { startAt: now, isFirstRun: true, isPlayed: true, seed: 1 });
	const director = { stage, programme, startedAt: now, season: () => "winter" as const, now: () => now };
	const server = await openControl(path, director);
	end = async () => {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
		await rm(folder, { recursive: true, force: true });
	};
});
afterEach(() => end());

async function ask(route: string, body?: unknown): Promise<{ status: number; body: any }> {
	const [method, at] = route.split(" ");
	return new Promise((resolve, reject) => {
		const line = request({ socketPath: path, method: method as string, path: at as string }, (answer) => {
			let text = "";
			answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
			answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
		});
		line.on("error", reject);
		line.end(body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body));
	});
}

test("the state tells season, speed, what can be played and what comes next; the socket is the owner's alone", async () => {
	const { status, body } = await ask("GET /");
	expect(status).toBe(200);
	expect(body).toMatchObject({ season: "winter", speed: 1, now, running: null });
	expect(body.next).toEqual({ id: "heat-burst", at: now + 100_000 });
	expect(body.scenarios.map(({ id }: { id: string }) => id)).toHaveLength(5);
	for (const { name, summary, steps } of body.scenarios) {
		expect([name.zh, name.en, summary.zh, summary.en].every(Boolean)).toBe(true);
		expect(steps.length).toBeGreaterThan(3);
	}
	expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("a start plays it: steps with their times, figures as sent, curves that grow", async () => {
	expect((await ask("POST /start", { scenario: "heat-burst" })).body.running).toMatchObject({
		id: "heat-burst",
		step: "burst",
	});
	now += 120_000;
	const { body } = await ask("GET /");
	const { running } = body;
	expect(running.elapsedMs).toBe(120_000);
	expect(running.step).toBe("cut");
	expect(running.steps.map(({ at }: { at: number | null }) => at !== null)).toEqual([
		true,
		true,
		true,
		false,
		false,
		false,
		false,
	]);
	const pressure = running.figures.find(({ id }: { id: string }) => id === "pressure");
	const lead = stage.running?.play.lead;
	expect(pressure.value).toBe(lead === undefined ? 0 : stage.sample(lead, now)?.values.pressure);
	expect(pressure.value).toBeLessThan(0.3);
	expect(pressure.curve).toHaveLength(Math.floor((120 / 720) * 72) + 1);
	expect(running.assets[0]).toBe(running.place.asset);
	expect(running.centre).toEqual([lead?.record.lon, lead?.record.lat]);
	// The next one waits until this is over.
	expect(body.next.at).toBeGreaterThan(running.startedAt + running.lengthMs - 60_000);
});

test("speed changes its clock without a leap; calm lets it fade in twenty seconds", async () => {
	await ask("POST /start", { scenario: "gas-leak" });
	now += 60_000;
	expect((await ask("POST /speed", { speed: 5 })).body).toMatchObject({ speed: 5, running: { elapsedMs: 60_000 } });
	now += 10_000;
	expect((await ask("GET /")).body.running.elapsedMs).toBe(110_000);
	const lead = stage.running?.play.lead;
	const high = lead === undefined ? 0 : (stage.sample(lead, now)?.values.methane ?? 0);
	expect((await ask("POST /calm")).body.running.calming).toBe(true);
	now += 10_000;
	const half = lead === undefined ? 0 : (stage.sample(lead, now)?.values.methane ?? 0);
	expect(half).toBeLessThan(high);
	now += 11_000;
	expect((await ask("GET /")).body.running).toBeNull();
});

test("what is wrong is said with its status and changes nothing", async () => {
	expect(await ask("POST /start", { scenario: "tsunami" })).toMatchObject({
		status: 404,
		body: { problem: "unknown-scenario" },
	});
	expect(await ask("POST /start", { scenario: "storm" })).toMatchObject({
		status: 409,
		body: { problem: "out-of-season" },
	});
	expect(await ask("POST /start", "{")).toMatchObject({ status: 400, body: { problem: "bad-body" } });
	expect(await ask("POST /start", "x".repeat(5_000))).toMatchObject({ status: 413 });
	expect(await ask("POST /speed", { speed: 0 })).toMatchObject({ status: 400 });
	expect(await ask("GET /elsewhere")).toMatchObject({ status: 404 });
	expect(stage.running).toBeNull();
});
