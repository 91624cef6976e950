// The HJ 212 door: TCP, one connection per device or gateway. Decodes, checks MN and PW, turns factors into readings and
// answers 9014 only after the commit that holds them (HJ 212-2017 clause 6.6). Opened by core; it judges and stores nothing.
import { createServer, type Server } from "node:net";
import { isProblem } from "#model/problem.ts";
import type { Door, DoorContext, Grant } from "./door.ts";
import { answerTo, buildAnswer } from "./hj212/answer.ts";
import { type Assembled, Assembler } from "./hj212/assembler.ts";
import { Connection, type Verdict } from "./hj212/connection.ts";
import { type Hj212Message, messageKey, parseMessage } from "./hj212/message.ts";
import { readingsOf } from "./hj212/readings.ts";
import { parseSegment, type Segment } from "./hj212/segment.ts";
import { addressOf, listeningAddress, type SocketLimitOptions, SocketLimits } from "./socket_limits.ts";

export interface Hj212Options extends SocketLimitOptions {
	readonly host: string;
	/** 0: a free one. */
	readonly port: number;
}

/** What the door has seen beside frames, readings and refusals. */
export interface Hj212Counts {
	/** Messages that had come before: answered again, stored once. */
	repeats: number;
	/** Values of kinds that are not kept (minimum, maximum, day values ...). */
	ignored: number;
	/** Split messages of which packets are missing. */
	incomplete: number;
}

/** Messages remembered to know a repeat; the oldest is forgotten. */
const REMEMBERED = 20_000;
/** Split messages of one connection whose DataTime is remembered for packets without. */
const SPLIT_TIMES = 64;
const EXPIRE_MS = 60_000;
const NOTHING = new Uint8Array(0);

export async function openHj212Door(
	options: Hj212Options,
	context: DoorContext,
): Promise<Door & { readonly counts: Readonly<Hj212Counts> }> {
	const desk = new Desk(context);
	const limits = new SocketLimits(options);
	const connections = new Set<Connection>();
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		const bound = limits.enter(socket);
		if (bound !== null) {
			context.refused("hj212", addressOf(socket), bound, NOTHING);
			socket.destroy();
			return;
		}
		const connection = new Connection(socket, context, (segment, from) => desk.judge(segment, from));
		connections.add(connection);
		void connection.closed.then(() => connections.delete(connection));
	});
	const bound = await listen(server, options);
	return {
		name: "hj212",
		address: bound,
		counts: desk.counts,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			await Promise.all([...connections].map((connection) => connection.close()));
			await closed;
			desk.close();
		},
	};
}

function listen(server: Server, options: Hj212Options): Promise<string> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port, options.host, () => {
			const address = server.address();
			resolve(address !== null && typeof address === "object" ? listeningAddress(address) : "");
		});
	});
}

/** Where every frame of every connection is read, checked and handed on. */
class Desk {
	readonly counts: Hj212Counts = { repeats: 0, ignored: 0, incomplete: 0 };
	readonly #context: DoorContext;
	readonly #assembler = new Assembler();
	readonly #seen = new Set<string>();
	#cancelExpiry: () => void = () => undefined;

	constructor(context: DoorContext) {
		this.#context = context;
		this.#expireLater();
	}

	judge(bytes: Uint8Array, from: Connection): Verdict {
		const context = this.#context;
		const segment = parseSegment(bytes);
		if (isProblem(segment)) return this.#refuse(from.address, segment.problem, bytes);
		const grant = context.check("hj212", segment.mn, segment.pw);
		// No fault of the line: behind a gateway one stranger must not cut off the others. It gets no answer.
		if (isProblem(grant)) {
			context.refused("hj212", segment.mn, grant.problem, bytes);
			return { type: "taken", answer: null };
		}
		const message = parseMessage(segment);
		if (isProblem(message)) return this.#refuse(segment.mn, message.problem, bytes);
		return this.#take(message, segment, grant, bytes, from);
	}

	close(): void {
		this.#cancelExpiry();
		this.#tell(this.#assembler.close());
	}

	#take(message: Hj212Message, segment: Segment, grant: Grant, bytes: Uint8Array, from: Connection): Verdict {
		const context = this.#context;
		const at = this.#timeOf(message, from);
		if (at === null && message.factors.length > 0) return this.#refuse(message.mn, "no-data-time", bytes);
		if (grant.asset === null) return this.#refuse(message.mn, "no-asset", bytes);
		const { asset } = grant;
		const converted = readingsOf(message, at ?? 0, asset, grant.profile, (code) =>
			context.measureOf(asset, "hj212", code),
		);
		const ms = context.paceMs(grant.source, converted.readings.length);
		if (ms > 0) return { type: "wait", ms };
		context.frame("hj212");
		this.#count(message);
		this.counts.ignored += converted.ignored;
		for (const code of converted.unknown) context.refused("hj212", message.mn, "unknown-factor", Buffer.from(code));
		for (const text of converted.notNumbers) context.refused("hj212", message.mn, "not-a-number", Buffer.from(text));
		// Also without readings: the device is alive.
		const taken = context.accept(converted.readings, grant.source);
		for (const { problem } of taken.rejected) context.refused("hj212", message.mn, problem.problem, bytes);
		const due = answerTo(message);
		const answer = due === null ? null : buildAnswer(message, due);
		if (segment.fields.size === 0 && converted.readings.length === 0) return { type: "taken", answer };
		return { type: "taken", answer: taken.committed.then(() => answer) };
	}

	/** DataTime, or for a later packet of a split message that of its first one. */
	#timeOf(message: Hj212Message, from: Connection): number | null {
		const { split, dataTime } = message;
		if (split === null) return dataTime;
		const key = `${message.mn}|${message.cn}|${message.qn ?? ""}`;
		if (dataTime === null) return from.splitTimes.get(key) ?? null;
		from.splitTimes.delete(key);
		from.splitTimes.set(key, dataTime);
		if (from.splitTimes.size > SPLIT_TIMES) dropOldest(from.splitTimes);
		return dataTime;
	}

	#count(message: Hj212Message): void {
		if (message.split !== null) this.#tell(this.#assembler.add(message, this.#context.now()));
		if (message.factors.length === 0) return;
		const key = messageKey(message);
		if (this.#seen.has(key)) this.counts.repeats++;
		else if (this.#seen.add(key).size > REMEMBERED) dropOldest(this.#seen);
	}

	#refuse(address: string, code: string, bytes: Uint8Array): Verdict {
		this.#context.refused("hj212", address, code, bytes);
		return { type: "fault", code };
	}

	#expireLater(): void {
		this.#cancelExpiry = this.#context.after(EXPIRE_MS, () => {
			this.#tell(this.#assembler.expire(this.#context.now()));
			this.#expireLater();
		});
	}

	/** What came of them is stored already; that the rest is missing concerns a person. */
	#tell(ended: readonly Assembled[]): void {
		for (const { end, messages, received, total } of ended) {
			if (end === "complete" || end === "closed") continue;
			this.counts.incomplete++;
			const mn = messages[0]?.mn ?? "";
			const which = `PNUM=${total};PNO=${received.join(",")}`;
			this.#context.refused("hj212", mn, "incomplete-message", Buffer.from(which));
		}
	}
}

function dropOldest(from: { keys(): Iterable<string>; delete(key: string): boolean }): void {
	for (const oldest of from.keys()) {
		from.delete(oldest);
		return;
	}
}
