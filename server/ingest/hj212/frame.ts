// The outermost layer of HJ 212: `##` + 4 decimal digits + data segment + 4 hex digits of check value + CR LF
// (HJ 212-2017 clause 6.3.1). Owns what a frame and a rejected frame are, and building one. FrameStream finds them in a
// byte stream; parseSegment reads what is inside. No sockets, no clock.
import { crcText, hj212Crc } from "./crc.ts";

/** Longest data segment accepted. The 2017 edition says 1024; devices in the field exceed it. */
export const DEFAULT_MAX_DATA_BYTES = 4096;
/** `##` and four digits before the data segment, four hex digits behind it. */
export const HEAD_BYTES = 6;
export const CRC_BYTES = 4;
/** How much of a rejected frame is kept for quarantine and log. */
export const SAMPLE_BYTES = 64;
/** Four digits cannot announce more. */
const LONGEST_SEGMENT = 9999;

export const FRAME_FAULTS = ["garbage", "length", "too-long", "header-inside", "crc", "truncated"] as const;
/**
 * garbage: bytes that belong to no frame. length: not four decimal digits. too-long: more than the bound.
 * header-inside: a new `##` came before the announced end (a cut frame or a wrong length). crc: the check value is not
 * four hex digits or does not match. truncated: the stream ended inside a frame.
 */
export type FrameFaultCode = (typeof FRAME_FAULTS)[number];

export type Frame = {
	readonly type: "frame";
	/** The data segment. A view of the pushed chunk, a copy when it spanned chunks: nobody may write into a pushed chunk. */
	readonly bytes: Uint8Array;
};
export type FrameFault = {
	readonly type: "fault";
	readonly code: FrameFaultCode;
	/** Faults of this code between two good frames of one push are folded into one event, so that nobody can flood us. */
	readonly count: number;
	/** Up to 64 bytes of the first of them, from its `##` on. A copy. */
	readonly bytes: Uint8Array;
};
export type FrameEvent = Frame | FrameFault;

/** The frame around a data segment, with CR LF. Throws when it is not printable ASCII or too long: that is our own bug. */
export function encodeFrame(segment: string): Uint8Array {
	if (segment.length > LONGEST_SEGMENT) throw new Error(`a data segment of ${segment.length} bytes fits no frame`);
	const end = HEAD_BYTES + segment.length;
	const bytes = new Uint8Array(end + CRC_BYTES + 2);
	writeAscii(bytes, 0, `##${String(segment.length).padStart(4, "0")}`);
	for (let index = 0; index < segment.length; index++) {
		const code = segment.charCodeAt(index);
		if (code < 0x20 || code > 0x7e) throw new Error("a data segment is printable ASCII");
		bytes[HEAD_BYTES + index] = code;
	}
	writeAscii(bytes, end, `${crcText(hj212Crc(bytes, HEAD_BYTES, end))}\r\n`);
	return bytes;
}

function writeAscii(bytes: Uint8Array, offset: number, text: string): void {
	for (let index = 0; index < text.length; index++) bytes[offset + index] = text.charCodeAt(index);
}
