// The recorder: what the pipeline, the alarms and the commands offer becomes one commit at a time. A batch is sent as soon as
// the last one returned; whoever offered is told when it is on the disk. While the store is down it refuses readings, keeps
// transitions (shown as unrecorded) up to a bound and offers them again, in order, until they are stored.
import type { Alarm, Change, Transition } from "#model/alarm.ts";
import type { AuditRecord } from "#model/audit.ts";
import type { CommitBatch, Edit, JudgedRecord, Store, StoredAnswer } from "../store/store.ts";
import { ReadingColumns } from "./reading_columns.ts";
import { folded, numbered, type PendingChange, rebased } from "./recorder_changes.ts";

/** Transitions kept while the store is down; beyond it the oldest of an alarm that has a newer one is folded away. */
export const UNRECORDED_MAX = 100_000;
/** Pause before a failed commit's transitions are offered again, ms. */
const RETRY_MS = 250;

interface Open {
	readonly readings: ReadingColumns;
	readonly audits: AuditRecord[];
	readonly edits: Edit[];
	readonly receipts: CommitBatch["receipts"][number][];
	/** Made when the transitions have their numbers. */
	readonly answers: ((seqOf: ReadonlyMap<PendingChange, number>) => CommitBatch["answers"][number])[];
	readonly waiting: { resolve(): void; reject(error: Error): void }[];
}

export class StoreDown extends Error {}

/** What a person did: changes of alarms, edits, audit records and the answer, in one commit. */
export interface Step {
	/** Key of the answer. */
	readonly key: string;
	readonly at: number;
	/** Written into the transitions. */
	readonly commandId: string | null;
	readonly changes: readonly { readonly change: Change; readonly before: Alarm }[];
	readonly edits: readonly Edit[];
	readonly audits: readonly AuditRecord[];
	/** @param seqs of the changes, in their order. */
	answer(seqs: readonly number[]): StoredAnswer;
}

export interface RecorderEvents {
	/** Recorded transitions in rising seq, or one unrecorded (seq null). */
	news(transitions: readonly Transition[]): void;
	/** A command was not stored: the alarm stands like this. */
	undone(alarm: Alarm): void;
	/** Channels of a batch that was not stored: a repeat of their reading is not a repeat. */
	failed(channels: Uint32Array): void;
	/** Channels of a batch that is on the disk. */
	stored(channels: Uint32Array): void;
}

export class Recorder {
	private readonly store: Store;
	private readonly events: RecorderEvents;
	private open = newOpen();
	private changes: PendingChange[] = [];
	private judged = new Map<string, JudgedRecord>();
	private inFlight: Promise<void> | null = null;
	private scheduled = false;
	private stopping = false;
	/** seq of the last committed transition. */
	lastSeq: number;

	constructor(store: Store, lastSeq: number, events: RecorderEvents) {
		this.store = store;
		this.lastSeq = lastSeq;
		this.events = events;
	}

	/** Transitions that wait for the store. */
	get unrecorded(): number {
		return this.changes.filter((pending) => pending.told).length;
	}

	/** Something is offered or under way. */
	get isBusy(): boolean {
		return this.inFlight !== null || this.hasMore();
	}

	reading(channel: number, at: number, count: number, quality: number, receivedAt: number): void {
		this.open.readings.push(channel, at, count, quality, receivedAt);
	}

	/** This very reading waits for the next commit. */
	holds(channel: number, at: number, count: number): boolean {
		return this.open.readings.holds(channel, at, count);
	}

	/** A transition of an alarm; numbered when it is committed. */
	change(change: Change): void {
		this.changes.push({ change, commandId: null, before: null, told: false });
		this.schedule();
	}

	judgedState(record: JudgedRecord): void {
		this.judged.set(`${record.channel}/${record.rule}`, record);
	}

	edit(edits: readonly Edit[], audits: readonly AuditRecord[]): Promise<void> {
		// Not push(...): an import of 100,000 assets is more arguments than a call may have.
		for (const edit of edits) this.open.edits.push(edit);
		for (const audit of audits) this.open.audits.push(audit);
		return this.settled();
	}

	receipt(receipt: CommitBatch["receipts"][number]): void {
		this.open.receipts.push(receipt);
		this.schedule();
	}

	/** Resolves with the answer when all of it is on the disk; rejects StoreDown when none of it is. */
	act(step: Step): Promise<StoredAnswer> {
		const { key, at, commandId } = step;
		const pending = step.changes.map(({ change, before }) => ({ change, commandId, before, told: false }));
		for (const one of pending) this.changes.push(one);
		for (const edit of step.edits) this.open.edits.push(edit);
		for (const audit of step.audits) this.open.audits.push(audit);
		let answer: StoredAnswer = { ok: true };
		this.open.answers.push((seqOf) => {
			answer = step.answer(pending.map((one) => seqOf.get(one) ?? 0));
			return { commandId: key, at, answer };
		});
		// Its own commit alone decides: what an earlier batch met says nothing about this one.
		return this.offered().then(() => answer);
	}

	/** Resolves when everything offered so far is on the disk; rejects StoreDown when it could not be. */
	settled(): Promise<void> {
		const own = this.offered();
		// What is in flight may hold what this caller repeats: both must stand.
		const flying = this.inFlight;
		return flying === null ? own : Promise.all([flying, own]).then(() => undefined);
	}

	/** Resolves when the batch that is open now is on the disk. */
	private offered(): Promise<void> {
		const own = new Promise<void>((resolve, reject) => this.open.waiting.push({ resolve, reject }));
		this.schedule();
		return own;
	}

	async stop(): Promise<void> {
		this.stopping = true;
		await this.inFlight?.catch(() => undefined);
		if (this.store.state().open) await this.settled().catch(() => undefined);
	}

	private schedule(): void {
		if (this.scheduled || this.inFlight !== null) return;
		this.scheduled = true;
		// One turn of the loop: everything that arrived in it shares one sync.
		setImmediate(() => {
			this.scheduled = false;
			if (this.inFlight === null) this.send();
		});
	}

	private send(): void {
		const open = this.open;
		const changes = this.changes;
		const judged = this.judged;
		if (!this.hasMore()) return;
		this.open = newOpen();
		this.changes = [];
		this.judged = new Map();
		let seq = this.lastSeq;
		const transitions = changes.map((pending) => numbered(pending, ++seq));
		const seqOf = new Map(changes.map((pending, i) => [pending, transitions[i]!.seq!]));
		const block = open.readings.take();
		const batch: CommitBatch = {
			readings: block,
			transitions,
			audits: open.audits,
			answers: open.answers.map((made) => made(seqOf)),
			judged: [...judged.values()],
			edits: open.edits,
			receipts: open.receipts,
		};
		const channels = open.readings.channels();
		const work = this.store.state().open ? this.commit(batch) : Promise.reject(new StoreDown("the store is closed"));
		this.inFlight = work.then(
			() => {
				this.lastSeq = seq;
				this.inFlight = null;
				this.events.stored(channels);
				if (transitions.length > 0) this.events.news(transitions);
				for (const waiter of open.waiting) waiter.resolve();
				if (this.hasMore()) this.schedule();
			},
			(error: unknown) => {
				this.inFlight = null;
				this.fail(open, changes, judged, channels, error);
				throw error;
			},
		);
		this.inFlight.catch(() => undefined);
	}

	/** A batch of nothing is only a question whether everything before it stands. */
	private commit(batch: CommitBatch): Promise<void> {
		const lists = [batch.transitions, batch.audits, batch.answers, batch.judged, batch.edits, batch.receipts];
		return batch.readings === null && lists.every((list) => list.length === 0)
			? Promise.resolve()
			: this.store.commit(batch);
	}

	/**
	 * Drops the commands of a failed batch, also out of the states that later changes were built on: those of the batch and
	 * those that were offered while it was under way. @returns what is kept of the batch.
	 */
	private undo(batch: readonly PendingChange[]): PendingChange[] {
		const stands = new Map<string, Alarm>();
		const kept: PendingChange[] = [];
		for (const pending of batch) {
			if (pending.before === null) {
				if (rebase(pending, stands)) kept.push(pending);
			} else if (!stands.has(pending.change.alarm.id)) stands.set(pending.change.alarm.id, pending.before);
		}
		this.changes = this.changes.filter((pending) => rebase(pending, stands));
		for (const alarm of stands.values()) this.events.undone(alarm);
		return kept;
	}

	private hasMore(): boolean {
		const { waiting, receipts, readings } = this.open;
		return waiting.length + this.changes.length + receipts.length + readings.length > 0;
	}

	/** Nothing of the batch was stored: devices are refused, transitions are kept and shown, commands are undone. */
	private fail(
		open: Open,
		changes: PendingChange[],
		judged: Map<string, JudgedRecord>,
		channels: Uint32Array,
		error: unknown,
	): void {
		this.events.failed(channels);
		for (const [key, record] of judged) if (!this.judged.has(key)) this.judged.set(key, record);
		const kept = this.undo(changes);
		this.changes = [...kept, ...this.changes];
		if (this.changes.length > UNRECORDED_MAX) this.changes = folded(this.changes);
		for (const pending of kept) {
			if (pending.told) continue;
			pending.told = true;
			this.events.news([
				{ ...pending.change, seq: null, commandId: null, alarm: { ...pending.change.alarm, seq: null } },
			]);
		}
		const reason = new StoreDown(error instanceof Error ? error.message : String(error));
		for (const waiter of open.waiting) waiter.reject(reason);
		if (this.stopping) return;
		const timer = setTimeout(() => {
			if (this.inFlight === null && this.hasMore()) this.send();
		}, RETRY_MS);
		timer.unref();
	}
}

/** @param stands by id: the state that what comes next follows from, where a command was dropped. @returns false: nothing is left of it. */
function rebase(pending: PendingChange, stands: Map<string, Alarm>): boolean {
	const { id } = pending.change.alarm;
	const source = stands.get(id);
	if (source === undefined) return true;
	// The end of a shelf that was never stored.
	if (pending.change.kind === "shelf-ended" && source.shelvedUntil === null) return false;
	pending.change = rebased(pending.change, source);
	if (pending.before !== null) pending.before = source;
	stands.set(id, pending.change.alarm);
	return true;
}

function newOpen(): Open {
	return { readings: new ReadingColumns(), audits: [], edits: [], receipts: [], answers: [], waiting: [] };
}
