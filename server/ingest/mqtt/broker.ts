// The built-in MQTT broker (3.1.1): devices publish, nobody subscribes. Opened by mqtt.ts; entrance.ts decides who and what.
import type { EventEmitter } from "node:events";
import { createServer, type Socket } from "node:net";
import { Aedes, type Client } from "aedes";
import type { Door, DoorContext } from "../door.ts";
import { addressOf, listen, type SocketLimitOptions, SocketLimits } from "../tcp.ts";
import { CLIENT_ID_LENGTH, Entrance, HANDSHAKE_MS, Refused } from "./entrance.ts";

export interface BrokerOptions extends SocketLimitOptions {
	readonly host: string;
	/** 0: a free one. */
	readonly port: number;
}

/** Packets that a device may send behind its CONNECT without waiting for the CONNACK (3.1.4). */
const QUEUE_LIMIT = 500;
/** How long the end waits for commits under way. */
const FAREWELL_MS = 2_000;

export async function openBroker(options: BrokerOptions, context: DoorContext): Promise<Door> {
	const entrance = new Entrance(context);
	const broker = await openAedes(entrance, context);
	const limits = new SocketLimits(options);
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		const bound = limits.enter(socket);
		if (bound !== null) {
			context.refused("mqtt", addressOf(socket), bound, new Uint8Array());
			socket.destroy();
			return;
		}
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
		entrance.welcome(socket, (guarded) => broker.handle(guarded));
	});
	const failed = (error: Error): void => context.log.warn(`mqtt door: ${error.message}`);
	const closeBroker = () => new Promise<void>((resolve) => broker.close(() => resolve()));
	try {
		const address = await listen(server, options.host, options.port, failed);
		return { name: "mqtt", address, close };
	} catch (error) {
		await closeBroker();
		throw error;
	}

	async function close(): Promise<void> {
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		await new Promise<void>((resolve) => {
			const cancel = context.after(FAREWELL_MS, resolve);
			void entrance.close().then(() => {
				cancel();
				// The PUBACK of the last commit is written in this turn of the loop.
				setImmediate(resolve);
			});
		});
		await closeBroker();
		for (const socket of sockets) socket.destroy();
		await closed;
	}
}

async function openAedes(entrance: Entrance, context: DoorContext): Promise<Aedes> {
	const broker = await Aedes.createBroker({
		// Only a fallback: the entrance has its own timer, on core's clock.
		connectTimeout: 3 * HANDSHAKE_MS,
		queueLimit: QUEUE_LIMIT,
		// Only for protocol 3.1; the id is checked before, and gets the user's name in front.
		maxClientsIdLength: 2 * CLIENT_ID_LENGTH,
		preConnect: (client, packet, done) => entrance.preConnect(client, packet, done),
		authenticate: (client, user, password, done) => entrance.authenticate(client, user, password, done),
		authorizePublish: (client, packet, done) => entrance.publish(client, packet, done),
		authorizeSubscribe: (client, _subscription, done) => entrance.subscribe(client, done),
	});
	const broken = (client: Client, error: Error): void => {
		if (error instanceof Refused) return;
		entrance.refuse(client, error.message === "keep alive timeout" ? "keep-alive-missed" : "bad-packet");
	};
	broker.on("clientError", broken);
	broker.on("connectionError", broken);
	// Its own house-keeping failed; no message of a device depends on it.
	(broker as EventEmitter).on("error", (error: Error) => context.log.warn(`mqtt broker: ${error.message}`));
	return broker;
}
