// Changes of what exists and of what is watched, made while core runs: assets, devices, rules. Each is checked, committed with
// its audit record, and only then true in memory.

import type { AuditRecord } from "#model/audit.ts";
import { type Asset, type AssetRecord, assetSchema, type DoorName } from "#model/catalogue.ts";
import type { Latest } from "#model/latest.ts";
import { type Limit, limitSchema } from "#model/limit.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { type Action, isUndivided, refuse, refuseUndivided, type Who } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { DeviceRecord, Edit } from "../store/store.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Derived } from "./derive.ts";
import type { Devices } from "./devices.ts";
import type { Judge } from "./judge.ts";
import type { Quarantine } from "./quarantine.ts";
import type { Recorder } from "./recorder.ts";
import type { Sources } from "./sources.ts";
import type { Watchdog } from "./watchdog.ts";

export interface EditorParts {
	readonly catalogue: Catalogue;
	readonly latest: Latest;
	readonly judge: Judge;
	readonly derived: Derived;
	readonly watchdog: Watchdog;
	readonly sources: Sources;
	readonly devices: Devices;
	readonly quarantine: Quarantine;
	readonly recorder: Recorder;
	readonly clock: Clock;
	/** Tells the followers. */
	readonly changed: (assets: readonly Asset[], removed: readonly string[]) => void;
}

const ASSETS_MAX = 100_000;

export class Editor {
	private readonly parts: EditorParts;

	constructor(parts: EditorParts) {
		this.parts = parts;
	}

	async putAssets(who: Who, inputs: readonly unknown[], source: string) {
		const refusal = refuse(who, "catalogue.edit", null);
		if (refusal !== null) return refusal;
		const rejected: { index: number; problem: Problem }[] = [];
		const records = new Map<string, AssetRecord>();
		for (let index = 0; index < inputs.length; index++) {
			const record = this.parse(who, inputs[index]);
			if (isProblem(record)) rejected.push({ index, problem: record });
			else records.set(record.id, record);
		}
		if (this.parts.catalogue.assets.size + records.size > ASSETS_MAX)
			return problem("too-many", `a folder holds at most ${ASSETS_MAX} assets`);
		const audit = this.audit(
			who.user,
			"assets.put",
			`${records.size} assets`,
			{ first: [...records.keys()].slice(0, 20) },
			source,
		);
		await this.storeAssets([...records.values()], [], [audit]);
		return { stored: records.size, rejected };
	}

	/** Also the way the demo is seeded. */
	async storeAssets(
		records: readonly AssetRecord[],
		more: readonly Edit[],
		audits: readonly AuditRecord[],
	): Promise<void> {
		const { catalogue, recorder } = this.parts;
		const fresh = records.filter((record) => !catalogue.assets.has(record.id));
		const before = new Map(records.map((record) => [record.id, catalogue.assets.get(record.id)?.record]));
		const channels = catalogue.put(records);
		// The table has the new cells at once: a tick may pass before the commit does.
		this.parts.latest.fit();
		this.parts.sources.fit(catalogue.cells.rows);
		const puts = records.map((record): Edit => ({ type: "asset.put", record }));
		try {
			await recorder.edit([...puts, ...channels, ...more], audits);
		} catch (error) {
			const unstored = new Set(channels.flatMap((edit) => (edit.type === "channel.put" ? [edit.id] : [])));
			for (const record of fresh) catalogue.remove(record.id, unstored);
			catalogue.put(records.flatMap((record) => before.get(record.id) ?? []));
			throw error;
		}
		const assets = records.flatMap((record) => catalogue.assets.get(record.id) ?? []);
		this.admit(assets);
		this.parts.changed(assets, []);
	}

	/** Makes assets part of judging, deriving and watching; at a start for all of them. */
	admit(assets: readonly Asset[]): void {
		const { latest, judge, derived, watchdog, sources, catalogue } = this.parts;
		latest.fit();
		sources.fit(catalogue.cells.rows);
		for (const asset of assets) {
			judge.compile(asset);
			derived.add(asset);
			watchdog.add(asset);
		}
	}

	async removeAsset(who: Who, id: string, source: string): Promise<{ removed: string } | Problem> {
		const { catalogue, judge, derived, watchdog, recorder } = this.parts;
		const asset = catalogue.assets.get(id);
		const refusal = refuseAt(who, "catalogue.edit", asset);
		if (asset === undefined || refusal !== null) return refusal ?? NOT_THERE;
		await recorder.edit([{ type: "asset.remove", id }], [this.audit(who.user, "assets.remove", id, {}, source)]);
		for (const channel of asset.channels) judge.forget(channel.row);
		derived.remove(asset);
		watchdog.forget(asset);
		catalogue.remove(id);
		this.parts.changed([], [id]);
		return { removed: id };
	}

	async putDevice(who: Who, input: unknown, source: string) {
		const { catalogue, devices, recorder } = this.parts;
		const planned = devices.plan(input);
		if (isProblem(planned)) return planned;
		const asset = catalogue.assets.get(planned.record.asset);
		const refusal = refuseAt(who, "device.edit", asset);
		if (refusal !== null) return refusal;
		if (asset === undefined) return problem("unknown-asset", `no asset ${planned.record.asset}`, "asset");
		const { record, key } = planned;
		await recorder.edit(
			[{ type: "device.put", record }],
			[this.audit(who.user, "device.put", record.id, { door: record.door, address: record.address }, source)],
		);
		this.adopt(record);
		return { id: record.id, asset: record.asset, door: record.door, address: record.address, key };
	}

	/** A device speaks for its asset's rows from now on; its silence is counted from now. */
	adopt(record: DeviceRecord): void {
		const { catalogue, devices, quarantine, sources, clock } = this.parts;
		devices.put(record);
		quarantine.release(record.door, record.address);
		const asset = catalogue.assets.get(record.asset);
		if (asset === undefined || asset.record.quiet === true) return;
		const name = `${record.door}/${record.address}`;
		sources.expect(name, clock.now());
		for (const channel of asset.channels)
			if (channel.measure !== null && channel.measure.derive === undefined) sources.fed(name, channel.row);
	}

	listDevices(who: Who): Problem | { id: string; asset: string; door: DoorName; address: string; demo: boolean }[] {
		const refusal = refuse(who, "device.edit", null);
		if (refusal !== null) return refusal;
		const { catalogue, devices } = this.parts;
		return devices
			.list()
			.filter(({ asset }) => refuseAt(who, "device.edit", catalogue.assets.get(asset)) === null)
			.map(({ id, asset, door, address, demo }) => ({ id, asset, door, address, demo }));
	}

	/** A limit of a kind (asset null) or of one asset; what stands now is judged anew at once. */
	async putRule(
		who: Who,
		kind: string,
		asset: string | null,
		input: unknown,
		removed: boolean,
		source: string,
	): Promise<{ rule: string } | Problem> {
		const { catalogue, judge, clock, recorder } = this.parts;
		const refusal =
			asset === null ? refuseUndivided(who, "rule.edit") : refuseAt(who, "rule.edit", catalogue.assets.get(asset));
		if (refusal !== null) return refusal;
		const limit = this.parseLimit(kind, asset, input, who);
		if (isProblem(limit)) return limit;
		const rule = { kind, asset, limit, removed };
		await recorder.edit(
			[{ type: "rule.put", record: rule }],
			[this.audit(who.user, "rule.put", `${kind}/${asset ?? "*"}/${limit.id}`, { limit, removed }, source)],
		);
		const touched = catalogue.putRule(rule);
		const now = clock.now();
		for (const one of touched) {
			judge.compile(one);
			judge.review(one, [limit.id], now);
		}
		this.parts.changed(touched, []);
		return { rule: limit.id };
	}

	private parse(who: Who, input: unknown): AssetRecord | Problem {
		const parsed = assetSchema.safeParse(input);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			return problem("bad-asset", issue?.message ?? "not an asset", issue?.path.join("."));
		}
		const { catalogue } = this.parts;
		const refusal = catalogue.refuse(parsed.data);
		if (refusal !== null) return refusal;
		// An id that stands elsewhere is not taken from there.
		const known = catalogue.assets.get(parsed.data.id);
		const beyond = known === undefined ? null : refuseAt(who, "catalogue.edit", known);
		if (beyond !== null) return beyond;
		const place = { district: parsed.data.district, system: catalogue.kinds.get(parsed.data.kind)?.system.id ?? "" };
		return refuse(who, "catalogue.edit", place) ?? parsed.data;
	}

	private parseLimit(kind: string, asset: string | null, input: unknown, who: Who): Limit | Problem {
		const { catalogue } = this.parts;
		const known = catalogue.kinds.get(kind);
		if (known === undefined) return problem("unknown-kind", `no kind ${kind}`, "kind");
		if (asset !== null && catalogue.assets.get(asset)?.kind.id !== kind)
			return problem("unknown-asset", `no ${kind} ${asset}`, "asset");
		const parsed = limitSchema.safeParse(input);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			return problem("bad-limit", issue?.message ?? "not a limit", issue?.path.join("."));
		}
		if (!known.kind.measures.some((measure) => measure.id === parsed.data.measure)) {
			return problem("unknown-measure", `${kind} has no measure ${parsed.data.measure}`, "limit.measure");
		}
		return { ...parsed.data, setBy: who.user };
	}

	private audit(user: string, action: string, subject: string, detail: object, source: string): AuditRecord {
		return { at: this.parts.clock.now(), user, action, subject, result: "ok", detail: JSON.stringify(detail), source };
	}
}

const NOT_THERE = problem("not-found", "no such thing in your scope");

/** What does not exist and what lies outside the scope get the same words; the whole province is told apart. */
function refuseAt(who: Who, action: Action, asset: Asset | undefined): Problem | null {
	if (asset !== undefined) {
		return refuse(who, action, { district: asset.record.district, system: asset.system, asset: asset.record.id });
	}
	return refuse(who, action, null) ?? (isUndivided(who.scope) ? null : NOT_THERE);
}
