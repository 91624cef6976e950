// A gateway over MQTT 3.1.1, QoS 1: what has no PUBACK is sent again on the next connection, by the client library or here.
import { connect, type MqttClient } from "mqtt";
import type { Ledger } from "../ledger.ts";
import { type Channel, pause, type Sender } from "./sender.ts";
import { type Chance, Walk } from "./walk.ts";

export interface MqttAsset {
	/** "lw/v1/210102/bridge/b-1" */
	readonly topic: string;
	readonly channels: readonly Channel[];
}

/** Between two messages of one asset, ms. */
const EVERY_MS = 40;

export class MqttSender implements Sender {
	repeats = 0;
	private readonly client: MqttClient;
	private readonly assets: readonly MqttAsset[];
	private readonly chance: Chance;
	private readonly ledger: Ledger;
	private running = false;
	private work: Promise<unknown> = Promise.resolve();

	constructor(
		url: string,
		user: { readonly name: string; readonly key: string },
		assets: readonly MqttAsset[],
		chance: Chance,
		ledger: Ledger,
	) {
		this.assets = assets;
		this.chance = chance;
		this.ledger = ledger;
		this.client = connect(url, {
			clientId: `sender-${user.name}`,
			username: user.name,
			password: user.key,
			clean: false,
			protocolVersion: 4,
			reconnectPeriod: 50,
			connectTimeout: 5_000,
		});
		// Every kill is one; the library connects again.
		this.client.on("error", () => undefined);
		this.client.on("packetsend", (packet) => {
			if (packet.cmd === "publish" && packet.dup) this.repeats++;
		});
	}

	start(): void {
		this.running = true;
		this.work = Promise.all(this.assets.map((asset) => this.run(asset)));
	}

	async drain(): Promise<void> {
		this.running = false;
		await this.work;
	}

	async close(): Promise<void> {
		this.running = false;
		await this.client.endAsync(true);
	}

	private async run({ topic, channels }: MqttAsset): Promise<void> {
		const walks = channels.map((channel) => ({ channel, walk: new Walk(this.chance, channel.levels) }));
		let at = 0;
		await pause(this.chance.whole(0, EVERY_MS));
		while (this.running) {
			at = Math.max(at + 1, Date.now());
			const readings = walks.map(({ channel, walk }) => ({
				asset: channel.asset,
				measure: channel.measure,
				at,
				value: walk.next(),
			}));
			const id = this.ledger.sent(readings);
			const v = Object.fromEntries(readings.map(({ measure, value }) => [measure, value]));
			while (!(await this.publish(topic, JSON.stringify({ at, v })))) {
				this.repeats++;
				await pause(EVERY_MS);
			}
			this.ledger.answered(id, readings.length);
			await pause(EVERY_MS);
		}
	}

	/**
	 * True with the PUBACK, however many connections that takes. The library gives up what it had queued behind the messages
	 * of the last connection when the new one ends as well: unanswered, to be sent again.
	 */
	private publish(topic: string, payload: string): Promise<boolean> {
		return this.client.publishAsync(topic, payload, { qos: 1 }).then(
			() => true,
			() => false,
		);
	}
}
