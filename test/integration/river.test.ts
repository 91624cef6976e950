// The river over a real store and a real port, against a slow recomputation from whole transitions: at the end of each step every
// alarm's state is looked up anew. Random lives of alarms, late raises among them, in random windows.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { AlarmEvent, Transition } from "../../geodata/model/alarm.ts";
import { isOpen } from "../../geodata/model/alarm.ts";
import { DEMO_HISTORY_SETTING, ROTA_SETTING } from "../../geodata/model/duty.ts";
import { inScope } from "../../geodata/model/rights.ts";
import { hashOfSecret } from "../../server/auth/who.ts";
import { ManualClock } from "../../server/clock.ts";
import { openReader } from "../../server/store/reader.ts";
import { openStore } from "../../server/store/sqlite.ts";
import { EMPTY, seeded } from "../contract/store_kit.ts";
import { Province, someAssets } from "../support/province.ts";
import { openWeb } from "../support/web.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** 2026-11-22 09:07:30 in Shenyang, within a step. */
const NOW = Date.UTC(2026, 10, 22, 1, 7, 30);
const ASSETS = someAssets(6);
const ROTA = {
	changes: ["08:00", "20:00"],
	teams: [
		{ name: "甲班", people: ["王志强", "李敏"] },
		{ name: "乙班", people: ["张伟"] },
	],
};

/** Three days of raises, rises, falls, clears, acknowledgements and switches; one raise in ten comes ten minutes late. */
function live(seed: number): Province {
	const next = seeded(seed);
	const province = new Province({ clock: new ManualClock(NOW), assets: ASSETS });
	let at = NOW - 72 * HOUR;
	for (;;) {
		at += Math.floor(next() * 12 * MINUTE);
		if (at > NOW) break;
		const asset = ASSETS[Math.floor(next() * 12)]?.id ?? "";
		const state = province.log.findLast(({ alarm }) => alarm.asset === asset)?.alarm;
		const late = next() < 0.1 ? 10 * MINUTE : 0;
		const condition = (severity: number): AlarmEvent => ({
			type: "condition",
			severity: severity as 0 | 1 | 2 | 3 | 4,
			at: at - late,
			value: 1,
			limit: 1,
			clause: null,
			why: "test",
			unverified: false,
		});
		const act = next();
		const by = { occurrence: state?.occurrence ?? 0, by: "duty", at, note: "test" };
		if (act < 0.55) province.alarm(asset, condition(Math.floor(next() * 5)));
		else if (act < 0.8) province.alarm(asset, { type: "acknowledge", ...by });
		else if (act < 0.87) province.alarm(asset, { type: "out-of-service", on: next() < 0.5, ...by });
		else province.alarm(asset, { type: "comment", ...by });
	}
	return province;
}

interface Expected {
	readonly open: Record<string, number[]>;
	readonly unacknowledgedMs: number;
	readonly raised: number[];
	readonly cleared: number;
}

/** Everything looked up from the start for each step; the unacknowledged time by trying every millisecond at which something moves. */
function slowly(log: readonly Transition[], from: number, end: number, now: number): Expected {
	const timeOf = log.map(({ at, alarm }, i) =>
		Math.min(
			now,
			at,
			...log
				.slice(i + 1)
				.filter((later) => later.alarm.id === alarm.id)
				.map((later) => later.at),
		),
	);
	const standing = (at: number): Transition["alarm"][] => {
		const last = new Map<string, Transition["alarm"]>();
		log.forEach(({ alarm }, i) => {
			if ((timeOf[i] ?? 0) < at) last.set(alarm.id, alarm);
		});
		return [...last.values()].filter(isOpen);
	};
	const open: Record<string, number[]> = {};
	for (const { system, severity } of standing(end)) {
		open[system] ??= [0, 0, 0, 0];
		open[system][severity - 1]! += 1;
	}
	const until = Math.min(end, now);
	const moments = [from, ...timeOf.filter((at) => at > from && at < until).sort((a, b) => a - b), until];
	let unacknowledgedMs = 0;
	for (let i = 0; i + 1 < moments.length; i++) {
		const isDark = standing(moments[i]! + 1).some(({ severity, acknowledged }) => severity >= 3 && !acknowledged);
		if (isDark) unacknowledgedMs += moments[i + 1]! - moments[i]!;
	}
	const within = log.filter((_, i) => (timeOf[i] ?? 0) >= from && (timeOf[i] ?? 0) < end);
	const raised = [1, 2, 3, 4].map(
		(level) =>
			within.filter(({ kind, alarm }) => (kind === "raised" || kind === "rose") && alarm.severity === level).length,
	);
	return { open, unacknowledgedMs, raised, cleared: within.filter(({ kind }) => kind === "cleared").length };
}

async function served(province: Province) {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-river-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const clock = new ManualClock(NOW);
	const store = openStore({ folder, clock });
	await store.load();
	await store.commit({
		...EMPTY,
		transitions: province.log,
		edits: [
			{ type: "setting.put", name: ROTA_SETTING, value: JSON.stringify(ROTA) },
			{ type: "setting.put", name: DEMO_HISTORY_SETTING, value: String(NOW - HOUR) },
			{
				type: "session.put",
				record: {
					idHash: hashOfSecret("officer"),
					user: "officer",
					roles: ["duty"],
					scope: { districts: ["210100"], systems: ["rain"] },
					createdAt: 0,
					lastSeenAt: NOW,
					expiresAt: NOW + HOUR,
				},
			},
		],
	});
	const web = await openWeb({ province, store: openReader({ folder }), clock });
	onTestFinished(async () => {
		await web.close();
		await store.close();
	});
	return web;
}

test.each([1, 2, 3])(
	"the river of a random log is what every step gives when it is looked up anew (seed %i)",
	async (seed) => {
		const province = live(seed);
		const web = await served(province);
		const next = seeded(seed + 100);
		const windows = [
			[NOW - 24 * HOUR, NOW + HOUR, 600_000],
			[NOW - 72 * HOUR, NOW, 6 * HOUR],
			...Array.from({ length: 3 }, () => {
				const from = NOW - Math.floor(next() * 70) * HOUR;
				return [from, from + 3 * HOUR, 17 * MINUTE];
			}),
		] as const;
		for (const [from = 0, to = 0, step = 1] of windows) {
			const { body } = await web.get(`/api/alarms/river?from=${from}&to=${to}&step=${step}`);
			expect(body.steps).toHaveLength(Math.ceil((to - from) / step));
			for (const one of body.steps) {
				if (one.at > NOW) {
					expect(one.open).toEqual({});
					continue;
				}
				const expected = slowly(province.log, one.at, Math.min(one.at + step, to), NOW);
				expect({ ...expected, at: one.at }).toEqual({
					open: one.open,
					unacknowledgedMs: one.unacknowledgedMs,
					raised: one.raised,
					cleared: one.cleared,
					at: one.at,
				});
			}
		}
		// The last step of a window that reaches now is the open list.
		const { body } = await web.get(`/api/alarms/river?from=${NOW - HOUR}&to=${NOW + 1}&step=600000`);
		const open: Record<string, number[]> = {};
		for (const { system, severity } of web.province.alarms.values()) {
			open[system] ??= [0, 0, 0, 0];
			open[system][severity - 1]! += 1;
		}
		expect(body.steps.at(-1).open).toEqual(open);
	},
);

test("pins are the orange and red raises with what became of each; shifts come from the rota; generated history is marked", async () => {
	const province = live(4);
	const web = await served(province);
	const [from, to] = [NOW - 30 * HOUR, NOW];
	const { body } = await web.get(`/api/alarms/river?from=${from}&to=${to}&step=${HOUR}`);
	const raises = province.log.filter(
		({ kind, alarm, at }) => (kind === "raised" || kind === "rose") && alarm.severity >= 3 && at >= from && at < to,
	);
	expect(raises.length).toBeGreaterThan(10);
	expect(body.pins).toEqual(
		raises.map(({ seq, at, alarm }) => {
			const later = province.log.slice(seq ?? 0).filter((one) => one.alarm.id === alarm.id);
			const end = later.findIndex(({ kind }) => kind === "raised");
			const own = end < 0 ? later : later.slice(0, end);
			const record = ASSETS.find(({ id }) => id === alarm.asset);
			return {
				at,
				alarm: alarm.id,
				severity: alarm.severity,
				system: alarm.system,
				district: alarm.district,
				asset: alarm.asset,
				name: alarm.name,
				lon: record?.lon,
				lat: record?.lat,
				acknowledgedAt: own.find(({ kind }) => kind === "acknowledged")?.at ?? null,
				clearedAt: own.find(({ kind }) => kind === "cleared")?.at ?? null,
			};
		}),
	);
	// 09:07 less 30 h is 03:07 of the day before: the night shift that began at 20:00 runs then.
	expect(body.shifts.map(({ at }: { at: number }) => (at - NOW) / HOUR)).toEqual([-37.125, -25.125, -13.125, -1.125]);
	expect(body.shifts[0]).toMatchObject({ name: expect.stringMatching(/班$/), people: expect.any(Array) });
	expect(body.demoHistoryUntil).toBe(NOW - HOUR);
	expect(body.cut).toBe(false);
	const status = await web.get("/api/status");
	expect(status.body.demoHistoryUntil).toBe(NOW - HOUR);
});

test("a caller's river is of the own scope alone", async () => {
	const province = live(5);
	const web = await served(province);
	const scope = { districts: ["210100"], systems: ["rain"] };
	const query = `/api/alarms/river?from=${NOW - 24 * HOUR}&to=${NOW}&step=${HOUR}`;
	const own = await web.get(query, { cookie: "lw_session=officer" });
	expect(own.status).toBe(200);
	const mine = province.log.filter(({ alarm }) => inScope(scope, alarm));
	expect(mine.length).toBeLessThan(province.log.length);
	for (const one of own.body.steps)
		expect({ open: one.open, unacknowledgedMs: one.unacknowledgedMs }).toMatchObject(
			pick(slowly(mine, one.at, one.at + HOUR, NOW)),
		);
	for (const pin of own.body.pins) expect(pin.system).toBe("rain");
	// Shared answers are shared among equals only.
	expect((await web.get(query)).body.pins.length).toBeGreaterThan(own.body.pins.length);
});

function pick({ open, unacknowledgedMs }: Expected): object {
	return { open, unacknowledgedMs };
}
