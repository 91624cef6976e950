// Server time, from beats. Everything the page dates (the clock on screen, the age of an alarm) is counted from here; the
// machine's own clock may be wrong by hours and is only used for differences (performance.now).

/** Above this the machine's clock is worth a word to the officer. */
export const SKEW_WARN_MS = 2_000;

export class ServerClock {
	private base = 0;
	private heardAt = 0;
	/** Machine's clock minus server's, ms; 0 until the first beat. */
	skewMs = 0;

	/** `now`: the server's epoch ms; `elapsed`: monotonic ms when it was heard; `local`: the machine's epoch ms. */
	hear(now: number, elapsed: number, local: number): void {
		this.base = now;
		this.heardAt = elapsed;
		this.skewMs = local - now;
	}

	get isSet(): boolean {
		return this.base !== 0;
	}

	/** Server time now, epoch ms; 0 before the first beat. */
	at(elapsed: number): number {
		return this.base === 0 ? 0 : this.base + (elapsed - this.heardAt);
	}

	/** Server time of the last beat, epoch ms; what a frozen clock shows. */
	get lastHeard(): number {
		return this.base;
	}
}
