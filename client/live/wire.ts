// The page's end of the live protocol: follows with a cursor, applies what comes, answers `got` at once. It owns the socket
// and nothing else: table, alarm book and clock are handed in. It never waits for a paint and never shows anything.
import type { Transition } from "#model/alarm.ts";
import type { DeltaJson } from "#model/delta_json.ts";
import { type Problem, problem } from "#model/problem.ts";
import type {
	AlarmList,
	AlarmNews,
	Beat,
	CommandAnswer,
	CommandMessage,
	DeskWord,
	Follow,
	Hello,
	Notice,
} from "#model/protocol.ts";
import type { AlarmBook } from "./alarms.ts";
import { Change } from "./change.ts";
import type { ServerClock } from "./clock.ts";
import type { PageLatest } from "./latest.ts";

/** A command not answered within this is sent again with the same id. */
const COMMAND_TIMEOUT_MS = 4_000;
/** After the server closed a session: not at once, and not all screens together. */
const RETURN_MS = 1_000;

/** What the wire needs of a Socket.IO client socket; tests hand in one end of a pair. */
export interface Carrier {
	readonly connected: boolean;
	on(event: string, listener: (...values: never[]) => void): unknown;
	emit(event: string, ...values: unknown[]): unknown;
	timeout(ms: number): { emitWithAck(event: string, value: unknown): Promise<unknown> };
	connect(): unknown;
	disconnect(): unknown;
}

export interface WireParts {
	readonly latest: PageLatest;
	readonly alarms: AlarmBook;
	readonly clock: ServerClock;
	/** Monotonic ms and the machine's epoch ms. */
	readonly elapsed: () => number;
	readonly local: () => number;
	/** A number in 0..1 for waiting times. */
	readonly chance: () => number;
	readonly later: (ms: number, act: () => void) => void;
	onHello(hello: Hello): void;
	/** Something changed in the table. */
	onRows(): void;
	onBeat(beat: Beat): void;
	onNotice(notice: Notice): void;
}

export interface View {
	/** Ids of the cells in view, at detail values; []: status only. */
	readonly cells: readonly number[];
	/** Rows wanted with values wherever the view is. */
	readonly rows: readonly number[];
}

export class Wire {
	readonly change = new Change();
	hello: Hello | null = null;
	/** Why the server refuses this page, or null. */
	refused: Problem | null = null;
	isConnected = false;
	/** Server time of the last change of the table: the age of the data. 0: none yet. */
	rowsAt = 0;
	private view: View = { cells: [], rows: [] };
	private gaps = 0;
	private readonly socket: Carrier;
	private readonly parts: WireParts;

	constructor(socket: Carrier, parts: WireParts) {
		this.socket = socket;
		this.parts = parts;
		socket.on("connect", () => this.connected());
		socket.on("disconnect", (reason: string) => this.disconnected(reason));
		socket.on("connect_error", (fault: Error & { data?: Problem; description?: unknown }) => this.failed(fault));
		socket.on("hello", (hello: Hello) => this.greet(hello));
		socket.on("delta", (delta: Uint8Array | ArrayBuffer | DeltaJson) => this.delta(delta));
		socket.on("alarms", (list: AlarmList) => this.list(list));
		socket.on("alarm", (news: AlarmNews) => this.news(news));
		socket.on("urgent", (news: Transition) => this.urgent(news));
		socket.on("beat", (beat: Beat) => this.beat(beat));
		socket.on("notice", (notice: Notice) => this.parts.onNotice(notice));
		socket.on("problem", (told: Problem) => this.refuse(told));
	}

	/** What is in view; sent at once. The caller spares the wire by asking only when it differs. */
	look(view: View): void {
		this.view = view;
		if (this.isConnected) this.follow();
	}

	/** Another person, another scope: the session begins anew, and nothing held may be shown to them. */
	restart(): void {
		this.socket.disconnect();
		this.parts.latest.forget();
		this.parts.alarms.forget();
		this.parts.onRows();
		this.socket.connect();
	}

	receipt(seq: number, stage: "received" | "rendered" | "sounding"): void {
		if (this.isConnected) this.socket.emit("receipt", { seq, stage });
	}

	/** The self-test of the chain has come as far as an alarm would. */
	selfTested(n: number): void {
		if (this.isConnected) this.socket.emit("receipt", { seq: n, stage: "received", selfTest: true });
	}

	painted(revision: number, ms: number): void {
		if (this.isConnected) this.socket.emit("painted", { revision, ms });
	}

	/** What this page is as a desk. */
	desk(word: DeskWord): void {
		if (this.isConnected) this.socket.emit("desk", word);
	}

	/** One request, one answer. @returns Problem "unanswered" when nothing came back: repeat with the same commandId. */
	async command(message: CommandMessage): Promise<CommandAnswer> {
		if (!this.isConnected) return { ok: false, ...problem("unanswered", "no link") };
		try {
			return (await this.socket.timeout(COMMAND_TIMEOUT_MS).emitWithAck("command", message)) as CommandAnswer;
		} catch {
			return { ok: false, ...problem("unanswered", "no answer in time") };
		}
	}

	private connected(): void {
		this.isConnected = true;
		this.refused = null;
		this.follow();
		this.change.bump();
	}

	private disconnected(reason: string): void {
		this.isConnected = false;
		this.change.bump();
		// Socket.IO comes back by itself, except when the server closed the session.
		if (reason === "io server disconnect") this.comeBack(RETURN_MS);
	}

	/** A packet that does not fit is not answered; a new session goes on from what is held. */
	private beginAnew(): void {
		this.socket.disconnect();
		this.comeBack(RETURN_MS);
	}

	private comeBack(ms: number): void {
		this.parts.later(ms * (0.5 + this.parts.chance() / 2), () => {
			if (!this.socket.connected) this.socket.connect();
		});
	}

	private failed(fault: Error & { data?: Problem }): void {
		this.refused = fault.data ?? null;
		this.change.bump();
		// A refusal in the handshake is final for Socket.IO; for a screen nothing is.
		if (fault.data !== undefined) this.comeBack(10_000);
	}

	private greet(hello: Hello): void {
		this.hello = hello;
		this.parts.clock.hear(hello.now, this.parts.elapsed(), this.parts.local());
		this.parts.onHello(hello);
		this.change.bump();
	}

	private follow(): void {
		const follow: Follow = {
			scope: null,
			cells: [...this.view.cells],
			rows: [...this.view.rows],
			cursor: this.parts.latest.cursor(),
			alarmSeq: this.parts.alarms.seq,
			form: "binary",
		};
		this.socket.emit("follow", follow, (answer: { ok: boolean } & Partial<Problem>) => {
			if (!answer.ok) this.refuse(problem(answer.problem ?? "refused", answer.detail));
		});
	}

	private delta(sent: Uint8Array | ArrayBuffer | DeltaJson): void {
		const bytes = bytesOf(sent);
		if (bytes === null) {
			this.refuse(problem("bad-delta", "the page asked for bytes"));
			return;
		}
		let header: ReturnType<PageLatest["apply"]>;
		try {
			header = this.parts.latest.apply(bytes);
		} catch (fault) {
			this.refuse(problem("bad-delta", String(fault)));
			this.parts.latest.forget();
			this.beginAnew();
			return;
		}
		if (header === "gap") {
			// Twice in a row the cursor itself is doubted.
			this.gaps += 1;
			if (this.gaps > 1) this.parts.latest.forget();
			this.beginAnew();
			return;
		}
		this.gaps = 0;
		this.socket.emit("got", { revision: header.to });
		this.rowsAt = this.parts.clock.at(this.parts.elapsed());
		this.parts.onRows();
	}

	private list(list: AlarmList): void {
		this.parts.alarms.replace(list);
	}

	private news(news: AlarmNews): void {
		const heard = this.parts.alarms.hear(news);
		if (heard === "gap") this.follow();
		else if (news.seq !== null) this.receipt(news.seq, "received");
	}

	/** A red ahead of its place: the chain goes on where it stood. */
	private urgent(news: Transition): void {
		if (this.parts.alarms.hearAhead(news) && news.seq !== null) this.receipt(news.seq, "received");
	}

	private beat(beat: Beat): void {
		this.parts.clock.hear(beat.now, this.parts.elapsed(), this.parts.local());
		this.parts.alarms.sentUpTo(beat.alarmSeq);
		this.parts.onBeat(beat);
	}

	private refuse(told: Problem): void {
		this.refused = told;
		this.change.bump();
	}
}

function bytesOf(sent: Uint8Array | ArrayBuffer | DeltaJson): Uint8Array | null {
	if (sent instanceof Uint8Array) return sent;
	return sent instanceof ArrayBuffer ? new Uint8Array(sent) : null;
}
