// Row "history": 24 hours of one channel as 500 points, from the web's thread and back, with fifty million readings of that
// day in the store: 5,000 channels of 8,000 readings, the rest spread over 200,000.
import { openReader } from "../../../server/store/reader.ts";
import type { ReadingBlock, Store } from "../../../server/store/store.ts";
import { atMost, type Effort, type Measured, percentile } from "../row.ts";
import { withRows } from "../store_baselines.ts";
import { batchOf, blockOf, chance, maintainAll, START, withStore } from "../store_load.ts";

const DAY = 86_400_000;
const CHANNELS = 200_000;
const BATCH = 10_000;
const POINTS = 500;
/** Readings of one asked channel in the day. */
const PER_FAST = 8_000;
const QUESTIONS = 400;

/** Blocks of the day in order of time: every fast channel at its even pace, one in five readings from any channel. */
function* dayOf(readings: number): Generator<ReadingBlock> {
	const random = chance(3);
	const fast = Math.max(1, Math.round((readings * 0.8) / PER_FAST));
	let next = 0;
	for (let done = 0; done < readings; done += BATCH) {
		const block = blockOf(BATCH);
		const start = START + Math.floor((done / readings) * DAY);
		const width = (BATCH / readings) * DAY;
		for (let i = 0; i < BATCH; i++) {
			const isFast = i % 5 !== 4;
			const channel = isFast ? next : Math.floor(random() * CHANNELS);
			if (isFast) next = (next + 1) % fast;
			block.channel[i] = channel;
			block.at[i] = start + Math.floor((i / BATCH) * width);
			block.count[i] = Math.round(2_000 + 500 * Math.sin((start / DAY) * 6 + channel) + random() * 20);
			block.receivedAt[i] = start + Math.ceil(width) + 200;
		}
		yield block;
	}
}

async function fill(store: Store, readings: number): Promise<void> {
	let done = 0;
	let hour = 0;
	for (const block of dayOf(readings)) {
		await store.commit(batchOf(block));
		done += BATCH;
		const now = START + (done / readings) * DAY;
		// As in life: a round when the journal is long, and once an hour.
		if (store.state().journalReadings > 500_000 || Math.floor(now / 3_600_000) !== hour) {
			hour = Math.floor(now / 3_600_000);
			await maintainAll(store, now);
		}
	}
}

/** p50 and p99 of the same question to SQLite rows with an index, ms. */
async function askRows(readings: number): Promise<[p50: number, p99: number]> {
	return withRows(true, ({ db, insert }) => {
		for (const block of dayOf(readings)) insert(block);
		const fast = Math.max(1, Math.round((readings * 0.8) / PER_FAST));
		const random = chance(5);
		const statement = db.prepare(`SELECT min(at) AS at, min(count) AS low, max(count) AS high FROM reading
			WHERE channel = cast(? AS INTEGER) AND at >= cast(? AS INTEGER) AND at < cast(? AS INTEGER)
			GROUP BY (at - ${START}) / ${Math.floor((DAY * 2) / POINTS)} ORDER BY 1`);
		const times: number[] = [];
		for (let i = 0; i < QUESTIONS / 4; i++) {
			const before = performance.now();
			statement.all(Math.floor(random() * fast), START, START + DAY);
			times.push(performance.now() - before);
		}
		return [percentile(times, 0.5), percentile(times, 0.99)];
	});
}

export async function history(effort: Effort): Promise<Measured[]> {
	const readings = Number(process.env.LIAOWANG_BENCH_READINGS ?? (effort.quick ? 1_000_000 : 50_000_000));
	const times = await withStore(async (store, _clock, folder) => {
		await fill(store, readings);
		const reader = openReader({ folder });
		const fast = Math.max(1, Math.round((readings * 0.8) / PER_FAST));
		const random = chance(9);
		// The first question opens the files.
		await reader.history(0, START, START + DAY, POINTS);
		const times: number[] = [];
		for (let i = 0; i < QUESTIONS; i++) {
			const channel = Math.floor(random() * fast);
			const before = performance.now();
			const { points, thinned } = await reader.history(channel, START, START + DAY, POINTS);
			times.push(performance.now() - before);
			if (!thinned || points.length < POINTS * 0.9)
				throw new Error(`a curve of ${points.length} points is not what was asked`);
		}
		await reader.close();
		return times;
	});
	const rowReadings = Math.min(readings, effort.quick ? 200_000 : 2_000_000);
	const [rows50, rows99] = await askRows(rowReadings);
	const name = `SQLite row + index at ${rowReadings} readings`;
	const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
	const work = `24 h of a channel (${PER_FAST} readings) -> ${POINTS} points, ${readings} readings stored`;
	return [
		{
			row: "history p50",
			work,
			figure: p50,
			unit: "ms",
			baseline: [{ name, figure: rows50 }],
			targets: [atMost(p50, 3, "ms")],
		},
		{
			row: "history p99",
			work,
			figure: p99,
			unit: "ms",
			baseline: [{ name, figure: rows99 }],
			targets: [atMost(p99, 15, "ms")],
		},
	];
}
