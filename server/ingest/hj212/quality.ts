// What a `-Flag` letter says about a value (HJ 212-2017 table of data marks; HJ/T 212-2005 for P and 0..3), as data.
// Called by the door when it turns a message's factors into readings. Never invents a value: "no data" is never zero.

export interface FlagMeaning {
	/** bad goes with no value at all: the number that some devices send beside it is not a measurement. */
	readonly quality: "good" | "suspect" | "bad";
	/** Only N may enter means and key figures. */
	readonly useInMeans: boolean;
	/** False: store the reading without a value. */
	readonly hasValue: boolean;
	/** Typed in by a person: shown with a mark. */
	readonly isManual: boolean;
	/** What the standard calls it, for the page. */
	readonly zh: string;
}

function noData(zh: string): FlagMeaning {
	return { quality: "bad", useInMeans: false, hasValue: false, isManual: false, zh };
}

const NORMAL: FlagMeaning = { quality: "good", useInMeans: true, hasValue: true, isManual: false, zh: "正常" };

export const FLAG_MEANINGS: ReadonlyMap<string, FlagMeaning> = new Map([
	["N", NORMAL],
	["F", noData("停运")],
	["M", noData("维护")],
	// Suspect, not good: a good reading would enter means and could clear an alarm, and neither may rest on a typed number.
	["S", { quality: "suspect", useInMeans: false, hasValue: true, isManual: true, zh: "手工输入" }],
	["D", noData("设备故障")],
	["C", noData("校准")],
	// The true value is at or above the sensor's end: it may raise an alarm (未核实), never clear one.
	["T", { quality: "suspect", useInMeans: false, hasValue: true, isManual: false, zh: "超测量上限" }],
	["B", noData("通信故障")],
	// HJ/T 212-2005, still sent by old loggers (known second-hand, from public parsers): P for sources, digits for air stations.
	["P", noData("电源故障")],
	["0", noData("校准数据")],
	["1", { ...NORMAL, zh: "气象参数" }],
	["2", noData("异常数据")],
	["3", { ...NORMAL, zh: "正常数据" }],
]);

/** A letter no edition knows: kept and shown, may raise, never clears. */
const UNKNOWN: FlagMeaning = { quality: "suspect", useInMeans: false, hasValue: true, isManual: false, zh: "未知标记" };

/** The meaning of a factor's flag; none sent (usual in the field, and optional in 2005) counts as N. Case is forgiven. */
export function flagMeaning(flag: string | null): FlagMeaning {
	if (flag === null) return NORMAL;
	return FLAG_MEANINGS.get(flag) ?? FLAG_MEANINGS.get(flag.toUpperCase()) ?? UNKNOWN;
}
