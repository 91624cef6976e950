// The MQTT door as client of a foreign broker: a persistent session, and the broker is acknowledged only after the commit, so
// that what was not stored is delivered again. The broker vouches for who may publish what; topics must name known assets.
import { connect, type IPublishPacket, type MqttClient } from "mqtt";
import { isProblem } from "#model/problem.ts";
import type { Door, DoorContext } from "../door.ts";
import { InOrder } from "../in_order.ts";
import { parseTopic, TOPIC_ROOT, type Topic } from "./payload.ts";
import { takePayload } from "./take.ts";

/** The session's name at the broker; `?client=` of the URL gives another, for a second installation at the same broker. */
export const CLIENT_ID = "liaowang";
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const CONNECT_MS = 10_000;
const KEEP_ALIVE_S = 30;
/** How long the end waits for commits under way. */
const FAREWELL_MS = 2_000;
/** Granted QoS of a refused subscription (MQTT 3.1.1, 3.9.3). */
const SUBSCRIPTION_REFUSED = 128;
const NOT_STORED = "数据未能入库";

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
	/** Before the next attempt; doubled by each that fails. */
	#pauseMs = FIRST_PAUSE_MS;
	#isClosing = false;
	#isListening = false;
	/** Why the line was lost, in words. */
	#why = "";
	#cancelRetry: () => void = () => undefined;
	/** Acknowledgements of this connection; a new one has its own. */
	#acks = new InOrder();
	/** Called after each acknowledgement. */
	#settled: () => void = () => undefined;

	constructor(text: string, context: DoorContext) {
		this.#context = context;
		const url = new URL(text);
		this.address = `${url.protocol}//${url.host}`;
		context.fault("mqtt", `MQTT 代理 ${this.address}：正在连接`);
		this.#client = connect(this.address, {
			clientId: url.searchParams.get("client") ?? CLIENT_ID,
			clean: false,
			protocolVersion: 4,
			// We try again ourselves, on core's clock.
			reconnectPeriod: 0,
			connectTimeout: CONNECT_MS,
			keepalive: KEEP_ALIVE_S,
			resubscribe: false,
			...(url.username === "" ? {} : { username: decoded(url.username) }),
			...(url.password === "" ? {} : { password: decoded(url.password) }),
		});
		this.#client.handleMessage = (packet, next) => this.#take(packet, next);
		this.#client.on("connect", () => this.#connected());
		this.#client.on("error", (error) => {
			this.#why = error.message;
		});
		this.#client.on("close", () => this.#lost());
	}

	/** Takes no more, acknowledges what is under way, then leaves; what is not acknowledged comes again to the next start. */
	async close(): Promise<void> {
		this.#isClosing = true;
		this.#cancelRetry();
		await new Promise<void>((resolve) => {
			if (this.#acks.waiting === 0) return resolve();
			const cancel = this.#context.after(FAREWELL_MS, resolve);
			this.#settled = () => {
				if (this.#acks.waiting > 0) return;
				cancel();
				resolve();
			};
		});
		await this.#client.endAsync(!this.#client.connected || this.#acks.waiting > 0);
	}

	#connected(): void {
		this.#acks = new InOrder();
		this.#client.subscribe(`${TOPIC_ROOT}#`, { qos: 1 }, (error, grants) => {
			if (this.#isClosing) return;
			if (error != null || grants?.some(({ qos }) => Number(qos) === SUBSCRIPTION_REFUSED) === true) {
				this.#why = `订阅 ${TOPIC_ROOT}# 被拒绝`;
				this.#client.stream.destroy();
				return;
			}
			this.#why = "";
			this.#isListening = true;
			this.#context.fault("mqtt", null);
			this.#context.log.info(`mqtt: following ${this.address}`);
		});
	}

	#lost(): void {
		if (this.#isClosing) return;
		// A line that stood is tried at once; one that is cut because nothing can be stored is not.
		if (this.#isListening && this.#why !== NOT_STORED) this.#pauseMs = FIRST_PAUSE_MS;
		this.#isListening = false;
		const why = this.#why === "" ? "连接中断" : this.#why;
		const words = `MQTT 代理 ${this.address}：${why}，${this.#pauseMs / 1000} s 后重试`;
		this.#context.fault("mqtt", words);
		this.#context.log.warn(words);
		this.#cancelRetry();
		this.#cancelRetry = this.#context.after(this.#pauseMs, () => {
			this.#why = "";
			this.#client.reconnect();
		});
		this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
	}

	/**
	 * The library sends the PUBACK when `next` is called, and shows the following message only then; called with an error it
	 * sends none and goes on. We go on at once and acknowledge later, so that messages share commits; how many, the broker's
	 * window of unacknowledged messages bounds.
	 */
	#take(packet: IPublishPacket, next: (error?: Error) => void): void {
		if (this.#isClosing) {
			next(new Error("not acknowledged: closing"));
			return;
		}
		const { stream } = this.#client;
		const settle = this.#acks.open();
		const hasAck = packet.qos > 0;
		const acknowledge = (isStored: boolean): void => {
			if (!hasAck || stream.destroyed) return;
			if (isStored) {
				if (this.#isListening) this.#pauseMs = FIRST_PAUSE_MS;
				stream.write(pubackOf(packet.messageId ?? 0));
				return;
			}
			// 3.1.1 delivers again only to a new connection (4.4).
			this.#why = NOT_STORED;
			stream.destroy();
		};
		const settled = (isStored: boolean): void => {
			settle(() => acknowledge(isStored));
			this.#settled();
		};
		this.#show(packet, settled, () => next(hasAck ? new Error("acknowledged after the commit") : undefined));
	}

	#show(packet: IPublishPacket, settled: (isStored: boolean) => void, next: () => void): void {
		const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
		const topic = this.#topicOf(packet);
		if (typeof topic === "string") {
			const sample = Buffer.from(packet.topic.slice(0, 200));
			this.#context.refused("mqtt", this.address, topic, sample);
			settled(true);
			next();
			return;
		}
		const taken = takePayload(this.#context, `mqtt/${topic.asset}`, topic.asset, payload);
		if (typeof taken === "number") {
			// What follows waits as well, so the broker feels it.
			this.#context.after(taken, () => {
				if (!this.#isClosing) this.#show(packet, settled, next);
			});
			return;
		}
		taken.then(
			() => settled(true),
			() => settled(false),
		);
		next();
	}

	/** @returns a code for what can never be taken: it is acknowledged, or the broker would send it for ever. */
	#topicOf(packet: IPublishPacket): Topic | string {
		// A copy that the broker kept from some other day; what is published while we listen comes without the mark (3.3.1.3).
		if (packet.retain) return "retained";
		const topic = parseTopic(packet.topic);
		if (isProblem(topic)) return topic.problem;
		const place = this.#context.placeOf(topic.asset);
		if (place === null) return "unknown-asset";
		return place.district === topic.district && place.kind === topic.kind ? topic : "wrong-place";
	}
}

/** MQTT 3.1.1, 3.4. */
function pubackOf(messageId: number): Buffer {
	return Buffer.of(0x40, 2, messageId >> 8, messageId & 0xff);
}

/** User and password stand percent-encoded in a URL; a lone % is meant as it stands. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
