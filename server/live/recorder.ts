// The recorder: what the pipeline, the alarms and the commands offer becomes one commit at a time. A batch is sent as soon as
// the last one returned; whoever offered is told when it is on the disk. While the store is down it refuses readings, keeps
// transitions (shown as unrecorded) up to a bound and offers them again, in order, until they are stored.
import type { Alarm, Change, Transition } from "#model/alarm.ts";
import type { CommandAnswer } from "#model/protocol.ts";
import type { AuditRecord, CommitBatch, Edit, JudgedRecord, Store } from "../store/store.ts";
import { ReadingColumns } from "./reading_columns.ts";

/** Transitions kept while the store is down; beyond it the oldest of an alarm that has a newer one is folded away. */
export const UNRECORDED_MAX = 100_000;
/** Pause before a failed commit's transitions are offered again, ms. */
const RETRY_MS = 250;

interface PendingChange {
	change: Change;
	readonly commandId: string | null;
	/** The alarm before a command, so that a command that was not stored can be undone. */
	readonly before: Alarm | null;
	/** Told to the screens as unrecorded already. */
	told: boolean;
	/** Set when committed; the command waits for it. */
	done: ((seq: number) => void) | null;
}

interface Open {
	readonly readings: ReadingColumns;
	readonly audits: AuditRecord[];
	readonly edits: Edit[];
	readonly receipts: CommitBatch["receipts"][number][];
	readonly answers: {
		commandId: string;
		at: number;
		answer: (seq: number) => CommandAnswer;
		change: PendingChange | null;
	}[];
	readonly waiting: { resolve(): void; reject(error: Error): void }[];
}

export class StoreDown extends Error {}

export interface RecorderEvents {
	/** Recorded transitions in rising seq, or one unrecorded (seq null). */
	news(transitions: readonly Transition[]): void;
	/** A command was not stored: what people did to the alarm is as in `before` again. */
	undone(before: Alarm): void;
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
		this.changes.push({ change, commandId: null, before: null, told: false, done: null });
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

	/** A command's transition, its audit record and its answer, in one commit. Resolves with the seq; rejects StoreDown. */
	command(change: Change, before: Alarm, commandId: string, audit: AuditRecord): Promise<number> {
		let seq = 0;
		const done = (given: number) => {
			seq = given;
		};
		const pending: PendingChange = { change, commandId, before, told: false, done };
		this.changes.push(pending);
		this.open.audits.push(audit);
		this.open.answers.push({
			commandId,
			at: change.at,
			answer: (given) => ({ ok: true, seq: given }),
			change: pending,
		});
		return this.settled().then(() => seq);
	}

	/** Resolves when everything offered so far is on the disk; rejects StoreDown when it could not be. */
	settled(): Promise<void> {
		const own = new Promise<void>((resolve, reject) => this.open.waiting.push({ resolve, reject }));
		this.schedule();
		// What is in flight may hold what this caller repeats: both must stand.
		const flying = this.inFlight;
		return flying === null ? own : Promise.all([flying, own]).then(() => undefined);
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
			answers: open.answers.map(({ commandId, at, answer, change }) => ({
				commandId,
				at,
				answer: answer(change === null ? 0 : seqOf.get(change)!),
			})),
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
				for (const pending of changes) pending.done?.(seqOf.get(pending)!);
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

	/** Drops the commands of a failed batch, also out of the states that later conditions were built on. @returns what is kept. */
	private undo(changes: readonly PendingChange[]): PendingChange[] {
		const before = new Map<string, Alarm>();
		const kept: PendingChange[] = [];
		for (const pending of changes) {
			const id = pending.change.alarm.id;
			if (pending.before !== null) {
				if (!before.has(id)) before.set(id, pending.before);
				continue;
			}
			const source = before.get(id);
			if (source !== undefined)
				pending.change = { ...pending.change, alarm: withPeopleOf(pending.change.alarm, source) };
			kept.push(pending);
		}
		for (const alarm of before.values()) this.events.undone(alarm);
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

/** What people did to an alarm, taken from another state of it. */
export function withPeopleOf(alarm: Alarm, source: Alarm): Alarm {
	// A raise after the command asked for a new acknowledgement anyway.
	const same = alarm.occurrence === source.occurrence;
	return {
		...alarm,
		...(same
			? {
					acknowledged: source.acknowledged,
					acknowledgedBy: source.acknowledgedBy,
					acknowledgedAt: source.acknowledgedAt,
				}
			: {}),
		assignedTo: source.assignedTo,
		shelvedUntil: source.shelvedUntil,
		shelvedBy: source.shelvedBy,
		outOfService: source.outOfService,
	};
}

function numbered(pending: PendingChange, seq: number): Transition {
	const alarm: Alarm = { ...pending.change.alarm, seq };
	return { ...pending.change, alarm, seq, commandId: pending.commandId };
}

/** At the bound: of each alarm only its newest kept transition stays. What is true now is kept, steps between are not. */
function folded(changes: readonly PendingChange[]): PendingChange[] {
	const newest = new Map<string, PendingChange>();
	for (const pending of changes) {
		newest.delete(pending.change.alarm.id);
		newest.set(pending.change.alarm.id, pending);
	}
	return [...newest.values()];
}

function newOpen(): Open {
	return { readings: new ReadingColumns(), audits: [], edits: [], receipts: [], answers: [], waiting: [] };
}
