// Tells the wire what is in view: cells with values when they are few, else status only, and always the rows of the selected
// asset. Waits for the hand to rest, and asks only for what differs.
import { VIEW_CELLS } from "#model/protocol.ts";
import type { Live } from "../live/live.ts";
import type { Box } from "./cells_in_view.ts";
import { cellBounds, cellsIn } from "./cells_in_view.ts";

const REST_MS = 150;

export class ViewFollower {
	private readonly live: Live;
	private bounds = new Float64Array(0);
	private box: Box | null = null;
	private isProvince = true;
	private selected: string | null = null;
	private asked = "";
	private timer: ReturnType<typeof setTimeout> | null = null;

	constructor(live: Live) {
		this.live = live;
	}

	setCatalogue(): void {
		this.bounds = cellBounds(this.live.catalogue.assets, this.live.catalogue.cells.length);
		this.plan();
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

	private plan(): void {
		if (this.timer !== null) clearTimeout(this.timer);
		this.timer = setTimeout(() => this.ask(), REST_MS);
	}

	private ask(): void {
		const cells = this.box === null || this.isProvince ? [] : cellsIn(this.bounds, this.box, VIEW_CELLS);
		const asset = this.selected === null ? undefined : this.live.catalogue.find(this.selected);
		const rows = asset === undefined ? [] : asset.measures.map((_, offset) => asset.firstRow + offset);
		const key = `${this.live.catalogue.epoch}|${cells.join(",")}|${rows.join(",")}`;
		if (key === this.asked) return;
		this.asked = key;
		this.live.wire.look({ cells, rows });
	}
}
