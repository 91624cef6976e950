// Web's copy of what core knows: the table, the catalogue, the open alarms and core's state, kept by following the bus.
// wire/ and http/ read it; nothing but core's messages writes it. It takes core's epoch and revisions as they are, so a
// restart of web voids no cursor.
import type { Alarm, Transition } from "#model/alarm.ts";
import { isOpen } from "#model/alarm.ts";
import { CELL_STEP } from "#model/cells.ts";
import { SliceKind } from "#model/delta.ts";
import { applyDelta, readHeader } from "#model/delta_read.ts";
import { Latest } from "#model/latest.ts";
import { ByteReader } from "#model/varint.ts";
import type { Clock } from "../clock.ts";
import type { CatalogueNews, CoreLink, CoreMessage, CoreState, RegisterNews } from "./bus.ts";
import { CatalogueView } from "./catalogue_view.ts";
import { RegisterView } from "./register_view.ts";

/** Core speaks every second; silent for this long it counts as lost, connected or not. Pages veil 2 s later: 6 s in all. */
export const SILENCE_MS = 3_000;

/** One delta of core, applied. */
export interface Tick {
	readonly from: number;
	readonly to: number;
	/** Epoch ms that times are counted back from in this tick's slices. */
	readonly base: number;
	/** Ids of the cells that changed, rising. */
	readonly dirty: readonly number[];
}

export interface MirrorListener {
	tick?(tick: Tick): void;
	/** The table belongs to another life of core: every cursor is void. */
	epoch?(epoch: number): void;
	catalogue?(revision: number): void;
	/** Recorded transitions, rising, or unrecorded ones (seq null). */
	news?(transitions: readonly Transition[]): void;
	/** Core tests the chain. */
	selfTest?(n: number): void;
	/** The open list was replaced: core was away. */
	alarms?(): void;
	/** An act changed entries (the revision grew) or wrote lines (null: any log may have grown), or the whole register came anew. */
	register?(revision: number, lines: RegisterNews["lines"]): void;
	link?(state: "live" | "lost", since: number): void;
}

export class Mirror {
	latest = new Latest(0);
	readonly catalogue = new CatalogueView();
	readonly register = new RegisterView();
	/** Open alarms by id, unrecorded ones included. */
	readonly alarms = new Map<string, Alarm>();
	/** Alarms whose last transition core could not record yet, finished ones included: the log does not tell of it. */
	private readonly unrecorded = new Set<string>();
	/** Every transition up to here is in `alarms` and was told to the listeners. */
	alarmSeq = 0;
	state: CoreState | null = null;
	/** Base of the newest tick. */
	base = 0;
	/** Counts cells that came, were filled anew or changed their number of rows: whoever follows such a cell needs it whole. */
	shapes = 0;
	/** Per cell: `shapes` when it last happened, and the revision at which it did. */
	shape = new Float64Array(64);
	shapedAt = new Float64Array(64);
	link: "live" | "lost" = "lost";
	linkSince: number;
	/** The table is one that core has sent whole; false only between the catalogue of a new life and its first delta. */
	private filled = false;
	/** Filled since the link was last made. */
	private hasTable = false;
	private hasAlarms = false;
	private connected = false;
	private heardAt = 0;
	private readonly clock: Clock;
	private readonly listeners = new Set<MirrorListener>();
	private readonly readyWaiters: (() => void)[] = [];
	private readonly stopWatch: () => void;

	constructor(link: CoreLink, clock: Clock) {
		this.clock = clock;
		this.linkSince = clock.now();
		this.stopWatch = clock.every(1_000, () => this.watch());
		link.follow({
			message: (message) => this.take(message),
			link: (state) => {
				this.connected = state === "live";
				this.hasTable &&= this.connected;
				if (!this.connected) this.setLink("lost");
			},
		});
	}

	/** Table, catalogue and alarms were here at least once; they may be old while `link` is lost. */
	get ready(): boolean {
		return this.filled && this.hasAlarms;
	}

	/** Whether anything stands, or stood and ended, that the log does not hold. */
	get hasUnrecorded(): boolean {
		return this.unrecorded.size > 0 || (this.state?.unrecorded ?? 0) > 0;
	}

	get demo(): boolean {
		return this.state?.demo ?? false;
	}

	whenReady(): Promise<void> {
		if (this.ready) return Promise.resolve();
		return new Promise((resolve) => this.readyWaiters.push(resolve));
	}

	/** @returns a function that ends it. */
	listen(listener: MirrorListener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	close(): void {
		this.stopWatch();
		this.listeners.clear();
	}

	private take(message: CoreMessage): void {
		this.heardAt = this.clock.now();
		switch (message.type) {
			case "catalogue":
				this.takeCatalogue(message);
				break;
			case "delta":
				this.takeDelta(message.bytes);
				break;
			case "alarms":
				this.takeAlarms(message.seq, message.alarms);
				break;
			case "news":
				this.takeNews(message.transitions);
				break;
			case "register":
				this.register.take(message);
				for (const listener of this.listeners) listener.register?.(message.revision, message.lines);
				break;
			case "self-test":
				for (const listener of this.listeners) listener.selfTest?.(message.n);
				break;
			case "state":
				this.state = message;
				break;
		}
		if (this.connected && this.hasTable && this.hasAlarms) this.setLink("live");
		if (this.ready) for (const resolve of this.readyWaiters.splice(0)) resolve();
	}

	private takeCatalogue(news: CatalogueNews): void {
		const otherLife = news.epoch !== this.latest.epoch;
		if (otherLife) {
			this.latest = new Latest(news.epoch);
			this.shape.fill(0);
			this.shapedAt.fill(0);
			this.filled = false;
			this.hasTable = false;
			this.hasAlarms = false;
		}
		this.takeCells(news);
		this.catalogue.take(news);
		for (const listener of this.listeners) listener.catalogue?.(news.revision);
	}

	/** Cells keep core's ids and order. A cell whose rows changed in number is sent whole to whoever follows it. */
	private takeCells(news: CatalogueNews): void {
		const cells = this.latest.cells;
		for (const [id, view] of news.cells.entries()) {
			const known = cells.cells[id];
			if (known === undefined) {
				cells.define(view.start, view.capacity, view.district, view.system).used = view.used;
			} else if (known.start !== view.start || known.capacity !== view.capacity) {
				throw new RangeError(`cell ${id} moved within epoch ${news.epoch}`);
			} else if (known.used === view.used) {
				continue;
			} else {
				known.used = view.used;
			}
			this.reshape(id, this.latest.revision);
		}
		this.latest.fit();
	}

	private reshape(id: number, revision: number): void {
		if (id >= this.shape.length) {
			this.shape = grownTo(this.shape, id);
			this.shapedAt = grownTo(this.shapedAt, id);
		}
		this.shapes += 1;
		this.shape[id] = this.shapes;
		this.shapedAt[id] = revision;
	}

	private takeDelta(bytes: Uint8Array): void {
		const reader = new ByteReader(bytes);
		const header = readHeader(reader);
		if (header.epoch !== this.latest.epoch) throw new RangeError(`delta of epoch ${header.epoch} before its catalogue`);
		const whole = wholeCells(this.latest, reader);
		// The first change of an empty table is from 0 as well, and replaces nothing.
		const replaces = header.from === 0 && (!this.filled || this.latest.revision !== 0 || whole.length > 0);
		const before = replaces ? 0 : this.latest.revision;
		applyDelta(this.latest, bytes);
		// Web stands on core's revision, but its own stamps are coarser: what it cannot know it treats as changed.
		if (replaces) this.stampAll(header.to);
		else for (const id of whole) this.stamp(id, header.to);
		this.base = header.base;
		const newLife = !this.filled;
		this.filled = true;
		this.hasTable = true;
		if (newLife) for (const listener of this.listeners) listener.epoch?.(header.epoch);
		const dirty: number[] = [];
		if (header.to > before || replaces) {
			const revisions = this.latest.cellRevision;
			for (let id = 0; id < this.latest.cells.cells.length; id++) if (revisions[id] === header.to) dirty.push(id);
		}
		const tick: Tick = { from: before, to: header.to, base: header.base, dirty };
		for (const listener of this.listeners) listener.tick?.(tick);
	}

	private stampAll(revision: number): void {
		for (let id = 0; id < this.latest.cells.cells.length; id++) this.stamp(id, revision);
	}

	private stamp(id: number, revision: number): void {
		const cell = this.latest.cells.cells[id]!;
		this.latest.rowRevision.fill(revision, cell.start, cell.start + cell.used);
		this.latest.statusRevision.fill(revision, cell.start, cell.start + cell.used);
		this.latest.cellRevision[id] = revision;
		this.latest.cellStatusRevision[id] = revision;
		this.reshape(id, revision);
	}

	private takeAlarms(seq: number, alarms: readonly Alarm[]): void {
		this.alarms.clear();
		this.unrecorded.clear();
		for (const alarm of alarms) {
			this.alarms.set(alarm.id, alarm);
			if (alarm.seq === null) this.unrecorded.add(alarm.id);
		}
		this.alarmSeq = seq;
		this.hasAlarms = true;
		for (const listener of this.listeners) listener.alarms?.();
	}

	private takeNews(transitions: readonly Transition[]): void {
		for (const { alarm, seq } of transitions) {
			if (isOpen(alarm)) this.alarms.set(alarm.id, alarm);
			else this.alarms.delete(alarm.id);
			if (seq === null) this.unrecorded.add(alarm.id);
			else this.unrecorded.delete(alarm.id);
			// The opening list may hold already what is told once more after it; a gap is core's bug.
			if (seq === null || seq <= this.alarmSeq) continue;
			if (seq !== this.alarmSeq + 1) throw new RangeError(`transition ${seq} came after ${this.alarmSeq}`);
			this.alarmSeq = seq;
		}
		for (const listener of this.listeners) listener.news?.(transitions);
	}

	/** A core that hangs keeps its socket: only its silence tells. */
	private watch(): void {
		if (this.link === "live" && this.clock.now() - this.heardAt >= SILENCE_MS) this.setLink("lost");
	}

	private setLink(state: "live" | "lost"): void {
		if (this.link === state) return;
		this.link = state;
		this.linkSince = this.clock.now();
		for (const listener of this.listeners) listener.link?.(state, this.linkSince);
	}
}

function grownTo(from: Float64Array, index: number): Float64Array<ArrayBuffer> {
	const grown = new Float64Array(Math.max(from.length * 2, index + 1));
	grown.set(from);
	return grown;
}

/** Ids of the cells that this delta replaces; `reader` stands behind the header. */
function wholeCells(latest: Latest, reader: ByteReader): number[] {
	const ids: number[] = [];
	let block = 0;
	for (let left = reader.varint(); left > 0; left--) {
		const entry = reader.varint();
		block += Math.floor(entry / 4);
		const kind = entry % 4;
		if (kind === SliceKind.valuesWhole || kind === SliceKind.statusWhole)
			ids.push(latest.cells.idAt(block * CELL_STEP));
	}
	return ids;
}
