// Chores of core that nobody waits for: key frames of the table, slices of compaction and retention, shelves that end,
// quarantine that expires. Each is short and bounded; a chore that fails is told and tried again, never fatal.

import type { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import type { Catalogue } from "./catalogue.ts";
import { ReadingColumns } from "./reading_columns.ts";

/** A key frame of the whole table this often; what a start and a replay begin from. */
export const KEY_FRAME_MS = 10 * 60_000;
const MAINTAIN_MS = 5_000;

export interface HousekeeperParts {
	readonly store: Store;
	readonly clock: Clock;
	readonly catalogue: Catalogue;
	readonly latest: Latest;
	readonly warn: (message: string) => void;
}

export class Housekeeper {
	private readonly parts: HousekeeperParts;
	private readonly stops: (() => void)[] = [];
	private busy = false;
	private stopped = false;

	constructor(parts: HousekeeperParts) {
		this.parts = parts;
	}

	start(): void {
		const { clock } = this.parts;
		this.stops.push(clock.every(KEY_FRAME_MS, () => this.chore("key frame", () => this.keyFrame())));
		this.stops.push(clock.every(MAINTAIN_MS, () => this.chore("maintenance", () => this.maintain())));
	}

	stop(): void {
		this.stopped = true;
		for (const stop of this.stops) stop();
	}

	/** The table as it is, by permanent channel ids. */
	async keyFrame(): Promise<void> {
		const { catalogue, latest, store, clock } = this.parts;
		const columns = new ReadingColumns();
		const severity: number[] = [];
		for (const channel of catalogue.channels) {
			if (channel === undefined || latest.quality[channel.row] === Quality.none) continue;
			const { row } = channel;
			columns.push(channel.id, latest.at[row]!, latest.value[row]!, latest.quality[row]!, latest.at[row]!);
			severity.push(latest.severity[row]!);
		}
		const frame = columns.take();
		if (frame !== null) await store.keyFrame(clock.now(), frame, Uint8Array.from(severity));
	}

	/** Slices until nothing waits, giving way to commits between them. */
	private async maintain(): Promise<void> {
		while (
			!this.stopped &&
			this.parts.store.state().open &&
			(await this.parts.store.maintain(this.parts.clock.now()))
		) {
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	private chore(name: string, run: () => Promise<void>): void {
		if (this.busy || this.stopped || !this.parts.store.state().open) return;
		this.busy = true;
		run()
			.catch((error: unknown) =>
				this.parts.warn(`${name} failed: ${error instanceof Error ? error.message : String(error)}`),
			)
			.finally(() => {
				this.busy = false;
			});
	}
}
