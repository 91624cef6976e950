// Turns what a tool reports into two numbers and the notes a person needs. Pure, so that it can be tested:
// a counter that loses a failure would make every other test worthless.

/** What one step found. `notes` are printed below its line. */
export type Tally = { passed: number; failed: number; notes: string[] };

/** The part of Vitest's JSON report that is read here. */
export type VitestReport = {
	testResults: {
		name: string;
		status: string;
		message?: string;
		/** Epoch ms. */
		startTime?: number;
		endTime?: number;
		assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
	}[];
};

/** At most this much of one failure is printed; the whole is one `vitest run <file>` away. */
const NOTE_LINES = 25;
const NOTES = 30;

/**
 * Counts a Vitest report. A test that was skipped, left as todo or never ran is a failure here, and so is a file
 * that broke before its first test, and a file that was expected but is missing from the report.
 */
export function countVitest(report: VitestReport, expectedFiles: string[]): Tally {
	const tally: Tally = { passed: 0, failed: 0, notes: [] };
	const fail = (title: string, detail = "") => {
		tally.failed++;
		if (tally.notes.length < NOTES) tally.notes.push(`✗ ${title}\n${firstLines(detail)}`.trimEnd());
	};
	for (const file of report.testResults) {
		for (const result of file.assertionResults) {
			if (result.status === "passed") tally.passed++;
			else if (result.status === "failed") fail(`${file.name}: ${result.fullName}`, result.failureMessages?.join("\n"));
			else fail(`${file.name}: ${result.fullName}`, `was not run (${result.status})`);
		}
		const alreadyTold = file.assertionResults.some((result) => result.status !== "passed");
		if (file.status !== "passed" && !alreadyTold) fail(file.name, file.message ?? "the file failed");
		else if (file.assertionResults.length === 0) fail(file.name, "holds no test");
	}
	const ran = new Set(report.testResults.map((file) => file.name));
	for (const file of expectedFiles) if (!ran.has(file)) fail(file, "did not run");
	return tally;
}

/** Files with anything that did not pass. */
export function brokenFiles(report: VitestReport): string[] {
	return report.testResults
		.filter((file) => file.status !== "passed" || file.assertionResults.some(({ status }) => status !== "passed"))
		.map(({ name }) => name);
}

/** An error outside any test: it stands in no file of the report, so no second run of a file can answer it. */
export function hasLooseError(output: string): boolean {
	return /Vitest caught \d+ unhandled error/.test(output);
}

/**
 * The first report with the files of the second one in place of their own. A file counts by its last run; a file that the
 * second run lost keeps its first result.
 */
export function withSecond(first: VitestReport, second: VitestReport): VitestReport {
	const again = new Map(second.testResults.map((file) => [file.name, file]));
	return { testResults: first.testResults.map((file) => again.get(file.name) ?? file) };
}

/** The files that took longest, a line each: where the minutes of a slow step go. */
export function slowest(report: VitestReport, atLeastMs: number, count: number): string[] {
	return report.testResults
		.map(({ name, startTime = 0, endTime = 0 }) => ({ name, ms: endTime - startTime }))
		.filter(({ ms }) => ms >= atLeastMs)
		.sort((a, b) => b.ms - a.ms)
		.slice(0, count)
		.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);
}

/** Sums the steps. */
export function ranTogether(tallies: Tally[]): { passed: number; failed: number } {
	let [passed, failed] = [0, 0];
	for (const tally of tallies) {
		passed += tally.passed;
		failed += tally.failed;
	}
	return { passed, failed };
}

/** One step that is right or wrong as a whole, such as a compiler. */
export function countWhole(ok: boolean, output: string): Tally {
	return ok ? { passed: 1, failed: 0, notes: [] } : { passed: 0, failed: 1, notes: [lastLines(output)] };
}

function firstLines(text: string): string {
	const lines = text.split("\n").filter((line) => !/^\s+at .*node_modules/.test(line));
	return [...lines.slice(0, NOTE_LINES), ...(lines.length > NOTE_LINES ? ["…"] : [])].join("\n");
}

function lastLines(text: string): string {
	return text.trimEnd().split("\n").slice(-60).join("\n");
}
