// A device's socket as the broker sees it: the same bytes, cut off before a packet longer than the bound is gathered in
// memory. The broker's parser would wait for 256 MB that a stranger announces (MQTT 3.1.1, 2.2.3).
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** Follows the fixed headers of a stream of packets; holds no bytes. */
export class PacketLengths {
	readonly #longest: number;
	/** Bytes of the current packet still to come; -1: in the header. */
	#rest = -1;
	#type = -1;
	#length = 0;
	#digits = 0;
	/** Packets whose last byte has passed. */
	packets = 0;

	constructor(longest: number) {
		this.#longest = longest;
	}

	/** @returns false when a packet is announced that is longer than the bound, or its length is no length. */
	pass(chunk: Uint8Array): boolean {
		let at = 0;
		while (at < chunk.length) {
			if (this.#rest > 0) {
				const step = Math.min(this.#rest, chunk.length - at);
				at += step;
				this.#rest -= step;
				if (this.#rest === 0) this.#next();
				continue;
			}
			if (!this.#header(chunk[at++]!)) return false;
		}
		return true;
	}

	#header(byte: number): boolean {
		if (this.#type < 0) {
			this.#type = byte;
			return true;
		}
		this.#length += (byte & 0x7f) * 128 ** this.#digits++;
		if (this.#length > this.#longest) return false;
		if ((byte & 0x80) !== 0) return this.#digits < 4;
		this.#rest = this.#length;
		if (this.#rest === 0) this.#next();
		return true;
	}

	#next(): void {
		this.packets++;
		this.#rest = -1;
		this.#type = -1;
		this.#length = 0;
		this.#digits = 0;
	}
}

export class GuardedSocket extends Duplex {
	readonly #socket: Socket;

	/** @param tooLong called once, before the connection is destroyed. */
	constructor(socket: Socket, longest: number, tooLong: () => void) {
		super({ allowHalfOpen: false });
		this.#socket = socket;
		const lengths = new PacketLengths(longest);
		socket.on("data", (chunk) => {
			if (!lengths.pass(chunk)) {
				tooLong();
				this.destroy();
			} else if (!this.push(chunk)) socket.pause();
		});
		socket.on("end", () => this.push(null));
		// A reset is how most devices leave; it is the same as an end.
		socket.on("error", () => this.destroy());
		socket.on("close", () => this.destroy());
	}

	override _read(): void {
		this.#socket.resume();
	}

	override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		this.#socket.write(chunk, done);
	}

	override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
		this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
	}

	override _final(done: () => void): void {
		this.#socket.end(done);
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.#socket.destroy();
		done(error);
	}
}
