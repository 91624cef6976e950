// The container of a backup: a plain POSIX tar (ustar), written and read as a stream, so that any machine can look into it.
// Sizes beyond 8 GiB use GNU's base-256 form. It knows files, not what is in them.
import { closeSync, createReadStream, openSync, readSync, writeSync } from "node:fs";

const BLOCK = 512;
const PIECE = 1 << 20;
const OCTAL_MAX = 0o77777777777;

/** Header of one file. `mtime`: seconds. */
function headerOf(name: string, size: number, mtime: number): Buffer {
	if (Buffer.byteLength(name) > 100) throw new RangeError(`the name ${name} is too long for a tar`);
	const header = Buffer.alloc(BLOCK);
	header.write(name, 0);
	header.write("0000600\0", 100);
	header.write("0000000\0", 108);
	header.write("0000000\0", 116);
	if (size <= OCTAL_MAX) header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
	else {
		header[124] = 0x80;
		header.writeBigUInt64BE(BigInt(size), 128);
	}
	header.write(`${Math.floor(mtime).toString(8).padStart(11, "0")}\0`, 136);
	header.write("        0", 148);
	header.write("ustar\0" + "00", 257);
	let sum = 0;
	for (const byte of header) sum += byte;
	header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
	return header;
}

/** Appends to a tar that is open for writing. */
export class TarWriter {
	private readonly handle: number;
	private readonly mtime: number;

	constructor(handle: number, mtime: number) {
		this.handle = handle;
		this.mtime = mtime;
	}

	text(name: string, text: string): void {
		const bytes = Buffer.from(text);
		this.write(headerOf(name, bytes.length, this.mtime));
		this.write(bytes);
		this.pad(bytes.length);
	}

	/** Copies a file of exactly `size` bytes; `seen` hears every piece. */
	file(name: string, path: string, size: number, seen: (piece: Uint8Array) => void): void {
		this.write(headerOf(name, size, this.mtime));
		const source = openSync(path, "r");
		try {
			const piece = Buffer.alloc(PIECE);
			let left = size;
			while (left > 0) {
				const n = readSync(source, piece, 0, Math.min(PIECE, left), null);
				if (n === 0) throw new Error(`${path} became shorter while it was copied`);
				seen(piece.subarray(0, n));
				this.write(piece.subarray(0, n));
				left -= n;
			}
		} finally {
			closeSync(source);
		}
		this.pad(size);
	}

	/** The two empty blocks at the end. */
	end(): void {
		this.write(Buffer.alloc(2 * BLOCK));
	}

	private pad(size: number): void {
		const rest = size % BLOCK;
		if (rest > 0) this.write(Buffer.alloc(BLOCK - rest));
	}

	private write(bytes: Uint8Array): void {
		let done = 0;
		while (done < bytes.length) done += writeSync(this.handle, bytes, done, bytes.length - done);
	}
}

export interface TarSink {
	/** A new file; its bytes follow. */
	begin(name: string, size: number): void;
	piece(bytes: Uint8Array): void;
	end(): void;
}

/** Reads a tar from start to end. Throws Error when it is cut off or no tar. */
export async function readTar(path: string, sink: TarSink): Promise<void> {
	let state: { left: number; padding: number } | null = null;
	let header = Buffer.alloc(0);
	for await (const chunk of createReadStream(path, { highWaterMark: PIECE })) {
		let bytes = chunk as Buffer;
		while (bytes.length > 0) {
			if (state === null) {
				const need = BLOCK - header.length;
				header = Buffer.concat([header, bytes.subarray(0, need)]);
				bytes = bytes.subarray(need);
				if (header.length < BLOCK) break;
				if (header.every((byte) => byte === 0)) return;
				const { name, size } = parseHeader(header);
				header = Buffer.alloc(0);
				sink.begin(name, size);
				state = { left: size, padding: (BLOCK - (size % BLOCK)) % BLOCK };
			}
			const part = bytes.subarray(0, state.left);
			if (part.length > 0) sink.piece(part);
			state.left -= part.length;
			bytes = bytes.subarray(part.length);
			if (state.left > 0) continue;
			const skip = Math.min(state.padding, bytes.length);
			state.padding -= skip;
			bytes = bytes.subarray(skip);
			if (state.padding > 0) continue;
			sink.end();
			state = null;
		}
	}
	throw new Error("the file is cut off");
}

function parseHeader(header: Buffer): { name: string; size: number } {
	const stored = Number.parseInt(header.toString("latin1", 148, 154), 8);
	let sum = 8 * 0x20;
	for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i] ?? 0;
	if (header.toString("latin1", 257, 262) !== "ustar" || stored !== sum) throw new Error("the file is no backup");
	const name = header.toString("utf8", 0, 100).replace(/\0.*$/s, "");
	const size =
		header[124] === 0x80
			? Number(header.readBigUInt64BE(128))
			: Number.parseInt(header.toString("latin1", 124, 135), 8);
	if (!Number.isSafeInteger(size) || size < 0) throw new Error("the file is no backup");
	return { name, size };
}
