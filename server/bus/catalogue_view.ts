// The catalogue as web knows it: systems, kinds, limits, assets with their rows, and what changed since a revision.
// Filled by mirror.ts from core's news; read by wire/ and http/.
import type { Kind, System } from "#model/catalogue.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import type { AssetView, CatalogueNews } from "./bus.ts";

/** Removed ids that are remembered for `since`; older questions are answered with everything. */
const REMOVED_MAX = 10_000;

export interface KindOf {
	readonly system: System;
	readonly kind: Kind;
	readonly measures: ReadonlyMap<string, Measure>;
}

/** What a row is; `measure` is null on an asset's state row. */
export interface RowOf {
	readonly asset: AssetView;
	readonly index: number;
	readonly measureId: string;
	readonly measure: Measure | null;
}

export class CatalogueView {
	revision = 0;
	epoch = 0;
	systems: readonly System[] = [];
	readonly kinds = new Map<string, KindOf>();
	readonly limits = new Map<string, readonly Limit[]>();
	readonly assets = new Map<string, AssetView>();
	/** Decimal scale of each row's count. */
	scale = new Uint8Array(1024);
	private assetAt: (AssetView | undefined)[] = [];
	private readonly changedAt = new Map<string, number>();
	private readonly removedAt = new Map<string, number>();
	/** Before this revision what was removed is no longer known. */
	private floor = 0;

	take(news: CatalogueNews): void {
		if (news.whole) this.forget(news.revision);
		this.revision = news.revision;
		this.epoch = news.epoch;
		if (news.systems.length > 0 || news.whole) this.takeSystems(news.systems);
		for (const { kind, limits } of news.limits) this.limits.set(kind, limits);
		for (const id of news.removed) this.remove(id, news.revision);
		for (const asset of news.assets) this.put(asset, news.revision);
	}

	/** What the row is, or undefined for a free or removed one. */
	rowOf(row: number): RowOf | undefined {
		const asset = this.assetAt[row];
		if (asset === undefined) return undefined;
		const index = row - asset.firstRow;
		const measureId = asset.measures[index];
		if (measureId === undefined) return undefined;
		return { asset, index, measureId, measure: this.measureOf(asset, measureId) };
	}

	measureOf(asset: AssetView, measureId: string): Measure | null {
		return this.kinds.get(asset.record.kind)?.measures.get(measureId) ?? null;
	}

	/** Limits in force for an asset: its own where they differ, its kind's otherwise. */
	limitsOf(asset: AssetView): readonly Limit[] {
		const own = new Map(asset.limits.map((limit) => [limit.id, limit]));
		const kinds = this.limits.get(asset.record.kind) ?? [];
		return [...kinds.filter((limit) => !own.has(limit.id)), ...own.values()];
	}

	/** Assets changed and ids removed after `revision`, or null when that is too long ago to say. */
	since(revision: number): { readonly assets: readonly AssetView[]; readonly removed: readonly string[] } | null {
		if (revision < this.floor || revision > this.revision) return null;
		const assets: AssetView[] = [];
		for (const [id, changed] of this.changedAt) {
			const asset = changed > revision ? this.assets.get(id) : undefined;
			if (asset !== undefined) assets.push(asset);
		}
		const removed = [...this.removedAt].filter(([, at]) => at > revision).map(([id]) => id);
		return { assets, removed };
	}

	private forget(revision: number): void {
		this.kinds.clear();
		this.limits.clear();
		this.assets.clear();
		this.changedAt.clear();
		this.removedAt.clear();
		this.assetAt = [];
		this.floor = revision;
	}

	private takeSystems(systems: readonly System[]): void {
		this.systems = [...systems].sort((a, b) => a.order - b.order);
		this.kinds.clear();
		for (const system of systems) {
			for (const kind of system.kinds) {
				const measures = new Map(kind.measures.map((measure) => [measure.id, measure]));
				this.kinds.set(kind.id, { system, kind, measures });
				if (!this.limits.has(kind.id)) this.limits.set(kind.id, kind.limits);
			}
		}
	}

	private put(asset: AssetView, revision: number): void {
		this.clearRows(asset.record.id);
		this.assets.set(asset.record.id, asset);
		this.removedAt.delete(asset.record.id);
		// Deleted first, so that the map's order is the order of change.
		this.changedAt.delete(asset.record.id);
		this.changedAt.set(asset.record.id, revision);
		const end = asset.firstRow + asset.measures.length;
		if (end > this.scale.length) {
			const grown = new Uint8Array(Math.max(this.scale.length * 2, end));
			grown.set(this.scale);
			this.scale = grown;
		}
		for (const [index, id] of asset.measures.entries()) {
			this.assetAt[asset.firstRow + index] = asset;
			this.scale[asset.firstRow + index] = this.measureOf(asset, id)?.scale ?? 0;
		}
	}

	private remove(id: string, revision: number): void {
		if (!this.assets.has(id)) return;
		this.clearRows(id);
		this.assets.delete(id);
		this.changedAt.delete(id);
		this.removedAt.set(id, revision);
		if (this.removedAt.size <= REMOVED_MAX) return;
		const [oldest, at] = this.removedAt.entries().next().value as [string, number];
		this.removedAt.delete(oldest);
		this.floor = at;
	}

	private clearRows(id: string): void {
		const before = this.assets.get(id);
		if (before === undefined) return;
		for (let index = 0; index < before.measures.length; index++) this.assetAt[before.firstRow + index] = undefined;
	}
}
