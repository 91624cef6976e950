// Every wall of the layout and every rule of the house is crossed once, in a copy of nothing but the lint settings,
// and must be refused; what a folder may import is imported once and must pass. A rule that was switched off by
// mistake, or an override that replaced another one, is seen here and not a year later.
import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const BIOME = path.join(ROOT, "node_modules/@biomejs/biome/bin/biome");
const IMPORT = "lint/style/noRestrictedImports";

/** Who may not import what: [importing file, imported module]. One row per reason of the table in CONTRIBUTING.md. */
const REFUSED: [file: string, imported: string][] = [
	["geodata/model/x.ts", "node:fs"],
	["geodata/model/x.ts", "../systems/gas.ts"],
	["geodata/model/x.ts", "#systems/gas.ts"],
	["geodata/model/x.ts", "../../server/config.ts"],
	["geodata/model/x.ts", "@turf/turf"],
	["geodata/systems/x.ts", "../network/graph.ts"],
	["geodata/systems/x.ts", "node:path"],
	["geodata/systems/x.ts", "express"],
	["geodata/network/x.ts", "../systems/gas.ts"],
	["geodata/network/x.ts", "#systems/gas.ts"],
	["geodata/network/x.ts", "@turf/turf"],
	["geodata/build/x.ts", "../../server/config.ts"],
	["server/x.ts", "../client/live/latest.ts"],
	["server/x.ts", "react"],
	["server/ingest/x.ts", "../store/store.ts"],
	["server/ingest/x.ts", "../bus/bus.ts"],
	["server/ingest/x.ts", "../live/pipeline.ts"],
	["server/ingest/x.ts", "../wire/session.ts"],
	["server/ingest/x.ts", "../http/assets.ts"],
	["server/ingest/x.ts", "#systems/gas.ts"],
	["server/ingest/x.ts", "node:sqlite"],
	["server/ingest/hj212/x.ts", "../../store/store.ts"],
	["server/ingest/hj212/x.ts", "../../live/pipeline.ts"],
	["server/store/x.ts", "../ingest/http.ts"],
	["server/store/x.ts", "../bus/bus.ts"],
	["server/store/x.ts", "../live/alarms.ts"],
	["server/store/x.ts", "../wire/pace.ts"],
	["server/store/x.ts", "../http/alarms.ts"],
	["server/store/x.ts", "express"],
	["server/bus/x.ts", "../store/store.ts"],
	["server/bus/x.ts", "../live/pipeline.ts"],
	["server/bus/x.ts", "../ingest/mqtt.ts"],
	["server/bus/x.ts", "node:sqlite"],
	["server/reach/x.ts", "../http/alarms.ts"],
	["server/reach/x.ts", "../store/sqlite.ts"],
	["server/reach/x.ts", "express"],
	["server/documents/x.ts", "../live/heart.ts"],
	["server/documents/x.ts", "../store/store.ts"],
	["server/documents/x.ts", "react"],
	["server/live/x.ts", "express"],
	["server/live/x.ts", "socket.io"],
	["server/live/x.ts", "node:sqlite"],
	["server/live/x.ts", "node:http"],
	["server/live/x.ts", "../store/sqlite.ts"],
	["server/live/x.ts", "../store/worker.ts"],
	["server/live/x.ts", "../bus/ipc.ts"],
	["server/live/x.ts", "../auth/who.ts"],
	["server/live/x.ts", "../ingest/hj212.ts"],
	["server/live/x.ts", "../wire/server.ts"],
	["server/live/x.ts", "../http/alarms.ts"],
	["server/wire/x.ts", "../ingest/http.ts"],
	["server/wire/x.ts", "../store/sqlite.ts"],
	["server/wire/x.ts", "../store/database.ts"],
	["server/wire/x.ts", "../bus/ipc.ts"],
	["server/wire/x.ts", "node:sqlite"],
	["server/wire/x.ts", "mqtt"],
	["server/http/x.ts", "../ingest/hj212.ts"],
	["server/http/x.ts", "../store/sqlite.ts"],
	["server/http/x.ts", "../store/reader.ts"],
	["server/http/x.ts", "../wire/session.ts"],
	["server/http/x.ts", "node:sqlite"],
	["server/http/x.ts", "aedes"],
	["server/auth/x.ts", "../http/session.ts"],
	["server/auth/x.ts", "../store/sqlite.ts"],
	["server/past/x.ts", "../ingest/http.ts"],
	["server/past/x.ts", "../bus/bus.ts"],
	["server/past/x.ts", "../http/river.ts"],
	["server/past/x.ts", "../simulate/fleet.ts"],
	["server/past/x.ts", "../simulate/crew.ts"],
	["server/past/x.ts", "socket.io"],
	["server/simulate/x.ts", "../config.ts"],
	["server/simulate/x.ts", "../past/make.ts"],
	["server/simulate/x.ts", "../ingest/hj212.ts"],
	["server/simulate/x.ts", "../store/store.ts"],
	["server/simulate/devices/x.ts", "../../config.ts"],
	["server/simulate/devices/x.ts", "../../ingest/hj212/frame.ts"],
	["server/simulate/x.ts", "aedes"],
	["client/x.ts", "../server/config.ts"],
	["client/x.ts", "node:fs"],
	["client/live/x.ts", "react"],
	["client/live/x.ts", "react-dom/client"],
	["client/live/x.ts", "maplibre-gl"],
	["client/live/x.ts", "@deck.gl/core"],
	["client/live/x.ts", "../map/map.ts"],
	["client/live/x.ts", "../ui/parts/Badge.tsx"],
	["client/live/x.ts", "../../server/wire/pace.ts"],
	["client/map/x.ts", "react"],
	["client/map/layers/x.ts", "react"],
	["client/map/layers/x.ts", "../../ui/duty/Desk.tsx"],
	["client/map/x.ts", "../ui/duty/Desk.tsx"],
	["client/map/layers/x.ts", "../../scene/scene.ts"],
	["client/map/x.ts", "antd"],
	["client/map/x.ts", "socket.io-client"],
	["client/scene/x.ts", "../map/map.ts"],
	["client/ui/duty/X.tsx", "socket.io-client"],
	["client/ui/duty/X.tsx", "@deck.gl/layers"],
	["client/ui/duty/X.tsx", "deck.gl"],
	["client/ui/duty/X.tsx", "maplibre-gl"],
	["client/ui/duty/X.tsx", "../../map/map.ts"],
	["client/ui/duty/X.tsx", "../../../server/config.ts"],
	["client/ui/parts/MapView.tsx", "@deck.gl/core"],
	["client/ui/parts/MapView.tsx", "socket.io-client"],
];

/** What the same folders may import. Without these rows a wall that refuses everything would look perfect. */
const ALLOWED: [file: string, imported: string][] = [
	["geodata/model/x.ts", "zod"],
	["geodata/model/x.ts", "./latest.ts"],
	["geodata/model/x.test.ts", "vitest"],
	["geodata/systems/x.ts", "#model/measure.ts"],
	["geodata/network/x.ts", "../model/ids.ts"],
	["geodata/build/x.ts", "node:fs"],
	["server/ingest/x.ts", "node:net"],
	["server/ingest/x.ts", "aedes"],
	["server/ingest/x.ts", "#model/reading.ts"],
	["server/store/x.ts", "node:sqlite"],
	["server/bus/x.ts", "node:net"],
	["server/live/x.ts", "../store/store.ts"],
	["server/live/x.ts", "../bus/bus.ts"],
	["server/live/x.ts", "#model/latest.ts"],
	["server/wire/x.ts", "socket.io"],
	["server/wire/x.ts", "../live/pipeline.ts"],
	["server/wire/x.ts", "../auth/who.ts"],
	["server/wire/x.ts", "../bus/mirror.ts"],
	["server/wire/x.ts", "../store/store.ts"],
	["server/http/x.ts", "express"],
	["server/http/x.ts", "../store/store.ts"],
	["server/http/x.ts", "../live/commands.ts"],
	["server/reach/x.ts", "../live/reach.ts"],
	["server/reach/x.ts", "../store/store.ts"],
	["server/documents/x.ts", "docx"],
	["server/past/x.ts", "../live/judge.ts"],
	["server/past/x.ts", "../store/sqlite.ts"],
	["server/past/x.ts", "../simulate/plan.ts"],
	["server/past/x.ts", "../simulate/scenarios/stage.ts"],
	["server/past/x.ts", "../simulate/world/world.ts"],
	["server/simulate/x.ts", "mqtt"],
	["server/simulate/x.ts", "#model/ids.ts"],
	["server/simulate/devices/x.ts", "../rhythm.ts"],
	["server/ingest/hj212/x.ts", "../door.ts"],
	["client/live/x.ts", "socket.io-client"],
	["client/live/x.ts", "#model/delta.ts"],
	["client/map/layers/x.ts", "@deck.gl/layers"],
	["client/map/layers/x.ts", "../../live/latest.ts"],
	["client/ui/duty/X.tsx", "react"],
	["client/ui/duty/X.tsx", "../../live/alarms.ts"],
	["client/ui/parts/MapView.tsx", "../../map/map.ts"],
];

const lines = (count: number) => Array.from({ length: count }, (_, i) => `\tglobalThis.name = "${i}";`).join("\n");
const SWITCH = `type Door = "http" | "mqtt";
export function f(door: Door): number {
	switch (door) {
		case "http":
			return 1;
	}
	return 0;
}
`;

/** A rule of the house, a file that breaks it, and the diagnostic that must appear. */
const BROKEN: [what: string, file: string, source: string, rule: string][] = [
	["an import cycle", "server/ring/one.ts", 'export { b as a } from "./two.ts";\n', "lint/suspicious/noImportCycles"],
	[
		"an import cycle of types",
		"server/ring/three.ts",
		'import type { B } from "./four.ts";\nexport type A = { b: B };\n',
		"lint/suspicious/noImportCycles",
	],
	["a barrel file", "server/live/barrel/index.ts", 'export * from "../x.ts";\n', "lint/performance/noBarrelFile"],
	["any", "server/rule/any.ts", "export const a: any = 1;\n", "lint/suspicious/noExplicitAny"],
	[
		"a file over 300 lines",
		"server/rule/long_file.ts",
		`${lines(301)}\nexport const a = 1;\n`,
		"lint/style/noExcessiveLinesPerFile",
	],
	[
		"a function over 60 lines",
		"server/rule/long_function.ts",
		`export function f(): void {\n${lines(61)}\n}\n`,
		"lint/complexity/noExcessiveLinesPerFunction",
	],
	[
		"a floating promise",
		"server/rule/floating.ts",
		"async function save(): Promise<number> {\n\treturn 1;\n}\nexport function f(): void {\n\tsave();\n}\n",
		"lint/nursery/noFloatingPromises",
	],
	[
		"a promise where a truth value is asked",
		"server/rule/misused.ts",
		"async function open(): Promise<boolean> {\n\treturn true;\n}\nexport const a = open() ? 1 : 2;\n",
		"lint/nursery/noMisusedPromises",
	],
	["a switch with a hole", "server/rule/hole.ts", SWITCH, "lint/nursery/useExhaustiveSwitchCases"],
	["== ", "server/rule/equals.ts", "export const f = (a: unknown) => a == 1;\n", "lint/suspicious/noDoubleEquals"],
	["console in the server", "server/rule/talk.ts", "console.log(1);\n", "lint/suspicious/noConsole"],
	["console in the model", "geodata/model/talk.ts", "console.log(1);\n", "lint/suspicious/noConsole"],
	[
		"a clock in the model",
		"geodata/model/clock.ts",
		"export const now = Date.now();\n",
		"lint/nursery/noJsRestrictedProperties",
	],
	["a timer in the model", "geodata/model/timer.ts", "setTimeout(() => 1, 1);\n", "lint/style/noRestrictedGlobals"],
	[
		"a swallowed error",
		"server/rule/swallow.ts",
		"try {\n\tJSON.parse('');\n} catch {}\n",
		"lint/suspicious/noEmptyBlockStatements",
	],
	["a default export", "server/rule/fallback.ts", "export default 1;\n", "lint/style/noDefaultExport"],
	["a file name in camels", "server/rule/camelName.ts", "export const a = 1;\n", "lint/style/useFilenamingConvention"],
	[
		"an import without its extension",
		"server/rule/bare.ts",
		'import { a } from "./any";\nexport const b = a;\n',
		"lint/correctness/useImportExtensions",
	],
	[
		"the environment read anywhere",
		"server/rule/env.ts",
		"export const a = process.env.PORT;\n",
		"lint/style/noProcessEnv",
	],
	[
		"a skipped test",
		"test/unit/skip.test.ts",
		'import { test } from "vitest";\ntest.skip("a", () => {});\n',
		"lint/suspicious/noSkippedTests",
	],
];

/** Files that the broken ones need, clean by themselves. */
const SUPPORT: [file: string, source: string][] = [
	["server/ring/two.ts", 'import { a } from "./one.ts";\nexport const b = a;\n'],
	["server/ring/four.ts", 'import type { A } from "./three.ts";\nexport type B = { a: A };\n'],
];

/** Each row gets its own file name, so that one run of Biome answers for all of them. */
const numbered = (file: string, index: number) => file.replace(/\bx\./, `x${index}.`).replace(/\bX\./, `X${index}.`);
const row = (file: string, index: number) =>
	file.endsWith("MapView.tsx") ? file.replace("/parts/", `/parts${index}/`) : numbered(file, index);
const importing = (imported: string, index: number) =>
	`import * as m from "${imported}";\nexport const X${index} = m;\n`;

let folder = "";
/** file -> the categories that Biome found in it */
const found = new Map<string, Set<string>>();

beforeAll(async () => {
	folder = await fs.mkdtemp(path.join(os.tmpdir(), "walls-"));
	for (const name of [".biome.json", ".gitignore", "package.json"])
		await fs.copyFile(path.join(ROOT, name), path.join(folder, name));
	const files: [string, string][] = [
		...REFUSED.map(([file, what], i): [string, string] => [row(file, i), importing(what, i)]),
		...ALLOWED.map(([file, what], i): [string, string] => [row(file, 1000 + i), importing(what, 1000 + i)]),
		...BROKEN.map(([, file, source]): [string, string] => [file, source]),
		...SUPPORT,
	];
	for (const [file, source] of files) {
		await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true });
		await fs.writeFile(path.join(folder, file), source);
	}
	const report = await lint(folder);
	for (const { category, location } of report.diagnostics) {
		const name = typeof location.path === "string" ? location.path : location.path.file;
		const file = path.relative(folder, path.resolve(folder, name));
		found.set(file, (found.get(file) ?? new Set()).add(category));
	}
});

afterAll(() => fs.rm(folder, { recursive: true, force: true }));

type Report = { diagnostics: { category: string; location: { path: string | { file: string } } }[] };

function lint(cwd: string): Promise<Report> {
	return new Promise((resolve, reject) => {
		const args = [BIOME, "lint", "--reporter=json", "--max-diagnostics=none", "."];
		execFile(process.execPath, args, { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
			// Biome exits 1 when it found something, which is what this test wants.
			if (stdout.startsWith("{")) resolve(JSON.parse(stdout));
			else reject(new Error(`biome gave no report: ${error?.message}\n${stderr}`));
		});
	});
}

describe("a folder may not import", () => {
	test.each(REFUSED.map(([file, what], i) => ({ file, what, i })))("H1 $file: $what", ({ file, i }) => {
		expect([...(found.get(row(file, i)) ?? [])]).toContain(IMPORT);
	});
});

describe("a folder may import", () => {
	test.each(ALLOWED.map(([file, what], i) => ({ file, what, i })))("H1 $file: $what", ({ file, i }) => {
		expect([...(found.get(row(file, 1000 + i)) ?? [])]).not.toContain(IMPORT);
	});
});

describe("the house refuses", () => {
	test.each(BROKEN.map(([what, file, , rule]) => ({ what, file, rule })))("H2 $what", ({ file, rule }) => {
		expect([...(found.get(file) ?? [])]).toContain(rule);
	});
});
