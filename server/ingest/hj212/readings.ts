// From a message's factors to readings of one asset. Called by the door for every understood message; pure. Never invents a
// value or a time: a flag that says "no data" gives a reading without value, and DataTime goes through as it was sent.
//
// Which value of a factor feeds a measure (measures are what was measured at `at`, means are formed by us):
//   2011 real time   -> Rtd
//   2051, 2061       -> Avg, or Rtd where a device sends no Avg; `at` is DataTime, which most devices set to the start of
//                       the period. So minute data of a device that also sends real time is older than its newest reading
//                       and becomes history, and raises alarms only within the time that late readings may.
//   2031 and others  -> nothing. The day and night levels of noise (Leq-Data, Leq-DayData, Leq-NightData) are no sound
//                       level of midnight, which is their DataTime.
// Min, Max, Cou, Zs* and the day values are kept only where a device profile or a kind names them with their suffix, as
// "a34001-Max". Everything else is counted as ignored; a code that nobody knows is counted as such.
import type { Reading } from "#model/reading.ts";
import type { Factor, Hj212Message, ValueSuffix } from "./message.ts";
import { flagMeaning } from "./quality.ts";

export type Profile = ReadonlyMap<string, { readonly measure: string; readonly factor: number }>;

export interface Converted {
	readonly readings: readonly Reading[];
	/** Values of kinds that are not kept. */
	readonly ignored: number;
	/** Codes of values that would be kept, if only the asset's kind or the profile knew them. */
	readonly unknown: readonly string[];
	/** `code-suffix=text` of values that are no numbers. */
	readonly notNumbers: readonly string[];
}

/** @param codeOf the measure that the asset's kind knows under a code; a profile stands above it. `at`: epoch ms. */
export function readingsOf(
	message: Hj212Message,
	at: number,
	asset: string,
	profile: Profile | null,
	codeOf: (code: string) => string | null,
): Converted {
	const readings: Reading[] = [];
	const unknown: string[] = [];
	const notNumbers: string[] = [];
	let ignored = 0;
	const torn = tornFactor(message);
	for (const factor of message.factors) {
		const isMain = factor.suffix === mainSuffix(message, factor);
		const code = isMain ? factor.code : `${factor.code}-${factor.suffix}`;
		const registered = profile?.get(code);
		const measure = registered?.measure ?? codeOf(code);
		if (measure === null) {
			if (isMain) unknown.push(factor.code);
			else ignored++;
			continue;
		}
		const { hasValue, quality } = flagMeaning(factor.flag);
		if (!hasValue) readings.push({ asset, measure, at, value: null, quality: "bad" });
		else if (factor.value === null) notNumbers.push(`${factor.code}-${factor.suffix}=${factor.text}`);
		else {
			const value = scaled(factor.value, registered?.factor ?? 1);
			if (Number.isFinite(value))
				readings.push({ asset, measure, at, value, quality: factor === torn ? "suspect" : quality });
			else notNumbers.push(`${factor.code}-${factor.suffix}=${factor.text}`);
		}
	}
	return { readings, ignored, unknown, notNumbers };
}

/** The suffix whose value is the measure itself; null: none of this message. */
function mainSuffix(message: Hj212Message, factor: Factor): ValueSuffix | null {
	if (message.cn === "2011") return "Rtd";
	if (message.cn !== "2051" && message.cn !== "2061") return null;
	if (factor.suffix !== "Rtd") return "Avg";
	return message.factors.some((other) => other.code === factor.code && other.suffix === "Avg") ? "Avg" : "Rtd";
}

/**
 * Some loggers split a message anywhere: the flag of the last value of a packet may stand at the head of the next one, and
 * even its last digits. When its neighbours carry flags and it does not, nobody can say that it is good.
 */
function tornFactor(message: Hj212Message): Factor | null {
	const { split, factors } = message;
	if (split === null || split.index === split.total) return null;
	const last = factors.at(-1);
	if (last === undefined || last.flag !== null) return null;
	return factors.some((factor) => factor.flag !== null) ? last : null;
}

/** Without the dust of a binary product: 0.036 x 1000 is 36. */
function scaled(value: number, factor: number): number {
	return factor === 1 ? value : Number((value * factor).toPrecision(15));
}
