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
	private tick: Tick = { from: NOTHING, to: NOTHING, base: 0, dirty: [] };

	constructor(mirror: Mirror, clock: Clock) {
		this.mirror = mirror;
		this.clock = clock;
		this.slices = new Slices(mirror);
	}

	/** The table has moved by one tick. */
	moved(tick: Tick): void {
		this.tick = tick;
		this.slices.clear();
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
			const onTick = position.seen === this.tick.from;
			const ids: ArrayLike<number> = onTick ? this.tick.dirty : view.cells;
			for (let i = 0; i < ids.length; i++) {
				const code = detail[ids[i]!] ?? Detail.none;
				if (code !== Detail.none) add(ids[i]!, code, false);
			}
			return;
		}
		const held = position.reset ? null : position.held;
		for (const id of view.cells) {
			const had = held?.detail[id] ?? Detail.none;
			add(id, detail[id]!, had < detail[id]! || this.isReshaped(position, id));
		}
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
