// The sender's own book: what it sent and what was acknowledged, on the disk before anything else happens with it. Knows
// nothing of the server; a checker compares it afterwards with what the server tells.
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";

export interface Sent {
	readonly asset: string;
	readonly measure: string;
	readonly at: number;
	readonly value: number;
}

/** One line per fact: `s` before the first byte leaves, `a` when the answer is there. */
export class Ledger {
	readonly file: string;
	private readonly descriptor: number;
	private nextId = 1;
	acknowledged = 0;

	constructor(file: string) {
		this.file = file;
		this.descriptor = openSync(file, "a", 0o600);
	}

	/** @returns the number to acknowledge these readings with. */
	sent(readings: readonly Sent[]): number {
		const id = this.nextId++;
		const words = readings.map(({ asset, measure, at, value }) => [asset, measure, at, value]);
		writeSync(this.descriptor, `s ${id} ${JSON.stringify(words)}\n`);
		return id;
	}

	/** The server has answered for all readings of `id`. */
	answered(id: number, readings: number): void {
		writeSync(this.descriptor, `a ${id}\n`);
		this.acknowledged += readings;
	}

	/** Everything written so far is on the disk. */
	sync(): void {
		fdatasyncSync(this.descriptor);
	}

	close(): void {
		this.sync();
		closeSync(this.descriptor);
	}
}

/** Read back from the disk: channel -> at -> value, for all that was sent and for what was acknowledged. */
export function readLedger(file: string): { sent: Map<string, Map<number, number>>; acknowledged: Set<string> } {
	const sent = new Map<string, Map<number, number>>();
	const acknowledged = new Set<string>();
	const batches = new Map<string, [string, string, number, number][]>();
	for (const line of readFileSync(file, "utf8").split("\n")) {
		const [, type, id = "", words = "[]"] = /^([sa]) (\d+) ?(.*)$/.exec(line) ?? [];
		if (type === "s") {
			const readings = JSON.parse(words) as [string, string, number, number][];
			batches.set(id, readings);
			for (const [asset, measure, at, value] of readings) {
				const channel = `${asset}/${measure}`;
				const values = sent.get(channel) ?? new Map<number, number>();
				if (values.has(at)) throw new Error(`the sender used ${channel} ${at} twice`);
				sent.set(channel, values.set(at, value));
			}
		}
		if (type === "a")
			for (const [asset, measure, at] of batches.get(id) ?? []) acknowledged.add(`${asset}/${measure} ${at}`);
	}
	return { sent, acknowledged };
}
