// A scenario played to its end in seconds: the real world and stage, the real fleet with the devices' own rhythm, and the real heart
// with all systems, under a clock that the test moves. Only the doors are left out: a parcel goes straight to the pipeline.
import { DEMO_SEED, demoCatalogue } from "../../geodata/liaoning/demo/catalogue.ts";
import type { AssetRecord } from "../../geodata/model/catalogue.ts";
import { cityOf } from "../../geodata/model/ids.ts";
import type { Reading } from "../../geodata/model/reading.ts";
import { ManualClock } from "../../server/clock.ts";
import { loadSystems } from "../../server/load_systems.ts";
import { Fleet } from "../../server/simulate/fleet.ts";
import type { Parcel, Sender } from "../../server/simulate/parcel.ts";
import { Stage } from "../../server/simulate/scenarios/stage.ts";
import type { WorldAsset } from "../../server/simulate/world/asset.ts";
import { type Season, seasonShiftMs } from "../../server/simulate/world/moment.ts";
import { World } from "../../server/simulate/world/world.ts";
import { administrator, startHeart } from "./heart.ts";

export const SHANGHAI_NOON: Readonly<Record<Season, number>> = {
	winter: Date.UTC(2027, 0, 15, 2),
	spring: Date.UTC(2027, 3, 20, 2),
	summer: Date.UTC(2027, 7, 1, 2),
	autumn: Date.UTC(2026, 9, 10, 2),
};

const catalogue = demoCatalogue({ assets: 3_000 });

/** A stage of its own over the demo province, in the middle of a morning of a season. */
export function openStage(season: Season, speed = 1) {
	const startAt = SHANGHAI_NOON[season];
	const world = new World(catalogue.assets, DEMO_SEED, seasonShiftMs(startAt, season));
	const worldAt = (now: number): number => startAt + (now - startAt) * 1;
	const stage = new Stage({ world, seed: DEMO_SEED, worldAt, speed, worldSpeed: 1 });
	return { startAt, world, stage };
}

/** One alarm as it rose (or rose higher), s after the scenario's begin. */
export interface Raised {
	readonly s: number;
	readonly asset: string;
	readonly kind: string;
	readonly rule: string;
	readonly severity: number;
}

export interface Rehearsal {
	readonly stage: Stage;
	readonly lead: WorldAsset;
	readonly actors: readonly WorldAsset[];
	/** In order. */
	readonly raised: readonly Raised[];
	/** Alarms about actors that still hold at the end of the calm after it. */
	readonly left: readonly string[];
}

export interface RehearsalOptions {
	readonly speed?: number;
	/** Devices speak for so long before it begins: windows of five minutes are full after 400 s, a first run waits 100 s. */
	readonly beforeMs?: number;
	readonly afterMs?: number;
	/** Assets that no scenario knows, sent by the test itself. */
	readonly aside?: readonly AssetRecord[];
	/** Once, before anything is sent; what it returns is called with seconds since the begin, four times a second, and awaited. */
	readonly watch?: (heart: Heart, clock: ManualClock) => (s: number) => Promise<void> | undefined;
}

const STEP_MS = 250;

/**
 * Plays scenario `id` and `afterMs` of calm. Only its actors, and assets of the same kinds in the same city, send.
 */
export async function rehearse(
	season: Season,
	id: string,
	{ speed = 1, beforeMs = 400_000, afterMs = 900_000, aside = [], watch }: RehearsalOptions = {},
): Promise<Rehearsal> {
	const { stage, startAt } = openStage(season, speed);
	const clock = new ManualClock(startAt);
	const it = await startHeart({ systems: await loadSystems(), clock });
	try {
		// The same cast as later: a place is a matter of the seed and of what is well in these minutes.
		const probe = openStage(season, speed).stage;
		const refusal = probe.start(id, startAt + beforeMs);
		if (refusal !== null || probe.running === null) throw new Error(refusal?.problem ?? "not running");
		const cast = new Set(probe.running.play.actors.map((actor) => actor.record.id));
		const kinds = new Set(probe.running.play.actors.map(({ kind }) => kind));
		const city = probe.running.play.lead.city;
		const sent = catalogue.assets.filter((asset) => kinds.has(asset.kind) && cityOf(asset.district) === city);
		const answer = await it.heart.editor.putAssets(administrator, [...sent, ...aside], "test");
		if ("problem" in answer) throw new Error(answer.problem);
		const fleet = new Fleet({
			world: stage,
			senderOf: new Map(sent.map((asset) => [asset.id, senderInto(it.heart)])),
			seed: DEMO_SEED,
			run: "r",
			rate: null,
			speed: 1,
			now: () => clock.now(),
		});
		const watching = watch?.(it.heart, clock);
		const raised: Raised[] = [];
		const seen = new Map<string, number>();
		const beginAt = startAt + beforeMs;
		const lengthMs = probe.running.play.lengthMs / speed;
		for (let at = startAt; at <= beginAt + lengthMs + afterMs; at += STEP_MS) {
			clock.advanceTo(at);
			if (stage.running === null && at === beginAt) stage.start(id, at);
			stage.tick(at);
			fleet.tick();
			await watching?.((at - beginAt) / 1_000);
			for (const alarm of it.heart.alarms.open()) {
				if (!alarm.active || seen.get(alarm.id) === alarm.occurrence) continue;
				seen.set(alarm.id, alarm.occurrence);
				const asset = alarm.asset ?? "";
				const kind = sent.find((one) => one.id === asset)?.kind ?? "";
				if (at >= beginAt && cast.has(asset))
					raised.push({ s: (at - beginAt) / 1_000, asset, kind, rule: alarm.rule, severity: alarm.severity });
			}
			// The store's worker gets its turn now and then.
			if (at % 60_000 === 0) await new Promise((done) => setImmediate(done));
		}
		const left = [...it.heart.alarms.open()].filter((alarm) => alarm.active && cast.has(alarm.asset ?? ""));
		return {
			stage,
			lead: probe.running.play.lead,
			actors: probe.running.play.actors,
			raised,
			left: left.map(({ asset, rule }) => `${asset} ${rule}`),
		};
	} finally {
		await it.close();
	}
}

type Heart = Awaited<ReturnType<typeof startHeart>>["heart"];

function senderInto(heart: Heart): Sender {
	return {
		door: "http",
		waiting: 0,
		offer(parcel: Parcel) {
			const readings = parcel.readings.map(
				({ asset, measure, at, value, quality }): Reading => ({ asset, measure, at, value, quality }),
			);
			heart.pipeline.accept(readings, "http/rehearsal").committed.catch((error: unknown) => {
				throw error;
			});
		},
		stop: async () => undefined,
	};
}
