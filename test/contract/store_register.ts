// The store's contract, the register's half: entries, log lines and photos are part of the commit, and of every copy.
import { expect } from "vitest";
import type { PhotoRecord } from "#model/photo.ts";
import type { Entry, LogLine } from "#model/register.ts";
import type { Edit } from "../../server/store/store.ts";
import { EMPTY, HOUR, NOW, type Run } from "./store_kit.ts";

export function anEntry(id: string, revision: number, change: Partial<Entry> = {}): Entry {
	const place = { district: "210102", system: "heating" };
	return {
		kind: "incident",
		id,
		revision,
		at: NOW,
		by: "李",
		...place,
		body: { title: "停热" },
		removed: false,
		...change,
	};
}

export function aLine(n: number, subject: string, at = NOW): LogLine {
	return {
		n,
		subject,
		kind: "note",
		at,
		by: "李",
		district: "210102",
		system: "heating",
		detail: { text: `第 ${n} 条` },
	};
}

function edits(...given: Edit[]) {
	return { ...EMPTY, edits: given };
}

export function register(run: Run): void {
	run(
		"J1 entries and log lines are there after opening again, the newest state of each entry, and the numbers go on",
		async (shop) => {
			const closed = anEntry("i1", 3, { body: { title: "停热", state: "closed" }, removed: true });
			await shop.store.commit(
				edits(
					{ type: "entry.put", entry: anEntry("i1", 1) },
					{ type: "line.add", line: aLine(1, "incident:i1"), revision: 1 },
				),
			);
			await shop.store.commit(
				edits(
					{ type: "entry.put", entry: anEntry("i2", 2) },
					{ type: "entry.put", entry: closed },
					// A line alone moves the revision too.
					{ type: "line.add", line: aLine(2, "incident:i2"), revision: 4 },
				),
			);
			const again = await shop.reopen();
			expect(again.loaded.entries).toEqual([anEntry("i2", 2), closed]);
			expect(again.loaded).toMatchObject({ registerRevision: 4, lastLine: 2 });
			return again;
		},
	);

	run("a batch whose line has a number that is taken is refused as a whole, and the store goes on", async (shop) => {
		await shop.store.commit(edits({ type: "line.add", line: aLine(1, "incident:i1"), revision: 1 }));
		const wrong = edits(
			{ type: "entry.put", entry: anEntry("i9", 2) },
			{ type: "line.add", line: aLine(1, "incident:i9"), revision: 2 },
		);
		await expect(shop.store.commit(wrong)).rejects.toThrow();
		await shop.store.commit(edits({ type: "line.add", line: aLine(2, "incident:i1"), revision: 2 }));
		const again = await shop.reopen();
		expect(again.loaded.entries).toEqual([]);
		expect(again.loaded.lastLine).toBe(2);
		return again;
	});

	run("lines are read by subject after a number, and over all subjects by time", async (shop) => {
		const lines = Array.from({ length: 9 }, (_, i) => aLine(i + 1, `alarm:a${i % 3}`, NOW + i * HOUR));
		await shop.store.commit(edits(...lines.map((line): Edit => ({ type: "line.add", line, revision: line.n }))));
		const numbers = (found: readonly LogLine[]) => found.map(({ n }) => n);
		expect(await shop.reader.lines("alarm:a1", 0, 10)).toEqual([lines[1], lines[4], lines[7]]);
		expect(numbers(await shop.reader.lines("alarm:a1", 2, 1))).toEqual([5]);
		expect(numbers(await shop.reader.lines("alarm:a", 0, 10))).toEqual([]);
		expect(numbers(await shop.store.lines("alarm:a2", 3, 10))).toEqual([6, 9]);
		expect(numbers(await shop.reader.linesBetween(NOW + HOUR, NOW + 4 * HOUR, 0, 10))).toEqual([2, 3, 4]);
		expect(numbers(await shop.reader.linesBetween(NOW, NOW + 9 * HOUR, 6, 2))).toEqual([7, 8]);
		return undefined;
	});

	run("a photo comes back bit for bit with its place; an id that is none is null", async (shop) => {
		const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256);
		const place = { district: "210102", system: "heating", asset: "boiler-1" };
		const photo: PhotoRecord = { id: "p1", subject: "alarm:a1", at: NOW, by: "李", type: "image/png", ...place, bytes };
		await shop.store.commit(edits({ type: "photo.add", photo }));
		expect(await shop.reader.photo("p1")).toEqual(photo);
		expect(await shop.reader.photo("p2")).toBeNull();
		return undefined;
	});
}
