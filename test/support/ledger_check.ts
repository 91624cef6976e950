// Compares the sender's book with what the server tells: every acknowledged reading is in history, once, with its value, and
// nothing is there that was not sent. Knows only the public API and the store's read interface.
import type { Api } from "./api.ts";
import { readLedger } from "./ledger.ts";

const POINTS = 10_000;

export interface Compared {
	readonly acknowledged: number;
	readonly stored: number;
	/** Acknowledged and not in history. */
	readonly lost: string[];
	/** In history more than once. */
	readonly doubled: string[];
	/** In history with another value, or never sent. */
	readonly wrong: string[];
	/** "asset/measure" -> stored readings in order of time. */
	readonly readings: ReadonlyMap<string, readonly { readonly at: number; readonly value: number }[]>;
}

type Point = [number, number | null, string];

export async function compare(api: Api, ledgerFile: string): Promise<Compared> {
	const { sent, acknowledged } = readLedger(ledgerFile);
	const lost: string[] = [];
	const doubled: string[] = [];
	const wrong: string[] = [];
	const readings = new Map<string, { at: number; value: number }[]>();
	let stored = 0;
	for (const [channel, values] of sent) {
		const points = await wholeHistory(api, channel, Math.min(...values.keys()), Math.max(...values.keys()) + 1);
		stored += points.length;
		const seen = new Set<number>();
		for (const [at, value, quality] of points) {
			if (seen.has(at)) doubled.push(`${channel} ${at}`);
			seen.add(at);
			if (values.get(at) !== value || quality !== "good")
				wrong.push(`${channel} ${at}: ${value} ${quality}, sent ${values.get(at) ?? "nothing"}`);
		}
		for (const at of values.keys())
			if (!seen.has(at) && acknowledged.has(`${channel} ${at}`)) lost.push(`${channel} ${at}`);
		readings.set(
			channel,
			points.map(([at, value]) => ({ at, value: value ?? Number.NaN })),
		);
	}
	return { acknowledged: acknowledged.size, stored, lost, doubled, wrong, readings };
}

/** In halves until nothing is thinned; both ends belong to a question, so the second half begins one millisecond later. */
async function wholeHistory(api: Api, channel: string, from: number, to: number): Promise<Point[]> {
	const [asset = "", measure = ""] = channel.split("/");
	const query = `measure=${measure}&from=${from}&to=${to}&points=${POINTS}`;
	const told = await api.get<{ points: Point[]; thinned: boolean }>(`/api/assets/${asset}/history?${query}`);
	if (!told.thinned) return told.points;
	const middle = Math.floor((from + to) / 2);
	return [...(await wholeHistory(api, channel, from, middle)), ...(await wholeHistory(api, channel, middle + 1, to))];
}
