// The readings lane: one packet per screen and tick at most, one under way per screen (W1), each cell encoded once (W3).
// A screen on the last tick gets the concatenation of its dirty cells; a late one scans its own cells. There is no queue.
import type { Slice } from "#model/delta.ts";
import { packDelta } from "#model/delta.ts";
import type { CellPick, DeltaJson } from "#model/delta_json.ts";
import { deltaJson } from "#model/delta_json.ts";
import { ByteWriter } from "#model/varint.ts";
import type { Mirror, Tick } from "../bus/mirror.ts";
import type { Clock } from "../clock.ts";
import type { Position } from "./position.ts";
import { Slices } from "./slices.ts";
import type { View } from "./view.ts";
import { Detail } from "./view.ts";

/** `since` of a packet that replaces everything. */
const NOTHING = -1;

export class Pace {
	readonly slices: Slices;
	/** Packets made; fewer than sent, because screens that stand alike share one. */
	packed = 0;
	private readonly mirror: Mirror;
	private readonly clock: Clock;
	private readonly writer = new ByteWriter(262_144);
	/** 1 for each cell that the last tick changed; of those, the ones in which a state changed, rising. */
	private isDirty = new Uint8Array(64);
	private readonly changedStates: number[] = [];
	private tick: Tick = { from: NOTHING, to: NOTHING, base: 0, dirty: [] };

	constructor(mirror: Mirror, clock: Clock) {
		this.mirror = mirror;
		this.clock = clock;
		this.slices = new Slices(mirror);
	}

	/** The table has moved by one tick. */
	moved(tick: Tick): void {
		for (const id of this.tick.dirty) this.isDirty[id] = 0;
		this.tick = tick;
		this.slices.clear();
		const { latest } = this.mirror;
		if (latest.cells.cells.length > this.isDirty.length) this.isDirty = new Uint8Array(latest.cells.cells.length * 2);
		this.changedStates.length = 0;
		for (const id of tick.dirty) {
			this.isDirty[id] = 1;
			if (latest.cellStatusRevision[id]! > tick.from) this.changedStates.push(id);
		}
	}

	/** Sends what this screen lacks, unless a delta is under way. @param send is called at most once. */
	push(position: Position, send: (delta: Uint8Array | DeltaJson) => void): void {
		const { view } = position;
		if (view === null || position.inFlight !== null || !this.mirror.ready) return;
		const to = this.mirror.latest.revision;
		if (!position.owed && !position.reset && position.seen === to && position.held === view) return;
		const delta = position.form === "json" ? this.json(position, view, to) : this.binary(position, view, to);
		if (delta === null) {
			// Nothing of its own changed: it is told up to here, though its cursor stands where it did.
			position.seen = to;
			position.held = view;
			position.shapes = this.mirror.shapes;
			return;
		}
		position.took(this.mirror, view, to, this.clock.now());
		send(delta);
	}

	private binary(position: Position, view: View, to: number): Uint8Array | null {
		const from = position.reset ? 0 : position.sent;
		const since = position.reset ? NOTHING : position.seen;
		const shared = position.reset || this.isSettled(position, view);
		const known = view.packed;
		if (shared && known !== null && known.since === since && known.from === from && known.to === to) {
			if (known.bytes !== null || !position.owed) return known.bytes;
		}
		const slices: Slice[] = [];
		this.gather(position, view, (id, detail, whole) => {
			const slice = whole ? this.slices.whole(id, detail) : this.slices.changed(id, detail, since);
			if (slice !== null) slices.push(slice);
		});
		let bytes: Uint8Array | null = null;
		if (slices.length > 0 || position.owed || position.reset) {
			const header = { epoch: this.mirror.latest.epoch, from, to, base: this.mirror.base };
			bytes = packDelta(this.writer, header, slices);
			this.packed += 1;
		}
		if (shared) view.packed = { since, from, to, bytes };
		return bytes;
	}

	private json(position: Position, view: View, to: number): DeltaJson | null {
		const { latest, catalogue } = this.mirror;
		const from = position.reset ? 0 : position.sent;
		const picks: CellPick[] = [];
		this.gather(position, view, (id, code, whole) => {
			const detail = code === Detail.values ? "values" : "status";
			const revisions = code === Detail.values ? latest.cellRevision : latest.cellStatusRevision;
			if (whole || revisions[id]! > position.seen) picks.push({ cell: latest.cells.cells[id]!, detail, whole });
		});
		if (picks.length === 0 && !position.owed && !position.reset) return null;
		const header = { epoch: latest.epoch, from, to, base: this.mirror.base };
		return deltaJson(latest, header, picks, (row) => catalogue.scale[row]!);
	}

	/** Calls `add` for each cell to look at, in rising order. */
	private gather(position: Position, view: View, add: (id: number, detail: number, whole: boolean) => void): void {
		const { detail } = view;
		if (!position.reset && this.isSettled(position, view)) {
			if (position.seen === this.tick.from) this.gatherTick(view, add);
			else for (const id of view.cells) add(id, detail[id]!, false);
			return;
		}
		const held = position.reset ? null : position.held;
		for (const id of view.cells) {
			const had = held?.detail[id] ?? Detail.none;
			add(id, detail[id]!, had < detail[id]! || this.isReshaped(position, id));
		}
	}

	/**
	 * The cells of a screen on the last tick. Hot: a screen has few cells at values and a tick changes few states, so both short
	 * lists are walked side by side instead of every cell that changed.
	 */
	private gatherTick(view: View, add: (id: number, detail: number, whole: boolean) => void): void {
		const { detail, values } = view;
		const { dirty } = this.tick;
		if (values.length > dirty.length) {
			for (let i = 0; i < dirty.length; i++) {
				const code = detail[dirty[i]!] ?? Detail.none;
				if (code !== Detail.none) add(dirty[i]!, code, false);
			}
			return;
		}
		const states = this.changedStates;
		let s = 0;
		for (let v = 0; v < values.length; v++) {
			const id = values[v]!;
			for (; s < states.length && states[s]! < id; s++) {
				if (detail[states[s]!] === Detail.status) add(states[s]!, Detail.status, false);
			}
			if (this.isDirty[id] === 1) add(id, Detail.values, false);
		}
		for (; s < states.length; s++) if (detail[states[s]!] === Detail.status) add(states[s]!, Detail.status, false);
	}

	/** The screen holds exactly what it follows, and no cell has been filled anew since. */
	private isSettled(position: Position, view: View): boolean {
		return position.held === view && position.shapes === this.mirror.shapes;
	}

	private isReshaped(position: Position, id: number): boolean {
		if (position.reset) return true;
		if (position.shapes === null) return this.mirror.shapedAt[id]! >= position.seen;
		return this.mirror.shape[id]! > position.shapes;
	}
}
