// Numbers and times as HJ 212 writes them, both ways. Used by message.ts and encode.ts. Pure: the clock is never read.

/** HJ 212 times carry no zone: they are Beijing time, UTC+8 without summer time (the protocol is younger than its end). */
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** 10^0..10^15: a digit string of at most 15 digits divided by one of these is the correctly rounded value. */
const POWER_OF_TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
const EXACT_DIGITS = 15;

/**
 * A plain decimal number: optional `-`, digits, optionally a point and digits. No exponent, hex, sign `+`, comma, blank or
 * full-width digit. @returns null for anything else and for what is too large to be finite. `-0` becomes 0.
 */
export function parseNumber(text: string): number | null {
	const negative = text.charCodeAt(0) === 0x2d;
	let digits = 0;
	let decimals = -1;
	let whole = 0;
	for (let index = negative ? 1 : 0; index < text.length; index++) {
		const digit = text.charCodeAt(index) - 0x30;
		if (digit >= 0 && digit <= 9) {
			whole = whole * 10 + digit;
			digits++;
			if (decimals >= 0) decimals++;
		} else if (digit === -2 && decimals < 0 && digits > 0) {
			decimals = 0;
		} else return null;
	}
	if (digits === 0 || decimals === 0) return null;
	if (digits > EXACT_DIGITS) {
		const value = Number(text);
		return Number.isFinite(value) ? value + 0 : null;
	}
	const value = decimals > 0 ? whole / POWER_OF_TEN[decimals]! : whole;
	return negative && value !== 0 ? -value : value;
}

/** `YYYYMMDDhhmmss` (or without the seconds, as seen in the field) -> epoch ms. @returns null unless it is on the calendar, from 1970 on. */
export function parseBeijing(text: string): number | null {
	if (text.length !== 14 && text.length !== 12) return null;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code < 0x30 || code > 0x39) return null;
	}
	const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
	const month = twoDigits(text, 4);
	const day = twoDigits(text, 6);
	const hour = twoDigits(text, 8);
	const minute = twoDigits(text, 10);
	const second = text.length === 14 ? twoDigits(text, 12) : 0;
	if (year < 1970 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
	const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
	if (day > MONTH_DAYS[month - 1]! + leapDay) return null;
	return Date.UTC(year, month - 1, day, hour, minute, second) - BEIJING_OFFSET_MS;
}

function twoDigits(text: string, at: number): number {
	return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

/** Epoch ms -> `YYYYMMDDhhmmss` in Beijing time, as DataTime carries it. */
export function beijingText(at: number): string {
	return qnText(at).slice(0, 14);
}

/** Epoch ms -> `YYYYMMDDhhmmsszzz` in Beijing time, as QN carries it. */
export function qnText(at: number): string {
	return new Date(at + BEIJING_OFFSET_MS).toISOString().replace(/[^0-9]/g, "");
}
