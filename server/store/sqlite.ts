// The store that core holds: a proxy over a worker thread with the one writable SQLite connection. It copies readings into one
// blob, hands it over, and keeps the state that everybody may ask for. After a failure it reopens with back-off.
// Nothing here waits on the disk.
import { Worker } from "node:worker_threads";
import type { Archived } from "#model/archive.ts";
import type { LogLine, RecordKind } from "#model/register.ts";
import type { Clock } from "../clock.ts";
import type { HashName } from "./audit_chain.ts";
import type { Backup } from "./backup.ts";
import { packBlock } from "./block.ts";
import { Calls } from "./calls.ts";
import type { CommitBatch, Loaded, ReadingBlock, Store, StoredAnswer, StoreState } from "./store.ts";
import type { WorkerState } from "./worker.ts";

/** First wait before reopening; doubles up to the second. */
const REOPEN_FIRST_MS = 250;
const REOPEN_MAX_MS = 5_000;

/** pino's form. */
export interface StoreLog {
	info(fields: object, text: string): void;
	warn(fields: object, text: string): void;
	error(fields: object, text: string): void;
}

export interface StoreOptions {
	/** Exists already; everything of the store lies in it. */
	readonly folder: string;
	readonly clock: Clock;
	readonly log?: StoreLog;
	/** Of the audit chain; SHA-256 when not said. */
	readonly auditHash?: HashName;
}

/** The store of a data folder. Nothing is opened before `load`. */
export function openStore(options: StoreOptions): Store {
	return new SqliteStore(options);
}

const QUIET = ["--disable-warning=ExperimentalWarning"];
const NOTHING = new Uint8Array(0);

class SqliteStore implements Store {
	private readonly options: StoreOptions;
	private readonly listeners = new Set<(state: StoreState) => void>();
	private current: StoreState;
	private calls: Calls;
	private worker: Worker;
	private loaded = false;
	private ended = false;
	private closing = false;
	private waitMs = REOPEN_FIRST_MS;
	private cancelReopen: (() => void) | null = null;

	constructor(options: StoreOptions) {
		this.options = options;
		this.current = {
			open: false,
			synchronous: 0,
			since: options.clock.now(),
			fault: "not opened yet",
			journalReadings: 0,
			fileBytes: 0,
			audit: null,
		};
		[this.worker, this.calls] = this.start();
	}

	async load(): Promise<Loaded> {
		this.revive();
		const loaded = await this.calls.call<Loaded>("load", []);
		this.loaded = true;
		return loaded;
	}

	async commit(batch: CommitBatch): Promise<void> {
		if (!this.current.open) throw new Error(`the store is not open: ${this.current.fault ?? "closed"}`);
		const { readings, ...rest } = batch;
		const packed = readings === null || readings.channel.length === 0 ? NOTHING.slice() : packBlock(readings);
		await this.calls.call("commit", [packed, rest], [packed.buffer]);
	}

	readings(channels: Uint32Array, from: number): Promise<ReadingBlock> {
		return this.calls.call("readings", [channels, from]);
	}

	answerOf(commandId: string): Promise<StoredAnswer | null> {
		return this.calls.call("answerOf", [commandId]);
	}

	lines(subject: string, after: number, limit: number): Promise<readonly LogLine[]> {
		return this.calls.call("lines", [subject, after, limit]);
	}

	archived(kind: RecordKind, id: string): Promise<Archived | null> {
		return this.calls.call("archived", [kind, id]);
	}

	keyFrame(at: number, frame: ReadingBlock, severity: Uint8Array): Promise<void> {
		return this.calls.call("keyFrame", [at, frame, severity]);
	}

	maintain(now: number): Promise<boolean> {
		return this.calls.call("maintain", [now]);
	}

	state(): StoreState {
		return this.current;
	}

	watch(listener: (state: StoreState) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	backup(file: string): Promise<{ readonly bytes: number; readonly readings: number }> {
		const { folder, clock } = this.options;
		const worker = new Worker(new URL("./backup_worker.ts", import.meta.url), {
			workerData: { folder, file, now: clock.now() },
			execArgv: QUIET,
		});
		return new Promise((resolve, reject) => {
			worker.once("message", ({ bytes, readings, damaged }: Backup) => {
				if (damaged.length > 0) this.options.log?.error({ damaged }, "the backup holds damaged bytes");
				resolve({ bytes, readings });
			});
			worker.once("error", reject);
			// After a message or an error this changes nothing.
			worker.once("exit", (code) => reject(new Error(`the backup's thread ended with code ${code}`)));
		});
	}

	async close(): Promise<void> {
		if (this.closing) return;
		this.closing = true;
		this.cancelReopen?.();
		try {
			if (!this.ended) await this.calls.call("close", []);
		} finally {
			await this.worker.terminate();
		}
	}

	private start(): [Worker, Calls] {
		const worker = new Worker(new URL("./worker.ts", import.meta.url), {
			workerData: { folder: this.options.folder, auditHash: this.options.auditHash ?? "sha256" },
			execArgv: QUIET,
		});
		const calls = new Calls(
			worker,
			(extra) => this.hear(extra as WorkerState),
			(error) => this.workerEnded(error),
		);
		return [worker, calls];
	}

	private hear(now: WorkerState): void {
		const before = this.current;
		const changed = before.open !== now.open || before.fault !== now.fault;
		this.current = { ...now, since: before.open === now.open ? before.since : this.options.clock.now() };
		if (changed) this.tell();
		if (!now.open && this.loaded && !this.closing && this.cancelReopen === null) this.reopenLater();
		if (now.open) this.waitMs = REOPEN_FIRST_MS;
	}

	private tell(): void {
		const { open, fault } = this.current;
		if (this.closing) this.options.log?.info({}, "store is closed");
		else if (!open) this.options.log?.error({ fault }, "store is down");
		else if (fault !== null) this.options.log?.error({ fault }, "store holds damaged bytes");
		else this.options.log?.info({}, "store is open");
		for (const listener of this.listeners) listener(this.current);
	}

	private reopenLater(): void {
		const wait = this.waitMs;
		this.waitMs = Math.min(wait * 2, REOPEN_MAX_MS);
		this.cancelReopen = this.options.clock.after(wait, () => {
			this.cancelReopen = null;
			this.revive();
			// What went wrong is in the state that came with the answer.
			this.calls
				.call("reopen", [])
				.catch((error: unknown) => this.options.log?.warn({ error }, "store cannot reopen yet"));
		});
	}

	/** Our own bug in the worker: calls are refused until the back-off, or a new `load`, starts another. */
	private workerEnded(error: Error): void {
		if (this.closing) return;
		this.ended = true;
		this.options.log?.error({ error }, "store worker ended");
		this.hear({ ...this.current, open: false, fault: `the store's worker ended: ${error.message}` });
	}

	private revive(): void {
		if (!this.ended) return;
		this.ended = false;
		[this.worker, this.calls] = this.start();
	}
}
