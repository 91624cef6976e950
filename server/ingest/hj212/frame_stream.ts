// Finds HJ 212 frames in a TCP byte stream, however it is cut, glued or dirtied. The door keeps one per connection and
// gives every frame's data segment to parseSegment. Pure: no sockets, no clock; it never throws and never judges content.
//
// The resync rule, from which the rest follows: A `##` ALWAYS STARTS A FRAME, even inside the announced length of
// another one (no field of the standard holds `##`, so the outer header was false). Hence
// - whatever stands in front of it, a valid frame is found, and at once, also behind a `##9999`;
// - nothing is ever scanned a second time: a fault leaves no header unseen behind it, hostile input included;
// - a frame is handed out as soon as its check value matches: some devices never send CR LF.
import { CRC_SEED, crcStep } from "./crc.ts";
import { FaultLog } from "./fault_log.ts";
import { CRC_BYTES, DEFAULT_MAX_DATA_BYTES, type FrameEvent, type FrameFaultCode, HEAD_BYTES } from "./frame.ts";

const HASH = 0x23;
const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const NOTHING = new Uint8Array(0);
const ONE_HASH = Uint8Array.of(HASH);

/** Where the decoder stands. TAIL: behind a frame or a fault, where CR LF is no garbage. */
const SEEK = 0;
const TAIL = 1;
const SECOND_HASH = 2;
const LENGTH = 3;
const DATA = 4;
const CRC = 5;

/** Streaming decoder of one connection. Holds at most one unfinished frame: `maxDataBytes` + 10 bytes. */
export class FrameStream {
	/** Work done so far, for the proof that it grows with the bytes and with nothing else. */
	bytesExamined = 0;
	bytesCopied = 0;

	readonly #maxDataBytes: number;
	readonly #log = new FaultLog();
	#state = SEEK;
	/** The unfinished frame: its bytes of earlier chunks, then those of this chunk from #start on. */
	#carry: Uint8Array = NOTHING;
	#carried = 0;
	#start = 0;
	#digits = 0;
	#dataBytes = 0;
	/** Bytes read of the data segment, then digits read of the check value. */
	#done = 0;
	#crc = CRC_SEED;
	#announcedCrc = 0;
	/** The last byte read of the data segment is `#`. */
	#hashBefore = false;

	constructor(options: { readonly maxDataBytes?: number } = {}) {
		this.#maxDataBytes = options.maxDataBytes ?? DEFAULT_MAX_DATA_BYTES;
	}

	/** Bytes that ended up in no frame (CR LF behind a frame not counted). */
	get bytesDropped(): number {
		return this.#log.bytesDropped;
	}

	/** True while a frame has begun and is not complete, so that a door can time out a stalled device. */
	get isInsideFrame(): boolean {
		return this.#state >= SECOND_HASH;
	}

	/** What these bytes complete, in order. Cost: proportional to the chunk. Never throws. */
	push(chunk: Uint8Array): FrameEvent[] {
		this.#start = 0;
		let at = 0;
		while (at < chunk.length) {
			switch (this.#state) {
				case SEEK:
					at = this.#seek(chunk, at);
					break;
				case TAIL:
					at = this.#tail(chunk, at);
					break;
				case SECOND_HASH:
					at = this.#secondHash(chunk, at);
					break;
				case LENGTH:
					at = this.#length(chunk, at);
					break;
				case DATA:
					at = this.#data(chunk, at);
					break;
				default:
					at = this.#checkValue(chunk, at);
			}
		}
		if (this.isInsideFrame) this.#keep(chunk, this.#start, chunk.length);
		return this.#log.take();
	}

	/** The stream is over: says what was left unfinished, and is ready for a new stream. */
	end(): FrameEvent[] {
		if (this.#state === SECOND_HASH) this.#log.garbage(ONE_HASH);
		this.#log.endGarbage();
		if (this.#state > SECOND_HASH) {
			this.#log.fault("truncated", this.#carry.subarray(0, this.#carried), NOTHING);
			this.#log.endGarbage();
		}
		this.#carried = 0;
		this.#state = SEEK;
		return this.#log.take();
	}

	#seek(chunk: Uint8Array, at: number): number {
		const found = chunk.indexOf(HASH, at);
		const end = found < 0 ? chunk.length : found;
		this.bytesExamined += end - at;
		this.#log.garbage(chunk.subarray(at, end));
		if (found < 0) return end;
		this.bytesExamined++;
		this.#restart(found);
		this.#state = SECOND_HASH;
		return found + 1;
	}

	#tail(chunk: Uint8Array, at: number): number {
		const byte = chunk[at]!;
		this.bytesExamined++;
		if (byte === CR || byte === LF) return at + 1;
		this.#state = SEEK;
		return at;
	}

	#secondHash(chunk: Uint8Array, at: number): number {
		this.bytesExamined++;
		if (chunk[at] === HASH) {
			this.#header();
			return at + 1;
		}
		this.#log.garbage(ONE_HASH);
		this.#carried = 0;
		this.#state = SEEK;
		return at;
	}

	/** Both `#` of a header have been read. */
	#header(): void {
		this.#state = LENGTH;
		this.#digits = 0;
		this.#dataBytes = 0;
	}

	#length(chunk: Uint8Array, at: number): number {
		this.bytesExamined++;
		const byte = chunk[at]!;
		const digit = byte - ZERO;
		if (this.#digits === 0 && byte !== HASH) this.#log.endGarbage();
		if (digit >= 0 && digit <= 9) {
			this.#dataBytes = this.#dataBytes * 10 + digit;
			if (++this.#digits < 4) return at + 1;
			if (this.#dataBytes > this.#maxDataBytes) return this.#fail(chunk, at + 1, "too-long");
			this.#state = DATA;
			this.#done = 0;
			this.#crc = CRC_SEED;
			this.#announcedCrc = 0;
			this.#hashBefore = false;
			return at + 1;
		}
		if (byte !== HASH) return this.#fail(chunk, at, "length");
		if (this.#digits > 0) return this.#failAtHash(chunk, at, "length");
		// `###`: the first `#` was garbage, the other two are the header.
		this.#log.garbage(ONE_HASH);
		this.#restart(at - 1);
		return at + 1;
	}

	#data(chunk: Uint8Array, at: number): number {
		const end = Math.min(chunk.length, at + this.#dataBytes - this.#done);
		let crc = this.#crc;
		let hashBefore = this.#hashBefore;
		for (let index = at; index < end; index++) {
			const byte = chunk[index]!;
			const isHash = byte === HASH;
			if (isHash && hashBefore) {
				this.bytesExamined += index + 1 - at;
				return this.#failAtHeader(chunk, index);
			}
			hashBefore = isHash;
			crc = crcStep(crc, byte);
		}
		this.bytesExamined += end - at;
		this.#crc = crc;
		this.#hashBefore = hashBefore;
		this.#done += end - at;
		if (this.#done === this.#dataBytes) {
			this.#state = CRC;
			this.#done = 0;
		}
		return end;
	}

	#checkValue(chunk: Uint8Array, at: number): number {
		this.bytesExamined++;
		const byte = chunk[at]!;
		const nibble = hexValue(byte);
		if (nibble < 0) {
			if (byte !== HASH) return this.#fail(chunk, at, "crc");
			if (this.#hashBefore && this.#done === 0) return this.#failAtHeader(chunk, at);
			return this.#failAtHash(chunk, at, "crc");
		}
		this.#announcedCrc = this.#announcedCrc * 16 + nibble;
		if (++this.#done < CRC_BYTES) return at + 1;
		if (this.#announcedCrc !== this.#crc) return this.#fail(chunk, at + 1, "crc");
		this.#complete(chunk, at + 1);
		return at + 1;
	}

	/** The frame is true; `end` is the place behind its check value. */
	#complete(chunk: Uint8Array, end: number): void {
		if (this.#carried === 0) {
			this.#log.frame(chunk.subarray(this.#start + HEAD_BYTES, end - CRC_BYTES));
		} else {
			this.#keep(chunk, this.#start, end);
			this.#log.frame(this.#carry.slice(HEAD_BYTES, HEAD_BYTES + this.#dataBytes));
			this.bytesCopied += this.#dataBytes;
		}
		this.#carried = 0;
		this.#state = TAIL;
	}

	/** The frame is false. Its bytes end before `end`, and no header hides among them. */
	#fail(chunk: Uint8Array, end: number, code: FrameFaultCode): number {
		this.#log.fault(code, this.#carry.subarray(0, this.#carried), chunk.subarray(this.#start, end));
		this.#carried = 0;
		this.#state = TAIL;
		return end;
	}

	/** The frame is false, and the byte that showed it is a `#` that may begin the next one. */
	#failAtHash(chunk: Uint8Array, at: number, code: FrameFaultCode): number {
		this.#fail(chunk, at, code);
		this.#restart(at);
		this.#state = SECOND_HASH;
		return at + 1;
	}

	/** The frame is false: the byte before `at` and the one at it are the next header. */
	#failAtHeader(chunk: Uint8Array, at: number): number {
		// The first `#` of that header may be the last byte of the chunk before: it is then in the carry.
		if (at === 0) this.#carried--;
		this.#fail(chunk, Math.max(0, at - 1), "header-inside");
		this.#restart(at - 1);
		this.#header();
		return at + 1;
	}

	/** Makes `position` the first byte of the frame being read; -1 is a `#` that ended the chunk before. */
	#restart(position: number): void {
		this.#carried = 0;
		this.#start = Math.max(0, position);
		if (position < 0) this.#keep(ONE_HASH, 0, 1);
	}

	/** Appends `chunk[start, end)` to the carry. Never overflows: a frame beyond the bound failed at its length. */
	#keep(chunk: Uint8Array, start: number, end: number): void {
		if (this.#carry.length === 0) this.#carry = new Uint8Array(HEAD_BYTES + this.#maxDataBytes + CRC_BYTES);
		this.#carry.set(chunk.subarray(start, end), this.#carried);
		this.#carried += end - start;
		this.bytesCopied += end - start;
	}
}

/** 0..15, or -1 for what is no hex digit. Lower case is seen in the field. */
function hexValue(byte: number): number {
	if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
	if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
	if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
	return -1;
}
