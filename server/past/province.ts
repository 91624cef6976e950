// The heart of the past: the server's own catalogue, table, judge, derived channels, alarms and pipeline, under a clock that the
// generator moves. What would be committed is collected: readings go to the history, changes of alarms to the log.
import type { Change } from "#model/alarm.ts";
import type { AssetRecord, Kind, System } from "#model/catalogue.ts";
import { Latest } from "#model/latest.ts";
import { type Derive, Quality } from "#model/measure.ts";
import type { Reading } from "#model/reading.ts";
import { ManualClock } from "../clock.ts";
import { Alarms } from "../live/alarms.ts";
import { Catalogue } from "../live/catalogue.ts";
import { Derived } from "../live/derive.ts";
import { Judge } from "../live/judge.ts";
import { Pipeline } from "../live/pipeline.ts";
import { Sources } from "../live/sources.ts";
import { BlockBuilder } from "../store/block.ts";
import type { Edit, JudgedRecord, ReadingBlock } from "../store/store.ts";

const HOUR_MS = 3_600_000;
/** A rule that counts the last samples finds as many of them, however far apart they are. */
const COUNTED_MS = 4 * HOUR_MS;

export interface Province {
	readonly clock: ManualClock;
	readonly catalogue: Catalogue;
	readonly latest: Latest;
	readonly alarms: Alarms;
	readonly pipeline: Pipeline;
	/** Channels of the catalogue, to be stored with it. */
	readonly channels: readonly Edit[];
	/** Judged states that something waits or holds in, by channel and rule. */
	readonly judged: ReadonlyMap<string, JudgedRecord>;
	accept(readings: readonly Reading[]): void;
	/** On-delays that have ended by the clock's time. */
	judgeTimers(): void;
	/** District figures as of the clock's time. */
	figures(): void;
	/** An asset that says nothing: its rows with a rule about silence are judged by when they last spoke. */
	silent(asset: string): void;
	/** The whole table, as key frames hold it. */
	frame(): { readonly frame: ReadingBlock; readonly severity: Uint8Array };
}

export interface Listener {
	reading(channel: number, at: number, count: number, quality: number): void;
	change(change: Change): void;
}

export function openProvince(
	systems: readonly System[],
	records: readonly AssetRecord[],
	startAt: number,
	listener: Listener,
): Province {
	const clock = new ManualClock(startAt);
	const catalogue = new Catalogue(systems.map(sparse));
	const channels = catalogue.put(records);
	const latest = new Latest(1, catalogue.cells);
	const sources = new Sources();
	sources.fit(catalogue.cells.rows);
	const judged = new Map<string, JudgedRecord>();
	const settled = Promise.resolve();
	const recorder = {
		reading: (channel: number, at: number, count: number, quality: number) =>
			listener.reading(channel, at, count, quality),
		change: (change: Change) => listener.change(change),
		settled: () => settled,
		holds: () => false,
	};
	const alarms = new Alarms(catalogue, () => recorder);
	const judge = new Judge(catalogue, latest, alarms, {
		judgedState: (record) => judged.set(`${record.channel}/${record.rule}`, record),
	});
	const derived = new Derived(catalogue, latest);
	for (const asset of catalogue.assets.values()) {
		judge.compile(asset);
		derived.add(asset);
	}
	const store = {
		readings: () => Promise.reject(new Error("there is nothing before the past")),
		// Closed: a late value is judged without asking for what was stored.
		state: () => CLOSED,
	};
	const pipeline = new Pipeline({ catalogue, latest, judge, derived, recorder, sources, clock, store });
	return {
		clock,
		catalogue,
		latest,
		alarms,
		pipeline,
		channels,
		judged,
		accept(readings) {
			const { rejected } = pipeline.accept(readings, "past");
			const [first] = rejected;
			if (first !== undefined) throw new Error(`the world gave what the server refuses: ${first.problem.detail}`);
		},
		judgeTimers: () => judge.tick(clock.now()),
		figures: () => derived.tick(clock.now(), pipeline.emit),
		silent(id) {
			for (const { row } of catalogue.assets.get(id)?.channels ?? []) {
				if (!judge.hasSilenceLimit(row) || latest.quality[row] === Quality.none) continue;
				const seconds = Math.floor((clock.now() - (sources.spokeAt[row] ?? 0)) / 1000);
				latest.judge(row, judge.silence(row, seconds, clock.now()));
			}
		},
		frame: () => frameOf(catalogue, latest),
	};
}

const CLOSED = {
	open: false,
	synchronous: 0,
	since: 0,
	fault: "generated",
	journalReadings: 0,
	fileBytes: 0,
	audit: null,
};

/** The system with windows that take what the past has: one sample an hour is enough, where devices give sixty. */
function sparse(system: System): System {
	const kinds = system.kinds.map((kind): Kind => {
		const measures = kind.measures.map((measure) =>
			measure.derive === undefined ? measure : { ...measure, derive: sparseDerive(measure.derive) },
		);
		return { ...kind, measures };
	});
	return { ...system, kinds };
}

function sparseDerive(derive: Derive): Derive {
	if (derive.type === "nOfM") return { ...derive, windowMs: COUNTED_MS };
	if (derive.type === "group") return derive;
	// A part that is missing in a sum was dry.
	if (derive.op === "sum") return { ...derive, minShare: 0 };
	return { ...derive, periodMs: Math.max(derive.periodMs, HOUR_MS) };
}

function frameOf(catalogue: Catalogue, latest: Latest): { frame: ReadingBlock; severity: Uint8Array } {
	const rows = new BlockBuilder(1 << 14);
	const severity: number[] = [];
	for (const channel of catalogue.channels) {
		if (channel === undefined || latest.quality[channel.row] === Quality.none) continue;
		const at = latest.at[channel.row] ?? 0;
		rows.push(channel.id, at, latest.value[channel.row] ?? Number.NaN, latest.quality[channel.row] ?? 0, at);
		severity.push(latest.severity[channel.row] ?? 0);
	}
	return { frame: rows.take(), severity: Uint8Array.from(severity) };
}
