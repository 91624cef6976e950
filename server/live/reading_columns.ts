// Growing columns of readings for the open batch. Hot: no object per reading.
import type { ReadingBlock } from "../store/store.ts";

export class ReadingColumns {
	length = 0;
	private channel = new Uint32Array(256);
	private at = new Float64Array(256);
	private count = new Float64Array(256);
	private quality = new Uint8Array(256);
	private receivedAt = new Float64Array(256);

	push(channel: number, at: number, count: number, quality: number, receivedAt: number): void {
		const i = this.length++;
		if (i === this.channel.length) this.grow();
		this.channel[i] = channel;
		this.at[i] = at;
		this.count[i] = count;
		this.quality[i] = quality;
		this.receivedAt[i] = receivedAt;
	}

	/** Copies of the used part (their buffers may be handed to another thread); null when empty. */
	take(): ReadingBlock | null {
		if (this.length === 0) return null;
		return {
			channel: this.channel.slice(0, this.length),
			at: this.at.slice(0, this.length),
			count: this.count.slice(0, this.length),
			quality: this.quality.slice(0, this.length),
			receivedAt: this.receivedAt.slice(0, this.length),
		};
	}

	/** Newest first: a repeat follows closely. */
	holds(channel: number, at: number, count: number): boolean {
		for (let i = this.length - 1; i >= 0; i--)
			if (this.at[i] === at && this.channel[i] === channel && Object.is(this.count[i], count)) return true;
		return false;
	}

	channels(): Uint32Array {
		return this.channel.subarray(0, this.length);
	}

	private grow(): void {
		const size = this.channel.length * 2;
		this.channel = widened(this.channel, new Uint32Array(size));
		this.at = widened(this.at, new Float64Array(size));
		this.count = widened(this.count, new Float64Array(size));
		this.quality = widened(this.quality, new Uint8Array(size));
		this.receivedAt = widened(this.receivedAt, new Float64Array(size));
	}
}

function widened<T extends { set(source: ArrayLike<number>): void }>(source: ArrayLike<number>, target: T): T {
	target.set(source);
	return target;
}
