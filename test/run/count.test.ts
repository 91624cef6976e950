// The counter of npm test is the last one to see a failure; these tests are about what it must not lose.
import { expect, test } from "vitest";
import { brokenFiles, countVitest, countWhole, hasLooseError, ranTogether, slowest, withSecond } from "./count.ts";

const file = (name: string, statuses: string[], status = "passed") => ({
	name,
	status,
	assertionResults: statuses.map((result, i) => ({ fullName: `t${i}`, status: result, failureMessages: ["because"] })),
});

test("H7 counts what passed and what failed", () => {
	const tally = countVitest({ testResults: [file("/a", ["passed", "failed", "passed"], "failed")] }, ["/a"]);
	expect(tally).toMatchObject({ passed: 2, failed: 1 });
	expect(tally.notes[0]).toContain("because");
});

test.each(["skipped", "pending", "todo", "disabled"])("H7 a test that is %s is a failure", (status) => {
	expect(countVitest({ testResults: [file("/a", ["passed", status])] }, ["/a"])).toMatchObject({
		passed: 1,
		failed: 1,
	});
});

test("H7 a file that broke before its first test is a failure", () => {
	const broken = { ...file("/a", [], "failed"), message: "cannot find module" };
	const tally = countVitest({ testResults: [broken] }, ["/a"]);
	expect(tally).toMatchObject({ passed: 0, failed: 1 });
	expect(tally.notes[0]).toContain("cannot find module");
});

test("H7 a file that failed after its tests had passed is a failure", () => {
	expect(countVitest({ testResults: [file("/a", ["passed"], "failed")] }, ["/a"])).toMatchObject({
		passed: 1,
		failed: 1,
	});
});

test("H7 a file without a test, and one that did not run, are failures", () => {
	expect(countVitest({ testResults: [file("/a", [])] }, ["/a", "/b"])).toMatchObject({ passed: 0, failed: 2 });
});

test("H7 a second run stands for the files that it ran, and for no other", () => {
	const first = { testResults: [file("/a", ["passed"]), file("/b", ["failed"], "failed"), file("/c", [], "failed")] };
	expect(brokenFiles(first)).toEqual(["/b", "/c"]);
	const second = { testResults: [file("/b", ["passed", "passed"])] };
	expect(countVitest(withSecond(first, second), ["/a", "/b", "/c"])).toMatchObject({ passed: 3, failed: 1 });
	const same = { testResults: [file("/b", ["failed"], "failed"), file("/c", ["passed"])] };
	expect(countVitest(withSecond(first, same), ["/a", "/b", "/c"])).toMatchObject({ passed: 2, failed: 1 });
});

test("H7 an error outside any test is seen in the output", () => {
	expect(hasLooseError("⎯⎯ Unhandled Errors ⎯⎯\nVitest caught 1 unhandled error during the test run.")).toBe(true);
	expect(hasLooseError("✓ an unhandled error of a page is told")).toBe(false);
});

test("H7 sums the steps", () => {
	expect(ranTogether([countWhole(true, ""), countWhole(false, "no"), { passed: 5, failed: 2, notes: [] }])).toEqual({
		passed: 6,
		failed: 3,
	});
});

test("H7 names the slowest files, longest first, and not those that are quick", () => {
	const took = (name: string, ms: number) => ({ ...file(name, ["passed"]), startTime: 1_000, endTime: 1_000 + ms });
	const report = {
		testResults: [took("/quick", 900), took("/slow", 30_000), took("/slower", 61_234), took("/b", 25_000)],
	};
	expect(slowest(report, 20_000, 2)).toEqual(["  61.2 s  /slower", "  30.0 s  /slow"]);
});
