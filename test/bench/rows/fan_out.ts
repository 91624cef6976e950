// Rows "fan-out": CPU of the web process per row delivered to a screen, over the whole catalogue, with every screen following
// everything, as the baselines do; how it grows with the screens; and 500 screens on the views that people have.
import { Baseline, type BaselineResult } from "../live/baseline.ts";
import type { Mode } from "../live/baseline_server.ts";
import { pause } from "../live/processes.ts";
import { type Delivered, Stage } from "../live/stage.ts";
import { EVERYTHING, mixedViews } from "../live/views.ts";
import { atMost, atMostShare, type Effort, exponent, type Measured } from "../row.ts";

interface Plan {
	readonly assets: number;
	readonly rates: readonly number[];
	readonly screens: readonly number[];
	/** Screens at x1, x4, x16. */
	readonly growth: readonly number[];
	readonly views: number;
	readonly seconds: number;
}

const FULL: Plan = {
	assets: 50_000,
	rates: [2_000, 20_000],
	screens: [50, 200, 500],
	growth: [50, 200, 800],
	views: 500,
	seconds: 4,
};
const QUICK: Plan = { assets: 300, rates: [1_000], screens: [5], growth: [2, 8], views: 5, seconds: 1 };
/** Socket.IO with one event per update delivers about 130,000 a second on a core: offered less, its cost is its own. */
const JSON_DELIVERIES = 60_000;
/** Everything under way has settled. */
const SETTLE_MS = 1_200;
const MODES = ["json", "binary", "tcp"] as const satisfies readonly Mode[];
const NAME: Readonly<Record<Mode, string>> = {
	json: "raw Socket.IO JSON",
	binary: "raw Socket.IO binary",
	tcp: "raw TCP",
};

export async function fanOut(effort: Effort): Promise<Measured[]> {
	const plan = effort.quick ? QUICK : FULL;
	const baselines = new Map<string, BaselineResult>();
	for (const mode of MODES) await measureBaseline(mode, plan, baselines);
	const stage = await Stage.open(plan.assets);
	try {
		const ours = await measureOurs(stage, plan);
		return [
			...plan.rates.flatMap((rate) =>
				plan.screens.map((screens) => fanOutRow(rate, screens, stage.channels, ours, baselines)),
			),
			withCore(plan, stage.channels, ours),
			growthRow(plan, stage.channels, ours),
			await viewsRow(stage, plan),
		];
	} finally {
		await stage.close();
	}
}

function keyOf(...parts: readonly (string | number)[]): string {
	return parts.join("/");
}

async function measureBaseline(mode: Mode, plan: Plan, results: Map<string, BaselineResult>): Promise<void> {
	const baseline = new Baseline(mode);
	try {
		for (const screens of plan.screens) {
			await baseline.screensOf(screens);
			for (const rate of plan.rates) {
				const offered = mode === "json" ? Math.min(rate, JSON_DELIVERIES / screens) : rate;
				results.set(keyOf(mode, rate, screens), await baseline.measure(offered, plan.seconds / 2));
			}
		}
	} finally {
		await baseline.close();
	}
}

async function measureOurs(stage: Stage, plan: Plan): Promise<Map<string, Delivered>> {
	const ours = new Map<string, Delivered>();
	const counts = [...new Set([...plan.screens, ...plan.growth])].sort((a, b) => a - b);
	for (const screens of counts) {
		await stage.show(screens, EVERYTHING);
		for (const rate of plan.rates) {
			// Growth is measured at the first rate only.
			if (!plan.screens.includes(screens) && rate !== plan.rates[0]) continue;
			await stage.drive(rate);
			await pause(SETTLE_MS);
			ours.set(keyOf(rate, screens), await stage.watch(plan.seconds));
		}
		await stage.drive(0);
	}
	return ours;
}

function perDelivered(ns: number, { screens }: Delivered): number {
	return ns / 1000 / screens.rows;
}

function fanOutRow(
	rate: number,
	screens: number,
	channels: number,
	ours: ReadonlyMap<string, Delivered>,
	baselines: ReadonlyMap<string, BaselineResult>,
): Measured {
	const delivered = known(ours, keyOf(rate, screens));
	const figure = perDelivered(delivered.webNs, delivered);
	const baseline = MODES.map((mode) => ({
		name: NAME[mode],
		figure: known(baselines, keyOf(mode, rate, screens)).cpuUsPerDelivered,
	}));
	const [json, , tcp] = baseline;
	if (json === undefined || tcp === undefined) throw new Error("a baseline is missing");
	return {
		row: "fan-out",
		work: `${channels} channels, ${rate}/s, ${screens} screens on everything; web process, ${Math.round(delivered.screens.rows / delivered.seconds)} rows/s delivered`,
		figure,
		unit: "CPU-us per delivered update",
		baseline,
		targets: [atMostShare(figure, 0.1, json), atMostShare(figure, rate <= 2_000 ? 2.5 : 2, tcp)],
	};
}

/** The same with everything that core does for it: the HTTP door, judging, the durable store. */
function withCore({ rates, screens }: Plan, channels: number, ours: ReadonlyMap<string, Delivered>): Measured {
	const rate = rates.at(-1) ?? 0;
	const count = screens[Math.floor(screens.length / 2)] ?? 0;
	const delivered = known(ours, keyOf(rate, count));
	return {
		row: "fan-out, with core",
		work: `${channels} channels, ${rate}/s, ${count} screens; door, rules, store and screens together`,
		figure: perDelivered(delivered.webNs + delivered.coreNs, delivered),
		unit: "CPU-us per delivered update",
	};
}

function growthRow({ growth, rates }: Plan, channels: number, ours: ReadonlyMap<string, Delivered>): Measured {
	const rate = rates[0] ?? 0;
	const points = growth.map((screens) => {
		const delivered = known(ours, keyOf(rate, screens));
		return [screens, delivered.webNs / delivered.seconds] as const;
	});
	return {
		row: "fan-out, growth",
		work: `${channels} channels, ${rate}/s, ${growth.join(", ")} screens: ${points.map(([, ns]) => `${(ns / 1e7).toFixed(1)} %`).join(", ")} of a core`,
		figure: exponent(points),
		unit: "exponent over screens",
	};
}

async function viewsRow(stage: Stage, plan: Plan): Promise<Measured> {
	const rate = plan.rates.at(-1) ?? 0;
	await stage.leave();
	await stage.show(plan.views, await mixedViews(stage.url));
	await stage.drive(rate);
	await pause(SETTLE_MS);
	const delivered = await stage.watch(plan.seconds);
	await stage.drive(0);
	const figure = delivered.webNs / 1e7 / delivered.seconds;
	const frames = delivered.screens.deltas / delivered.seconds / plan.views;
	return {
		row: "fan-out, views",
		work: `${stage.channels} channels, ${rate}/s, ${plan.views} screens: 10 % province, 30 % city, 60 % district; ${frames.toFixed(1)} frames/s a screen`,
		figure,
		unit: "% of a core, web",
		targets: [atMost(figure, 30, "% of a core")],
	};
}

function known<T>(map: ReadonlyMap<string, T>, key: string): T {
	const value = map.get(key);
	if (value === undefined) throw new Error(`${key} was not measured`);
	return value;
}
