// Builds what a station sends up: 2011 real-time, 2051 minute, 2061 hour, 2031 day frames, split when they are long.
// For programs that play a station (simulator, feeder, load tests). The inverse of parseSegment and parseMessage. Pure.
import { encodeFrame } from "./frame.ts";
import { EDITIONS, type Edition, FLAG_ANSWER, FLAG_SPLIT, type ValueSuffix } from "./message.ts";
import { beijingText } from "./values.ts";

export interface UplinkFactor {
	readonly code: string;
	/** In the order to be sent. A string goes out as it is (`52.0`), a number in plain decimals. */
	readonly values: readonly (readonly [suffix: ValueSuffix, value: number | string])[];
	/** Null sends no `-Flag`. */
	readonly flag: string | null;
	readonly eflag?: string;
}

export interface Uplink {
	readonly mn: string;
	readonly pw: string;
	/** 17 digits (qnText), null for a 2005 device without. */
	readonly qn: string | null;
	readonly st: string;
	readonly cn: string;
	readonly edition: Edition;
	readonly answerWanted: boolean;
	/** Epoch ms. */
	readonly dataTime: number;
	readonly factors: readonly UplinkFactor[];
	/** Bytes of data area from which on the message is split; 950 by the 2017 edition. */
	readonly maxAreaBytes?: number;
}

/** HJ 212-2017: CP at most 950 characters (2005: 960). */
const MAX_AREA_BYTES = 950;

/** The frames of one message, in PNO order; one as a rule. A factor is never cut; every part carries DataTime. */
export function encodeUplink(uplink: Uplink): Uint8Array[] {
	const time = `DataTime=${beijingText(uplink.dataTime)}`;
	const areas: string[] = [];
	let area = time;
	for (const factor of uplink.factors) {
		const group = encodeFactor(factor);
		const isFull = area.length + 1 + group.length > (uplink.maxAreaBytes ?? MAX_AREA_BYTES);
		if (isFull && area !== time) {
			areas.push(area);
			area = time;
		}
		area += `;${group}`;
	}
	areas.push(area);
	return areas.map((part, index) => encodeFrame(`${header(uplink, areas.length, index + 1)};CP=&&${part}&&`));
}

function header(uplink: Uplink, total: number, index: number): string {
	const isSplit = total > 1;
	const flag =
		(EDITIONS.indexOf(uplink.edition) << 2) | (isSplit ? FLAG_SPLIT : 0) | (uplink.answerWanted ? FLAG_ANSWER : 0);
	const qn = uplink.qn === null ? "" : `QN=${uplink.qn};`;
	const part = isSplit ? `;PNUM=${total};PNO=${index}` : "";
	return `${qn}ST=${uplink.st};CN=${uplink.cn};PW=${uplink.pw};MN=${uplink.mn};Flag=${flag}${part}`;
}

function encodeFactor(factor: UplinkFactor): string {
	let group = "";
	for (const [suffix, value] of factor.values) {
		group += `${group === "" ? "" : ","}${factor.code}-${suffix}=${typeof value === "string" ? value : plain(value)}`;
	}
	if (factor.flag !== null) group += `,${factor.code}-Flag=${factor.flag}`;
	if (factor.eflag !== undefined) group += `,${factor.code}-EFlag=${factor.eflag}`;
	return group;
}

/** The protocol knows no exponent. Throws for what no station can send: no number, or one beyond 10^21. */
function plain(value: number): string {
	const text = String(value);
	const [mantissa = "", exponent] = text.split("e");
	if (!Number.isFinite(value) || Number(exponent ?? 0) > 0) throw new Error(`${text} cannot be sent`);
	if (exponent === undefined) return text;
	const decimals = (mantissa.split(".")[1] ?? "").length - Number(exponent);
	return value.toFixed(Math.min(decimals, 100));
}
