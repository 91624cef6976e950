// The MQTT door as client of a foreign broker: a persistent session, and the broker is acknowledged only after the commit, so
// that what was not stored is delivered again. The broker vouches for who may publish what; topics must name known assets.
import { connect, type IPublishPacket, type MqttClient } from "mqtt";
import { isProblem } from "#model/problem.ts";
import type { Door, DoorContext } from "../door.ts";
import { InOrder } from "../in_order.ts";
import { parseTopic, TOPIC_ROOT } from "./payload.ts";
import { takePayload } from "./take.ts";

/** The session's name at the broker; `?client=` of the URL gives another, for a second installation at the same broker. */
export const CLIENT_ID = "liaowang";
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Granted QoS of a refused subscription (3.9.3). */
const REFUSED = 128;

/** Opens at once, whether the broker is there or not: a broker that is away is a fault on the page, not a failed start. */
export async function openForeign(options: { readonly url: string }, context: DoorContext): Promise<Door> {
	const line = new Line(options.url, context);
	return { name: "mqtt", address: line.address, close: () => line.close() };
}

class Line {
	/** Without user and password. */
	readonly address: string;
	readonly #context: DoorContext;
	readonly #client: MqttClient;
	#pauseMs = FIRST_PAUSE_MS;
	#isClosing = false;
	#lastError = "";
	#cancelRetry: () => void = () => undefined;
	/** Acknowledgements of this connection; a new one has its own. */
	#acks = new InOrder();

	constructor(text: string, context: DoorContext) {
		this.#context = context;
		const url = new URL(text);
		const user = decodeURIComponent(url.username);
		const password = decodeURIComponent(url.password);
		const clientId = url.searchParams.get("client") ?? CLIENT_ID;
		this.address = `${url.protocol}//${url.host}`;
		this.#client = connect(this.address, {
			clientId,
			clean: false,
			protocolVersion: 4,
			reconnectPeriod: 0,
			connectTimeout: 10_000,
			keepalive: 30,
			resubscribe: false,
			...(user === "" ? {} : { username: user }),
			...(password === "" ? {} : { password }),
		});
		this.#client.handleMessage = (packet, next) => this.#take(packet, next);
		this.#client.on("connect", () => this.#connected());
		this.#client.on("error", (error) => {
			this.#lastError = error.message;
		});
		this.#client.on("close", () => this.#lost());
	}

	async close(): Promise<void> {
		this.#isClosing = true;
		this.#cancelRetry();
		await this.#client.endAsync(true);
	}

	#connected(): void {
		this.#acks = new InOrder();
		this.#client.subscribe(`${TOPIC_ROOT}#`, { qos: 1 }, (error, grants) => {
			if (this.#isClosing) return;
			const refused = error != null || grants?.some(({ qos }) => Number(qos) === REFUSED) === true;
			if (!refused) {
				this.#lastError = "";
				this.#pauseMs = FIRST_PAUSE_MS;
				this.#context.fault("mqtt", null);
				this.#context.log.info(`mqtt: listening to ${this.address}`);
				return;
			}
			this.#lastError = `订阅 ${TOPIC_ROOT}# 被拒绝`;
			this.#client.stream.destroy();
		});
	}

	#lost(): void {
		if (this.#isClosing) return;
		const why = this.#lastError === "" ? "连接中断" : this.#lastError;
		this.#context.fault("mqtt", `MQTT 代理 ${this.address}：${why}，每 ${this.#pauseMs / 1000} s 重试`);
		this.#cancelRetry();
		this.#cancelRetry = this.#context.after(this.#pauseMs, () => {
			this.#client.reconnect();
		});
		this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
	}

	/**
	 * The library acknowledges when `next` is called without an error and shows the following message only then; called with
	 * one it just goes on. We go on at once and acknowledge later, so that messages share commits; the broker's own window
	 * of unacknowledged messages bounds how many.
	 */
	#take(packet: IPublishPacket, next: (error?: Error) => void): void {
		const { stream } = this.#client;
		const settle = this.#acks.open();
		const isOnce = packet.qos > 0;
		const done = (isStored: boolean): void => {
			settle(() => {
				if (!isOnce || stream.destroyed) return;
				if (isStored) stream.write(pubackOf(packet.messageId ?? 0));
				// Not stored: 3.1.1 delivers again only to a new connection.
				else {
					this.#lastError = "数据未能入库";
					stream.destroy();
				}
			});
		};
		this.#show(packet, done, () => next(isOnce ? new Error("acknowledged after the commit") : undefined));
	}

	#show(packet: IPublishPacket, done: (isStored: boolean) => void, next: () => void): void {
		const topic = parseTopic(packet.topic);
		const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
		const wrong = packet.retain ? "retained" : isProblem(topic) ? topic.problem : this.#placeProblem(topic);
		if (wrong !== null || isProblem(topic)) {
			this.#context.refused("mqtt", packet.topic.slice(0, 128), wrong ?? "bad-topic", payload);
			done(true);
			next();
			return;
		}
		const taken = takePayload(this.#context, `mqtt/${topic.asset}`, topic.asset, payload);
		if (typeof taken === "number") {
			// The next message waits as well, so the broker feels it.
			this.#context.after(taken, () => this.#show(packet, done, next));
			return;
		}
		taken.then(
			() => done(true),
			() => done(false),
		);
		next();
	}

	#placeProblem(topic: { district: string; kind: string; asset: string }): string | null {
		const place = this.#context.placeOf(topic.asset);
		if (place === null) return "unknown-asset";
		return place.district === topic.district && place.kind === topic.kind ? null : "wrong-place";
	}
}

/** MQTT 3.1.1, 3.4. */
function pubackOf(messageId: number): Uint8Array {
	return Uint8Array.of(0x40, 2, messageId >> 8, messageId & 0xff);
}
