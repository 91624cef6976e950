// What the doors count: frames understood, readings taken, refusals by code, faults. Read for the health page and /metrics.
import type { DoorName } from "#model/catalogue.ts";

export interface DoorCounts {
	enabled: boolean;
	listening: boolean;
	address: string;
	fault: string | null;
	frames: number;
	readings: number;
	readonly rejected: Map<string, number>;
}

export class DoorCounters {
	readonly doors = new Map<DoorName, DoorCounts>();

	of(door: DoorName): DoorCounts {
		const known = this.doors.get(door);
		if (known !== undefined) return known;
		const made: DoorCounts = {
			enabled: false,
			listening: false,
			address: "",
			fault: null,
			frames: 0,
			readings: 0,
			rejected: new Map(),
		};
		this.doors.set(door, made);
		return made;
	}

	refused(door: DoorName, code: string): void {
		const { rejected } = this.of(door);
		rejected.set(code, (rejected.get(code) ?? 0) + 1);
	}
}

/** Readings a second that one device or gateway may send over a longer time, and at once. */
export const DEVICE_RATE = 25_000;
export const DEVICE_BURST = 100_000;

/** A token bucket per device: a flooding one is slowed, never thinned. Bounded: at 20,000 devices the fullest are forgotten. */
export class Pacer {
	private readonly buckets = new Map<string, { tokens: number; at: number }>();

	/** @returns ms to wait before `count` readings are taken; 0: now, and they are taken off. */
	waitMs(source: string, count: number, now: number): number {
		const bucket = this.buckets.get(source) ?? { tokens: DEVICE_BURST, at: now };
		bucket.tokens = Math.min(DEVICE_BURST, bucket.tokens + ((now - bucket.at) * DEVICE_RATE) / 1000);
		bucket.at = now;
		this.buckets.set(source, bucket);
		if (this.buckets.size > 20_000) this.buckets.clear();
		if (bucket.tokens < Math.min(count, DEVICE_BURST)) return Math.ceil(((count - bucket.tokens) * 1000) / DEVICE_RATE);
		bucket.tokens -= count;
		return 0;
	}
}
