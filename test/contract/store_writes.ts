// The store's contract, the writing half: what a commit promises, what a start finds.
import { expect } from "vitest";
import type { CommitBatch, UserRecord } from "../../server/store/store.ts";
import {
	anAlarm,
	anAsset,
	aTransition,
	EMPTY,
	HOUR,
	NOW,
	type Row,
	type Run,
	readingsBatch,
	rowsOf,
	seeded,
	toRows,
} from "./store_kit.ts";

export function commits(run: Run): void {
	run("J1 everything of a commit is there after opening again", async (shop) => {
		const asset = anAsset("bridge-1", "三好桥");
		const device = {
			id: "d1",
			asset: "bridge-1",
			door: "http",
			address: "a",
			keyHash: "00",
			profile: null,
			demo: false,
		} as const;
		const user: UserRecord = {
			name: "李",
			passwordHash: "x",
			roles: ["duty"],
			scope: { districts: ["210000"], systems: null },
			disabled: false,
		};
		const judged = {
			channel: 7,
			rule: "tilt-level",
			severity: 3,
			rising: 0,
			risingSince: 0,
			calm: 2,
			fallingTo: 0,
			fallingSince: NOW,
		};
		const alarm = anAlarm("bridge-1");
		await shop.store.commit({
			readings: rowsOf([[7, NOW, 150]]),
			transitions: [aTransition(1, alarm)],
			audits: [
				{ at: NOW, user: "李", action: "asset.put", subject: "bridge-1", result: "ok", detail: "{}", source: "::1" },
			],
			answers: [{ commandId: "command-1", at: NOW, answer: { ok: true, seq: 1 } }],
			judged: [judged],
			edits: [
				{ type: "asset.put", record: asset },
				{ type: "channel.put", id: 7, asset: "bridge-1", measure: "tilt", scale: 2 },
				{ type: "device.put", record: device },
				{ type: "user.put", record: user },
				{ type: "setting.put", name: "folder", value: "demo" },
			],
			receipts: [{ seq: 1, screen: "wall-1", user: "李", stage: "rendered", at: NOW }],
		});
		const again = await shop.reopen();
		const { loaded } = again;
		expect(loaded.assets).toEqual([asset]);
		expect(loaded.channels).toEqual([{ id: 7, asset: "bridge-1", measure: "tilt", scale: 2 }]);
		expect(loaded.devices).toEqual([device]);
		expect(loaded.users).toEqual([user]);
		expect(loaded.judged).toEqual([judged]);
		expect(loaded.settings).toEqual(new Map([["folder", "demo"]]));
		expect(loaded.alarms).toEqual([{ ...alarm, seq: 1 }]);
		expect(loaded.lastSeq).toBe(1);
		expect(toRows(loaded.latest)).toEqual([[7, NOW, 150, 1, NOW + 250]]);
		expect(await again.store.answerOf("command-1")).toEqual({ ok: true, seq: 1 });
		expect(await again.store.answerOf("command-2")).toBeNull();
		return again;
	});

	run("J2 a refused batch leaves nothing behind, and the store goes on", async (shop) => {
		await shop.store.commit({ ...EMPTY, transitions: [aTransition(1, anAlarm("a"))] });
		const refused: CommitBatch = {
			...readingsBatch([[1, NOW, 5]]),
			edits: [{ type: "asset.put", record: anAsset("ghost", "幽灵桥") }],
			audits: [{ at: NOW, user: "x", action: "y", subject: "z", result: "ok", detail: "", source: "" }],
			transitions: [aTransition(3, anAlarm("b"))],
		};
		await expect(shop.store.commit(refused)).rejects.toThrow("gap");
		expect(shop.store.state().open).toBe(true);
		await shop.store.commit({ ...EMPTY, transitions: [aTransition(2, anAlarm("b"))] });
		const again = await shop.reopen();
		expect(again.loaded.assets).toEqual([]);
		expect(again.loaded.latest.at).toHaveLength(0);
		expect(again.loaded.lastSeq).toBe(2);
		expect(await again.reader.audits(0, 10)).toEqual([]);
		expect(await again.reader.search("幽灵", 10)).toEqual([]);
		return again;
	});

	run("J1 columns that no door may send are refused as a whole", async (shop) => {
		const bad: Row[] = [
			[1, Number.NaN, 5],
			[1, NOW + 0.5, 5],
			[1, -1, 5],
			[2 ** 24, NOW, 5],
		];
		for (const row of bad)
			await expect(shop.store.commit(readingsBatch([[1, NOW, 1], row]))).rejects.toThrow("cannot be stored");
		expect(toRows(await shop.store.readings(Uint32Array.of(1), 0))).toEqual([]);
	});

	run("the caller's columns stay the caller's", async (shop) => {
		const readings = rowsOf([[1, NOW, 5]]);
		await shop.store.commit({ ...EMPTY, readings });
		expect(toRows(readings)).toEqual([[1, NOW, 5, 1, NOW + 250]]);
	});

	run("edits replace, remove, and keep what they do not name", async (shop) => {
		const rule = (asset: string | null, value: number, removed = false) => ({
			kind: "bridge",
			asset,
			removed,
			limit: {
				id: "tilt-level",
				measure: "tilt",
				type: "level" as const,
				direction: "above" as const,
				levels: [{ severity: 3 as const, value }],
				deadband: 0,
				onDelayMs: 0,
				offDelayMs: 0,
				clearReadings: 1,
				source: { standard: "GB 50982-2014", clause: "3.2", confidence: "E" as const },
				validFrom: null,
				validTo: null,
				setBy: "李",
			},
		});
		const judged = {
			channel: 1,
			rule: "r",
			severity: 2,
			rising: 0,
			risingSince: 0,
			calm: 0,
			fallingTo: 0,
			fallingSince: 0,
		};
		await shop.store.commit({
			...EMPTY,
			judged: [judged, { ...judged, rule: "s" }],
			edits: [
				{ type: "asset.put", record: anAsset("a", "甲桥") },
				{ type: "asset.put", record: anAsset("b", "乙桥") },
				{ type: "channel.put", id: 1, asset: "a", measure: "tilt", scale: 2 },
				{ type: "rule.put", record: rule(null, 1) },
				{ type: "rule.put", record: rule("a", 2) },
			],
		});
		await shop.store.commit({
			...EMPTY,
			judged: [{ ...judged, severity: 0 }],
			edits: [
				{ type: "asset.put", record: anAsset("b", "丙桥") },
				{ type: "asset.remove", id: "a" },
				{ type: "rule.put", record: rule("a", 3, true) },
			],
		});
		const { loaded, ...again } = await shop.reopen();
		expect(loaded.assets).toEqual([anAsset("b", "丙桥")]);
		expect(loaded.channels).toHaveLength(1);
		expect(loaded.judged).toEqual([{ ...judged, rule: "s" }]);
		expect(loaded.rules).toHaveLength(2);
		expect(loaded.rules).toContainEqual(rule(null, 1));
		expect(loaded.rules).toContainEqual(rule("a", 3, true));
		expect(await again.reader.search("乙桥", 9)).toEqual([]);
		expect(await again.reader.search("甲桥", 9)).toEqual([]);
		expect(await again.reader.search("丙桥", 9)).toEqual(["b"]);
		return { loaded, ...again };
	});

	run("state tells SQLite's own FULL, the journal and the bytes; listeners hear it", async (shop) => {
		expect(shop.store.state()).toMatchObject({ open: true, synchronous: 2, fault: null });
		await shop.store.commit(
			readingsBatch([
				[1, NOW, 1],
				[2, NOW, 2],
			]),
		);
		expect(shop.store.state().journalReadings).toBe(2);
		expect(shop.store.state().fileBytes).toBeGreaterThan(0);
		const heard: boolean[] = [];
		const stop = shop.store.watch((state) => heard.push(state.open));
		const again = await shop.reopen();
		stop();
		expect(heard).toEqual([false]);
		return again;
	});
}

export function latest(run: Run): void {
	run("the newest reading of a channel is the one with the latest `at`", async (shop) => {
		await shop.store.commit(
			readingsBatch([
				[1, NOW, 1],
				[1, NOW + 5, 2],
				[2, NOW, 3],
				[1, NOW + 3, 4],
			]),
		);
		await shop.store.commit(
			readingsBatch([
				[2, NOW - HOUR, 5],
				[3, NOW, Number.NaN, 3],
			]),
		);
		// The same time again: the later arrival counts, unless it says the same.
		await shop.store.commit(
			readingsBatch([
				[2, NOW, 3, 2, NOW + 9_999],
				[1, NOW + 5, 7, 2],
			]),
		);
		const again = await shop.reopen();
		expect(toRows(again.loaded.latest)).toEqual([
			[1, NOW + 5, 7, 2, NOW + 255],
			[2, NOW, 3, 1, NOW + 250],
			[3, NOW, Number.NaN, 3, NOW + 250],
		]);
		return again;
	});

	run("the newest readings stay the same through compaction and opening", async (shop) => {
		const random = seeded(11);
		const newest = new Map<number, Row>();
		let now = NOW;
		let open = shop;
		for (let batch = 0; batch < 60; batch++) {
			now += 20 * 60_000;
			const rows: Row[] = [];
			for (let i = 0; i < 40; i++) {
				const channel = Math.floor(random() * 30);
				const at = now - Math.floor(random() * 4 * HOUR);
				rows.push([channel, at, Math.floor(random() * 1000), 1, now]);
			}
			await open.store.commit(readingsBatch(rows));
			for (const row of rows) if (row[1] >= (newest.get(row[0])?.[1] ?? 0)) newest.set(row[0], row);
			for (let slice = 0; slice < random() * 20; slice++) await open.store.maintain(now);
			if (batch % 17 === 16) open = await open.reopen();
		}
		open = await open.reopen();
		expect(toRows(open.loaded.latest)).toEqual([...newest.values()].sort((a, b) => a[0] - b[0]));
		return open;
	});
}
