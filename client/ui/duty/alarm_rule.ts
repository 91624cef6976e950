// The rule and the measure behind an alarm, from the catalogue; null when it is about no channel or they are gone.
import type { Alarm } from "#model/alarm.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import type { Catalogue } from "../../live/catalogue.ts";

export function limitOf(catalogue: Catalogue, alarm: Alarm): Limit | null {
	const asset = alarm.asset === null ? undefined : catalogue.find(alarm.asset);
	if (asset === undefined) return null;
	return catalogue.limitsOf(asset).find(({ id }) => id === alarm.rule) ?? null;
}

export function measureOf(catalogue: Catalogue, alarm: Alarm): Measure | null {
	if (alarm.asset === null || alarm.measure === null) return null;
	return catalogue.find(alarm.asset)?.kind.measures.find(({ id }) => id === alarm.measure) ?? null;
}
