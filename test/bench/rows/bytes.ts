// Rows "bytes": what one screen on everything is sent per changed row, counted at its socket: payload, Socket.IO and WebSocket
// framing, beats. Devices send all their sensors at once (adjacent rows) or one (scattered rows).
import { Baseline } from "../live/baseline.ts";
import { pause } from "../live/processes.ts";
import { Stage } from "../live/stage.ts";
import { EVERYTHING } from "../live/views.ts";
import { atMost, type Baseline as BaselineFigure, type Effort, type Measured } from "../row.ts";

const MOST_BYTES = 6;
const SETTLE_MS = 1_000;

export async function bytes(effort: Effort): Promise<Measured[]> {
	const rates = effort.quick ? [500] : [2_000, 20_000];
	const seconds = effort.quick ? 2 : 5;
	const json = await jsonBytes(effort.quick ? 100 : 2_000);
	const stage = await Stage.open(effort.quick ? 300 : 50_000);
	try {
		await stage.show(1, EVERYTHING);
		const rows: Measured[] = [];
		for (const rate of rates) {
			for (const scattered of [false, true]) rows.push(await measure(stage, rate, scattered, seconds, json));
		}
		return rows;
	} finally {
		await stage.close();
	}
}

/** {id, v, s, t} as an event of its own. */
async function jsonBytes(rate: number): Promise<BaselineFigure> {
	const baseline = new Baseline("json");
	try {
		await baseline.screensOf(1);
		return { name: "raw Socket.IO JSON", figure: (await baseline.measure(rate, 1)).bytesPerUpdate };
	} finally {
		await baseline.close();
	}
}

async function measure(
	stage: Stage,
	rate: number,
	scattered: boolean,
	seconds: number,
	json: BaselineFigure,
): Promise<Measured> {
	await stage.drive(rate, scattered);
	await pause(SETTLE_MS);
	const { screens } = await stage.watch(seconds);
	await stage.drive(0);
	await pause(SETTLE_MS);
	const figure = screens.socketBytes / screens.rows;
	return {
		row: scattered ? "bytes, scattered rows" : "bytes, adjacent rows",
		work: `${stage.channels} channels, ${rate}/s, one screen on everything; ${(screens.payloadBytes / screens.rows).toFixed(2)} B of it payload`,
		figure,
		unit: "B per changed row",
		baseline: [json],
		targets: [atMost(figure, MOST_BYTES, "B")],
	};
}
