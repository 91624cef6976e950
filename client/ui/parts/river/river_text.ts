// What the river says in words: the readout of a bucket, the summary for those who do not see the canvas, the forecast's label.
import type { TFunction } from "i18next";
import { minuteText, numberText } from "../../../live/format.ts";
import { openTotal, type RiverData, type RiverShift } from "../../../live/river.ts";
import type { Forecast } from "../../../live/river_forecast.ts";
import { groupCounts, levelCounts, RIVER_GROUPS } from "../../../live/river_groups.ts";

const MINUTE_MS = 60_000;

export function readText(t: TFunction, river: RiverData, index: number): string {
	const step = river.steps[index];
	if (step === undefined) return "";
	const span = { from: minuteText(step.at), to: minuteText(Math.min(step.at + river.step, river.to)) };
	if (step.open === null) return t("river.readUnknown", span);
	const counts = groupCounts(step);
	const groups = RIVER_GROUPS.flatMap((group, at) =>
		(counts[at] ?? 0) === 0 ? [] : [`${t(`river.group.${group}`)} ${counts[at]}`],
	).join("　");
	const [blue, yellow, orange, red] = levelCounts(step);
	const parts = [
		t("river.read", { ...span, total: openTotal(step), groups: groups === "" ? "0" : groups }),
		t("river.readLevels", { blue, yellow, orange, red }),
	];
	const minutes = Math.round(step.unacknowledgedMs / MINUTE_MS);
	if (minutes > 0) parts.push(t("river.readWaiting", { minutes }));
	return parts.join("　");
}

export function summaryText(t: TFunction, river: RiverData, forecast: Forecast | null): string {
	const last = river.steps.at(-1);
	const pins = river.pins.filter(({ at }) => at >= river.from);
	const waited = river.steps.reduce((sum, step) => sum + step.unacknowledgedMs, 0);
	return t("river.summary", {
		total: last === undefined ? 0 : openTotal(last),
		orange: pins.filter(({ severity }) => severity === 3).length,
		red: pins.filter(({ severity }) => severity === 4).length,
		minutes: Math.round(waited / MINUTE_MS),
		forecast: forecastText(t, forecast),
	});
}

/** "" while nothing is forecast. */
export function forecastText(t: TFunction, forecast: Forecast | null): string {
	if (forecast === null) return "";
	const low = numberText(forecast.low, 0);
	const high = numberText(forecast.high, 0);
	if (forecast.quantity === "rain") return forecast.high < 0.5 ? t("river.rainNone") : t("river.rain", { low, high });
	return low === high ? t("river.tonightOne", { low }) : t("river.tonight", { low, high });
}

/** The shift with all its people, with its first, alone. */
export function shiftText({ name, people }: RiverShift): readonly string[] {
	const join = (count: number): string => [name, ...people.slice(0, count)].filter((part) => part !== "").join(" ");
	return [join(people.length), join(1), join(0)].filter((text) => text !== "");
}
