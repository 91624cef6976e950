// What a FrameStream hands out, gathered during one push: good frames and rejected stretches, in order, folded so that
// hostile input cannot make many small events. Only FrameStream uses it. It holds no more than one sample between pushes.
import { type FrameEvent, type FrameFaultCode, SAMPLE_BYTES } from "./frame.ts";

/** A stretch without any `##` is reported each time it is so long: more than the rest of one rejected frame can be. */
export const GARBAGE_REPORT_BYTES = 10_000;

export class FaultLog {
	/** Bytes that ended up in no frame (CR LF behind a frame not counted). */
	bytesDropped = 0;

	#events: FrameEvent[] = [];
	/** Bytes outside of frames since they were last reported, and the first of them. */
	#garbage = 0;
	readonly #sample = new Uint8Array(SAMPLE_BYTES);
	#sampled = 0;
	/** True behind a fault: what follows up to the next `##` is the rest of it, not one more fault. */
	#isRest = false;

	frame(bytes: Uint8Array): void {
		this.#events.push({ type: "frame", bytes });
	}

	/** A begun frame was false: `head`, then `tail` are its bytes. */
	fault(code: FrameFaultCode, head: Uint8Array, tail: Uint8Array): void {
		this.bytesDropped += head.length + tail.length;
		const fromHead = Math.min(head.length, SAMPLE_BYTES);
		const fromTail = Math.min(tail.length, SAMPLE_BYTES - fromHead);
		const sample = new Uint8Array(fromHead + fromTail);
		sample.set(head.subarray(0, fromHead));
		sample.set(tail.subarray(0, fromTail), fromHead);
		this.#report(code, sample);
		this.#isRest = true;
	}

	/** Bytes in front of any header. */
	garbage(bytes: Uint8Array): void {
		if (bytes.length === 0) return;
		this.bytesDropped += bytes.length;
		this.#garbage += bytes.length;
		const room = SAMPLE_BYTES - this.#sampled;
		if (room > 0) {
			this.#sample.set(bytes.length > room ? bytes.subarray(0, room) : bytes, this.#sampled);
			this.#sampled += Math.min(room, bytes.length);
		}
		if (this.#garbage < GARBAGE_REPORT_BYTES) return;
		this.#isRest = false;
		this.endGarbage();
	}

	/** A header (or the end of the stream) ends the stretch of garbage. */
	endGarbage(): void {
		if (this.#garbage > 0 && !this.#isRest) this.#report("garbage", this.#sample.slice(0, this.#sampled));
		this.#garbage = 0;
		this.#sampled = 0;
		this.#isRest = false;
	}

	/** Everything since the last call. */
	take(): FrameEvent[] {
		const events = this.#events;
		this.#events = [];
		return events;
	}

	/** At most one event per code stands behind the last good frame, so this loop is short. */
	#report(code: FrameFaultCode, bytes: Uint8Array): void {
		for (let index = this.#events.length - 1; index >= 0; index--) {
			const event = this.#events[index]!;
			if (event.type === "frame") break;
			if (event.code !== code) continue;
			this.#events[index] = { type: "fault", code, count: event.count + 1, bytes: event.bytes };
			return;
		}
		this.#events.push({ type: "fault", code, count: 1, bytes });
	}
}
