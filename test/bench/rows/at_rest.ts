// Row "at rest": bytes a reading once its hours are over: 12,000 channels as a city has them, a sixth every 10 s, half every
// minute, a third every 5 minutes; values that wander, times of whole seconds, arrival between 0.1 and 1 s later.
import type { ReadingBlock } from "../../../server/store/store.ts";
import { atMost, type Effort, type Measured } from "../row.ts";
import { bytesPerRow } from "../store_baselines.ts";
import { batchOf, blockOf, bytesOf, chance, maintainAll, START, withStore } from "../store_load.ts";

const CHANNELS = 12_000;
const TICK_MS = 10_000;

function everyMs(channel: number): number {
	const kind = channel % 6;
	return kind === 0 ? 10_000 : kind <= 3 ? 60_000 : 300_000;
}

/** Ten seconds of the city at a time. */
function* city(hours: number): Generator<ReadingBlock> {
	const random = chance(21);
	const counts = Float64Array.from({ length: CHANNELS }, () => Math.floor(random() * 10_000));
	const phases = Uint32Array.from(
		{ length: CHANNELS },
		(_, channel) => Math.floor((random() * everyMs(channel)) / TICK_MS) * TICK_MS,
	);
	for (let at = START; at < START + hours * 3_600_000; at += TICK_MS) {
		const due: number[] = [];
		for (let channel = 0; channel < CHANNELS; channel++)
			if ((at - START) % everyMs(channel) === phases[channel]) due.push(channel);
		const block = blockOf(due.length);
		for (const [i, channel] of due.entries()) {
			counts[channel] = counts[channel]! + Math.round((random() - 0.5) * 12);
			block.channel[i] = channel;
			block.at[i] = at + Math.floor(random() * 3) * 1_000;
			block.count[i] = counts[channel]!;
			block.receivedAt[i] = block.at[i]! + 100 + Math.floor(random() * 900);
		}
		yield block;
	}
}

export async function atRest(effort: Effort): Promise<Measured[]> {
	const hours = effort.quick ? 4 : 24;
	let readings = 0;
	const [bytes, whole] = await withStore(async (store, _clock, folder) => {
		let hour = 0;
		for (const block of city(hours)) {
			await store.commit(batchOf(block));
			readings += block.channel.length;
			const at = block.at[0] ?? START;
			if (Math.floor(at / 3_600_000) === hour) continue;
			hour = Math.floor(at / 3_600_000);
			await maintainAll(store, at + 180_000);
		}
		await maintainAll(store, START + (hours + 2) * 3_600_000);
		return [await bytesOf(folder, "readings-"), await bytesOf(folder, "")];
	});
	const sample: ReadingBlock[] = [];
	for (const block of city(1)) if (sample.push(block) >= 60) break;
	const rows = { name: "SQLite row, no index", figure: await bytesPerRow(sample) };
	const work = `${readings} readings, ${hours} h of ${CHANNELS} channels at 10 s to 5 min`;
	return [
		{
			row: "at rest",
			work,
			figure: bytes / readings,
			unit: "B/reading",
			baseline: [rows],
			targets: [atMost(bytes / readings, 8, "B")],
		},
		{
			row: "at rest, whole folder",
			work: `${work}; with the journal's file`,
			figure: whole / readings,
			unit: "B/reading",
		},
	];
}
