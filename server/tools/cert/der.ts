// The few forms of ASN.1 DER (ITU-T X.690) that a certificate is made of. Pure; used by certificate.ts alone.

export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const body = Buffer.concat(parts);
	return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts);
export const octets = (bytes: Uint8Array): Buffer => tagged(0x04, bytes);
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text, "utf8"));
export const bool = (is: boolean): Buffer => tagged(0x01, Buffer.from([is ? 0xff : 0]));

/** A whole number of its bytes, not negative, in the shortest form. */
export function integer(bytes: Uint8Array): Buffer {
	let from = 0;
	while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
	const rest = Buffer.from(bytes.subarray(from));
	return tagged(0x02, (rest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), rest]) : rest);
}

/** @param unused bits at the end that do not count. */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
	return tagged(0x03, Buffer.from([unused]), bytes);
}

/** "1.2.840.10045.4.3.2" */
export function oid(text: string): Buffer {
	const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
	const bytes = [first * 40 + second];
	for (const arc of rest) {
		const groups = [arc & 0x7f];
		for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
		bytes.push(...groups);
	}
	return tagged(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5). */
export function time(at: Date): Buffer {
	const text = `${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
	return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}

function lengthOf(length: number): Buffer {
	if (length < 0x80) return Buffer.from([length]);
	const bytes: number[] = [];
	for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
	return Buffer.from([0x80 | bytes.length, ...bytes]);
}
