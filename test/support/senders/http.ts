// A gateway over HTTP: one request at a time, several readings of each channel in it, sent again until it is answered 200.
import type { Ledger, Sent } from "../ledger.ts";
import { type Channel, pause, type Sender } from "./sender.ts";
import { type Chance, Walk } from "./walk.ts";

/** Readings of one channel in one request: what a logger has gathered. */
const DEPTH = 3;

export class HttpSender implements Sender {
	repeats = 0;
	private readonly url: string;
	private readonly key: string;
	private readonly channels: readonly { readonly channel: Channel; readonly walk: Walk }[];
	private readonly ledger: Ledger;
	private at = 0;
	private running = false;
	private work: Promise<void> = Promise.resolve();

	constructor(url: string, key: string, channels: readonly Channel[], chance: Chance, ledger: Ledger) {
		this.url = url;
		this.key = key;
		this.channels = channels.map((channel) => ({ channel, walk: new Walk(chance, channel.levels) }));
		this.ledger = ledger;
	}

	start(): void {
		this.running = true;
		this.work = this.run();
	}

	async drain(): Promise<void> {
		this.running = false;
		await this.work;
	}

	async close(): Promise<void> {
		this.running = false;
	}

	private async run(): Promise<void> {
		while (this.running) {
			const readings = this.gather();
			const id = this.ledger.sent(readings);
			const body = JSON.stringify({ readings });
			while (!(await this.post(body, readings.length))) {
				this.repeats++;
				await pause(20);
			}
			this.ledger.answered(id, readings.length);
		}
	}

	private gather(): Sent[] {
		this.at = Math.max(this.at, Date.now() - DEPTH);
		const readings: Sent[] = [];
		for (let i = 0; i < DEPTH; i++) {
			this.at += 1;
			for (const { channel, walk } of this.channels)
				readings.push({ asset: channel.asset, measure: channel.measure, at: this.at, value: walk.next() });
		}
		return readings;
	}

	/** @returns false when it must be sent again. Throws when the server refuses what it must take. */
	private async post(body: string, count: number): Promise<boolean> {
		let response: Response;
		let text: string;
		try {
			response = await fetch(`${this.url}/api/readings`, {
				method: "POST",
				headers: { authorization: `Bearer ${this.key}`, "content-type": "application/json" },
				body,
				signal: AbortSignal.timeout(10_000),
			});
			text = await response.text();
		} catch {
			// Nobody there, or cut in the middle: unanswered.
			return false;
		}
		if (response.status === 503 || response.status === 502) return false;
		const told = response.status === 200 ? (JSON.parse(text) as { accepted: number }) : null;
		if (told?.accepted !== count) throw new Error(`HTTP door: ${response.status} ${text.slice(0, 300)}`);
		return true;
	}
}
