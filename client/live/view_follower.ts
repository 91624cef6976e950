// Tells the wire what is wanted with values: the cells in view when they are few, and always the rows of the selected asset
// and those that a part of the page has named, with or without a map. Waits for the hand to rest, and asks only for what
// differs.
import { VIEW_CELLS } from "#model/protocol.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Box } from "./cells_in_view.ts";
import { cellBounds, cellsIn } from "./cells_in_view.ts";
import type { View } from "./wire.ts";

const REST_MS = 150;
/** Rows that one follow may name; the selected asset's come first, then the parts in the order in which they asked. */
const NAMED_MOST = 512;

/** Rows wanted with values wherever the view is. */
export interface Named {
	readonly asset: string;
	/** All channels when not said. */
	readonly measures?: readonly string[];
}

export class ViewFollower {
	private readonly catalogue: Catalogue;
	private readonly look: (view: View) => void;
	private bounds = new Float64Array(0);
	private box: Box | null = null;
	private isProvince = true;
	private selected: string | null = null;
	private readonly named = new Map<string, readonly Named[]>();
	private asked = "";
	private timer: ReturnType<typeof setTimeout> | null = null;

	constructor(catalogue: Catalogue, look: (view: View) => void) {
		this.catalogue = catalogue;
		this.look = look;
		catalogue.change.subscribe(() => this.setCatalogue());
	}

	setBox(box: Box, isProvince: boolean): void {
		this.box = box;
		this.isProvince = isProvince;
		this.plan();
	}

	setSelected(id: string | null): void {
		this.selected = id;
		this.plan();
	}

	/** What `part` of the page wants with values from now on; []: nothing any more. */
	setNamed(part: string, wanted: readonly Named[]): void {
		this.named.set(part, wanted);
		this.plan();
	}

	private setCatalogue(): void {
		this.bounds = cellBounds(this.catalogue.assets, this.catalogue.cells.length);
		this.plan();
	}

	private plan(): void {
		if (this.timer !== null) clearTimeout(this.timer);
		this.timer = setTimeout(() => this.ask(), REST_MS);
	}

	private ask(): void {
		const cells = this.box === null || this.isProvince ? [] : cellsIn(this.bounds, this.box, VIEW_CELLS);
		const rows = this.rows();
		const key = `${this.catalogue.epoch}|${cells.join(",")}|${rows.join(",")}`;
		if (key === this.asked) return;
		this.asked = key;
		this.look({ cells, rows });
	}

	private rows(): number[] {
		const wanted = this.selected === null ? [] : [{ asset: this.selected }];
		const rows = new Set<number>();
		for (const { asset: id, measures } of [...wanted, ...[...this.named.values()].flat()] as Named[]) {
			const asset = this.catalogue.find(id);
			if (asset === undefined) continue;
			for (const [offset, measure] of asset.measures.entries()) {
				if (rows.size === NAMED_MOST) return [...rows];
				if (measures === undefined || measures.includes(measure)) rows.add(asset.firstRow + offset);
			}
		}
		return [...rows];
	}
}
