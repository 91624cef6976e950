// Plays the demo's last thirty days: the simulator's own world is looked at step by step, what it says goes through the server's own
// pipeline, and officers acknowledge what is raised. Readings land in month files, everything else is returned.
import { DEMO_ROTA } from "#geodata/liaoning/demo/rota.ts";
import type { Change, TransitionKind } from "#model/alarm.ts";
import type { AssetRecord, System } from "#model/catalogue.ts";
import { isProblem } from "#model/problem.ts";
import type { Reading } from "#model/reading.ts";
import type { WorldAsset } from "../simulate/world/asset.ts";
import { seasonShiftMs } from "../simulate/world/moment.ts";
import { type Sample, World } from "../simulate/world/world.ts";
import type { Edit, JudgedRecord, ReadingBlock } from "../store/store.ts";
import { HistoryWriter } from "./history.ts";
import { type Incident, Incidents } from "./incidents.ts";
import {
	HOUR_MS,
	isDue,
	isLookDue,
	isNews,
	isWatched,
	type Look,
	type LookGroup,
	planLooks,
	STEP_MS,
} from "./looks.ts";
import { type Act, Agenda, actsFor } from "./officers.ts";
import { openProvince, type Province } from "./province.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The whole past, and how much of it is dense. */
export const PAST_MS = 30 * DAY_MS;
export const DENSE_MS = 2 * DAY_MS;
/** Before the dense part a key frame a day is enough to begin a replay from. */
const SPARSE_FRAME_MS = DAY_MS;

export interface PastOptions {
	/** Empty; month files are written into it. */
	readonly folder: string;
	readonly systems: readonly System[];
	readonly assets: readonly AssetRecord[];
	readonly seed: number;
	/** The seam: the newest reading is at most this late. Epoch ms. */
	readonly until: number;
	readonly pastMs?: number;
	readonly denseMs?: number;
}

/** A change with who asked for it, in the order of the log. */
export interface Logged {
	readonly change: Change;
	readonly act: Act | null;
}

export interface Past {
	readonly from: number;
	readonly until: number;
	readonly readings: number;
	readonly channels: readonly Edit[];
	readonly log: readonly Logged[];
	readonly judged: readonly JudgedRecord[];
	/** The newest reading of every channel. */
	readonly newest: ReadingBlock;
	/** Scenarios that were played: their assets measured something else than the world alone gives. */
	readonly incidents: readonly Incident[];
}

const RAISES: ReadonlySet<TransitionKind> = new Set(["raised", "rose"]);

/** Half a minute of work; gives way to the loop between hours, so that who is told to end does so. */
export async function makePast(options: PastOptions): Promise<Past> {
	const { until } = options;
	const from = Math.floor((until - (options.pastMs ?? PAST_MS)) / HOUR_MS) * HOUR_MS;
	const denseFrom = Math.floor((until - (options.denseMs ?? DENSE_MS)) / HOUR_MS) * HOUR_MS;
	const history = new HistoryWriter(options.folder);
	try {
		const player = new Player(options, { from, dense: denseFrom, until }, history);
		for (let step = from; step <= until; step += STEP_MS) {
			player.step(step, step >= denseFrom);
			history.flush(step - HOUR_MS, false);
			if (step % HOUR_MS === 0) await new Promise((resolve) => setImmediate(resolve));
		}
		history.flush(until, true);
		const { province, log, incidents } = player;
		const judged = [...province.judged.values()].filter(({ severity, rising, calm }) => severity + rising + calm > 0);
		const { channels } = province;
		const newest = province.frame().frame;
		const { played } = incidents;
		return { from, until, readings: history.readings, channels, log, judged, newest, incidents: played };
	} finally {
		history.close();
	}
}

class Player {
	readonly province: Province;
	readonly incidents: Incidents;
	readonly log: Logged[] = [];
	private readonly options: PastOptions;
	private readonly world: World;
	private readonly looks: readonly Look[];
	/** Those that may be due in any step. */
	private readonly often: readonly Look[];
	private readonly lookOf = new Map<WorldAsset, Look>();
	private readonly history: HistoryWriter;
	private readonly agenda = new Agenda();
	private timersAt: number;

	constructor(
		options: PastOptions,
		span: { readonly from: number; readonly dense: number; readonly until: number },
		history: HistoryWriter,
	) {
		const { assets, seed, until, systems } = options;
		this.options = options;
		this.history = history;
		this.timersAt = span.from;
		// As the simulator: the season is fixed by the moment of the start.
		this.world = new World(assets, seed, seasonShiftMs(until, "auto"));
		this.incidents = new Incidents(this.world, seed, span);
		this.province = openProvince(systems, assets, span.from, {
			reading: (channel, at, count, quality) => history.push(channel, at, count, quality),
			change: (change) => this.take(change, null),
		});
		const { kinds } = this.province.catalogue;
		this.looks = planLooks(
			this.world.assets,
			seed,
			(kind) => kinds.get(kind)?.kind.measures ?? [],
			(asset) => this.world.mayFail(asset),
		);
		for (const look of this.looks) if (look.isFirst) this.lookOf.set(look.asset, look);
		this.often = this.looks.filter(({ watch, groups }) => watch !== null || groups.some(({ isSummed }) => isSummed));
	}

	step(step: number, isDense: boolean): void {
		const { until } = this.options;
		const { province } = this;
		for (const look of isDense || step % HOUR_MS === 0 ? this.looks : this.often) {
			const at = step + look.offsetMs;
			if (at > until) break;
			const isClose = isDense || (look.watch !== null && isWatched(look, this.world, at));
			if (!isClose && !look.isFirst) continue;
			if (isLookDue(look, step, isClose)) this.look(look, step, isClose);
		}
		this.passTo(Math.min(until, step + STEP_MS - 1));
		if (isDense || step % HOUR_MS === 0) province.figures();
		if (step % (isDense ? HOUR_MS : SPARSE_FRAME_MS) !== 0) return;
		const { frame, severity } = province.frame();
		this.history.keyFrame(province.clock.now(), frame, severity);
	}

	/** Time goes by: on-delays end on the minute, officers act when it is their time. */
	private passTo(at: number): void {
		const { clock } = this.province;
		while (this.timersAt + MINUTE_MS <= at) {
			this.timersAt += MINUTE_MS;
			this.actUntil(this.timersAt);
			clock.advanceTo(this.timersAt);
			this.province.judgeTimers();
			this.incidents.tick(this.timersAt);
			for (const actor of this.incidents.actors ?? []) this.lookAtActor(actor, this.timersAt);
		}
		this.actUntil(at);
		clock.advanceTo(at);
	}

	/** Devices of an event report every minute, sums apart. */
	private lookAtActor(actor: WorldAsset, at: number): void {
		const look = this.lookOf.get(actor);
		const sample = look === undefined ? null : this.incidents.sample(actor, at);
		if (look === undefined || sample === null) return;
		const readings: Reading[] = [];
		for (const one of look.groups)
			if (one.group.isExact !== true && isNews(one, sample.values, at, true))
				readingsOf(actor.record.id, one, sample, at, readings);
		if (readings.length > 0) this.province.accept(readings);
	}

	private look({ asset, isFirst, groups, offsetMs }: Look, step: number, isClose: boolean): void {
		const at = step + offsetMs;
		this.passTo(at);
		const sample = this.incidents.sample(asset, at);
		if (sample === null) {
			if (isFirst) this.province.silent(asset.record.id);
			return;
		}
		const readings: Reading[] = [];
		for (const one of groups)
			if (isDue(one, step, isClose) && isNews(one, sample.values, at, isClose))
				readingsOf(asset.record.id, one, sample, at, readings);
		if (readings.length > 0) this.province.accept(readings);
	}

	private actUntil(at: number): void {
		const { alarms } = this.province;
		for (let act = this.agenda.due(at); act !== undefined; act = this.agenda.due(at)) {
			const { type, alarm, occurrence, by } = act;
			const command =
				type === "acknowledge"
					? { type, occurrence, by, at: act.at, ...(act.note === null ? {} : { note: act.note }) }
					: { type, occurrence, by, at: act.at, note: act.note ?? "" };
			const planned = alarms.plan(alarm, command);
			// Raised again since: that raise has its own acknowledgement on the agenda.
			if (isProblem(planned)) continue;
			alarms.keep(planned.change);
			this.take(planned.change, act);
		}
	}

	private take(change: Change, act: Act | null): void {
		this.log.push({ change, act });
		if (!RAISES.has(change.kind)) return;
		for (const next of actsFor(DEMO_ROTA, change.alarm, this.options.seed)) this.agenda.add(next);
	}
}

/** As the simulator's devices send them. */
function readingsOf(asset: string, { group, labelMs }: LookGroup, sample: Sample, at: number, into: Reading[]): void {
	const labelled = labelMs === 0 ? at : Math.floor(at / labelMs) * labelMs - labelMs;
	for (const measure of group.measures) {
		const value = sample.values[measure];
		if (value === undefined) continue;
		const isBroken = sample.broken.includes(measure);
		const quality = isBroken ? "bad" : sample.overRange.includes(measure) ? "suspect" : "good";
		into.push({ asset, measure, at: labelled, value: isBroken ? null : value, quality });
	}
}
