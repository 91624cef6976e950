// The store's contract, the reading half: windows, curves, lists and search.
import { expect } from "vitest";
import {
	anAlarm,
	anAsset,
	aTransition,
	EMPTY,
	HOUR,
	liveUntil,
	NOW,
	type Row,
	type Run,
	readingsBatch,
	rowsOf,
	seeded,
	settle,
	toRows,
} from "./store_kit.ts";

export function windows(run: Run): void {
	run("readings are given by channel, then time, from `from` on, each once", async (shop) => {
		await shop.store.commit(
			readingsBatch([
				[2, NOW + 2, 5],
				[1, NOW + 9, 1],
				[2, NOW, 4],
				[3, NOW, 9],
				[1, NOW - 1, 7],
			]),
		);
		await shop.store.commit(
			readingsBatch([
				[2, NOW, 4],
				[2, NOW, 6],
			]),
		);
		const expected = [
			[1, NOW + 9, 1],
			[2, NOW, 4],
			[2, NOW, 6],
			[2, NOW + 2, 5],
		];
		const found = async () =>
			toRows(await shop.store.readings(Uint32Array.of(2, 1), NOW)).map((row) => row.slice(0, 3));
		expect(await found()).toEqual(expected);
		shop.clock.advanceTo(NOW + 3 * HOUR);
		await settle(shop);
		expect(shop.store.state().journalReadings).toBe(0);
		expect(await found()).toEqual(expected);
	});

	run("readings come back bit for bit: values, no value, quality and arrival", async (shop) => {
		const rows: Row[] = [
			[1, NOW, 0, 1, NOW],
			[1, NOW + 1, -0, 1, NOW - 3_000],
			[1, NOW + 2, Number.NaN, 3, NOW + 2],
			[1, NOW + 3, -123_456_789, 2, NOW + 9 * HOUR],
			[1, NOW + 4, 2 ** 52 - 1, 1, NOW + 4],
			[1, NOW + 5, -(2 ** 52) + 1, 1, NOW + 5],
			[1, NOW + 6, 0.1, 1, NOW + 6],
			[1, NOW + 7, -0x8000_0000, 1, NOW + 7],
			[2 ** 24 - 1, NOW, 1, 4, NOW],
		];
		await shop.store.commit(readingsBatch(rows));
		const found = async () => toRows(await shop.store.readings(Uint32Array.of(1, 2 ** 24 - 1), 0));
		expect(await found()).toEqual(rows);
		shop.clock.advanceTo(NOW + 2 * HOUR);
		await settle(shop);
		expect(await found()).toEqual(rows);
		expect(toRows(await shop.reader.readings(1, NOW, NOW + 3))).toEqual(rows.slice(0, 3));
	});

	run("times that no calendar month of ours holds are kept and found", async (shop) => {
		const rows: Row[] = [
			[1, 0, 5],
			[1, 1, Number.NaN],
			[1, NOW, 6],
			[1, Date.UTC(2099, 0), 7],
			[1, 8_640_000_000_000_000, 8, 1, NOW],
		];
		await shop.store.commit(readingsBatch(rows));
		const found = async () => toRows(await shop.store.readings(Uint32Array.of(1), 0)).map((row) => row.slice(0, 3));
		const expected = rows.map((row) => row.slice(0, 3));
		expect(await found()).toEqual(expected);
		shop.clock.advanceTo(NOW + 2 * HOUR);
		await settle(shop);
		expect(shop.store.state().journalReadings).toBe(0);
		expect(await found()).toEqual(expected);
		expect((await shop.reader.readings(1, Date.UTC(2098, 0), Date.UTC(2100, 0))).count[0]).toBe(7);
	});

	run("a key frame is found at or before a moment, as it was", async (shop) => {
		const frame = rowsOf([
			[9, NOW, 5],
			[3, NOW - HOUR, Number.NaN, 3],
			[4, NOW + 60_000, -7.25, 2],
		]);
		await shop.store.keyFrame(NOW, frame, Uint8Array.of(0, 4, 2));
		await shop.store.keyFrame(NOW + 600_000, rowsOf([[3, NOW, 1]]), Uint8Array.of(0));
		expect(await shop.reader.keyFrame(NOW - 1)).toBeNull();
		const found = await shop.reader.keyFrame(NOW + 599_999);
		expect(found?.at).toBe(NOW);
		expect(toRows(found!.frame)).toEqual(
			toRows(
				rowsOf([
					[3, NOW - HOUR, Number.NaN, 3],
					[4, NOW + 60_000, -7.25, 2],
					[9, NOW, 5],
				]),
			),
		);
		expect([...found!.severity]).toEqual([4, 2, 0]);
		expect((await shop.reader.keyFrame(NOW + 600_000))?.frame.at).toHaveLength(1);
	});
}

export function curves(run: Run): void {
	run("a reader sees a commit as soon as it is answered", async (shop) => {
		for (let i = 0; i < 5; i++) {
			await shop.store.commit(readingsBatch([[1, NOW + i * 1000, i]]));
			expect((await shop.reader.history(1, NOW, NOW + HOUR, 100)).points).toHaveLength(i + 1);
		}
	});

	run("a curve is the same before, during and after compaction, over hours and months", async (shop) => {
		// The last hours of a month in Shenyang, whose midnight is 16:00 UTC.
		const end = Date.UTC(2026, 10, 30, 16);
		const random = seeded(5);
		const rows: Row[] = [];
		for (let at = end - 2 * HOUR; at < end + 2 * HOUR; at += 30_000)
			for (let channel = 1; channel <= 3; channel++)
				rows.push([channel, at + Math.floor(random() * 9_000), Math.floor(random() * 500)]);
		for (let i = 0; i < rows.length; i += 50) await shop.store.commit(readingsBatch(rows.slice(i, i + 50)));
		shop.clock.advanceTo(end + 90 * 60_000);
		const expected = rows
			.filter(([channel]) => channel === 2)
			.map(([, at, count]) => ({ at, count, quality: 1 }))
			.sort((a, b) => a.at - b.at);
		let slices = 0;
		do {
			const { points } = await shop.reader.history(2, end - 2 * HOUR, end + 2 * HOUR, 10_000);
			expect(points).toEqual(expected);
			slices += 1;
		} while (await shop.store.maintain(shop.clock.now()));
		expect(slices).toBeGreaterThan(4);
		shop.clock.advanceTo(end + 4 * HOUR);
		await settle(shop);
		expect((await shop.reader.history(2, end - 2 * HOUR, end + 2 * HOUR, 10_000)).points).toEqual(expected);
		const again = await shop.reopen();
		expect((await again.reader.history(2, end - 2 * HOUR, end + 2 * HOUR, 10_000)).points).toEqual(expected);
		return again;
	});

	run("late readings, repeats and corrections after an hour was compacted", async (shop) => {
		await shop.store.commit(
			readingsBatch([
				[1, NOW, 1],
				[1, NOW + 60_000, 2],
			]),
		);
		shop.clock.advanceTo(NOW + 2 * HOUR);
		await settle(shop);
		await shop.store.commit(
			readingsBatch([
				[1, NOW, 1, 2],
				[1, NOW + 30_000, 9],
				[1, NOW + 60_000, 3],
			]),
		);
		const expected = [
			{ at: NOW, count: 1, quality: 1 },
			{ at: NOW + 30_000, count: 9, quality: 1 },
			{ at: NOW + 60_000, count: 2, quality: 1 },
			{ at: NOW + 60_000, count: 3, quality: 1 },
		];
		expect((await shop.reader.history(1, NOW, NOW + HOUR, 50)).points).toEqual(expected);
		shop.clock.advanceTo(NOW + 4 * HOUR);
		await settle(shop);
		expect((await shop.reader.history(1, NOW, NOW + HOUR, 50)).points).toEqual(expected);
	});

	run("a thinned curve keeps each stretch's minimum and maximum, in order, and makes nothing up", async (shop) => {
		const random = seeded(3);
		const rows: Row[] = [];
		// A day with a hole of four hours and one wild reading.
		for (let at = NOW - 24 * HOUR; at < NOW; at += 10_000)
			if (at < NOW - 12 * HOUR || at >= NOW - 8 * HOUR) rows.push([4, at, Math.floor(random() * 100)]);
		rows[3000] = [4, rows[3000]![1], 99_999];
		for (let i = 0; i < rows.length; i += 1000) await shop.store.commit(readingsBatch(rows.slice(i, i + 1000)));
		const { points, thinned } = await shop.reader.history(4, NOW - 24 * HOUR, NOW, 500);
		expect(thinned).toBe(true);
		expect(points.length).toBeGreaterThan(300);
		expect(points.length).toBeLessThanOrEqual(500);
		const counts = new Map(rows.map(([, at, count]) => [at, count]));
		for (const [i, point] of points.entries()) {
			expect(counts.get(point.at)).toBe(point.count);
			if (i > 0) expect(point.at).toBeGreaterThan(points[i - 1]!.at);
		}
		expect(points.some(({ count }) => count === 99_999)).toBe(true);
		expect(points.filter(({ at }) => at >= NOW - 12 * HOUR && at < NOW - 8 * HOUR)).toEqual([]);
		const width = (24 * HOUR + 1) / 250;
		for (let bucket = 0; bucket < 250; bucket++) {
			const within = (at: number) => Math.floor((at - (NOW - 24 * HOUR)) / width) === bucket;
			const all = rows.filter(([, at]) => within(at)).map(([, , count]) => count);
			const kept = points.filter(({ at }) => within(at)).map(({ count }) => count);
			if (all.length > 0)
				expect([Math.min(...(kept as number[])), Math.max(...(kept as number[]))]).toEqual([
					Math.min(...all),
					Math.max(...all),
				]);
		}
	});

	run("a reading without a value stays a hole, also when thinned", async (shop) => {
		const rows: Row[] = Array.from({ length: 900 }, (_, i) => [
			1,
			NOW + i * 1000,
			i === 450 ? Number.NaN : i,
			i === 450 ? 3 : 1,
		]);
		await shop.store.commit(readingsBatch(rows));
		const whole = await shop.reader.history(1, NOW, NOW + HOUR, 1000);
		expect(whole.thinned).toBe(false);
		expect(whole.points[450]).toEqual({ at: NOW + 450_000, count: null, quality: 3 });
		const thinned = await shop.reader.history(1, NOW, NOW + 900_000, 90);
		expect(thinned.points.length).toBeLessThanOrEqual(90);
		expect(thinned.points.filter(({ count }) => count === null)).toEqual([
			{ at: NOW + 450_000, count: null, quality: 3 },
		]);
	});
}

export function lists(run: Run): void {
	run("A2 the log is given by seq without gaps", async (shop) => {
		const alarm = anAlarm("a");
		const acknowledged = { ...alarm, acknowledged: true, acknowledgedBy: "李", acknowledgedAt: NOW + 2 };
		const cleared = { ...acknowledged, active: false, clearedAt: NOW + 3 };
		const log = [
			aTransition(1, alarm),
			aTransition(2, acknowledged, {
				kind: "acknowledged",
				at: NOW + 2,
				by: "李",
				commandId: "command-1",
				note: "已派人",
			}),
			aTransition(3, cleared, { kind: "cleared", at: NOW + 3 }),
		];
		await shop.store.commit({ ...EMPTY, transitions: log.slice(0, 1) });
		await shop.store.commit({ ...EMPTY, transitions: log.slice(1) });
		const stored = log.map((transition) => ({ ...transition, alarm: { ...transition.alarm, seq: transition.seq } }));
		expect(await shop.reader.transitions(0, 10)).toEqual(stored);
		expect(await shop.reader.transitions(1, 1)).toEqual(stored.slice(1, 2));
		const again = await shop.reopen();
		expect(again.loaded.alarms).toEqual([{ ...cleared, seq: 3 }]);
		return again;
	});

	run("a span of the log begins with what each alarm was before it, and names orange and red raises", async (shop) => {
		const early = anAlarm("a", { raisedAt: NOW - 9 * HOUR });
		const seen = { ...early, acknowledged: true, acknowledgedBy: "李", acknowledgedAt: NOW - 8 * HOUR };
		const over = { ...seen, active: false, clearedAt: NOW };
		const mild = anAlarm("b", { severity: 2, raisedAt: NOW + 1, suppressedBy: "检修" });
		const red = anAlarm("c", { severity: 4, raisedAt: NOW + 2, district: "210202", system: "gas" });
		const log = [
			aTransition(1, early),
			aTransition(2, seen, { kind: "acknowledged", at: NOW - 8 * HOUR, by: "李" }),
			aTransition(3, anAlarm("quiet", { raisedAt: NOW - 7 * HOUR })),
			aTransition(4, over, { kind: "cleared", at: NOW }),
			aTransition(5, mild),
			aTransition(6, red),
		];
		await shop.store.commit({ ...EMPTY, transitions: log });
		const span = await shop.reader.alarmSpan(NOW, NOW + 3, 100);
		expect(span.since).toBe(3);
		expect(span.before.map(({ id, acknowledged, active }) => [id, acknowledged, active])).toEqual([["a", true, true]]);
		expect(span.steps.map((step) => [step.seq, step.alarm, step.kind, step.at, step.severity])).toEqual([
			[4, "a", "cleared", NOW, 3],
			[5, "b", "raised", NOW + 1, 2],
			[6, "c", "raised", NOW + 2, 4],
		]);
		expect(span.steps.at(-1)).toMatchObject({ district: "210202", system: "gas" });
		expect(span.steps.map(({ hidden }) => hidden === true)).toEqual([false, true, false]);
		expect(span.named.map(({ seq }) => seq)).toEqual([6]);
		expect((await shop.reader.alarmSpan(NOW, NOW + 2, 100)).named).toEqual([]);
		expect(span.cut).toBe(false);
		expect(await shop.reader.alarmSpan(NOW, NOW + 3, 2)).toMatchObject({ cut: true });
	});

	run(
		"steps hold the lowest and highest good value, from journal and files alike; settings are read as written",
		async (shop) => {
			const rows: Row[] = [
				[1, NOW, 5],
				[1, NOW + 10, -3],
				[1, NOW + 20, 900, 2],
				[1, NOW + 30, Number.NaN, 3],
				[1, NOW + 1_000, 7],
				[2, NOW + 3_999, 4],
				[2, NOW + 4_000, 99],
			];
			const empty = Number.NaN;
			const expected = {
				min: [-3, 7, empty, empty, empty, empty, empty, 4],
				max: [5, 7, empty, empty, empty, empty, empty, 4],
			};
			const found = async () => {
				const { min, max } = await shop.reader.buckets(Uint32Array.of(1, 2), NOW, NOW + 4_000, 1_000);
				return { min: [...min], max: [...max] };
			};
			await shop.store.commit(readingsBatch(rows));
			expect(await found()).toEqual(expected);
			shop.clock.advanceTo(NOW + 3 * HOUR);
			await settle(shop);
			expect(await found()).toEqual(expected);
			expect(await shop.reader.setting("duty.rota")).toBeNull();
			await shop.store.commit({ ...EMPTY, edits: [{ type: "setting.put", name: "duty.rota", value: "{}" }] });
			expect(await shop.reader.setting("duty.rota")).toBe("{}");
		},
	);

	run("alarms are listed worst and newest first, within district, system and severity", async (shop) => {
		const alarms = [
			anAlarm("a", { severity: 2, raisedAt: NOW + 9 }),
			anAlarm("b", { severity: 4, district: "210200", system: "gas" }),
			anAlarm("c", { severity: 3, raisedAt: NOW + 1, district: "210202" }),
			anAlarm("d", { severity: 3, raisedAt: NOW + 2, district: "210213" }),
			anAlarm("e", { severity: 1, system: "system", district: "210000" }),
		];
		await shop.store.commit({ ...EMPTY, transitions: alarms.map((alarm, i) => aTransition(i + 1, alarm)) });
		const ids = async (districts: string[], systems: string[] | null, severity: number, limit = 10) =>
			(await shop.reader.alarms({ districts, systems, severity, limit })).map(({ id }) => id);
		expect(await ids(["210000"], null, 1)).toEqual(["b", "d", "c", "a", "e"]);
		expect(await ids(["210200"], null, 2)).toEqual(["b", "d", "c"]);
		expect(await ids(["210202", "210102"], null, 2)).toEqual(["c", "a"]);
		expect(await ids(["210000"], ["gas"], 2)).toEqual(["b"]);
		expect(await ids(["210000"], null, 3, 2)).toEqual(["b", "d"]);
		// Trouble of the system itself concerns every desk.
		expect(await ids(["210300"], ["gas"], 1)).toEqual(["e"]);
	});

	run("sessions come and go; audit records are numbered in their order", async (shop) => {
		const session = {
			idHash: "ab".repeat(32),
			user: "李",
			roles: ["duty" as const],
			scope: { districts: ["210100"], systems: ["gas"] },
			createdAt: NOW,
			lastSeenAt: NOW,
			expiresAt: NOW + HOUR,
		};
		const audit = (subject: string) => ({
			at: NOW,
			user: "李",
			action: "sign-in",
			subject,
			result: "ok",
			detail: "{}",
			source: "::1",
		});
		await shop.store.commit({
			...EMPTY,
			edits: [{ type: "session.put", record: session }],
			audits: [audit("1"), audit("2")],
		});
		await shop.store.commit({ ...EMPTY, audits: [audit("3")] });
		expect(await shop.reader.session(session.idHash)).toEqual(session);
		const all = await shop.reader.audits(0, 10);
		expect(all.map(({ subject }) => subject)).toEqual(["1", "2", "3"]);
		expect(await shop.reader.audits(all[0]!.n, 1)).toEqual([all[1]]);
		await shop.store.commit({ ...EMPTY, edits: [{ type: "session.remove", idHash: session.idHash }] });
		expect(await shop.reader.session(session.idHash)).toBeNull();
	});

	run("two characters, three initials, full pinyin or a piece of an id find an asset", async (shop) => {
		const names: [string, string][] = [
			["bridge-sanhao", "三好桥"],
			["bridge-sanhao-2", "三好桥引桥"],
			["gas-0101", "和平区燃气调压站101"],
			["rain-hunnan", "浑南大道下穿桥"],
			["crane-7", "Ａ座塔吊 7#"],
		];
		await shop.store.commit({
			...EMPTY,
			edits: names.map(([id, name]) => ({ type: "asset.put", record: anAsset(id, name) })),
		});
		const find = (text: string) => shop.reader.search(text, 5);
		expect(await find("三好桥")).toEqual(["bridge-sanhao", "bridge-sanhao-2"]);
		expect(await find("好桥")).toEqual(["bridge-sanhao", "bridge-sanhao-2"]);
		expect(await find("shq")).toEqual(["bridge-sanhao", "bridge-sanhao-2"]);
		expect(await find("SanHaoQiao")).toEqual(["bridge-sanhao", "bridge-sanhao-2"]);
		expect(await find("yinqiao")).toEqual(["bridge-sanhao-2"]);
		expect(await find("调压")).toEqual(["gas-0101"]);
		expect(await find("101")).toEqual(["gas-0101"]);
		expect(await find("gas-01")).toEqual(["gas-0101"]);
		expect(await find("下穿 浑南")).toEqual(["rain-hunnan"]);
		expect(await find("a座")).toEqual(["crane-7"]);
		expect(await find("7#")).toEqual(["crane-7"]);
		expect(await find("浑")).toEqual(["rain-hunnan"]);
		for (const nothing of ["", "  ", "不存在", '"', "*", "OR", "三x桥", "%"]) expect(await find(nothing)).toEqual([]);
		expect(await shop.reader.search("三好", 1)).toEqual(["bridge-sanhao"]);
	});
}

export function retention(run: Run): void {
	run("readings older than the kept days become five-minute minima and maxima; a gap stays a gap", async (shop) => {
		const random = seeded(9);
		const start = Date.UTC(2026, 8, 10, 3);
		const rows: Row[] = [];
		// Two hours in September, a reading a minute, with forty minutes missing and one suspect spike.
		for (let at = start; at < start + 2 * HOUR; at += 60_000) {
			if (at >= start + HOUR && at < start + HOUR + 40 * 60_000) continue;
			rows.push([1, at, Math.floor(random() * 1000)], [2, at, -5]);
		}
		rows.push([1, start + 60_500, 77_777, 2]);
		await shop.store.commit(readingsBatch(rows));
		await shop.store.commit(readingsBatch([[1, NOW, 42]]));
		await settle(shop);
		const whole = await shop.reader.history(1, start, start + 2 * HOUR, 1000);
		expect(whole).toMatchObject({ thinned: true });
		const good = rows.filter(([channel, , , quality]) => channel === 1 && quality === undefined);
		for (let at = start; at < start + 2 * HOUR; at += 300_000) {
			const counts = good.filter((row) => row[1] >= at && row[1] < at + 300_000).map(([, , count]) => count);
			const points = whole.points
				.filter((point) => point.at >= at && point.at < at + 300_000)
				.map(({ count }) => count);
			expect(points).toEqual([...new Set(counts.length === 0 ? [] : [Math.min(...counts), Math.max(...counts)])]);
		}
		expect((await shop.reader.history(2, start, start + 2 * HOUR, 1000)).points[0]).toEqual({
			at: start,
			count: -5,
			quality: 1,
		});
		expect((await shop.reader.readings(1, start, start + 2 * HOUR)).at).toHaveLength(0);
		expect((await shop.reader.history(1, NOW, NOW, 10)).points).toEqual([{ at: NOW, count: 42, quality: 1 }]);
		// What comes late into a month that was dropped is kept beside its rollup.
		await shop.store.commit(readingsBatch([[1, start + 3 * HOUR, 9]]));
		shop.clock.advanceTo(NOW + 3 * HOUR);
		await settle(shop);
		const again = await shop.reopen();
		const later = await again.reader.history(1, start, start + 4 * HOUR, 1000);
		expect(later.points.slice(0, -1)).toEqual(whole.points);
		expect(later.points.at(-1)).toEqual({ at: start + 3 * HOUR, count: 9, quality: 1 });
		expect(again.loaded.latest.count[0]).toBe(42);
		return again;
	});

	run("the terms are settings: kept days, and 13 months of rollups", async (shop) => {
		const august = Date.UTC(2026, 7, 10);
		await shop.store.commit({ ...EMPTY, edits: [{ type: "setting.put", name: "retention.rawDays", value: "400" }] });
		await shop.store.commit(
			readingsBatch([
				[1, august, 1],
				[1, NOW, 2],
			]),
		);
		await settle(shop);
		expect((await shop.reader.readings(1, august, NOW)).at).toHaveLength(1);
		await shop.store.commit({ ...EMPTY, edits: [{ type: "setting.put", name: "retention.rawDays", value: "35" }] });
		shop.clock.advanceTo(NOW + 2 * HOUR);
		await settle(shop);
		expect((await shop.reader.readings(1, august, NOW)).at).toHaveLength(0);
		expect((await shop.reader.history(1, august, NOW, 10)).points.map(({ count }) => count)).toEqual([1, 2]);
		await liveUntil(shop, Date.UTC(2027, 9, 1));
		expect((await shop.reader.history(1, august, NOW, 10)).points.map(({ count }) => count)).toEqual([2]);
	});
}

export function pruning(run: Run): void {
	run("key frames stay for two days, then one an hour; answers and sessions that are over go", async (shop) => {
		for (let i = 0; i < 12; i++)
			await shop.store.keyFrame(NOW + i * 600_000, rowsOf([[1, NOW + i * 600_000, i]]), Uint8Array.of(0));
		const session = {
			idHash: "cd".repeat(32),
			user: "李",
			roles: ["duty" as const],
			scope: { districts: ["210000"], systems: null },
			createdAt: NOW,
			lastSeenAt: NOW,
			expiresAt: NOW + 30 * 24 * HOUR,
		};
		await shop.store.commit({
			...EMPTY,
			answers: [{ commandId: "command-1", at: NOW, answer: { ok: true, seq: 1 } }],
			edits: [
				{ type: "session.put", record: session },
				{ type: "session.put", record: { ...session, idHash: "over", expiresAt: NOW + HOUR } },
			],
		});
		const frames = async () => {
			const found = await Promise.all(Array.from({ length: 12 }, (_, i) => shop.reader.keyFrame(NOW + i * 600_000)));
			return found.map((frame) => (frame!.at - NOW) / 600_000);
		};
		shop.clock.advanceTo(NOW + 47 * HOUR);
		await settle(shop);
		expect(await frames()).toEqual(Array.from({ length: 12 }, (_, i) => i));
		expect(await shop.reader.session("over")).toBeNull();
		expect(await shop.reader.session(session.idHash)).toEqual(session);
		expect(await shop.store.answerOf("command-1")).toEqual({ ok: true, seq: 1 });
		await liveUntil(shop, NOW + 20 * 24 * HOUR);
		expect(await shop.store.answerOf("command-1")).toBeNull();
	});

	run("a clock that jumps far ahead deletes nothing", async (shop) => {
		await shop.store.commit(readingsBatch([[1, NOW, 7]]));
		shop.clock.advanceTo(NOW + 2 * HOUR);
		await settle(shop);
		shop.clock.advanceTo(Date.UTC(2099, 0));
		await settle(shop);
		const again = await shop.reopen();
		await settle(again);
		expect((await again.reader.readings(1, NOW, NOW + 1)).count[0]).toBe(7);
		return again;
	});

	run("of the key frames of an hour the first stays", async (shop) => {
		for (let i = 0; i < 12; i++)
			await shop.store.keyFrame(NOW + i * 600_000, rowsOf([[1, NOW + i * 600_000, i]]), Uint8Array.of(0));
		shop.clock.advanceTo(NOW + 51 * HOUR);
		await settle(shop);
		expect((await shop.reader.keyFrame(NOW + 11 * 600_000))?.at).toBe(NOW + HOUR);
		expect((await shop.reader.keyFrame(NOW + 5 * 600_000))?.at).toBe(NOW);
	});
}
