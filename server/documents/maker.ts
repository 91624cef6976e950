// Documents on demand: each is made in a thread of its own (worker.ts), two at a time, a few may wait. Used by the routes; holds no
// document and caches nothing: what is handed out was made from what was true when it was asked for.
import { Worker } from "node:worker_threads";
import type { OfficialDocument } from "#model/document.ts";
import { type Problem, problem } from "#model/problem.ts";

export const forms = ["docx", "pdf"] as const;
export type Form = (typeof forms)[number];

export const MEDIA_TYPES: Readonly<Record<Form, string>> = {
	docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	pdf: "application/pdf",
};

/** Threads at once: a document takes about half a second of one core, and the screens need the other. */
const AT_ONCE = 2;
/** Documents that wait for a thread; more are refused with "slow-down". */
const WAITING_MAX = 16;
/** A page is set in milliseconds; what takes this long hangs. */
const TIMEOUT_MS = 60_000;

export class DocumentMaker {
	private running = 0;
	private readonly waiting: (() => void)[] = [];

	/** The file's bytes. Rejects when the making itself broke, which is our own bug. */
	async make(document: OfficialDocument, form: Form): Promise<Buffer | Problem> {
		if (this.running >= AT_ONCE) {
			if (this.waiting.length >= WAITING_MAX)
				return problem("slow-down", "too many documents are being made; try again");
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.running += 1;
		try {
			return await inThread(document, form);
		} finally {
			this.running -= 1;
			this.waiting.shift()?.();
		}
	}
}

function inThread(document: OfficialDocument, form: Form): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { document, form } });
		const timer = setTimeout(() => {
			reject(new Error(`a ${form} was not made within ${TIMEOUT_MS} ms`));
			worker.terminate().catch(reject);
		}, TIMEOUT_MS);
		worker.once("message", (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
		worker.once("error", reject);
		worker.once("exit", (code) => {
			clearTimeout(timer);
			// After a message this changes nothing.
			reject(new Error(`the thread that makes a ${form} ended with ${code} and gave none`));
		});
	});
}
