// Variable-length integers for deltas and chunks: 7 bits a byte, low bits first, up to 2^53; signed ones zigzag.
// Hot: one growing byte buffer, no allocation per number. Reading past the end throws RangeError: a broken copy, not input.

export class ByteWriter {
	bytes: Uint8Array;
	length = 0;

	constructor(size = 4096) {
		this.bytes = new Uint8Array(size);
	}

	reset(): void {
		this.length = 0;
	}

	/** A copy of what was written. */
	take(): Uint8Array {
		return this.bytes.slice(0, this.length);
	}

	byte(value: number): void {
		if (this.length === this.bytes.length) this.grow(1);
		this.bytes[this.length++] = value;
	}

	u32(value: number): void {
		this.byte(value & 255);
		this.byte((value >>> 8) & 255);
		this.byte((value >>> 16) & 255);
		this.byte(value >>> 24);
	}

	/** Unsigned, 0..2^53-1. */
	varint(value: number): void {
		if (this.length + 8 > this.bytes.length) this.grow(8);
		const bytes = this.bytes;
		let rest = value;
		while (rest >= 0x8000_0000) {
			bytes[this.length++] = (rest % 128) | 128;
			rest = Math.floor(rest / 128);
		}
		while (rest >= 128) {
			bytes[this.length++] = (rest & 127) | 128;
			rest >>>= 7;
		}
		bytes[this.length++] = rest;
	}

	/** Signed, within +/-(2^52-1): 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
	zigzag(value: number): void {
		this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
	}

	raw(source: Uint8Array): void {
		if (this.length + source.length > this.bytes.length) this.grow(source.length);
		this.bytes.set(source, this.length);
		this.length += source.length;
	}

	private grow(by: number): void {
		const next = new Uint8Array(Math.max(this.bytes.length * 2, this.length + by));
		next.set(this.bytes);
		this.bytes = next;
	}
}

export class ByteReader {
	readonly bytes: Uint8Array;
	offset: number;
	readonly end: number;

	constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
		this.bytes = bytes;
		this.offset = offset;
		this.end = end;
	}

	byte(): number {
		if (this.offset >= this.end) throw new RangeError(`bytes end at ${this.end}`);
		return this.bytes[this.offset++]!;
	}

	u32(): number {
		return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
	}

	/** At most 8 bytes and 2^53-1; more is no number of ours. */
	varint(): number {
		let byte = this.byte();
		if (byte < 128) return byte;
		let value = byte & 127;
		let scale = 128;
		do {
			byte = this.byte();
			value += (byte & 127) * scale;
			scale *= 128;
		} while (byte >= 128 && scale < 2 ** 56);
		if (byte >= 128 || value > Number.MAX_SAFE_INTEGER) throw new RangeError(`no integer before byte ${this.offset}`);
		return value;
	}

	zigzag(): number {
		const value = this.varint();
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
	}
}
