// The catalogue of core: what exists, with a row number for every channel. Packs assets into cells at a start, takes new ones
// while it runs, and answers "which row is this?" for the doors. Rows never move within an epoch.
import type { Asset, AssetRecord, Channel, Kind, System } from "#model/catalogue.ts";
import { STATE_MEASURE } from "#model/catalogue.ts";
import { CELL_ROWS, CELL_STEP, CellTable, hilbertIndex } from "#model/cells.ts";
import type { Limit } from "#model/limit.ts";
import { type Problem, problem } from "#model/problem.ts";
import type { Edit, Loaded, RuleRecord } from "../store/store.ts";

const NONE: ReadonlySet<number> = new Set();

interface StoredChannel {
	readonly id: number;
	readonly scale: number;
}

export class Catalogue {
	readonly cells = new CellTable();
	readonly systems: readonly System[];
	readonly kinds = new Map<string, { readonly system: System; readonly kind: Kind }>();
	readonly assets = new Map<string, Asset>();
	/** Channel of each row; undefined where no asset stands. */
	readonly channels: (Channel | undefined)[] = [];
	/** Row of each permanent channel id. */
	readonly rowOf = new Map<number, number>();
	/** Raised by one with every change of what exists or of a limit. */
	revision = 1;
	/** Assets removed since the start, for those who follow. */
	readonly removed: string[] = [];
	/** Channels that no asset holds now: what the store knows and the start has not placed yet, and those of removed assets. */
	private readonly stored = new Map<string, StoredChannel>();
	private readonly rules = new Map<string, RuleRecord>();
	/** Kind -> measure -> its place among the rows of any asset of the kind. */
	private readonly offsets = new Map<string, ReadonlyMap<string, number>>();
	private nextChannel = 1;

	constructor(systems: readonly System[]) {
		this.systems = [...systems].sort((a, b) => a.order - b.order);
		for (const system of this.systems) {
			for (const kind of system.kinds) {
				if (this.kinds.has(kind.id)) throw new Error(`kind ${kind.id} is defined twice`);
				this.kinds.set(kind.id, { system, kind });
				const names = [...kind.measures.map(({ id }) => id), STATE_MEASURE];
				this.offsets.set(kind.id, new Map(names.map((name, offset) => [name, offset])));
			}
		}
	}

	/** Packs everything that the store holds. @returns channels that are new (a kind gained a measure) and must be stored. */
	load(loaded: Pick<Loaded, "assets" | "channels" | "rules">): Edit[] {
		for (const channel of loaded.channels) {
			this.stored.set(`${channel.asset}/${channel.measure}`, { id: channel.id, scale: channel.scale });
			this.nextChannel = Math.max(this.nextChannel, channel.id + 1);
		}
		for (const rule of loaded.rules) this.rules.set(ruleKey(rule), rule);
		return this.place(loaded.assets);
	}

	/** What is wrong with a record as a member of this catalogue, or null. */
	refuse(record: AssetRecord): Problem | null {
		const known = this.kinds.get(record.kind);
		if (known === undefined) {
			return problem(
				"unknown-kind",
				`kind "${record.kind}" is in no system; known: ${[...this.kinds.keys()].join(", ")}`,
				"kind",
			);
		}
		const present = this.assets.get(record.id);
		if (present !== undefined && present.record.kind !== record.kind) {
			return problem(
				"kind-changed",
				`${record.id} is a ${present.record.kind}; remove it before it becomes a ${record.kind}`,
				"kind",
			);
		}
		if (present !== undefined && present.record.district !== record.district) {
			// Its rows lie in a cell of its district, and scope goes by cells: they cannot move within an epoch.
			return problem(
				"district-changed",
				`${record.id} stands in ${present.record.district}; remove it and add it again in ${record.district}`,
				"district",
			);
		}
		return null;
	}

	/** New or changed assets; each has passed `refuse`. A changed one keeps its rows. @returns new channels to store. */
	put(records: readonly AssetRecord[]): Edit[] {
		const fresh: AssetRecord[] = [];
		for (const record of records) {
			const present = this.assets.get(record.id);
			if (present === undefined) fresh.push(record);
			else this.assets.set(record.id, { ...present, record });
		}
		this.revision += 1;
		return this.place(fresh);
	}

	/**
	 * Leaves a tombstone: the rows stay reserved until the next start.
	 * @param unstored channels that the store never had: they must be told to it anew should the asset come again.
	 */
	remove(id: string, unstored: ReadonlySet<number> = NONE): Asset | null {
		const asset = this.assets.get(id);
		if (asset === undefined) return null;
		this.assets.delete(id);
		for (const { id: channel, measure, row } of asset.channels) {
			this.channels[row] = undefined;
			this.rowOf.delete(channel);
			// Should the asset come back, it is the same channel again.
			if (!unstored.has(channel))
				this.stored.set(`${id}/${measure?.id ?? STATE_MEASURE}`, { id: channel, scale: measure?.scale ?? 0 });
		}
		this.removed.push(id);
		this.revision += 1;
		return asset;
	}

	/** Row of a measure, -1 when the asset or the measure is unknown. Hot. */
	row(asset: string, measure: string): number {
		const known = this.assets.get(asset);
		if (known === undefined) return -1;
		const offset = this.offsets.get(known.kind.id)?.get(measure);
		return offset === undefined ? -1 : known.firstRow + offset;
	}

	/** Limits in force for an asset: its own, else the kind's changed ones, else the system file's. */
	limitsOf(asset: Asset): Limit[] {
		return this.merge(asset.kind, asset.record.id);
	}

	limitsOfKind(kind: Kind): Limit[] {
		return this.merge(kind, null);
	}

	/** Replaces one limit while it runs. @returns the assets whose rows must be judged anew. */
	putRule(rule: RuleRecord): Asset[] {
		this.rules.set(ruleKey(rule), rule);
		this.revision += 1;
		const touched: Asset[] = [];
		for (const asset of this.assets.values()) {
			if (asset.kind.id === rule.kind && (rule.asset === null || rule.asset === asset.record.id)) touched.push(asset);
		}
		return touched;
	}

	private merge(kind: Kind, asset: string | null): Limit[] {
		if (this.rules.size === 0) return [...kind.limits];
		const found = new Map<string, Limit>();
		for (const limit of kind.limits) found.set(limit.id, limit);
		for (const wanted of asset === null ? [null] : [null, asset]) {
			for (const rule of this.rules.values()) {
				if (rule.kind !== kind.id || rule.asset !== wanted) continue;
				if (rule.removed) found.delete(rule.limit.id);
				else found.set(rule.limit.id, rule.limit);
			}
		}
		return [...found.values()];
	}

	private place(records: readonly AssetRecord[]): Edit[] {
		const edits: Edit[] = [];
		const places = records.map((record) => ({
			record,
			system: this.kinds.get(record.kind)?.system.id ?? "",
			curve: hilbertIndex(record.lon, record.lat),
		}));
		places.sort(
			(a, b) =>
				compare(a.record.district, b.record.district) ||
				compare(a.system, b.system) ||
				a.curve - b.curve ||
				compare(a.record.id, b.record.id),
		);
		let group: AssetRecord[] = [];
		let rows = 0;
		let key = "";
		for (const { record } of places) {
			const known = this.kinds.get(record.kind);
			if (known === undefined) throw new Error(`asset ${record.id} is of unknown kind ${record.kind}`);
			const need = known.kind.measures.length + 1;
			if (need > CELL_ROWS) throw new Error(`kind ${record.kind} has ${need} rows, a cell holds ${CELL_ROWS}`);
			const own = `${record.district}/${known.system.id}`;
			if (own !== key || rows + need > CELL_ROWS) {
				this.placeGroup(group, rows, edits);
				group = [];
				rows = 0;
				key = own;
			}
			group.push(record);
			rows += need;
		}
		this.placeGroup(group, rows, edits);
		return edits;
	}

	/** Puts assets of one district and system into a near cell with room, or into a new one at the end. */
	private placeGroup(group: readonly AssetRecord[], rows: number, edits: Edit[]): void {
		const first = group[0];
		if (first === undefined) return;
		const system = this.kinds.get(first.kind)!.system.id;
		let cell = this.cells.cells.findLast(
			(known) => known.district === first.district && known.system === system && known.used + rows <= known.capacity,
		);
		// A little room, so that the next asset of the district does not need a cell of its own.
		cell ??= this.cells.open(Math.min(CELL_ROWS, rows + CELL_STEP), first.district, system);
		for (const record of group) {
			const { kind } = this.kinds.get(record.kind)!;
			const firstRow = this.cells.take(cell, kind.measures.length + 1);
			this.addAsset(record, system, kind, firstRow, cell.id, edits);
		}
	}

	private addAsset(
		record: AssetRecord,
		system: string,
		kind: Kind,
		firstRow: number,
		cell: number,
		edits: Edit[],
	): void {
		const channels: Channel[] = [];
		for (let i = 0; i <= kind.measures.length; i++) {
			const measure = kind.measures[i] ?? null;
			const name = measure?.id ?? STATE_MEASURE;
			const id = this.channelId(record.id, name, measure?.scale ?? 0, edits);
			const channel: Channel = { id, asset: record.id, measure, row: firstRow + i };
			channels.push(channel);
			this.channels[channel.row] = channel;
			this.rowOf.set(id, channel.row);
		}
		this.assets.set(record.id, { record, system, kind, channels, firstRow, cell });
	}

	private channelId(asset: string, measure: string, scale: number, edits: Edit[]): number {
		const key = `${asset}/${measure}`;
		const known = this.stored.get(key);
		if (known !== undefined) {
			if (known.scale !== scale) {
				throw new Error(
					`${key} is stored with ${known.scale} decimals, its system file says ${scale}: give the measure a new id`,
				);
			}
			this.stored.delete(key);
			return known.id;
		}
		const id = this.nextChannel++;
		edits.push({ type: "channel.put", id, asset, measure, scale });
		return id;
	}
}

function ruleKey(rule: RuleRecord): string {
	return `${rule.kind}/${rule.asset ?? "*"}/${rule.limit.id}`;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
