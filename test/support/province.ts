// A small province for tests of web's side: the real catalogue, table and followers of core, with readings, alarms and a log that
// the test writes by hand instead of doors, judge and disk.
import type { Alarm, AlarmEvent, Transition } from "../../geodata/model/alarm.ts";
import { isOpen, next } from "../../geodata/model/alarm.ts";
import type { Archived } from "../../geodata/model/archive.ts";
import type { AssetRecord, System } from "../../geodata/model/catalogue.ts";
import { Latest } from "../../geodata/model/latest.ts";
import type { PhotoRecord } from "../../geodata/model/photo.ts";
import { isProblem } from "../../geodata/model/problem.ts";
import type { LogLine } from "../../geodata/model/register.ts";
import type { AnswerOf, CallName, CallOf, CoreHost, CoreState, Follower } from "../../server/bus/bus.ts";
import type { Clock } from "../../server/clock.ts";
import type { Alarms } from "../../server/live/alarms.ts";
import { Catalogue } from "../../server/live/catalogue.ts";
import { Followers } from "../../server/live/followers.ts";
import { Register } from "../../server/live/register.ts";
import type { ReadStore, SessionRecord } from "../../server/store/store.ts";

export interface ProvinceOptions {
	readonly clock: Clock;
	readonly epoch?: number;
	readonly assets: readonly AssetRecord[];
	readonly systems?: readonly System[];
	/** The log of the life before. */
	readonly log?: readonly Transition[];
}

export class Province implements CoreHost {
	readonly latest: Latest;
	readonly catalogue: Catalogue;
	readonly followers: Followers;
	readonly log: Transition[] = [];
	readonly alarms = new Map<string, Alarm>();
	private readonly unrecorded = new Set<string>();
	readonly sessions = new Map<string, SessionRecord>();
	readonly settings = new Map<string, string>();
	/** What stands in the archive. */
	readonly archive: Archived[] = [];
	/** Written by `apply`, as core's engine does. */
	readonly register = new Register({ entries: [], registerRevision: 0, lastLine: 0 });
	readonly lines: LogLine[] = [];
	readonly photos = new Map<string, PhotoRecord>();
	readonly asked: { name: string; body: any }[] = [];
	answers: Partial<Record<CallName, (body: any) => unknown>> = {};
	demo = true;
	storeOpen = true;
	private readonly clock: Clock;

	constructor(options: ProvinceOptions) {
		this.clock = options.clock;
		this.catalogue = new Catalogue(options.systems ?? [gasSystem, rainSystem]);
		this.catalogue.load({ assets: options.assets, channels: [], rules: [] });
		this.latest = new Latest(options.epoch ?? 7, this.catalogue.cells);
		for (const transition of options.log ?? []) {
			this.log.push(transition);
			if (isOpen(transition.alarm)) this.alarms.set(transition.alarm.id, transition.alarm);
			else this.alarms.delete(transition.alarm.id);
		}
		this.followers = new Followers({
			catalogue: this.catalogue,
			latest: this.latest,
			alarms: { open: () => [...this.alarms.values()] } as unknown as Alarms,
			register: this.register,
			clock: this.clock,
			lastSeq: () => this.log.length,
			state: () => this.state(),
		});
	}

	joined(follower: Follower): void {
		this.followers.joined(follower);
	}

	left(follower: Follower): void {
		this.followers.left(follower);
	}

	async call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>> {
		this.asked.push({ name, body });
		return (this.answers[name]?.(body) ?? null) as AnswerOf<N>;
	}

	/** Rows in use, tombstones included. */
	rows(): number[] {
		return this.catalogue.cells.cells.flatMap(({ start, used }) => Array.from({ length: used }, (_, i) => start + i));
	}

	/** An event of an alarm about an asset's first channel; recorded unless told not to. @returns the transition, or null. */
	alarm(assetId: string, event: AlarmEvent, recorded = true): Transition | null {
		const asset = this.catalogue.assets.get(assetId)!;
		const id = `alarm-${assetId}`;
		const place = {
			id,
			subject: `asset:${assetId}`,
			rule: "test",
			system: asset.system,
			district: asset.record.district,
			asset: assetId,
			name: asset.record.name,
			measure: null,
			unit: "",
		};
		const change = next(this.alarms.get(id) ?? this.lastOf(id), place, event);
		if (change === null || isProblem(change)) return null;
		const seq = recorded ? this.log.length + 1 : null;
		const transition: Transition = { ...change, alarm: { ...change.alarm, seq }, seq, commandId: null };
		if (recorded) this.log.push(transition);
		if (recorded) this.unrecorded.delete(id);
		else this.unrecorded.add(id);
		if (isOpen(transition.alarm)) this.alarms.set(id, transition.alarm);
		else this.alarms.delete(id);
		this.followers.news([transition]);
		return transition;
	}

	add(record: AssetRecord): void {
		this.catalogue.put([record]);
		this.latest.fit();
		this.followers.catalogueChanged([this.catalogue.assets.get(record.id)!], []);
	}

	remove(id: string): void {
		const asset = this.catalogue.remove(id)!;
		for (const { row } of asset.channels) this.latest.write(row, Number.NaN, 0, 0, 0);
		this.followers.catalogueChanged([], [id]);
	}

	state(): CoreState {
		return {
			type: "state",
			now: this.clock.now(),
			startedAt: 0,
			demo: this.demo,
			revision: this.latest.revision,
			alarmSeq: this.log.length,
			doors: [
				{
					door: "http",
					enabled: true,
					listening: true,
					address: "/run/readings.sock",
					fault: null,
					frames: 3,
					readings: 5,
					rejected: { "bad-key": 2 },
				},
			],
			store: { open: this.storeOpen, full: this.storeOpen, fault: null, since: 0, readings: 5, bytes: 10 },
			accepted: 5,
			quarantined: 0,
			unrecorded: this.unrecorded.size,
			users: 0,
		};
	}

	/** The store as web reads it: the log, the alarms and the sessions of this province. */
	store(): ReadStore {
		const known = (): Alarm[] => [...new Map(this.log.map(({ alarm }) => [alarm.id, alarm])).values()];
		return {
			transitions: async (after, limit) => this.log.slice(after, after + limit),
			alarms: async (filter) =>
				known()
					.filter((alarm) => alarm.severity >= filter.severity)
					.filter((alarm) => filter.districts.some((prefix) => alarm.district.startsWith(prefix)))
					.filter((alarm) => filter.systems === null || filter.systems.includes(alarm.system))
					.slice(0, filter.limit),
			alarmSpan: async (from, to, limit) => ({
				since: 0,
				before: [],
				steps: this.log.slice(0, limit).map(({ seq, kind, at, alarm }) => ({
					seq: seq ?? 0,
					alarm: alarm.id,
					kind,
					at,
					severity: alarm.severity,
					district: alarm.district,
					system: alarm.system,
				})),
				named: this.log.filter(
					({ kind, at, alarm }) =>
						(kind === "raised" || kind === "rose") && alarm.severity >= 3 && at >= from && at < to,
				),
				cut: false,
			}),
			lines: async (subject, after, limit) =>
				this.lines.filter((line) => line.subject === subject && line.n > after).slice(0, limit),
			story: async (alarm, limit) => ({
				transitions: this.log.filter((one) => one.alarm.id === alarm).slice(-limit),
				receipts: [],
			}),
			linesBetween: async (from, to, after, limit) =>
				this.lines.filter(({ n, at }) => at >= from && at < to && n > after).slice(0, limit),
			archived: async (kind, id) => this.archive.find(({ entry }) => entry.kind === kind && entry.id === id) ?? null,
			archive: async ({ kind }) => ({
				found: this.archive.filter(({ entry }) => entry.kind === kind),
				next: null,
				damaged: 0,
			}),
			photo: async (id) => this.photos.get(id) ?? null,
			setting: async (name) => this.settings.get(name) ?? null,
			session: async (idHash) => this.sessions.get(idHash) ?? null,
			history: async () => ({ points: [{ at: 1_000, count: 125, quality: 1 }], thinned: false }),
			audits: async () => [],
			auditsBack: async () => [],
			auditCheck: async () => ({ ok: true, chained: 0, older: 0, head: null, witnessed: 0 }),
			search: async (text) => [...this.catalogue.assets.keys()].filter((id) => id.includes(text)),
			readings: async () => {
				throw new Error("not in this province");
			},
			close: async () => undefined,
		} as Partial<ReadStore> as ReadStore;
	}

	private lastOf(id: string): Alarm | null {
		return this.log.findLast(({ alarm }) => alarm.id === id)?.alarm ?? null;
	}
}

const measure = (id: string, unit: string, scale: number) =>
	({
		id,
		name: { zh: id, en: id },
		unit,
		scale,
		decimals: scale,
		range: [-1e6, 1e6],
		contract: "periodic",
		silentAfterMs: 600_000,
	}) as const;

export const gasSystem: System = {
	id: "gas",
	name: { zh: "燃气", en: "Gas" },
	policy: ["W18"],
	order: 1,
	kinds: [
		{
			id: "regulator",
			name: { zh: "调压箱", en: "Regulator" },
			primary: "pressure",
			measures: [measure("pressure", "kPa", 2), measure("methane", "%LEL", 1)],
			limits: [],
			fields: [],
			symbol: { icon: "燃", radius: 5 },
			geometry: "point",
		},
	],
};

export const rainSystem: System = {
	id: "rain",
	name: { zh: "雨量", en: "Rain" },
	policy: ["W19"],
	order: 2,
	kinds: [
		{
			id: "gauge",
			name: { zh: "雨量站", en: "Rain gauge" },
			primary: "rain",
			measures: [measure("rain", "mm", 1)],
			limits: [],
			fields: [],
			symbol: { icon: "雨", radius: 5 },
			geometry: "point",
		},
	],
};

export const DISTRICTS = ["210102", "210103", "210202", "210203", "210302"] as const;

/** `perDistrict` assets of both kinds in each of five districts of three cities. */
export function someAssets(perDistrict: number): AssetRecord[] {
	return DISTRICTS.flatMap((district, d) =>
		Array.from({ length: perDistrict }, (_, i): AssetRecord => {
			const kind = i % 2 === 0 ? "regulator" : "gauge";
			return {
				id: `${kind}-${district}-${i}`,
				name: `${kind} ${i} of ${district}`,
				kind,
				district,
				lon: 121 + d + (i % 10) / 100,
				lat: 39 + d / 2 + i / 1_000,
			};
		}),
	);
}
