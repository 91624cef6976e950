// Runs one step of npm test and says what it found. Starts the tool as its own process group, so that a tool that
// hangs is ended with everything it started and nothing else.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Tally, VitestReport } from "./count.ts";
import { brokenFiles, countVitest, countWhole, hasLooseError, slowest, withSecond } from "./count.ts";
import type { Project, Step } from "./steps.ts";
import { provideTools } from "./tools.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** After the exit, wait this long for the rest of the output; a process that left the group may hold the pipe. */
const PIPES_MS = 2000;
/** The long tiers of `npm run test:nightly` may take this many times as long. */
const PATIENCE = process.env.LIAOWANG_TEST_TIER === "nightly" ? 20 : 1;
/** Files that take longer are named below their step, the slowest first. */
const SLOW_FILE_MS = 20_000;
const SLOW_FILES = 12;
/** More broken files than this are no accident of a busy machine. */
const AGAIN_FILES = 2;
const running = new Set<ChildProcess>();

/** Ends what is running; for Ctrl-C. */
export function stopRunning(): void {
	for (const child of running) endGroup(child);
}

/** Never throws: whatever goes wrong is a failure of the step. */
export async function runStep(step: Step): Promise<Tally> {
	try {
		if (step.project) return await runVitest(step, step.project);
		const [file = "", ...args] = step.program ?? [];
		const done = await runNode(path.join("node_modules", file), args, step.limitMinutes);
		return countWhole(done.ok, done.output);
	} catch (error) {
		return { passed: 0, failed: 1, notes: [String(error)] };
	}
}

async function runVitest(step: Step, project: Project): Promise<Tally> {
	const files = await testFiles(project.files);
	if (files.length === 0) return { passed: 0, failed: 1, notes: [`no test file in ${project.files.join(", ")}`] };
	const tools = await provideTools(files);
	for (const note of tools.notes) console.log(note);
	const first = await vitestOnce(step, project.name, []);
	const { report, notes, done } = await runAgain(step, project, first);
	const tally =
		report === null ? countWhole(false, `vitest left no report\n${done.output}`) : countVitest(report, files);
	if (report !== null)
		notes.push(...slowest(report, SLOW_FILE_MS, SLOW_FILES).map((line) => line.replace(`${ROOT}/`, "")));
	// An error outside any test (an unhandled rejection) makes Vitest fail although every test passed.
	if (!done.ok && tally.failed === 0) {
		tally.failed++;
		notes.push(...countWhole(false, done.output).notes);
	}
	return {
		passed: tally.passed,
		failed: tally.failed + tools.missing.length,
		notes: [...tally.notes, ...notes, ...tools.missing],
	};
}

interface Run {
	readonly done: { readonly ok: boolean; readonly output: string };
	/** null: Vitest left none. */
	readonly report: VitestReport | null;
}

/** `files`: absolute paths; none for all of the project. */
async function vitestOnce(step: Step, project: string, files: readonly string[]): Promise<Run> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), "liaowang-test-"));
	try {
		const file = path.join(folder, "report.json");
		const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
		const args = ["run", ...files, "--project", project, ...reporters];
		const done = await runNode("node_modules/vitest/vitest.mjs", args, step.limitMinutes);
		const text = await fs.readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
			if (error.code !== "ENOENT") throw error;
			return null;
		});
		return { done, report: text === null ? null : (JSON.parse(text) as VitestReport) };
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

/**
 * Few files of a step that starts processes and browsers broke: each runs once more, alone. What failed at first is told
 * whatever comes of it (docs/decisions/0016).
 */
async function runAgain(step: Step, project: Project, first: Run): Promise<Run & { readonly notes: string[] }> {
	const broken = first.report === null ? [] : brokenFiles(first.report);
	const isFew = broken.length > 0 && broken.length <= AGAIN_FILES;
	if (first.report === null || !project.runsAgain || !isFew || hasLooseError(first.done.output))
		return { ...first, notes: [] };
	const before = countVitest({ testResults: first.report.testResults.filter(({ name }) => broken.includes(name)) }, []);
	const second = await vitestOnce(step, project.name, broken);
	if (second.report === null) return { ...first, notes: [`the second run left no report\n${second.done.output}`] };
	return {
		done: second.done,
		report: withSecond(first.report, second.report),
		notes: [`ran a second time: ${broken.length} of its files; the first run said`, ...before.notes],
	};
}

/** Absolute paths, as Vitest's report names them. */
async function testFiles(globs: string[]): Promise<string[]> {
	const files: string[] = [];
	for await (const name of fs.glob(globs, { cwd: ROOT })) files.push(path.join(ROOT, name));
	return files.sort();
}

function runNode(file: string, args: string[], limitMinutes: number): Promise<{ ok: boolean; output: string }> {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [file, ...args], {
			cwd: ROOT,
			detached: true,
			stdio: ["ignore", "pipe", "pipe"],
			env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
		});
		running.add(child);
		const chunks: Buffer[] = [];
		child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
		child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
		const limit = setTimeout(
			() => {
				chunks.push(Buffer.from(`\nended: longer than ${limitMinutes} minutes`));
				endGroup(child);
			},
			limitMinutes * PATIENCE * 60_000,
		);
		let ended = false;
		const finish = (ok: boolean) => {
			if (ended) return;
			ended = true;
			clearTimeout(limit);
			running.delete(child);
			resolve({ ok, output: Buffer.concat(chunks).toString("utf8") });
		};
		child.once("error", (error) => {
			chunks.push(Buffer.from(String(error)));
			finish(false);
		});
		child.once("exit", (code) => {
			endGroup(child); // what a test left behind must not slow the next step
			child.once("close", () => finish(code === 0));
			setTimeout(finish, PIPES_MS, code === 0);
		});
	});
}

function endGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, "SIGKILL");
	} catch (error) {
		// ESRCH: the whole group has ended by itself, as it should.
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}
