// When something goes wrong, and with whom: in each slot of each lane of a template one asset of a small pool may be in trouble, by the
// template's share, so that there is always something small, seldom something bad, and old alarms come back on the same assets.
// Pure functions of (seed, time).
import { hashPair, hashText, unit } from "#geodata/liaoning/demo/chance.ts";
import type { WorldAsset } from "./asset.ts";
import type { Moment } from "./moment.ts";
import { isHeating, siteSeason, siteWork } from "./rhythm.ts";
import { TEMPLATES, type Template } from "./templates.ts";

/** Candidates of a lane: enough for change, few enough that old alarms come back instead of new ones piling up. */
const POOL_PER_LANE = 3;

interface Turn {
	readonly template: Template;
	readonly seed: number;
	readonly offsetMs: number;
	readonly place: number;
	readonly pool: number;
}

/** An episode that an asset is in. */
export interface Episode {
	readonly template: Template;
	readonly startAt: number;
	/** 0..1, by the ramps. */
	readonly strength: number;
}

const NONE: readonly Episode[] = [];

export class Episodes {
	/** By asset id; only assets of a pool are here. */
	readonly #turns = new Map<string, Turn[]>();

	constructor(assets: readonly WorldAsset[], seed: number) {
		for (const template of TEMPLATES) {
			const own = hashText(template.id, seed);
			const candidates = assets
				.filter((asset) => template.kinds.includes(asset.kind) && mayFail(asset))
				.map((asset) => [hashPair(own, asset.seed), asset] as const)
				.toSorted((a, b) => a[0] - b[0])
				.slice(0, template.lanes * POOL_PER_LANE);
			for (const [place, [, asset]] of candidates.entries()) this.#add(asset, template, own, place, candidates.length);
		}
	}

	#add(asset: WorldAsset, template: Template, own: number, place: number, candidates: number): void {
		const lane = place % template.lanes;
		const turn: Turn = {
			template,
			seed: hashPair(own, lane),
			offsetMs: (lane / template.lanes + unit(own, 7)) * template.slotMs,
			place: Math.floor(place / template.lanes),
			pool: Math.ceil((candidates - lane) / template.lanes),
		};
		const turns = this.#turns.get(asset.record.id);
		if (turns === undefined) this.#turns.set(asset.record.id, [turn]);
		else turns.push(turn);
	}

	/** Trouble may come to the asset at some time. */
	concerns(asset: WorldAsset): boolean {
		return this.#turns.has(asset.record.id);
	}

	/** What is wrong with an asset now. */
	of(asset: WorldAsset, moment: Moment): readonly Episode[] {
		const turns = this.#turns.get(asset.record.id);
		if (turns === undefined) return NONE;
		const episodes: Episode[] = [];
		for (const { template, seed, offsetMs, place, pool } of turns) {
			const slot = Math.floor((moment.at - offsetMs) / template.slotMs);
			if (hashPair(seed, slot) % pool !== place || !isTime(template, asset, moment)) continue;
			if (template.share !== undefined && unit(seed + 1, slot) >= template.share) continue;
			const startAt = slot * template.slotMs + offsetMs;
			const age = moment.at - startAt;
			const ramp = template.rampMs ?? 0;
			const strength = ramp === 0 ? 1 : Math.min(1, age / ramp, (template.slotMs - age) / ramp);
			episodes.push({ template, startAt, strength });
		}
		return episodes;
	}
}

/** Nothing bad is invented about the few bridges with a real name, nor about what is closed anyway. */
function mayFail(asset: WorldAsset): boolean {
	return asset.kind !== "bridge" || asset.record.fields?.status === "open";
}

const TIMES: Readonly<Record<NonNullable<Template["when"]>, (asset: WorldAsset, moment: Moment) => boolean>> = {
	heating: (asset, moment) => isHeating(asset.city, moment),
	summer: (_, { monthDay }) => monthDay >= 601 && monthDay < 1001,
	work: (_, moment) => siteWork(moment) > 0.15,
	nightWork: (_, moment) => siteSeason(moment) > 0.2 && (moment.hour >= 22.1 || moment.hour < 5.8),
};

function isTime({ when }: Template, asset: WorldAsset, moment: Moment): boolean {
	return when === undefined || TIMES[when](asset, moment);
}
