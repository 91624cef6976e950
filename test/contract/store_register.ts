// The store's contract, the register's half: entries, log lines and photos are part of the commit, and of every copy.
import { expect } from "vitest";
import type { PhotoRecord } from "#model/photo.ts";
import type { Entry, LogLine, RecordKind } from "#model/register.ts";
import type { ArchiveFilter, Edit } from "../../server/store/store.ts";
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

	run("what is archived is not loaded, is found by id with its parts and by date, and ids go on", async (shop) => {
		const task = anEntry("t7", 1, { kind: "task", body: { incident: "i1" } });
		const away = (kind: RecordKind, id: string, overAt: number, partOf: string | null, removed = false): Edit => {
			const place = { district: "210102", system: "heating" };
			return {
				type: "entry.archive",
				leave: { kind, id, overAt, partOf },
				...place,
				removed,
				at: NOW + HOUR,
				revision: 9,
			};
		};
		const put = (entry: Entry): Edit => ({ type: "entry.put", entry });
		const kept = [anEntry("i1", 1), anEntry("i2", 2), anEntry("i30", 3), anEntry("i4", 4)];
		await shop.store.commit(edits(...kept.map(put), put(task)));
		await shop.store.commit(
			edits(
				away("incident", "i1", NOW, null),
				away("task", "t7", NOW, "incident:i1"),
				away("incident", "i30", NOW + 1, null),
				away("incident", "i4", NOW + 2, null, true),
			),
		);
		// Twice is our own bug, and nothing of such a batch happens.
		await expect(shop.store.commit(edits(put(anEntry("i99", 10)), away("incident", "i1", NOW, null)))).rejects.toThrow(
			"i1",
		);
		const again = await shop.reopen();
		expect(again.loaded.entries.map(({ id }) => id)).toEqual(["i2"]);
		expect(again.loaded.registerRevision).toBe(9);
		expect([...again.loaded.archivedNumbers]).toEqual([
			["i", 30],
			["t", 7],
		]);
		const whole = { overAt: NOW, archivedAt: NOW + HOUR };
		const i1 = { ...whole, entry: anEntry("i1", 1), parts: [task] };
		expect(await again.store.archived("incident", "i1")).toEqual(i1);
		expect(await again.reader.archived("incident", "i1")).toEqual(i1);
		expect(await again.reader.archived("incident", "i2")).toBeNull();
		expect(await again.reader.archived("incident", "i4")).toBeNull();
		const asked = {
			kind: "incident",
			from: 0,
			to: NOW + HOUR,
			districts: ["21"],
			systems: null,
			before: null,
		} as const;
		const found = async (more: Partial<ArchiveFilter>) => {
			const page = await again.reader.archive({ ...asked, limit: 10, ...more });
			return [page.found.map(({ entry }) => entry.id), page.next];
		};
		expect(await found({})).toEqual([["i30", "i1"], null]);
		expect(await found({ to: NOW + 1 })).toEqual([["i1"], null]);
		expect(await found({ from: NOW + 1 })).toEqual([["i30"], null]);
		expect(await found({ districts: ["2102"] })).toEqual([[], null]);
		expect(await found({ systems: ["gas"] })).toEqual([[], null]);
		const [, next] = await found({ limit: 1 });
		expect(await found({ limit: 1, before: next as [number, number] })).toEqual([["i1"], [NOW, 1]]);
		// Put again, it stands in one place.
		await again.store.commit(edits(put(anEntry("i1", 10))));
		expect(await again.reader.archived("incident", "i1")).toBeNull();
		const last = await again.reopen();
		expect(last.loaded.entries.map(({ id }) => id)).toEqual(["i2", "i1"]);
		return last;
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
