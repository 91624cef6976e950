import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { WHOLE_PROVINCE } from "#model/rights.ts";
import { reachRoutes } from "./reach.ts";
import type { JsonRoute } from "./registry.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "liaowang-phrases-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(path: string, params: Record<string, string> = {}) {
	const core = { call: async () => ({ asked: true }) };
	const routes = reachRoutes({ core: core as never, policyFile: join(folder, "policy.json") });
	const route = routes.find((one): one is JsonRoute => one.path === path && one.type === "json");
	if (route === undefined) throw new Error(`no route ${path}`);
	const who = { user: "a", roles: ["duty"], scope: WHOLE_PROVINCE };
	return route.handle({ who, params } as never);
}

test("T-42 a recording in the data folder stands instead of the built-in one; nothing else of the folder is given out", async () => {
	expect(await ask("/api/reach/phrases")).toEqual({ body: { phrases: [] } });
	await mkdir(join(folder, "phrases"));
	await writeFile(join(folder, "phrases", "level-4.ogg"), "OggS own");
	await writeFile(join(folder, "phrases", "Notes of mine.ogg"), "x");
	await writeFile(join(folder, "phrases", "key.pem"), "x");
	await writeFile(join(folder, "liaowang.ogg"), "x");
	expect(await ask("/api/reach/phrases")).toEqual({ body: { phrases: ["level-4"] } });
	const own = await ask("/api/reach/phrases/:name", { name: "level-4" });
	expect(isProblem(own) ? own : [own.type, String(own.body)]).toEqual(["audio/ogg", "OggS own"]);
	for (const name of ["level-3", "../liaowang", "key", "Notes of mine", ""])
		expect(await ask("/api/reach/phrases/:name", { name }), name).toMatchObject({ problem: "not-found" });
	await writeFile(join(folder, "phrases", "ready.ogg"), Buffer.alloc(300_000));
	expect(await ask("/api/reach/phrases/:name", { name: "ready" })).toMatchObject({ problem: "too-large" });
});
