// Row "sustained": the highest rate that core and web hold on one core with 200 screens on everything, every reading
// validated, judged and on the disk before its device is answered; against raw Socket.IO telling each update as JSON.
import { Baseline } from "../live/baseline.ts";
import { pause } from "../live/processes.ts";
import { type Delivered, Stage } from "../live/stage.ts";
import { EVERYTHING } from "../live/views.ts";
import { atLeast, atLeastTimes, type Effort, type Measured } from "../row.ts";

interface Plan {
	readonly assets: number;
	readonly screens: number;
	/** Rising; tried until one is not held. */
	readonly rates: readonly number[];
	readonly jsonRates: readonly number[];
	readonly seconds: number;
}

const FULL: Plan = {
	assets: 50_000,
	screens: 200,
	rates: [12_500, 25_000, 50_000, 75_000, 100_000, 125_000],
	jsonRates: [125, 250, 500, 750, 1_000, 1_500],
	seconds: 5,
};
const QUICK: Plan = { assets: 300, screens: 4, rates: [500, 1_000], jsonRates: [100], seconds: 1 };

/** Of what the devices wanted to send, this much was answered in the same time. */
const ANSWERED = 0.97;
/** Screens keep up: at least this many packets a second each, of ten ticks. */
const PACKETS_PER_SECOND = 5;
const DELIVERED = 0.97;

export async function sustained(effort: Effort): Promise<Measured[]> {
	const plan = effort.quick ? QUICK : FULL;
	const json = { name: "raw Socket.IO JSON", figure: await jsonRate(plan) };
	const stage = await Stage.open(plan.assets);
	try {
		await stage.show(plan.screens, EVERYTHING);
		let held = 0;
		let last: Delivered | null = null;
		for (const rate of plan.rates) {
			await stage.drive(rate);
			await pause(2_000);
			const delivered = await stage.watch(plan.seconds);
			if (!isHeld(delivered, plan.screens)) break;
			held = rate;
			last = delivered;
		}
		await stage.drive(0);
		return [rowFor(plan, stage.channels, held, last, json)];
	} finally {
		await stage.close();
	}
}

function isHeld({ feed, screens, seconds }: Delivered, count: number): boolean {
	const answered = feed.acknowledged / feed.wanted;
	const packets = screens.deltas / seconds / count;
	return answered >= ANSWERED && feed.refused === 0 && packets >= PACKETS_PER_SECOND && screens.closed === 0;
}

function rowFor(
	plan: Plan,
	channels: number,
	held: number,
	last: Delivered | null,
	json: { readonly name: string; readonly figure: number },
): Measured {
	const core = last === null ? "" : (last.coreNs / 1e7 / last.seconds).toFixed(0);
	const web = last === null ? "" : (last.webNs / 1e7 / last.seconds).toFixed(0);
	const told =
		last === null
			? "the lowest rate was not held"
			: `core ${core} %, web ${web} % of one core; answered p50 ${last.feed.ackP50.toFixed(0)} ms, p99 ${last.feed.ackP99.toFixed(0)} ms; ${(last.screens.deltas / last.seconds / plan.screens).toFixed(1)} packets/s a screen`;
	return {
		row: "sustained",
		work: `${channels} channels, ${plan.screens} screens on everything, tried up to ${plan.rates.at(-1)}/s; ${told}`,
		figure: held,
		unit: "readings/s",
		baseline: [json],
		targets: [atLeast(held, 50_000, "readings/s"), atLeastTimes(held, 100, json)],
	};
}

async function jsonRate(plan: Plan): Promise<number> {
	const baseline = new Baseline("json");
	try {
		await baseline.screensOf(plan.screens);
		let held = 0;
		for (const rate of plan.jsonRates) {
			const result = await baseline.measure(rate, Math.min(plan.seconds, 2));
			if (result.delivered < DELIVERED) break;
			held = rate;
		}
		return held;
	} finally {
		await baseline.close();
	}
}
