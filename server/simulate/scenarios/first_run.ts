// Whether this folder has seen a scenario: a small file beside the devices file, written once the first one has begun. A folder where
// nothing can be written plays its first one at every start, which harms nobody.
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const NAME = "demo-played.json";

export class FirstRun {
	readonly #path: string | null;

	/** `devices`: path of the devices file; null: a run without a folder, never a first one. */
	constructor(devices: string | null) {
		this.#path = devices === null ? null : join(dirname(devices), NAME);
	}

	get isNow(): boolean {
		return this.#path !== null && !existsSync(this.#path);
	}

	/** @returns what went wrong, in words; null when it is written or nothing is to be written. */
	played(scenario: string, now: number): string | null {
		if (!this.isNow || this.#path === null) return null;
		try {
			writeFileSync(this.#path, JSON.stringify({ first: scenario, at: now }), { mode: 0o600 });
			return null;
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	}
}
