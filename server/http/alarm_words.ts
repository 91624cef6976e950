// An alarm in the words of a document: where, and what was judged against what, with the decimals that its measure has. Used by the
// reports, the hand-over note and the morning brief; the page has its own words (client/ui/parts/reason.ts).
import type { Alarm } from "#model/alarm.ts";
import type { CatalogueView } from "../bus/catalogue_view.ts";
import { placeName } from "../documents/names.ts";

/** 沈阳市和平区 南湖换热首站. */
export function whereOf(alarm: Pick<Alarm, "district" | "name">): string {
	return `${placeName(alarm.district)} ${alarm.name}`;
}

/** 供水压力 0.62 MPa，限值 0.80 MPa; what only the rule itself can say is said by it. */
export function judgedOf(alarm: Alarm, catalogue: CatalogueView): string {
	const asset = alarm.asset === null ? undefined : catalogue.assets.get(alarm.asset);
	const measure =
		asset === undefined || alarm.measure === null
			? undefined
			: catalogue.kinds.get(asset.record.kind)?.measures.get(alarm.measure);
	if (measure === undefined || alarm.value === null || alarm.limit === null) return alarm.why;
	if (isSilence(alarm)) return `${measure.name.zh} ${Math.round(alarm.value / 60)} 分钟无数据`;
	const state = measure.states?.find(({ value }) => value === alarm.value);
	if (state !== undefined) return `${measure.name.zh}：${state.text.zh}`;
	const figure = (value: number): string => {
		const unit = measure.unit === "" ? "" : ` ${measure.unit}`;
		return `${value.toFixed(measure.decimals)}${unit}`;
	};
	return `${measure.name.zh} ${figure(alarm.value)}，限值 ${figure(alarm.limit)}`;
}

/** Raised because nothing came: of a channel, a device, a door. */
export function isSilence(alarm: Pick<Alarm, "rule" | "subject">): boolean {
	return alarm.rule.includes("silent") || alarm.rule.includes("silence") || /^(door|device):/.test(alarm.subject);
}
