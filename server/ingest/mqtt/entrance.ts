// Who comes in at the built-in broker, and what they may publish: the broker's hooks, each of which may say no. The commit
// happens in `publish`, before the broker writes its PUBACK, so that an acknowledged message is stored.
//
// A breach of the rules (foreign topic, retained, QoS 2) closes the connection without an acknowledgement, as MQTT 3.1.1 has
// no other "no" (3.3.5). Content that can never be stored is acknowledged and counted: see take.ts.
import type { Socket } from "node:net";
import type { AuthenticateError, Client, ConnectPacket, PublishPacket, Subscription } from "aedes";
import { isProblem } from "#model/problem.ts";
import type { DoorContext, Grant } from "../door.ts";
import { InOrder } from "../in_order.ts";
import { addressOf } from "../tcp.ts";
import { GuardedSocket } from "./guarded_socket.ts";
import { PAYLOAD_BYTES, parseTopic, type Topic } from "./payload.ts";
import { takePayload } from "./take.ts";

/** From the first byte to the CONNACK. */
export const HANDSHAKE_MS = 10_000;
export const CLIENT_ID_LENGTH = 128;
const USER_NAME_LENGTH = 64;
/** A payload of the bound, its topic and header. Anything longer is cut off unread. */
const PACKET_BYTES = PAYLOAD_BYTES + 512;
const NOTHING = new Uint8Array(0);
/** Return codes of CONNACK (MQTT 3.1.1, table 3.1). */
const IDENTIFIER_REJECTED = 2;
const SERVER_UNAVAILABLE = 3;
const BAD_USER_OR_PASSWORD = 4;
/** Any character but controls, formats (they turn the direction of what follows) and halves of pairs. */
const nameCharacters = /^[^\p{C}]*$/u;

/** A breach that has been counted; the broker makes the connection's end of it. */
export class Refused extends Error {}

interface Visitor {
	/** IP address, later the user name: for lists and logs. */
	name: string;
	readonly cancelHandshake: () => void;
	hasBadName: boolean;
	/** Null until signed in. */
	grant: Grant | null;
	readonly acks: InOrder;
}

export class Entrance {
	readonly #context: DoorContext;
	readonly #visitors = new WeakMap<Client, Visitor>();
	#isClosing = false;
	#waiting = 0;
	#idle: () => void = () => undefined;

	constructor(context: DoorContext) {
		this.#context = context;
	}

	/** @param handle gives the connection to the broker. */
	welcome(socket: Socket, handle: (guarded: GuardedSocket) => Client): void {
		const name = addressOf(socket);
		socket.setNoDelay(true);
		socket.setKeepAlive(true, 60_000);
		const guarded = new GuardedSocket(socket, PACKET_BYTES, () => this.refuse(client, "packet-too-long"));
		const client: Client = handle(guarded);
		const cancelHandshake = this.#context.after(HANDSHAKE_MS, () => {
			this.refuse(client, "slow-handshake");
			guarded.destroy();
		});
		socket.once("close", cancelHandshake);
		this.#visitors.set(client, { name, cancelHandshake, hasBadName: false, grant: null, acks: new InOrder() });
	}

	/** Counted under the visitor's name. */
	refuse(client: Client, code: string, sample: Uint8Array = NOTHING): void {
		this.#context.refused("mqtt", this.#visitors.get(client)?.name ?? "", code, sample);
	}

	/** Before the broker acts upon a CONNECT packet. */
	preConnect(client: Client, packet: ConnectPacket, done: (error: Error | null, success: boolean) => void): void {
		const { clientId } = packet;
		const user = packet.username ?? "";
		const visitor = this.#visitors.get(client);
		const isName = clientId.length <= CLIENT_ID_LENGTH && user.length <= USER_NAME_LENGTH;
		if (!isName || !nameCharacters.test(clientId) || !nameCharacters.test(user)) {
			if (visitor !== undefined) visitor.hasBadName = true;
			packet.clientId = "";
		}
		// A second connection with the same id takes the first one's place (3.1.4-2): only ever that of the same user.
		else if (clientId !== "") packet.clientId = `${user}/${clientId}`;
		// A last will is no reading, and nobody is here to hear it.
		if (packet.will !== undefined) {
			this.refuse(client, "will-ignored");
			delete packet.will;
		}
		done(null, true);
	}

	authenticate(
		client: Client,
		user: string | undefined,
		password: Buffer | undefined,
		done: (error: AuthenticateError | null, success: boolean | null) => void,
	): void {
		const visitor = this.#visitors.get(client);
		const deny = (code: string, returnCode: number): void => {
			this.refuse(client, code);
			done(Object.assign(new Refused(code), { returnCode }), false);
		};
		if (visitor === undefined || this.#isClosing) deny("closing", SERVER_UNAVAILABLE);
		else if (visitor.hasBadName) deny("bad-client-id", IDENTIFIER_REJECTED);
		else {
			// Without a user name only the master key can be right, and no stranger is kept in mind.
			const name = user === undefined || user === "" ? "-" : user;
			const grant = this.#context.check("mqtt", name, password?.toString("utf8") ?? "");
			if (name !== "-") visitor.name = name;
			if (isProblem(grant)) {
				deny(name === "-" ? "bad-key" : grant.problem, BAD_USER_OR_PASSWORD);
				return;
			}
			visitor.grant = grant;
			visitor.cancelHandshake();
			done(null, true);
		}
	}

	subscribe(client: Client, done: (error: Error | null, subscription?: Subscription | null) => void): void {
		this.refuse(client, "subscribe-refused");
		done(null, null);
	}

	publish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
		const visitor = client === null ? undefined : this.#visitors.get(client);
		if (client === null || visitor === undefined || visitor.grant === null || this.#isClosing) {
			done(new Refused("not signed in"));
			return;
		}
		const topic = this.#topicOf(packet, visitor.grant);
		if (typeof topic === "string") {
			this.refuse(client, topic, Buffer.from(packet.topic.slice(0, 200)));
			done(new Refused(topic));
			return;
		}
		const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
		const settle = visitor.acks.open();
		this.#waiting++;
		this.#take(visitor.grant.source, topic.asset, payload, (isStored) => {
			// Nobody waits for an answer to QoS 0. At QoS 1 the device keeps what has no PUBACK and sends it again.
			settle(() => done(isStored || packet.qos === 0 ? null : new Refused("not stored")));
			if (--this.#waiting === 0) this.#idle();
		});
	}

	/** Nobody new, nothing new. Resolves when everything under way is stored, or cannot be. */
	close(): Promise<void> {
		this.#isClosing = true;
		return this.#waiting === 0
			? Promise.resolve()
			: new Promise((resolve) => {
					this.#idle = resolve;
				});
	}

	#take(source: string, asset: string, payload: Buffer, done: (isStored: boolean) => void): void {
		const taken = takePayload(this.#context, source, asset, payload);
		if (typeof taken === "number") {
			this.#context.after(taken, () => {
				if (this.#isClosing) done(false);
				else this.#take(source, asset, payload, done);
			});
			return;
		}
		taken.then(
			() => done(true),
			() => done(false),
		);
	}

	/** An asset that nobody registered is left to the heart to refuse. @returns a code when the rules are broken. */
	#topicOf(packet: PublishPacket, grant: Grant): Topic | string {
		if (packet.retain) return "retained";
		if (packet.qos === 2) return "qos-2";
		const topic = parseTopic(packet.topic);
		if (isProblem(topic)) return topic.problem;
		if (grant.assets !== null && !grant.assets.has(topic.asset)) return "not-yours";
		const place = this.#context.placeOf(topic.asset);
		const isThere = place === null || (place.district === topic.district && place.kind === topic.kind);
		return isThere ? topic : "wrong-place";
	}
}
