// What exists, as the page needs it: assets by id and row, their places and kinds as typed arrays, limits in force.
// Fetched whole at first, then what changed since; the columns are rebuilt on such a change (rare) and constant between.
// Shapes are those of GET /api/catalogue, trusted after one look at the envelope.
import type { AssetRecord, Kind, System } from "#model/catalogue.ts";
import { cityOf } from "#model/ids.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import { type Problem, problem } from "#model/problem.ts";
import { Change } from "./change.ts";
import { type Columns, columnsOf, emptyColumns } from "./columns.ts";

/** An asset with its rows. Channel i of `measures` is row firstRow + i; the last row is its `state`. */
export interface AssetView {
	readonly record: AssetRecord;
	readonly system: string;
	readonly cell: number;
	readonly firstRow: number;
	readonly measures: readonly string[];
	readonly channels: readonly number[];
	readonly limits: readonly Limit[];
}

export interface CellView {
	readonly start: number;
	readonly capacity: number;
	readonly used: number;
	readonly district: string;
	readonly system: string;
}

/** Body of GET /api/catalogue?since=. */
export interface CatalogueBody {
	readonly revision: number;
	readonly epoch: number;
	readonly whole: boolean;
	readonly systems: readonly System[];
	readonly limits: readonly { readonly kind: string; readonly limits: readonly Limit[] }[];
	readonly assets: readonly AssetView[];
	readonly removed: readonly string[];
	readonly cells: readonly CellView[];
}

/** One asset as the page handles it. `index` is its place in the columns, good until the next rebuild. */
export interface PageAsset extends AssetView {
	readonly index: number;
	readonly kind: Kind;
	readonly city: string;
}

export class Catalogue {
	readonly change = new Change();
	revision = 0;
	epoch = 0;
	systems: readonly System[] = [];
	cells: readonly CellView[] = [];
	columns: Columns = emptyColumns();
	private readonly views = new Map<string, AssetView>();
	private kinds = new Map<string, { readonly kind: Kind; readonly system: System }>();
	private readonly kindLimits = new Map<string, readonly Limit[]>();
	private byIndex: readonly PageAsset[] = [];
	private byId = new Map<string, PageAsset>();

	get isLoaded(): boolean {
		return this.revision > 0;
	}

	get assets(): readonly PageAsset[] {
		return this.byIndex;
	}

	find(id: string): PageAsset | undefined {
		return this.byId.get(id);
	}

	at(index: number): PageAsset | undefined {
		return this.byIndex[index];
	}

	kind(id: string): Kind | undefined {
		return this.kinds.get(id)?.kind;
	}

	/** The measure of channel `offset` of an asset; null for its state row. */
	measure(asset: PageAsset, offset: number): Measure | null {
		const id = asset.measures[offset];
		return asset.kind.measures.find((measure) => measure.id === id) ?? null;
	}

	/** Row of the asset's primary measure, or -1. */
	primaryRow(asset: PageAsset): number {
		const offset = asset.measures.indexOf(asset.kind.primary);
		return offset < 0 ? -1 : asset.firstRow + offset;
	}

	/** Limits in force: the kind's, where the asset has none of its own by the same id. */
	limitsOf(asset: PageAsset): readonly Limit[] {
		const own = new Set(asset.limits.map((limit) => limit.id));
		const general = this.kindLimits.get(asset.kind.id) ?? asset.kind.limits;
		return [...asset.limits, ...general.filter((limit) => !own.has(limit.id))];
	}

	/** Takes an answer of GET /api/catalogue. @returns a Problem when the envelope is not one. */
	take(body: unknown): Problem | null {
		if (!isBody(body)) return problem("bad-catalogue", "the catalogue's answer has another shape");
		if (body.whole || body.epoch !== this.epoch) this.views.clear();
		for (const id of body.removed) this.views.delete(id);
		for (const view of body.assets) this.views.set(view.record.id, view);
		this.revision = body.revision;
		this.epoch = body.epoch;
		this.cells = body.cells;
		// An answer "since" may leave out what did not change.
		if (body.whole || body.systems.length > 0) this.takeSystems(body.systems);
		for (const { kind, limits } of body.limits) this.kindLimits.set(kind, limits);
		this.rebuild();
		return null;
	}

	private takeSystems(systems: readonly System[]): void {
		this.systems = [...systems].sort((a, b) => a.order - b.order);
		this.kinds = new Map(
			this.systems.flatMap((system) => system.kinds.map((kind) => [kind.id, { kind, system }] as const)),
		);
	}

	private rebuild(): void {
		const assets: PageAsset[] = [];
		for (const view of this.views.values()) {
			// A kind that this answer does not define cannot be drawn or named; the server never sends one.
			const known = this.kinds.get(view.record.kind);
			if (known === undefined) continue;
			assets.push({ ...view, index: assets.length, kind: known.kind, city: cityOf(view.record.district) });
		}
		this.byIndex = assets;
		this.byId = new Map(assets.map((asset) => [asset.record.id, asset]));
		this.columns = columnsOf(
			assets,
			this.systems.map(({ id }) => id),
		);
		this.change.bump();
	}
}

function isBody(body: unknown): body is CatalogueBody {
	if (typeof body !== "object" || body === null) return false;
	const { revision, epoch, systems, limits, assets, cells, removed } = body as Record<string, unknown>;
	return (
		typeof revision === "number" &&
		typeof epoch === "number" &&
		[systems, limits, assets, cells, removed].every((part) => Array.isArray(part))
	);
}
