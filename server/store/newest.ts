// The newest reading of every channel, by channel id, by the rule of the live table (model/reading.ts). The store's worker keeps
// one, so that a start needs only its last copy and the journal after it. It knows no rows and no revisions: that is the live
// table's business.
import { becomesNewest } from "#model/reading.ts";
import { BlockBuilder } from "./block.ts";
import type { ReadingBlock } from "./store.ts";

export class Newest {
	/** Columns by channel id; `at` is -1 where the channel never had a reading. */
	private at = new Float64Array(0);
	private count = new Float64Array(0);
	private quality = new Uint8Array(0);
	private receivedAt = new Float64Array(0);

	/** In the order of arrival. A later arrival of the same time replaces an earlier one, unless it says the same again. Hot. */
	take(block: ReadingBlock): void {
		const { channel } = block;
		for (let i = 0; i < channel.length; i++) {
			const id = channel[i]!;
			if (id >= this.at.length) this.grow(id + 1);
			const at = block.at[i]!;
			const known = this.at[id]!;
			// What came later was not received earlier, whatever a clock that was set back says.
			const now = Math.max(block.receivedAt[i]!, this.receivedAt[id]!);
			if (!becomesNewest(at, known, now)) continue;
			if (at === known && Object.is(this.count[id], block.count[i])) continue;
			this.at[id] = at;
			this.count[id] = block.count[i]!;
			this.quality[id] = block.quality[i]!;
			this.receivedAt[id] = block.receivedAt[i]!;
		}
	}

	/** One reading a channel, by channel id. */
	toBlock(): ReadingBlock {
		const builder = new BlockBuilder();
		for (let id = 0; id < this.at.length; id++) {
			if (this.at[id]! < 0) continue;
			builder.push(id, this.at[id]!, this.count[id]!, this.quality[id]!, this.receivedAt[id]!);
		}
		return builder.take();
	}

	private grow(need: number): void {
		const size = Math.max(1024, need, this.at.length * 2);
		const widen = <T extends Float64Array | Uint8Array>(from: T, to: T): T => {
			to.set(from);
			return to;
		};
		this.at = widen(this.at, new Float64Array(size).fill(-1));
		this.count = widen(this.count, new Float64Array(size));
		this.quality = widen(this.quality, new Uint8Array(size));
		this.receivedAt = widen(this.receivedAt, new Float64Array(size));
	}
}
