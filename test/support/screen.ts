// A screen without a browser: a real Socket.IO client with a page's table and alarm list. It answers `got` by itself unless told
// not to. Tests wait for what must be true with `until`, never for a time.
import type { Socket } from "socket.io-client";
import { io } from "socket.io-client";
import type { Follow } from "../../geodata/model/protocol.ts";
import type { Down } from "./page.ts";
import { Page } from "./page.ts";

export interface ScreenOptions {
	readonly cookie?: string;
	readonly origin?: string;
	/** False: the test says `got` itself. */
	readonly answers?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
	/** Goes on with the table and list of a screen that was closed. */
	readonly page?: Page;
	/** Comes back by itself, as a page does. */
	readonly reconnects?: boolean;
}

const EVENTS = ["hello", "delta", "alarms", "alarm", "beat", "notice", "problem"] as const;

export class Screen {
	readonly page: Page;
	readonly socket: Socket;
	/** Why the server refused the connection, last. */
	refused: (Error & { data?: unknown }) | null = null;
	closed: string | null = null;
	private readonly answers: boolean;
	private readonly waiting: { met: () => boolean; done: () => void }[] = [];

	constructor(url: string, options: ScreenOptions = {}) {
		this.page = options.page ?? new Page();
		this.answers = options.answers ?? true;
		this.socket = io(url, {
			transports: ["websocket"],
			forceNew: true,
			reconnection: options.reconnects ?? false,
			reconnectionDelay: 50,
			reconnectionDelayMax: 500,
			extraHeaders: {
				...(options.cookie === undefined ? {} : { cookie: options.cookie }),
				...(options.origin === undefined ? {} : { origin: options.origin }),
				...options.headers,
			},
		});
		for (const event of EVENTS) {
			this.socket.on(event, (payload: unknown) => this.take([event, payload] as Down));
		}
		this.socket.on("connect_error", (error) => {
			this.refused = error;
			this.check();
		});
		this.socket.on("disconnect", (reason) => {
			this.closed = reason;
			this.check();
		});
		this.socket.on("connect", () => {
			this.closed = null;
			this.page.reconnect();
			this.check();
		});
	}

	/** Resolves when `met` holds; checked after everything that happens. The test's own time-out ends it. */
	until(met: (screen: Screen) => boolean): Promise<this> {
		if (met(this)) return Promise.resolve(this);
		return new Promise((resolve) => this.waiting.push({ met: () => met(this), done: () => resolve(this) }));
	}

	async connected(): Promise<this> {
		return this.until((screen) => screen.socket.connected || screen.refused !== null);
	}

	/** Follows and waits for the delta that answers it (L5). */
	async follow(change: Partial<Follow> = {}): Promise<this> {
		await this.connected();
		const before = this.page.deltas.length + this.page.jsons.length;
		this.socket.emit(...(this.page.follow(change) as [string, unknown]));
		return this.until(({ page }) => page.deltas.length + page.jsons.length > before);
	}

	send(event: string, body: unknown): void {
		this.socket.emit(event, body);
	}

	async ask(event: string, body: unknown): Promise<any> {
		return this.socket.emitWithAck(event, body);
	}

	close(): void {
		this.socket.disconnect();
	}

	private take(down: Down): void {
		for (const [event, body] of this.page.take(down)) {
			if (event !== "got" || this.answers) this.socket.emit(event, body);
		}
		this.check();
	}

	private check(): void {
		for (const one of this.waiting.splice(0)) {
			if (one.met()) one.done();
			else this.waiting.push(one);
		}
	}
}
