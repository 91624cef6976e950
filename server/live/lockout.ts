// Wrong passwords counted by name and by address: one guesser can neither try everywhere nor lock a whole office out by one name
// (GB/T 22239-2019 8.1.4.1 b). In memory: a restart forgives.
const LOCK_AFTER = 5;
/** A whole office may share one address. */
const LOCK_ADDRESS_AFTER = LOCK_AFTER * 4;
export const LOCK_MS = 30 * 60_000;
const KEYS_MAX = 10_000;

export class Lockout {
	private readonly failures = new Map<string, { count: number; until: number }>();

	isLocked(name: string, source: string, now: number): boolean {
		return keysOf(name, source).some((key) => (this.failures.get(key)?.until ?? 0) > now);
	}

	failed(name: string, source: string, now: number): void {
		// At the bound those that lock nothing are forgotten first.
		if (this.failures.size > KEYS_MAX) {
			for (const [key, { until }] of this.failures) if (until <= now) this.failures.delete(key);
		}
		if (this.failures.size > KEYS_MAX) this.failures.clear();
		for (const key of keysOf(name, source)) {
			const known = this.failures.get(key);
			const count = known === undefined || (known.until > 0 && known.until <= now) ? 1 : known.count + 1;
			const bound = key.startsWith("from/") ? LOCK_ADDRESS_AFTER : LOCK_AFTER;
			this.failures.set(key, { count, until: count >= bound ? now + LOCK_MS : 0 });
		}
	}

	/** The right password, or an administrator who gave a new one. */
	forgive(name: string): void {
		this.failures.delete(`name/${name}`);
	}
}

function keysOf(name: string, source: string): readonly string[] {
	return [`name/${name}`, `from/${source}`];
}
