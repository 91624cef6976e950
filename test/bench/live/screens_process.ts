// Screens: real Socket.IO clients, many in one process. Each follows its view, counts what it is given and answers `got`.
// Screens of one view are sent the same bytes: they are decoded once per process, with the model's own code, and counted for each.
// Arguments: none. Asked over standard input: join, mark, leave.

import type { Socket } from "socket.io-client";
import { io } from "socket.io-client";
import { applyDelta, readHeader } from "#model/delta_read.ts";
import { Latest } from "#model/latest.ts";
import { ByteReader } from "#model/varint.ts";
import { serveParent } from "./processes.ts";

export interface ScreenView {
	/** null: the whole province at detail values; []: at status. */
	readonly cells: readonly number[] | null;
}

export interface ScreenFigures {
	readonly screens: number;
	readonly deltas: number;
	/** Rows delivered, of all screens together. */
	readonly rows: number;
	readonly payloadBytes: number;
	/** Everything that came over the sockets, WebSocket frames, beats and alarms included. */
	readonly socketBytes: number;
	/** Deltas that a screen of this process could not count exactly, because it stood elsewhere than its view's table. */
	readonly estimated: number;
	readonly closed: number;
	readonly problems: readonly string[];
	/** Revision that the slowest screen stands at. */
	readonly slowest: number;
}

type Question =
	| { readonly type: "join"; readonly url: string; readonly count: number; readonly views: readonly ScreenView[] }
	| { readonly type: "mark" }
	| { readonly type: "leave" };

/** The table that all screens of one view have, and how many rows each packet touched. */
class Counter {
	private readonly table = new Latest(0);
	estimated = 0;
	private known = new Map<string, number>();

	rows(bytes: Uint8Array): { readonly rows: number; readonly to: number } {
		const header = readHeader(new ByteReader(bytes));
		const key = `${header.from}.${header.to}.${bytes.length}`;
		let rows = this.known.get(key);
		if (rows === undefined) {
			rows = this.count(bytes, header.from, header.to);
			if (this.known.size > 200) this.known.clear();
			this.known.set(key, rows);
		}
		return { rows, to: header.to };
	}

	private count(bytes: Uint8Array, from: number, to: number): number {
		const { table } = this;
		if (from === 0 && table.revision > 0 && to <= table.revision) return 0;
		if (from > 0 && to <= table.revision) {
			// A late screen: this table has seen all of it, only not which rows of it were in this packet.
			this.estimated += 1;
			let rows = 0;
			for (let row = 0; row < table.cells.rows; row++) if ((table.rowRevision[row] ?? 0) > from) rows += 1;
			return rows;
		}
		// What a screen further back is sent up to a newer revision holds everything that this table lacks.
		if (from > 0 && from < table.revision) table.revision = from;
		let rows = 0;
		applyDelta(table, bytes, () => {
			rows += 1;
		});
		// The first picture is no update.
		return from === 0 ? 0 : rows;
	}
}

class Screen {
	readonly socket: Socket;
	at = 0;
	private readonly counter: Counter;
	private before = 0;

	constructor(url: string, view: ScreenView, counter: Counter, ready: () => void) {
		this.counter = counter;
		this.socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
		this.socket.on("connect", () => this.socket.emit("follow", { cells: view.cells, cursor: null, alarmSeq: 0 }));
		this.socket.on("delta", (bytes: Uint8Array) => {
			const first = this.at === 0;
			this.take(bytes);
			if (first) ready();
		});
		this.socket.on("problem", (told: { problem: string }) => problems.add(told.problem));
		this.socket.on("disconnect", (reason) => {
			closed += 1;
			problems.add(reason);
			ready();
		});
		this.socket.on("connect_error", (error) => {
			problems.add(error.message);
			ready();
		});
	}

	/** Bytes from the socket since the last call. */
	bytes(): number {
		const engine = this.socket.io.engine as unknown as {
			transport?: { ws?: { _socket?: { bytesRead: number } } };
		};
		const now = engine?.transport?.ws?._socket?.bytesRead ?? this.before;
		const more = now - this.before;
		this.before = now;
		return more;
	}

	private take(bytes: Uint8Array): void {
		const counted = this.counter.rows(bytes);
		deltas += 1;
		rows += counted.rows;
		payloadBytes += bytes.length;
		this.at = counted.to;
		this.socket.emit("got", { revision: counted.to });
	}
}

let screens: Screen[] = [];
let counters = new Map<string, Counter>();
let deltas = 0;
let rows = 0;
let payloadBytes = 0;
let closed = 0;
const problems = new Set<string>();

function mark(): ScreenFigures {
	let estimated = 0;
	for (const counter of counters.values()) {
		estimated += counter.estimated;
		counter.estimated = 0;
	}
	const figures = {
		screens: screens.length,
		deltas,
		rows,
		payloadBytes,
		socketBytes: screens.reduce((sum, screen) => sum + screen.bytes(), 0),
		estimated,
		closed,
		problems: [...problems],
		slowest: screens.reduce((least, screen) => Math.min(least, screen.at), Number.MAX_SAFE_INTEGER),
	};
	deltas = 0;
	rows = 0;
	payloadBytes = 0;
	closed = 0;
	problems.clear();
	return figures;
}

/** One after the other, as people come to work; resolves when each has its first picture. */
async function join(url: string, count: number, views: readonly ScreenView[]): Promise<void> {
	for (let index = 0; index < count; index++) {
		const view = views[index % views.length] ?? { cells: [] };
		const key = JSON.stringify(view.cells);
		let counter = counters.get(key);
		if (counter === undefined) {
			counter = new Counter();
			counters.set(key, counter);
		}
		const own = counter;
		await new Promise<void>((ready) => screens.push(new Screen(url, view, own, ready)));
	}
}

await serveParent(async (question: Question) => {
	if (question.type === "join") await join(question.url, question.count, question.views);
	if (question.type === "leave") {
		for (const { socket } of screens) socket.disconnect();
		screens = [];
		counters = new Map();
	}
	return mark();
});
