// Tells the wire what is wanted with values: the cells in view when they are few, and always the rows of the selected asset,
// with or without a map. Waits for the hand to rest, and asks only for what differs.
import { VIEW_CELLS } from "#model/protocol.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Box } from "./cells_in_view.ts";
import { cellBounds, cellsIn } from "./cells_in_view.ts";
import type { View } from "./wire.ts";

const REST_MS = 150;

export class ViewFollower {
	private readonly catalogue: Catalogue;
	private readonly look: (view: View) => void;
	private bounds = new Float64Array(0);
	private box: Box | null = null;
	private isProvince = true;
	private selected: string | null = null;
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
		const asset = this.selected === null ? undefined : this.catalogue.find(this.selected);
		const rows = asset === undefined ? [] : asset.measures.map((_, offset) => asset.firstRow + offset);
		const key = `${this.catalogue.epoch}|${cells.join(",")}|${rows.join(",")}`;
		if (key === this.asked) return;
		this.asked = key;
		this.look({ cells, rows });
	}
}
