// What a scenario is: a name and a season, and how it casts itself on the province. Once cast it is data and pure physics: steps with
// their times, figures, and how it bends what its actors measure. Times are ms of the world's clock since its begin. Types only.
import type { Chance } from "#geodata/liaoning/demo/chance.ts";
import type { WorldAsset } from "../world/asset.ts";
import type { Season } from "../world/moment.ts";
import type { Values } from "../world/scene.ts";
import type { Sky } from "../world/weather.ts";
import type { Atlas } from "./atlas.ts";

export interface Words {
	readonly zh: string;
	readonly en: string;
}

export interface Step {
	readonly id: string;
	readonly name: Words;
	readonly atMs: number;
}

/** What a figure may look at: values as they are sent at that moment, and the weather there. */
export interface Look {
	/** null: the device says nothing, or not this. */
	value(asset: WorldAsset, measure: string): number | null;
	sky(city: string): Sky;
}

export interface Figure {
	readonly id: string;
	readonly name: Words;
	readonly unit: string;
	readonly decimals: number;
	of(look: Look, t: number): number | null;
}

/** A scenario on its place. */
export interface Play {
	/** The one that it is about. */
	readonly lead: WorldAsset;
	/** Everything it bends, the lead first. */
	readonly actors: readonly WorldAsset[];
	readonly steps: readonly Step[];
	readonly lengthMs: number;
	readonly figures: readonly Figure[];
	/** Mutates `values`, what the world says of the actor at that moment. Pure in (asset, t, values). */
	bend(asset: WorldAsset, t: number, values: Values): void;
}

export interface Scenario {
	readonly id: string;
	readonly name: Words;
	/** What will be seen, in one or two sentences. */
	readonly summary: Words;
	readonly season: Season | "any";
	readonly minutes: number;
	/** Names of the steps, before there is a place. */
	readonly plot: readonly Omit<Step, "atMs">[];
	/** null: the province has no place for it. */
	cast(atlas: Atlas, chance: Chance): Play | null;
}

export function words(zh: string, en: string): Words {
	return { zh, en };
}
