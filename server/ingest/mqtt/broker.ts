// The built-in MQTT broker (3.1.1): devices publish, nobody subscribes. The commit happens inside authorizePublish, which the
// broker calls before it writes the PUBACK, so that an acknowledged message is stored. Opened by mqtt.ts.
//
// A breach of the rules (foreign topic, retained, QoS 2) closes the connection without an answer. Content that cannot be
// stored is acknowledged and counted: see take.ts.
import { createServer, type Server, type Socket } from "node:net";
import { Aedes, type AuthenticateError, type Client, type ConnectPacket, type PublishPacket } from "aedes";
import { isProblem } from "#model/problem.ts";
import type { Door, DoorContext, Grant } from "../door.ts";
import { InOrder } from "../in_order.ts";
import { addressOf, listeningAddress, type SocketLimitOptions, SocketLimits } from "../socket_limits.ts";
import { GuardedSocket } from "./guarded_socket.ts";
import { PAYLOAD_BYTES, parseTopic } from "./payload.ts";
import { takePayload } from "./take.ts";

export interface BrokerOptions extends SocketLimitOptions {
	readonly host: string;
	/** 0: a free one. */
	readonly port: number;
}

/** From the first byte to the CONNACK. */
export const HANDSHAKE_MS = 10_000;
/** A payload of the bound, its topic and header. Anything longer is cut off unread. */
const PACKET_BYTES = PAYLOAD_BYTES + 512;
const CLIENT_ID_LENGTH = 128;
const NOTHING = new Uint8Array(0);
/** Return codes of MQTT 3.1.1, table 3.1. */
const BAD_USER_OR_PASSWORD = 4;

interface Guest {
	readonly grant: Grant;
	readonly acks: InOrder;
}

type Acknowledge = (error?: Error | null) => void;

export async function openBroker(options: BrokerOptions, context: DoorContext): Promise<Door> {
	const entrance = new Entrance(context);
	const broker = await Aedes.createBroker({
		// Only a fallback: the door's own timer runs on core's clock.
		connectTimeout: 3 * HANDSHAKE_MS,
		maxClientsIdLength: 2 * CLIENT_ID_LENGTH,
		preConnect: (client, packet, done) => entrance.preConnect(client, packet, done),
		authenticate: (client, name, password, done) => entrance.authenticate(client, name, password, done),
		authorizePublish: (client, packet, done) => entrance.publish(client, packet, done),
		authorizeSubscribe(client, _subscription, done) {
			context.refused("mqtt", entrance.nameOf(client), "subscribe-refused", NOTHING);
			done(null, null);
		},
	});
	broker.on("connectionError", (client) => context.refused("mqtt", entrance.nameOf(client), "bad-packet", NOTHING));
	const limits = new SocketLimits(options);
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		const bound = limits.enter(socket);
		if (bound !== null) {
			context.refused("mqtt", addressOf(socket), bound, NOTHING);
			socket.destroy();
			return;
		}
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
		entrance.welcome(socket, (guarded) => broker.handle(guarded));
	});
	const address = await listen(server, options);
	return {
		name: "mqtt",
		address,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			await new Promise<void>((resolve) => broker.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

function listen(server: Server, options: BrokerOptions): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port, options.host, () => {
			const address = server.address();
			resolve(address !== null && typeof address === "object" ? listeningAddress(address) : "");
		});
	});
}

/** Who comes in, and what they may publish. */
class Entrance {
	readonly #context: DoorContext;
	readonly #guests = new WeakMap<Client, Guest>();
	readonly #names = new WeakMap<Client, string>();
	readonly #handshakes = new WeakMap<Client, () => void>();

	constructor(context: DoorContext) {
		this.#context = context;
	}

	welcome(socket: Socket, handle: (guarded: GuardedSocket) => Client): void {
		const address = addressOf(socket);
		socket.setNoDelay(true);
		socket.setKeepAlive(true, 60_000);
		const guarded = new GuardedSocket(socket, PACKET_BYTES, () => {
			this.#context.refused("mqtt", this.nameOf(client), "packet-too-long", NOTHING);
		});
		const client: Client = handle(guarded);
		this.#names.set(client, address);
		const cancel = this.#context.after(HANDSHAKE_MS, () => {
			this.#context.refused("mqtt", address, "slow-handshake", NOTHING);
			guarded.destroy();
		});
		this.#handshakes.set(client, cancel);
		socket.once("close", cancel);
	}

	nameOf(client: Client): string {
		return this.#names.get(client) ?? "";
	}

	/** Before the CONNECT packet is acted upon. */
	preConnect(client: Client, packet: ConnectPacket, done: (error: Error | null, success: boolean) => void): void {
		const { clientId, username, will } = packet;
		if (clientId.length > CLIENT_ID_LENGTH || !isPlain(clientId) || !isPlain(username ?? "")) {
			this.#context.refused("mqtt", this.nameOf(client), "bad-client-id", NOTHING);
			done(new Error("client id and user name: at most 128 and 64 visible ASCII characters"), false);
			return;
		}
		// A second connection with the same id takes the first one's place (3.1.4-2): only ever that of the same user.
		if (clientId !== "") packet.clientId = `${username ?? ""}/${clientId}`;
		// A last will is no reading; nobody is here to hear it.
		if (will !== undefined) {
			this.#context.refused("mqtt", plain(username ?? ""), "will-ignored", NOTHING);
			delete packet.will;
		}
		done(null, true);
	}

	authenticate(
		client: Client,
		username: string | undefined,
		password: Buffer | undefined,
		done: (error: AuthenticateError | null, success: boolean | null) => void,
	): void {
		const name = plain(username ?? "");
		const grant = this.#context.check("mqtt", username ?? "", password?.toString("utf8") ?? "");
		if (isProblem(grant)) {
			this.#context.refused("mqtt", name, grant.problem, NOTHING);
			done(Object.assign(new Error(grant.problem), { returnCode: BAD_USER_OR_PASSWORD }), false);
			return;
		}
		this.#handshakes.get(client)?.();
		this.#names.set(client, name);
		this.#guests.set(client, { grant, acks: new InOrder() });
		done(null, true);
	}

	publish(client: Client | null, packet: PublishPacket, done: Acknowledge): void {
		const guest = client === null ? undefined : this.#guests.get(client);
		if (client === null || guest === undefined) {
			done(new Error("not signed in"));
			return;
		}
		const asset = this.#assetOf(packet, guest.grant);
		if (isProblem(asset)) {
			const sample = Buffer.from(packet.topic.slice(0, 200));
			this.#context.refused("mqtt", guest.grant.source, asset.problem, sample);
			done(new Error(asset.problem));
			return;
		}
		const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
		const settle = guest.acks.open();
		this.#take(guest, asset.asset, payload, (error) => settle(() => done(error)));
	}

	#take(guest: Guest, asset: string, payload: Buffer, done: Acknowledge): void {
		const taken = takePayload(this.#context, guest.grant.source, asset, payload);
		if (typeof taken === "number") {
			this.#context.after(taken, () => this.#take(guest, asset, payload, done));
			return;
		}
		// Not stored: no PUBACK. 3.1.1 knows no refusal, so the connection is closed and the device sends again.
		taken.then(
			() => done(),
			() => done(new Error("not stored")),
		);
	}

	#assetOf(packet: PublishPacket, grant: Grant) {
		if (packet.retain) return { problem: "retained" };
		if (packet.qos === 2) return { problem: "qos-2" };
		const topic = parseTopic(packet.topic);
		if (isProblem(topic)) return topic;
		if (grant.assets !== null && !grant.assets.has(topic.asset)) return { problem: "not-yours" };
		const place = this.#context.placeOf(topic.asset);
		const isThere = place === null || (place.district === topic.district && place.kind === topic.kind);
		return isThere ? topic : { problem: "wrong-place" };
	}
}

function isPlain(text: string): boolean {
	return /^[\x21-\x7e]{0,128}$/.test(text);
}

/** A name as it may stand in lists and logs. */
function plain(name: string): string {
	return name.slice(0, 64).replace(/[^\x21-\x7e]/g, "?");
}
