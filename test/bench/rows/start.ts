// Row "start": from starting core and web over a folder with 30 days of history until /readyz is 200: store open, catalogue
// packed, table filled, doors listening, web following. After an orderly stop, and after a kill under load.
import { Child, pause } from "../live/processes.ts";
import { freshFolder, Stage, seededFolder } from "../live/stage.ts";
import { atMost, type Effort, type Measured } from "../row.ts";
import { bytesOf } from "../store_load.ts";

const MOST_S = 5;

interface Plan {
	readonly assets: number;
	readonly days: number;
	readonly fast: number;
	/** Load before the kill. */
	readonly rate: number;
	readonly seconds: number;
}

const FULL: Plan = { assets: 50_000, days: 30, fast: 1_000, rate: 20_000, seconds: 30 };
const QUICK: Plan = { assets: 300, days: 1, fast: 20, rate: 500, seconds: 2 };

export async function start(effort: Effort): Promise<Measured[]> {
	const plan = effort.quick ? QUICK : FULL;
	const seed = await seededFolder(plan.assets);
	const folder = await freshFolder(plan.assets);
	const writer = new Child("test/bench/live/history_process.ts", {
		place: "measured",
		args: [folder, String(plan.days), String(plan.fast)],
	});
	const { readings } = await writer.next<{ readings: number }>();
	await writer.end();
	const megabytes = ((await bytesOf(folder, "")) / 1e6).toFixed(0);
	const work = `${seed.channels} channels, ${plan.days} days, ${readings} readings, ${megabytes} MB; the disk's cache is warm`;
	// The first start after the writer packs what it left; the second is the one that a person sees every day.
	const first = await Stage.over(folder, seed.channels);
	await first.stopServer();
	const again = await Stage.over(folder, seed.channels);
	const ordinary = again.startedMs / 1000;
	await again.drive(plan.rate);
	await pause(plan.seconds * 1000);
	await again.killServer();
	const after = await Stage.over(folder, seed.channels);
	const killed = after.startedMs / 1000;
	await after.close();
	return [
		rowFor("start", `${work}; processes started -> /readyz is 200`, ordinary),
		rowFor(
			"start, after a kill",
			`${work}; killed after ${plan.seconds} s at ${plan.rate}/s, journal as it lay`,
			killed,
		),
	];
}

function rowFor(row: string, work: string, figure: number): Measured {
	return { row, work, figure, unit: "s", targets: [atMost(figure, MOST_S, "s")] };
}
