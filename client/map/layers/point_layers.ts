// The points on deck.gl: one layer per system for what is calm or minor, and one layer over all of them for orange and red.
// Positions keep one wrapper for the life of a catalogue; a repaint makes a fresh wrapper for
// the four bytes per asset, and only for the layers whose assets changed. Hidden by `visible`, never removed.
import type { Layer } from "deck.gl";
import type { Columns } from "../../live/columns.ts";
import type { Palette } from "../palette.ts";
import { rgba } from "../palette.ts";
import { MARK_SIZE, MarkerLayer } from "./marker_layer.ts";

/** What the map has decided of each asset; arrays by asset index, owned by map.ts. */
export interface PointFacts {
	/** 0 normal, 1..4, 5 stale. */
	readonly status: Uint8Array;
	/** Ring codes from the alarm list. */
	readonly ring: Uint8Array;
	/** 1: its system is shown. */
	readonly visible: Uint8Array;
	/** 1: it stands alone at this zoom (0: it is inside a cluster or a city glyph). */
	readonly single: Uint8Array;
}

interface Slot {
	/** Asset index of each instance. */
	readonly members: Int32Array;
	readonly positions: { readonly value: Float64Array; readonly size: 3 };
	marks: Uint8Array;
	layer: MarkerLayer | null;
	isStale: boolean;
}

export interface PointStyle {
	readonly palette: Palette;
	/** Multiplies every radius. */
	readonly scale: number;
	readonly breath: number;
}

/** From this level on a point lies above all others, and is a pin where it does not stand alone (pins.ts). */
export const ALWAYS_SHOWN = 3;

export class PointLayers {
	private slots: Slot[] = [];
	/** Per asset: its place within its system's slot. */
	private place = new Int32Array(0);
	private columns: Columns | null = null;
	private style: PointStyle;

	constructor(style: PointStyle) {
		this.style = style;
	}

	/** Another catalogue: new positions. */
	reset(columns: Columns, systems: number): void {
		this.columns = columns;
		this.place = new Int32Array(columns.count);
		const members: number[][] = Array.from({ length: systems }, () => []);
		for (let index = 0; index < columns.count; index++) {
			const list = members[columns.system[index]!];
			if (list === undefined) continue;
			this.place[index] = list.length;
			list.push(index);
		}
		// The last slot is the one over all systems.
		members.push(Array.from({ length: columns.count }, (_, index) => index));
		this.slots = members.map((list) => slotOf(columns, list));
	}

	/** Marks of the given assets, or of all (null), are written anew. Hot. */
	paint(facts: PointFacts, changed: Int32Array | null, count: number): void {
		const { columns } = this;
		if (columns === null) return;
		const top = this.slots.length - 1;
		const all = changed === null;
		for (let i = 0; i < (all ? columns.count : count); i++) {
			const index = all ? i : changed[i]!;
			this.write(columns.system[index]!, this.place[index]!, columns, facts, index, 0);
			this.write(top, index, columns, facts, index, ALWAYS_SHOWN);
		}
	}

	/** A zoom, theme or breath: the same buffers, other uniforms. */
	restyle(style: PointStyle): void {
		this.style = style;
		for (const slot of this.slots) slot.layer = null;
	}

	/** Only the layer over all systems breathes: a red stands nowhere else. */
	breathe(breath: number): void {
		this.style = { ...this.style, breath };
		const top = this.slots.at(-1);
		if (top !== undefined) top.layer = null;
	}

	/** For Deck: the same layer instance where nothing changed. */
	layers(): Layer[] {
		return this.slots.map((slot, index) => {
			if (slot.isStale || slot.layer === null) slot.layer = this.build(slot, index);
			return slot.layer;
		});
	}

	/** The bytes as they would be drawn, for tests. */
	marksOf(system: number): Uint8Array | undefined {
		return this.slots[system]?.marks;
	}

	private write(
		slotIndex: number,
		at: number,
		columns: Columns,
		facts: PointFacts,
		index: number,
		least: number,
	): void {
		const slot = this.slots[slotIndex];
		if (slot === undefined) return;
		const status = facts.status[index]!;
		const isTop = status >= ALWAYS_SHOWN && status <= 4;
		// A point is drawn by one layer only: orange and red by the top one.
		const isOwn = least === 0 ? !isTop : isTop;
		const isShown = isOwn && facts.visible[index] === 1 && facts.single[index] === 1;
		const offset = at * MARK_SIZE;
		const { marks } = slot;
		const ring = facts.ring[index]!;
		const shown = isShown ? 1 : 0;
		if (marks[offset] === status && marks[offset + 1] === ring && marks[offset + 3] === shown) return;
		marks[offset] = status;
		marks[offset + 1] = ring;
		marks[offset + 2] = columns.radius[index]!;
		marks[offset + 3] = shown;
		slot.isStale = true;
	}

	private build(slot: Slot, index: number): MarkerLayer {
		slot.isStale = false;
		const { palette, scale, breath } = this.style;
		return new MarkerLayer({
			id: index === this.slots.length - 1 ? "points-urgent" : `points-${index}`,
			data: {
				length: slot.members.length,
				attributes: {
					instancePositions: slot.positions,
					// deck.gl compares wrappers: a fresh one is what makes it upload.
					instanceMarks: { value: slot.marks, size: MARK_SIZE, normalized: true },
				},
			},
			colours: palette.status.map((colour) => rgba(colour)),
			edgeColour: rgba(palette.outline),
			ringColour: rgba(palette.text2),
			scale,
			breath,
			pickable: false,
			parameters: { depthCompare: "always", depthWriteEnabled: false },
		} as never);
	}
}

function slotOf(columns: Columns, list: readonly number[]): Slot {
	const value = new Float64Array(list.length * 3);
	const marks = new Uint8Array(list.length * MARK_SIZE);
	for (const [at, index] of list.entries()) {
		value[at * 3] = columns.position[index * 2]!;
		value[at * 3 + 1] = columns.position[index * 2 + 1]!;
		// Never a valid status: the first paint writes every mark.
		marks[at * MARK_SIZE] = 255;
	}
	return { members: Int32Array.from(list), positions: { value, size: 3 }, marks, layer: null, isStale: true };
}
