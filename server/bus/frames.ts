// Frames of the bus on a Unix socket: u32 little-endian length, one type byte, body. The length counts type and body.
// Pure: bytes in, frames out. A frame beyond the bound is our own bug and throws: both ends are ours.

export const FrameType = {
	/** Core to web: a CoreMessage other than a delta, JSON. */
	message: 1,
	/** Core to web: a packed delta. */
	delta: 2,
	/** Web to core: `{id, name, body}`, JSON. */
	call: 3,
	/** Core to web: `{id, answer}` or `{id, fault}`, JSON. */
	answer: 4,
} as const;

/** The whole catalogue of 200,000 channels is about 30 MB of JSON; nothing that is right is larger than this. */
export const MAX_FRAME_BYTES = 128 * 1024 * 1024;
const HEADER_BYTES = 5;

export function encodeFrame(type: number, body: Uint8Array): Buffer {
	if (body.length + 1 > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${body.length} bytes is beyond the bound`);
	const frame = Buffer.allocUnsafe(HEADER_BYTES + body.length);
	frame.writeUInt32LE(body.length + 1, 0);
	frame[4] = type;
	frame.set(body, HEADER_BYTES);
	return frame;
}

export function encodeJson(type: number, body: unknown): Buffer {
	return encodeFrame(type, Buffer.from(JSON.stringify(body)));
}

/** Takes chunks as they come and calls `frame` for each complete one; a body is a copy of its own. */
export class FrameReader {
	private chunks: Buffer[] = [];
	private held = 0;
	private readonly frame: (type: number, body: Buffer) => void;

	constructor(frame: (type: number, body: Buffer) => void) {
		this.frame = frame;
	}

	/** @throws RangeError when the peer does not speak this protocol. */
	push(chunk: Buffer): void {
		this.chunks.push(chunk);
		this.held += chunk.length;
		while (this.held >= HEADER_BYTES) {
			const head = this.joined(HEADER_BYTES);
			const length = head.readUInt32LE(0);
			if (length < 1 || length > MAX_FRAME_BYTES) throw new RangeError(`frame length ${length} is outside the bound`);
			if (this.held < 4 + length) return;
			const all = this.joined(4 + length);
			const rest = all.subarray(4 + length);
			this.chunks = rest.length === 0 ? [] : [rest];
			this.held = rest.length;
			this.frame(all[4] ?? 0, Buffer.from(all.subarray(HEADER_BYTES, 4 + length)));
		}
	}

	/** The first chunk, grown until it holds `bytes`: a large frame is joined once, not once per chunk. */
	private joined(bytes: number): Buffer {
		const first = this.chunks[0];
		if (first !== undefined && first.length >= bytes) return first;
		const whole = Buffer.concat(this.chunks, this.held);
		this.chunks = [whole];
		return whole;
	}
}
