// The check value of HJ 212 (HJ 212-2017 annex A), table driven. Used by the stream decoder and the encoders.
// It is NOT CRC-16/MODBUS: each step throws the low byte of the register away, so only 256 values exist and the low
// byte is always one of 00 01 40 41 80 81 C0 C1. One corrupted frame in 256 passes: length, grammar and plausible range
// must be checked as well, and nobody may treat a matching check value as proof of an honest frame.

/** Register value after the eight shifts, per value of (register >> 8) ^ byte. */
const STEP = new Uint16Array(256);
for (let index = 0; index < 256; index++) {
	let register = index;
	for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
	STEP[index] = register;
}

/** The register before the first byte. */
export const CRC_SEED = 0xffff;

/** The register after one more byte; for decoders that see their bytes one by one. */
export function crcStep(register: number, byte: number): number {
	return STEP[(register >> 8) ^ byte]!;
}

/** Check value of `bytes[start, end)`, 0..65535. The field covers the data segment only, not header, length or tail. */
export function hj212Crc(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
	let register = CRC_SEED;
	for (let index = start; index < end; index++) register = STEP[(register >> 8) ^ bytes[index]!]!;
	return register;
}

/** Four upper-case hex digits, as the frame carries them. */
export function crcText(crc: number): string {
	return crc.toString(16).toUpperCase().padStart(4, "0");
}
