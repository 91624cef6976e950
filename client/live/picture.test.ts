// A camera's pictures in turn: the last good one is kept, trouble is named and asked more rarely, nobody looking means no question.
import { expect, test } from "vitest";
import { problem } from "#model/problem.ts";
import { PictureFeed, type PictureMeans } from "./picture.ts";

function bench(answers: unknown[]) {
	const asked: string[] = [];
	const waits: number[] = [];
	const dropped: string[] = [];
	let run: (() => void) | null = null;
	let made = 0;
	const means: PictureMeans = {
		load: async (asset) => {
			asked.push(asset);
			return answers.shift() ?? problem("cameras-away");
		},
		after: (ms, next) => {
			waits.push(ms);
			run = next;
			return () => {
				run = null;
			};
		},
		makeUrl: () => `blob:${++made}`,
		dropUrl: (url) => dropped.push(url),
	};
	const feed = new PictureFeed("cam-1", 4_000, means);
	const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
	return {
		feed,
		asked,
		waits,
		dropped,
		settled,
		isWaiting: () => run !== null,
		next: async () => {
			run?.();
			await settled();
		},
	};
}

const good = (at: number): unknown => ({ blob: new Blob(["x"]), at });

test("the newest picture is shown, the one before stays to fade from, older ones are given back", async () => {
	const { feed, settled, next, dropped } = bench([good(1), good(2), good(3)]);
	feed.watch(true);
	await settled();
	expect(feed.shown).toEqual({ url: "blob:1", at: 1 });
	await next();
	expect([feed.shown?.at, feed.before?.at, dropped]).toEqual([2, 1, []]);
	await next();
	expect([feed.shown?.at, feed.before?.at, dropped]).toEqual([3, 2, ["blob:1"]]);
	feed.close();
	expect(dropped).toEqual(["blob:1", "blob:3", "blob:2"]);
});

test("trouble is named, keeps the last good picture and is asked about more and more rarely, up to half a minute", async () => {
	const { feed, settled, next, waits } = bench([
		good(7),
		problem("no-signal", "", "2026-11-22T12:00:00.000Z"),
		problem("cameras-away"),
		problem("forbidden"),
		problem("cameras-away"),
		good(9),
	]);
	feed.watch(true);
	await settled();
	await next();
	expect([feed.trouble, feed.shown?.at, feed.lastAt]).toEqual(["noSignal", 7, Date.UTC(2026, 10, 22, 12)]);
	await next();
	expect([feed.trouble, feed.lastAt]).toEqual(["away", 7]);
	await next();
	expect(feed.trouble).toBe("forbidden");
	await next();
	await next();
	expect([feed.trouble, feed.shown?.at, feed.lastAt]).toEqual([null, 9, null]);
	expect(waits).toEqual([4_000, 8_000, 16_000, 30_000, 30_000, 4_000]);
});

test("nobody looking means no question, and an answer that comes too late changes nothing", async () => {
	const { feed, asked, settled, isWaiting } = bench([good(1), good(2)]);
	feed.watch(true);
	feed.watch(false);
	await settled();
	expect([feed.shown, isWaiting()]).toEqual([null, false]);
	feed.watch(true);
	await settled();
	expect(feed.shown?.at).toBe(2);
	feed.watch(false);
	expect([asked.length, isWaiting()]).toEqual([2, false]);
});

test("too many at once is no trouble of this camera: its last picture stands a little longer", async () => {
	const { feed, settled, next, waits } = bench([good(5), problem("slow-down"), good(6)]);
	feed.watch(true);
	await settled();
	await next();
	expect([feed.trouble, feed.shown?.at]).toEqual([null, 5]);
	await next();
	expect([feed.shown?.at, waits]).toEqual([6, [4_000, 8_000, 4_000]]);
});
