// The screens: Socket.IO over WebSocket alone, one Session per socket. Lets in whom the gate knows, gives core's news to every
// session, beats every two seconds, closes who does not answer (W2), floods, or whose session was ended.
import type { Server as HttpServer, IncomingMessage } from "node:http";
import { Server } from "socket.io";
import { isProblem, problem } from "#model/problem.ts";
import type { ClientToServer, ServerToClient } from "#model/protocol.ts";
import { BEAT_MS } from "#model/protocol.ts";
import type { Who } from "#model/rights.ts";
import type { Gate } from "../auth/who.ts";
import { cookieOf } from "../auth/who.ts";
import type { CoreLink } from "../bus/bus.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { ReadStore } from "../store/store.ts";
import { Broadcast } from "./broadcast.ts";
import { TokenBucket } from "./bucket.ts";
import type { SocketEvents } from "./events.ts";
import { EVENT_BURST, EVENT_RATE, requirePolicies, socketEvents } from "./events.ts";
import type { Speaker } from "./hear.ts";
import { hear } from "./hear.ts";
import { Pace } from "./pace.ts";
import { Receipts } from "./receipts.ts";
import { Session } from "./session.ts";
import type { ScreenSocket, Sent } from "./socket_port.ts";
import { socketPort } from "./socket_port.ts";
import { Views } from "./view.ts";

/** A command carries a note of at most 2,000 characters, a follow 4,096 cells. */
const MAX_PACKET_BYTES = 64 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
/** A dead peer is noticed within ten seconds. */
const PING_MS = 5_000;
const SWEEP_MS = 1_000;
const LAST_WORD_MS = 1_000;
/** Sockets in all, and from one address: an office behind one address has its 500 screens, a flood has not. */
const SOCKETS_MAX = 2_000;
const SOCKETS_PER_ADDRESS = 1_000;

export interface WireParts {
	readonly http: HttpServer;
	readonly mirror: Mirror;
	readonly store: Pick<ReadStore, "transitions">;
	readonly core: CoreLink;
	readonly gate: Gate;
	readonly clock: Clock;
	readonly log: Log;
	readonly build: string;
	readonly random: () => number;
}

interface Screen extends Speaker {
	readonly socket: ScreenSocket;
}

export class Wire {
	readonly sent: Sent = { deltas: 0, deltaBytes: 0, alarms: 0, lists: 0 };
	/** Why screens were refused or closed -> how often. */
	readonly refused = { origin: 0, full: 0, unauthorized: 0, silent: 0, flood: 0, ended: 0 };
	readonly receipts: Receipts;
	readonly pace: Pace;
	private readonly parts: WireParts;
	private readonly views: Views;
	private readonly events: SocketEvents;
	private readonly io: Server<ClientToServer, ServerToClient>;
	private readonly screens = new Map<string, Screen>();
	private readonly addresses = new Map<string, number>();
	private readonly stops: (() => void)[] = [];
	private closing = false;

	constructor(parts: WireParts) {
		this.parts = parts;
		this.views = new Views(parts.mirror);
		this.pace = new Pace(parts.mirror, parts.clock);
		this.receipts = new Receipts(parts.core, parts.clock, () => this.sessions(), BEAT_MS);
		this.events = socketEvents({ core: parts.core, clock: parts.clock, receipts: this.receipts });
		requirePolicies(this.events);
		this.io = new Server(parts.http, {
			transports: ["websocket"],
			perMessageDeflate: false,
			httpCompression: false,
			serveClient: false,
			maxHttpBufferSize: MAX_PACKET_BYTES,
			connectTimeout: CONNECT_TIMEOUT_MS,
			pingInterval: PING_MS,
			pingTimeout: PING_MS,
			allowRequest: (request, decide) => this.allow(request, decide),
		});
		this.io.use((socket, next) => this.admit(socket, next));
		this.io.on("connection", (socket) => this.joined(socket));
		this.listen();
	}

	get count(): number {
		return this.screens.size;
	}

	*sessions(): Iterable<Session> {
		for (const { session } of this.screens.values()) yield session;
	}

	/** A planned stop: every screen is told to come back at a moment of its own. Closes the HTTP server with it. */
	async close(reason: string): Promise<void> {
		this.closing = true;
		for (const stop of this.stops) stop();
		const spreadMs = Math.max(1_000, this.screens.size * 10);
		const gone: Promise<void>[] = [];
		for (const { session, socket } of [...this.screens.values()]) {
			const retryAfterMs = Math.round(500 + this.parts.random() * spreadMs);
			session.port.notice({ type: "goodbye", reason, retryAfterMs });
			gone.push(new Promise((resolve) => socket.conn.once("close", () => resolve())));
			session.close(null);
		}
		// The word is under way: closing the server at once would drop it. Who does not take it is not waited for.
		await new Promise<void>((resolve) => {
			const cancel = this.parts.clock.after(LAST_WORD_MS, resolve);
			void Promise.all(gone).then(() => {
				cancel();
				resolve();
			});
		});
		await this.receipts.close();
		await this.io.close();
	}

	private listen(): void {
		const { mirror, clock } = this.parts;
		this.stops.push(
			mirror.listen(new Broadcast(this.pace, this.views, () => this.sessions())),
			mirror.listen({ selfTest: (n) => this.receipts.selfTest(n, clock.now()) }),
			clock.every(SWEEP_MS, () => this.sweep()),
			clock.every(BEAT_MS, () => {
				for (const session of this.sessions()) session.beat();
				this.recheck().catch((error: Error) => this.parts.log.error({ err: error }, "sessions could not be checked"));
			}),
		);
	}

	private allow(request: IncomingMessage, decide: (reason: string | null | undefined, ok: boolean) => void): void {
		const address = request.socket.remoteAddress ?? "";
		if (!this.parts.gate.isOwnOrigin(request)) {
			this.refused.origin += 1;
			decide("foreign origin", false);
		} else if (
			this.closing ||
			this.screens.size >= SOCKETS_MAX ||
			(this.addresses.get(address) ?? 0) >= SOCKETS_PER_ADDRESS
		) {
			this.refused.full += 1;
			decide("too many screens", false);
		} else {
			decide(null, true);
		}
	}

	private admit(socket: ScreenSocket, next: (error?: Error) => void): void {
		this.parts.gate.who(socket.request).then(
			(who) => {
				if (!isProblem(who)) {
					socket.data = who;
					next();
					return;
				}
				this.refused.unauthorized += 1;
				// The page reads `data` and says it to the person; without it only the code would arrive.
				next(Object.assign(new Error(who.problem), { data: who }));
			},
			(error: Error) => {
				this.parts.log.error({ err: error }, "a screen's session could not be read");
				const away = problem("store-away", "the store cannot be read; come back");
				next(Object.assign(new Error(away.problem), { data: away }));
			},
		);
	}

	private joined(socket: ScreenSocket): void {
		const { mirror, store, clock, build, log } = this.parts;
		const source = socket.request.socket.remoteAddress ?? "";
		const fault = (error: Error): void => log.error({ err: error }, "the alarm log could not be read for a screen");
		const session = new Session(socket.id, socket.data as Who, socketPort(socket, this.sent), {
			mirror,
			views: this.views,
			pace: this.pace,
			store,
			clock,
			build,
			fault,
		});
		const screen: Screen = { session, socket, source, bucket: new TokenBucket(EVENT_RATE, EVENT_BURST, clock.now()) };
		this.screens.set(socket.id, screen);
		this.addresses.set(source, (this.addresses.get(source) ?? 0) + 1);
		socket.on("disconnect", () => this.left(screen));
		const rules = { events: this.events, clock, log, flooded: () => this.flooded(screen) };
		socket.onAny((name: string, ...args: unknown[]) => hear(screen, name, args, rules));
		session.greet();
	}

	private left(screen: Screen): void {
		this.screens.delete(screen.socket.id);
		const others = (this.addresses.get(screen.source) ?? 1) - 1;
		if (others === 0) this.addresses.delete(screen.source);
		else this.addresses.set(screen.source, others);
	}

	private flooded(screen: Screen): void {
		this.refused.flood += 1;
		screen.session.close(problem("flood", "too many messages; the connection is closed"));
	}

	private sweep(): void {
		for (const session of this.sessions()) {
			if (session.isDead()) {
				this.refused.silent += 1;
				session.close(problem("silent", "no answer to a delta for 10 seconds; come back"));
			} else {
				session.lane.resume();
			}
		}
	}

	/** Ended, expired or changed sessions lose their sockets. When the store cannot be read, screens keep what they have. */
	private async recheck(): Promise<void> {
		const byCookie = new Map<string, Screen[]>();
		for (const screen of this.screens.values()) {
			const cookie = cookieOf(screen.socket.request);
			if (cookie === null) continue;
			const known = byCookie.get(cookie);
			if (known === undefined) byCookie.set(cookie, [screen]);
			else known.push(screen);
		}
		for (const [, screens] of byCookie) {
			const first = screens[0];
			if (first === undefined) continue;
			const who = await this.parts.gate.who(first.socket.request);
			for (const { session } of screens) {
				if (!isProblem(who) && JSON.stringify(who) === JSON.stringify(session.who)) continue;
				this.refused.ended += 1;
				session.close(problem("unauthorized", "the session has ended; sign in again"));
			}
		}
	}
}
