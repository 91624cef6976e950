// An MQTT gateway: one client, one publish with QoS 1 per asset and time, a window of them under way. What has no PUBACK when the
// connection ends goes out again on the next one, oldest first. The library's own store and reconnect are not used.
import { connect, type MqttClient } from "mqtt";
import { Box, goesOut, type Parcel, pauseMs, type Sender, type SenderParts, wasTaken } from "./parcel.ts";

export interface MqttSenderOptions {
	readonly url: string;
	/** User name; the client id begins with it. */
	readonly address: string;
	readonly key: string;
	/** Tells two simulators apart. */
	readonly run: string;
	/** lw/v1/{district}/{kind}/{asset}, by asset. */
	readonly topicOf: (asset: string) => string;
	/** Publishes under way at once. */
	readonly inFlight: number;
	readonly bound: number;
}

/** A broker that takes bytes and never answers is left after this. */
const ANSWER_MS = 30_000;
/** A parcel that has ended this many live connections is not the connection's fault. */
const MOST_ATTEMPTS = 100;

export class MqttSender implements Sender {
	readonly door = "mqtt";
	readonly #options: MqttSenderOptions;
	readonly #parts: SenderParts;
	readonly #box: Box;
	readonly #underWay = new Map<Parcel, number>();
	#client: MqttClient | null = null;
	#isOpen = false;
	#failures = 0;
	#timer: NodeJS.Timeout | null = null;
	#isStopped = false;
	#drained: (() => void) | null = null;

	constructor(options: MqttSenderOptions, parts: SenderParts) {
		this.#options = options;
		this.#parts = parts;
		this.#box = new Box(options.bound, parts.tally);
		// Not all at once.
		this.#later(parts.chance() * 1_000);
	}

	get waiting(): number {
		let count = this.#box.readings;
		for (const parcel of this.#underWay.keys()) count += parcel.readings.length;
		return count;
	}

	offer(parcel: Parcel): void {
		this.#box.add(parcel);
		this.#pump();
	}

	async stop(graceMs: number): Promise<void> {
		if (this.#isOpen && this.waiting > 0) {
			await new Promise<void>((resolve) => {
				const late = setTimeout(resolve, graceMs);
				this.#drained = () => {
					clearTimeout(late);
					resolve();
				};
			});
		}
		this.#isStopped = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		const client = this.#client;
		this.#client = null;
		if (client !== null) await new Promise<void>((resolve) => client.end(true, {}, () => resolve()));
	}

	#later(ms: number): void {
		this.#timer = setTimeout(() => {
			this.#timer = null;
			this.#open();
		}, ms);
	}

	#open(): void {
		const { url, address, key, run } = this.#options;
		const client = connect(url, {
			username: address,
			password: key,
			clientId: `${address}-${run}`,
			protocolVersion: 4,
			clean: true,
			reconnectPeriod: 0,
			connectTimeout: 10_000,
			keepalive: 60,
		});
		this.#client = client;
		client.on("connect", () => {
			this.#isOpen = true;
			this.#failures = 0;
			this.#pump();
		});
		client.on("error", (error) => this.#complain(error.message));
		client.on("close", () => this.#closed(client));
	}

	#closed(client: MqttClient): void {
		if (this.#client !== client) return;
		this.#client = null;
		if (this.#isOpen && !this.#isStopped) this.#complain("connection closed");
		this.#isOpen = false;
		this.#failures += 1;
		// Frees the library's own store; its callbacks find nothing under way any more.
		const unanswered = [...this.#underWay.keys()];
		this.#underWay.clear();
		client.end(true);
		this.#box.putBack(unanswered.filter((parcel) => this.#mayGoAgain(parcel)));
		if (this.#isStopped) return;
		this.#drained?.();
		this.#later(pauseMs(this.#failures, this.#parts.chance));
	}

	#mayGoAgain(parcel: Parcel): boolean {
		if (parcel.attempts < MOST_ATTEMPTS) return true;
		this.#parts.tally.refused += parcel.readings.length;
		return false;
	}

	#pump(): void {
		const client = this.#client;
		if (client === null || !this.#isOpen) return;
		while (this.#underWay.size < this.#options.inFlight) {
			const parcel = this.#box.take();
			if (parcel === undefined) break;
			this.#publish(client, parcel);
		}
	}

	#publish(client: MqttClient, parcel: Parcel): void {
		goesOut(this.#parts, parcel);
		this.#underWay.set(parcel, Date.now());
		client.publish(this.#options.topicOf(parcel.asset), payloadOf(parcel), { qos: 1 }, (error) => {
			if (this.#client !== client || !this.#underWay.delete(parcel)) return;
			if (error) {
				this.#box.putBack([parcel]);
				this.#complain(error.message);
				client.end(true);
				return;
			}
			wasTaken(this.#parts, parcel.readings);
			this.#pump();
			if (this.#underWay.size === 0 && this.#box.isEmpty) this.#drained?.();
		});
		const oldest = this.#underWay.values().next().value ?? 0;
		if (Date.now() - oldest > ANSWER_MS) {
			this.#complain("no PUBACK within 30 s");
			client.end(true);
		}
	}

	#complain(what: string): void {
		this.#parts.complain(`mqtt/${this.#options.address}`, what);
	}
}

function payloadOf(parcel: Parcel): string {
	const v: Record<string, number | null> = {};
	const q: Record<string, string> = {};
	let isAllGood = true;
	for (const { measure, value, quality } of parcel.readings) {
		v[measure] = value;
		if (quality === "good") continue;
		q[measure] = quality;
		isAllGood = false;
	}
	return JSON.stringify(isAllGood ? { at: parcel.at, v } : { at: parcel.at, v, q });
}
