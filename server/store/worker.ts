// The store's worker thread: owns the writer, answers one call after the other, and knows when the disk has failed. After a
// failure every call is refused until `reopen` has opened and read everything again; core asks for that with back-off.
import { parentPort, workerData } from "node:worker_threads";
import type { AuditHead } from "#model/audit.ts";
import type { RecordKind } from "#model/register.ts";
import type { HashName } from "./audit_chain.ts";
import { buffersOf } from "./block.ts";
import type { Answer, Request } from "./calls.ts";
import { faultOf } from "./database.ts";
import type { CommitBatch, ReadingBlock } from "./store.ts";
import { cutLog } from "./wal.ts";
import { type LogMark, Writer } from "./writer.ts";

/** Told beside every answer. */
export interface WorkerState {
	readonly open: boolean;
	readonly synchronous: number;
	/** Why it is not open, or what is damaged while it is. */
	readonly fault: string | null;
	readonly journalReadings: number;
	readonly fileBytes: number;
	/** End of the audit chain; null while it is not known. */
	readonly audit: AuditHead | null;
}

const { folder, auditHash } = workerData as { folder: string; auditHash: HashName };
let writer: Writer | null = null;
let fault: string | null = "not opened yet";
/** Journal id of a commit that failed: its frames may lie in the log. */
let refused: number | null = null;
/** Where the logs are cut before the next open. */
let marks: readonly LogMark[] = [];
let fileBytes = 0;

/** Our own bug or a wrong batch: the store goes on. */
class Answered extends Error {}

function open(): Writer {
	if (writer !== null) return writer;
	let opened: Writer | null = null;
	try {
		for (const { file, bytes } of marks) if (bytes !== null) cutLog(file, bytes);
		opened = new Writer(folder, auditHash);
		if (refused !== null && opened.nextId > refused)
			throw new Error(`commit ${refused} was refused and is on the disk all the same: start again to read the truth`);
		refused = null;
		marks = [];
		writer = opened;
		fault = null;
		fileBytes = opened.fileBytes();
		return opened;
	} catch (error) {
		giveUp(opened, faultOf(error) ?? String(error));
		throw new Answered(fault ?? "");
	}
}

function giveUp(failed: Writer | null, why: string): void {
	writer = null;
	fault = why;
	try {
		failed?.close();
	} catch (error) {
		fault = `${why}; closing: ${String(error)}`;
	}
}

/** Runs `work` on the open writer; a failure of the disk closes it. */
function using<T>(work: (open: Writer) => T): T {
	if (writer === null) throw new Answered(fault ?? "the store is closed");
	try {
		return work(writer);
	} catch (error) {
		const why = faultOf(error);
		if (why !== null) {
			marks = writer.logMarks();
			giveUp(writer, why);
			throw new Answered(why);
		}
		throw error;
	}
}

function commit(packed: Uint8Array, batch: Omit<CommitBatch, "readings">): void {
	using((open) => {
		const id = open.nextId;
		try {
			open.commit(packed, batch);
		} catch (error) {
			if (faultOf(error) !== null) refused = id;
			throw error;
		}
	});
}

const methods: Readonly<Record<string, (...args: never[]) => unknown>> = {
	load: () => open().load(),
	reopen: () => {
		open();
	},
	commit,
	readings: (channels: Uint32Array, from: number) => using((open) => open.readings(channels, from)),
	answerOf: (commandId: string) => using((open) => open.records.answerOf(commandId)),
	lines: (subject: string, after: number, limit: number) => using((open) => open.records.lines(subject, after, limit)),
	archived: (kind: RecordKind, id: string) => using((open) => open.records.archived(kind, id)),
	keyFrame: (at: number, frame: ReadingBlock, severity: Uint8Array) =>
		using((open) => open.keyFrame(at, frame, severity)),
	maintain: (now: number) =>
		using((open) => {
			const more = open.maintain(now);
			fileBytes = open.fileBytes();
			return more;
		}),
	close: () => {
		giveUp(writer, "closed");
	},
};

function stateOf(): WorkerState {
	return {
		open: writer !== null,
		synchronous: writer?.synchronous ?? 0,
		fault: writer === null ? fault : writer.damageText(),
		journalReadings: writer?.journalReadings ?? 0,
		fileBytes,
		audit: writer?.records.auditHead ?? null,
	};
}

async function answer(request: Request): Promise<void> {
	const { id, method, args } = request;
	try {
		const call = methods[method];
		if (call === undefined) throw new Error(`the store has no method ${method}`);
		const value = await call(...(args as never[]));
		const reply: Answer = { id, ok: true, value, extra: stateOf() };
		parentPort?.postMessage(reply, transferOf(value));
		// What a start reads is hundreds of megabytes that this thread never looks at again, and an idle thread collects nothing.
		if (method === "load" || method === "readings") setImmediate(() => void globalThis.gc?.());
	} catch (error) {
		const failure: Answer = { id, ok: false, error, extra: stateOf() };
		parentPort?.postMessage(failure);
	}
}

function transferOf(value: unknown): ArrayBuffer[] {
	if (typeof value !== "object" || value === null) return [];
	if ("latest" in value) return buffersOf(value.latest as ReadingBlock);
	return "receivedAt" in value && value.receivedAt instanceof Float64Array ? buffersOf(value as ReadingBlock) : [];
}

let previous = Promise.resolve();
parentPort?.on("message", (request: Request) => {
	previous = previous.then(() => answer(request));
});
