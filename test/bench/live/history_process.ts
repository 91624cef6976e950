// Fills a folder with days of history by the store itself, batch by batch and compacted, as a server that ran for so long has
// it. Arguments: folder, days, fast channels (a reading every 5 minutes; the others one a day).
import { ManualClock } from "../../../server/clock.ts";
import { openStore } from "../../../server/store/sqlite.ts";
import { batchOf, blockOf, maintainAll } from "../store_load.ts";
import { tell } from "./processes.ts";

const DAY_MS = 86_400_000;
const STEP_MS = 300_000;
const STEPS_PER_DAY = DAY_MS / STEP_MS;

const [folder = "", days = "", fastChannels = ""] = process.argv.slice(2);
const end = Date.now() - 60_000;
const start = end - Number(days) * DAY_MS;
const clock = new ManualClock(start);
const store = openStore({ folder, clock });
const { channels } = await store.load();
const ids = channels.filter(({ measure }) => measure !== "state").map(({ id }) => id);
const fast = ids.slice(0, Number(fastChannels));
const slow = ids.slice(fast.length);
let readings = 0;

async function commit(at: number, some: readonly number[]): Promise<void> {
	const block = blockOf(some.length);
	for (const [i, id] of some.entries()) {
		block.channel[i] = id;
		block.at[i] = at - (id % 1000);
		block.count[i] = 500 + ((id * 7 + readings) % 200);
		block.receivedAt[i] = at;
	}
	readings += some.length;
	await store.commit(batchOf(block));
}

for (let step = 0, at = start; at < end; step++, at += STEP_MS) {
	clock.jumpTo(at);
	await commit(at, fast);
	// Each of the others once a day, spread over it.
	const turn = step % STEPS_PER_DAY;
	await commit(
		at,
		slow.filter((_, index) => index % STEPS_PER_DAY === turn),
	);
	if (step % 36 === 35) await maintainAll(store, at);
}
await maintainAll(store, end);
await store.close();
tell({ readings, channels: ids.length });
process.exit(0);
