// The catalogue and the deltas that the page row is measured with, made by the server's own code: the catalogue's answer, the
// whole table, then one delta per tick with the changed rows of whole assets. Made in Node, fetched by page.ts.
import { demoCatalogue } from "#geodata/liaoning/demo/catalogue.ts";
import { encodeValuesChanged, encodeValuesWhole, packDelta, type Slice, SliceKind } from "#model/delta.ts";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import { ByteWriter } from "#model/varint.ts";
import { Catalogue } from "../../../server/live/catalogue.ts";
import { loadSystems } from "../../../server/load_systems.ts";

export interface PageWorld {
	/** As GET /api/catalogue answers. */
	readonly catalogue: string;
	/** The first replaces everything. */
	readonly deltas: readonly Uint8Array[];
	/** The same changes as JSON of objects, for the baseline: [{row, value, at, quality, severity}]. */
	readonly updates: readonly string[];
	readonly channels: number;
	readonly rowsPerTick: number;
}

const EPOCH = 7;
const BASE = Date.UTC(2026, 10, 22);
/** Of the assets that changed, this share changes its level, so that its mark is painted anew. */
const RECOLOURED = 0.5;

export async function pageWorld(assets: number, rowsPerTick: number, ticks: number): Promise<PageWorld> {
	const catalogue = new Catalogue(await loadSystems());
	catalogue.load({ assets: demoCatalogue({ assets }).assets, channels: [], rules: [] });
	const latest = new Latest(EPOCH, catalogue.cells);
	const all = [...catalogue.assets.values()];
	let channels = 0;
	for (const asset of all) {
		channels += asset.channels.length - 1;
		for (const { row, measure } of asset.channels)
			if (measure !== null) latest.write(row, 500 + (row % 700), BASE, Quality.good, 0);
	}
	const writer = new ByteWriter(1_000_000);
	const scratch = new ByteWriter(65_536);
	const whole = catalogue.cells.cells.map(
		(cell): Slice => ({
			cell,
			kind: SliceKind.valuesWhole,
			body: encodeValuesWhole(scratch, latest, cell, BASE),
		}),
	);
	const deltas = [packDelta(writer, { epoch: EPOCH, from: 0, to: latest.revision, base: BASE }, whole)];
	const updates = ["[]"];
	const random = chanceOf(5);
	for (let tick = 1; tick <= ticks; tick++) {
		const from = latest.revision;
		const base = BASE + tick * 100;
		const changed: object[] = [];
		while (changed.length < rowsPerTick) {
			const asset = all[Math.floor(random() * all.length)];
			if (asset === undefined) throw new Error("no assets");
			const severity = random() < RECOLOURED ? Math.floor(random() * 5) : latest.severity[asset.firstRow]!;
			for (const { row, measure } of asset.channels) {
				if (measure === null) continue;
				const count = latest.value[row]! + 1 + Math.floor(random() * 5);
				latest.write(row, count, base - 40, Quality.good, row === asset.firstRow ? severity : 0);
				const level = latest.severity[row]!;
				changed.push({ row, value: count / 10, at: base - 40, quality: "good", severity: level });
			}
		}
		const slices: Slice[] = [];
		for (const cell of catalogue.cells.cells) {
			if (latest.cellRevision[cell.id]! <= from) continue;
			const body = encodeValuesChanged(scratch, latest, cell, from, base);
			slices.push({ cell, kind: SliceKind.valuesChanged, body });
		}
		deltas.push(packDelta(writer, { epoch: EPOCH, from, to: latest.revision, base }, slices));
		updates.push(JSON.stringify(changed));
	}
	return { catalogue: JSON.stringify(bodyOf(catalogue)), deltas, updates, channels, rowsPerTick };
}

function bodyOf(catalogue: Catalogue): object {
	return {
		revision: catalogue.revision,
		epoch: EPOCH,
		whole: true,
		systems: catalogue.systems,
		limits: [],
		removed: [],
		cells: catalogue.cells.cells,
		assets: [...catalogue.assets.values()].map((asset) => ({
			record: asset.record,
			system: asset.system,
			cell: asset.cell,
			firstRow: asset.firstRow,
			measures: asset.channels.map(({ measure }) => measure?.id ?? "state"),
			channels: asset.channels.map(({ id }) => id),
			limits: [],
		})),
	};
}

function chanceOf(start: number): () => number {
	let seed = start;
	return () => {
		seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
		return seed / 4_294_967_296;
	};
}
