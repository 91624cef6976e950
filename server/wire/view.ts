// What a screen follows, as cells: its scope at detail status, the cells of its view at detail values. Equal wishes share one
// View, so that 500 screens on the same page are gathered and packed once.
import type { Follow } from "#model/protocol.ts";
import { VIEW_CELLS } from "#model/protocol.ts";
import type { Scope } from "#model/rights.ts";
import { inScope } from "#model/rights.ts";
import type { Mirror } from "../bus/mirror.ts";

export const Detail = { none: 0, status: 1, values: 2 } as const;

/** The part of a `follow` that decides what is seen. */
export type Wish = Pick<Follow, "cells" | "rows"> & { readonly scope: Scope };

export interface View {
	readonly wish: Wish;
	/** Ids of the cells followed, rising. */
	readonly cells: Int32Array;
	/** Detail code by cell id. */
	readonly detail: Uint8Array;
	/** Ids of the cells at values, rising. */
	readonly values: Int32Array;
	/** Cells that were asked for at values and are sent at status, because there were too many. */
	readonly thinned: number;
	/** The last packet made for screens on this view that stood alike; pace.ts fills it. */
	packed: Packed | null;
}

export interface Packed {
	readonly since: number;
	readonly from: number;
	readonly to: number;
	/** null: nothing changed for this view. */
	readonly bytes: Uint8Array | null;
}

/** Wishes remembered; beyond it the memory starts anew, which costs a little work and nothing else. */
const MEMORY = 4_000;

export class Views {
	private readonly mirror: Mirror;
	private readonly known = new Map<string, View>();

	constructor(mirror: Mirror) {
		this.mirror = mirror;
	}

	/** Call when cells came or the table is another: views are made anew when next asked for. */
	refresh(): void {
		this.known.clear();
	}

	of(wish: Wish): View {
		const key = JSON.stringify([wish.scope, wish.cells, wish.rows ?? []]);
		const known = this.known.get(key);
		if (known !== undefined) return known;
		if (this.known.size >= MEMORY) this.known.clear();
		const view = this.build(wish);
		this.known.set(key, view);
		return view;
	}

	private build(wish: Wish): View {
		const cells = this.mirror.latest.cells;
		const detail = new Uint8Array(cells.cells.length);
		const wanted = wish.cells ?? null;
		const thinned = wanted !== null && wanted.length > VIEW_CELLS ? wanted.length : 0;
		const standard = wanted === null ? Detail.values : Detail.status;
		const ids: number[] = [];
		for (const cell of cells.cells) {
			if (!inScope(wish.scope, cell)) continue;
			ids.push(cell.id);
			detail[cell.id] = standard;
		}
		// Only what the scope holds is promoted: a cell or row outside it is not told to exist.
		const promote = (id: number): void => {
			if (detail[id] === Detail.status) detail[id] = Detail.values;
		};
		if (wanted !== null && thinned === 0) for (const id of wanted) promote(id);
		for (const row of wish.rows ?? []) promote(cells.idAt(row));
		const values = Int32Array.from(ids.filter((id) => detail[id] === Detail.values));
		return { wish, cells: Int32Array.from(ids), detail, values, thinned, packed: null };
	}
}

/** The same view as a screen holds it that kept the states of its rows but may have old values. */
export function atStatus(view: View): View {
	const detail = view.detail.map((code) => Math.min(code, Detail.status));
	return { ...view, detail, values: new Int32Array(0), packed: null };
}
