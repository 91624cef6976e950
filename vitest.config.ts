// The kinds of test, one project each. Read by test/run.ts (npm test) and by anybody who runs one file by hand.
// A unit test stands beside the code; what crosses parts stands in test/<kind>. Nothing here changes what a test proves.
import { defineConfig } from "vitest/config";

/** Kinds that start processes, ports or a browser: every file has servers, ports and folders of its own, and mostly waits. */
const HEAVY = { testTimeout: 120_000, hookTimeout: 120_000 };
/** A quarter of a minute, and busy all of it: two at once win nothing. */
const ALONE = { ...HEAVY, fileParallelism: false };

function kind(name: string, include: string[], options: object = {}) {
	return { extends: true, test: { name, include, ...options } } as const;
}

export default defineConfig({
	root: ".",
	test: {
		environment: "node",
		pool: "forks",
		maxWorkers: 2,
		testTimeout: 20_000,
		hookTimeout: 20_000,
		passWithNoTests: false,
		allowOnly: false,
		reporters: ["default"],
		projects: [
			kind("unit", ["{geodata,server,client}/**/*.test.{ts,tsx}"]),
			kind("build", ["test/build/**/*.test.ts", "test/support/**/*.test.ts", "test/run/**/*.test.ts"], {
				testTimeout: 120_000,
			}),
			kind("contract", ["test/contract/**/*.test.ts"], { testTimeout: 60_000 }),
			kind("integration", ["test/integration/**/*.test.ts"], HEAVY),
			kind("fault", ["test/fault/**/*.test.ts"], HEAVY),
			kind("fuzz", ["test/fuzz/**/*.test.ts"], ALONE),
			kind("browser", ["test/browser/**/*.test.ts"], HEAVY),
		],
	},
});
