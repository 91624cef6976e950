// Which ring each asset bears, from the alarm list: nobody has it, somebody has it, or the newest red that nobody has. One rule for
// the desk's and the wall's picture. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Catalogue } from "../live/catalogue.ts";
import { isAudible } from "../live/sound_plan.ts";
import { Ring } from "./layers/marker_layer.ts";

/** Writes `ring` anew, by asset index. @returns the index of the newest red that nobody has, or null. */
export function writeRings(
	alarms: readonly Alarm[],
	catalogue: Pick<Catalogue, "find">,
	ring: Uint8Array,
): number | null {
	ring.fill(Ring.none);
	let newest: { readonly index: number; readonly raisedAt: number } | null = null;
	for (const alarm of alarms) {
		const index = alarm.asset === null ? undefined : catalogue.find(alarm.asset)?.index;
		if (index === undefined || index >= ring.length) continue;
		const isOpen = isAudible(alarm);
		ring[index] = Math.max(ring[index] ?? 0, isOpen ? Ring.open : Ring.acknowledged);
		const isNewer = newest === null || alarm.raisedAt > newest.raisedAt;
		if (isOpen && alarm.severity === 4 && isNewer) newest = { index, raisedAt: alarm.raisedAt };
	}
	if (newest !== null) ring[newest.index] = Ring.newest;
	return newest?.index ?? null;
}
