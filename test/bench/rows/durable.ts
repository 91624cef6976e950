// Row "durable": readings a second that are answered, one synced commit for each batch of a thousand, and what a reading costs
// in all, compaction included. 200,000 channels, four fifths of the readings from a thousand of them.

import type { ReadingBlock } from "../../../server/store/store.ts";
import { atLeastTimes, atMost, type Effort, type Measured, percentile } from "../row.ts";
import { hasPostgres, postgresPerSecond, rowsPerSecond } from "../store_baselines.ts";
import { batchOf, blockOf, chance, maintainAll, START, withStore } from "../store_load.ts";

const BATCH = 1_000;
const CHANNELS = 200_000;
const FAST = 1_000;
/** 2,000 readings a second of the data's own time. */
const BATCH_MS = 500;

function makeBlocks(n: number): ReadingBlock[] {
	const random = chance(7);
	return Array.from({ length: n }, (_, batch) => {
		const block = blockOf(BATCH);
		const at = START + batch * BATCH_MS;
		for (let i = 0; i < BATCH; i++) {
			block.channel[i] = Math.floor(random() * (random() < 0.8 ? FAST : CHANNELS));
			block.at[i] = at + Math.floor(random() * BATCH_MS);
			block.count[i] = 500 + Math.floor(random() * 200);
			block.receivedAt[i] = at + BATCH_MS + 100;
		}
		return block;
	});
}

export async function durable(effort: Effort): Promise<Measured[]> {
	const batches = effort.quick ? 500 : 5_000;
	const blocks = makeBlocks(batches);
	const readings = batches * BATCH;
	const { perSecond, commits, cpuMicros, slice } = await withStore(async (store) => {
		const commits: number[] = [];
		let slice = 0;
		const cpu = process.cpuUsage();
		for (const [index, block] of blocks.entries()) {
			const before = performance.now();
			await store.commit(batchOf(block));
			commits.push(performance.now() - before);
			if (index % 200 === 199) slice = Math.max(slice, await maintainAll(store, START + index * BATCH_MS));
		}
		slice = Math.max(slice, await maintainAll(store, START + batches * BATCH_MS + 2 * 3_600_000));
		const spent = process.cpuUsage(cpu);
		const inCommits = commits.reduce((sum, ms) => sum + ms, 0);
		return {
			perSecond: (readings / inCommits) * 1000,
			commits,
			cpuMicros: (spent.user + spent.system) / readings,
			slice,
		};
	});
	const some = blocks.slice(0, effort.quick ? 100 : 1_000);
	const rows = { name: "SQLite row + index", figure: await rowsPerSecond(some, true) };
	const baseline = [rows];
	const targets = [atLeastTimes(perSecond, 30, rows)];
	if (await hasPostgres()) {
		const postgres = { name: "PostgreSQL COPY + index", figure: await postgresPerSecond(some) };
		baseline.push(postgres);
		targets.push(atLeastTimes(perSecond, 10, postgres));
	}
	const work = `${readings} readings of ${CHANNELS} channels, ${BATCH} a commit, synced`;
	return [
		{ row: "durable", work, figure: perSecond, unit: "readings/s", baseline, targets },
		{
			row: "durable, CPU",
			work: `${work}, with compaction`,
			figure: cpuMicros,
			unit: "us/reading",
			targets: [atMost(cpuMicros, 1.5, "us")],
		},
		{ row: "durable, commit p50", work, figure: percentile(commits, 0.5), unit: "ms" },
		{ row: "durable, commit p99", work, figure: percentile(commits, 0.99), unit: "ms" },
		{ row: "durable, longest slice of maintenance", work, figure: slice, unit: "ms" },
	];
}
