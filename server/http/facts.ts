// Settings of the data folder that answers carry along: the duty rota, and until when a demo's history was generated. Asked of the
// store once in ten seconds at most. While the store is away the last known ones stand: the signs of life must not depend on it.
import { DEMO_HISTORY_SETTING, parseRota, ROTA_SETTING, type Rota, type Shift, shiftsBetween } from "#model/duty.ts";
import { type DistrictRota, rosterBetween } from "#model/shift.ts";
import type { HttpParts } from "./parts.ts";

const FRESH_MS = 10_000;
const PROVINCE = "210000";

export class Facts {
	private readonly parts: Pick<HttpParts, "store" | "clock" | "mirror" | "log">;
	private askedAt = Number.NEGATIVE_INFINITY;
	private asking: Promise<void> | null = null;
	private known: { rota: Rota | null; until: number | null } = { rota: null, until: null };

	constructor(parts: Pick<HttpParts, "store" | "clock" | "mirror" | "log">) {
		this.parts = parts;
	}

	/** Shifts that begin in [from, to), by the province's roster with its swaps; until it has one, by the folder's. */
	async shifts(from: number, to: number): Promise<readonly Shift[]> {
		const own = this.parts.mirror.register.find<DistrictRota>("rota", PROVINCE);
		if (own !== null) return rosterBetween(PROVINCE, own.body, from, to).filter(({ at }) => at >= from);
		await this.refresh();
		return this.known.rota === null ? [] : shiftsBetween(this.known.rota, from, to);
	}

	/** Epoch ms; null in a real folder and in a demo without a generated past. */
	async demoHistoryUntil(): Promise<number | null> {
		await this.refresh();
		return this.parts.mirror.demo ? this.known.until : null;
	}

	private refresh(): Promise<void> {
		const now = this.parts.clock.now();
		if (this.asking !== null) return this.asking;
		if (Math.abs(now - this.askedAt) < FRESH_MS) return Promise.resolve();
		this.askedAt = now;
		this.asking = this.ask().finally(() => {
			this.asking = null;
		});
		return this.asking;
	}

	private async ask(): Promise<void> {
		const { store, log } = this.parts;
		try {
			const [rota, until] = await Promise.all([store.setting(ROTA_SETTING), store.setting(DEMO_HISTORY_SETTING)]);
			this.known = { rota: parseRota(rota), until: until === null ? null : Number(until) };
		} catch (error) {
			log.debug({ err: error }, "settings stay as they were");
		}
	}
}
