// An alarm in the words of a document: where, and what was judged against what, with the decimals that its measure has. Used by the
// reports, the hand-over note and the morning brief; the page has its own words (client/ui/parts/reason.ts).
import type { Alarm } from "#model/alarm.ts";
import { judgedText } from "#model/alarm_words.ts";
import type { CatalogueView } from "../bus/catalogue_view.ts";
import { placeName } from "../documents/names.ts";

/** 沈阳市和平区 南湖换热首站. */
export function whereOf(alarm: Pick<Alarm, "district" | "name">): string {
	return `${placeName(alarm.district)} ${alarm.name}`;
}

/** The judgement as a phrase; what only the rule itself can say is said by it. */
export function judgedOf(alarm: Alarm, catalogue: CatalogueView): string {
	const asset = alarm.asset === null ? undefined : catalogue.assets.get(alarm.asset);
	if (asset === undefined) return alarm.why;
	const { kind } = asset.record;
	const measure = alarm.measure === null ? undefined : catalogue.kinds.get(kind)?.measures.get(alarm.measure);
	const limit = catalogue.limits.get(kind)?.find(({ id }) => id === alarm.rule);
	return judgedText(alarm, measure ?? null, limit ?? null);
}
