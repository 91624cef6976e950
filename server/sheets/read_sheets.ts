// A sheet that somebody hands in, as text cells. Called by http/ for every import; the work is done in a thread with bounds on
// memory and time. Never throws for a bad file: that is an answer.
import { Worker } from "node:worker_threads";
import { type Problem, problem } from "#model/problem.ts";
import type { ZipLimits } from "./zip_guard.ts";

export interface Sheet {
	readonly name: string;
	/** As written, trimmed; numbers as their digits, dates as YYYY-MM-DD, nothing as "". */
	readonly rows: readonly (readonly string[])[];
}

/** Bytes of a file that is taken at all. */
export const SHEET_BYTES_MAX = 8 * 1024 * 1024;
const LIMITS: ZipLimits = { parts: 200, bytes: 64 * 1024 * 1024, ratio: 100 };
const CELLS_MAX = 1_000_000;
const TIME_MS = 30_000;
const MEMORY_MB = 384;

export async function readSheets(bytes: Uint8Array): Promise<readonly Sheet[] | Problem> {
	if (bytes.byteLength > SHEET_BYTES_MAX) return problem("too-large", "a sheet of at most 8 MB");
	const worker = new Worker(new URL("./sheet_worker.ts", import.meta.url), {
		workerData: { bytes, limits: LIMITS, cells: CELLS_MAX },
		resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
	});
	try {
		return await answerOf(worker);
	} finally {
		await worker.terminate();
	}
}

function answerOf(worker: Worker): Promise<readonly Sheet[] | Problem> {
	return new Promise((resolve) => {
		const late = setTimeout(() => resolve(problem("too-large", "the file takes too long to read")), TIME_MS);
		const done = (answer: readonly Sheet[] | Problem): void => {
			clearTimeout(late);
			resolve(answer);
		};
		worker.once("message", (answer: readonly Sheet[] | Problem) => done(answer));
		worker.once("error", (fault: Error) =>
			done(problem("not-a-sheet", `the file could not be read: ${fault.message}`)),
		);
		worker.once("exit", () => done(problem("not-a-sheet", "the file could not be read")));
	});
}
