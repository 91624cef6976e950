// Unknown devices wait here with their last frames until an administrator registers them; nothing is created by itself.
// Bounded: 10,000 addresses, 24 h, 3 frames of 200 bytes each; at the bound the one not heard for longest goes.
import type { DoorName } from "#model/catalogue.ts";

export const QUARANTINE_MAX = 10_000;
export const QUARANTINE_MS = 24 * 3_600_000;
const SAMPLES = 3;
const SAMPLE_BYTES = 200;

export interface Quarantined {
	readonly door: DoorName;
	readonly address: string;
	readonly firstAt: number;
	lastAt: number;
	frames: number;
	code: string;
	readonly samples: string[];
}

export class Quarantine {
	/** In order of last frame, oldest first. */
	private readonly waiting = new Map<string, Quarantined>();

	get size(): number {
		return this.waiting.size;
	}

	add(door: DoorName, address: string, code: string, sample: Uint8Array, now: number): void {
		const key = `${door}/${address}`;
		const known = this.waiting.get(key) ?? { door, address, firstAt: now, lastAt: now, frames: 0, code, samples: [] };
		known.lastAt = now;
		known.frames += 1;
		known.code = code;
		known.samples.push(printable(sample));
		if (known.samples.length > SAMPLES) known.samples.shift();
		this.waiting.delete(key);
		this.waiting.set(key, known);
		if (this.waiting.size > QUARANTINE_MAX) {
			for (const oldest of this.waiting.keys()) {
				this.waiting.delete(oldest);
				break;
			}
		}
	}

	expire(now: number): void {
		for (const [key, entry] of this.waiting) {
			if (now - entry.lastAt < QUARANTINE_MS) break;
			this.waiting.delete(key);
		}
	}

	release(door: DoorName, address: string): void {
		this.waiting.delete(`${door}/${address}`);
	}

	/** Newest first. */
	list(): Quarantined[] {
		return [...this.waiting.values()].reverse();
	}
}

/** ASCII as it is, everything else as \xNN: safe to show and to log. */
function printable(sample: Uint8Array): string {
	let text = "";
	for (const byte of sample.subarray(0, SAMPLE_BYTES)) {
		text +=
			byte >= 0x20 && byte < 0x7f && byte !== 0x5c
				? String.fromCharCode(byte)
				: `\\x${byte.toString(16).padStart(2, "0")}`;
	}
	return text;
}
