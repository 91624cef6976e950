// A dust station: one TCP connection, real-time (2011) and five-minute (2051) data by HJ 212-2017 with Flag=5, one message under
// way, sent again with the same QN until its 9014 comes. The codec is the protocol's own (server/ingest/hj212), used by both ends.
import { connect, type Socket } from "node:net";
// biome-ignore lint/style/noRestrictedImports: the public codec of HJ 212 is the one thing both ends share; a second one would only differ in its bugs
import { encodeUplink, type UplinkFactor } from "../ingest/hj212/encode.ts";
// biome-ignore lint/style/noRestrictedImports: as above
import { FrameStream } from "../ingest/hj212/frame_stream.ts";
// biome-ignore lint/style/noRestrictedImports: as above
import { qnText } from "../ingest/hj212/values.ts";
import {
	Box,
	goesOut,
	type Parcel,
	pauseMs,
	type Sender,
	type SenderParts,
	type SentReading,
	wasTaken,
} from "./parcel.ts";

export interface Hj212SenderOptions {
	readonly host: string;
	readonly port: number;
	readonly mn: string;
	readonly pw: string;
	readonly bound: number;
}

/** Codes of the station's factors (HJ 212-2017 annex B); dust and noise monitoring is ST 39. */
const CODES: Readonly<Record<string, string>> = {
	tsp: "a34001",
	pm10: "a34002",
	pm25: "a34004",
	noise: "LA",
	leq: "Leq",
	temperature: "a01001",
	humidity: "a01002",
	airPressure: "a01006",
	windSpeed: "a01007",
	windDirection: "a01008",
};
const ST_DUST = "39";
/** An answer is waited for this long, then the message goes out again; after the third time on a new connection. */
const ANSWER_MS = 10_000;
const REPEATS = 3;
const DATA_TAKEN = /(?:^|;)CN=9014;/;
const QN = /(?:^|;)QN=(\d{17});/;

interface UnderWay {
	readonly parcel: Parcel;
	readonly qn: string;
	repeats: number;
}

export class Hj212Sender implements Sender {
	readonly door = "hj212";
	readonly #options: Hj212SenderOptions;
	readonly #parts: SenderParts;
	readonly #box: Box;
	#socket: Socket | null = null;
	#isOpen = false;
	#underWay: UnderWay | null = null;
	#lastQn = 0;
	#failures = 0;
	#dialTimer: NodeJS.Timeout | null = null;
	#answerTimer: NodeJS.Timeout | null = null;
	#isStopped = false;
	#drained: (() => void) | null = null;

	constructor(options: Hj212SenderOptions, parts: SenderParts) {
		this.#options = options;
		this.#parts = parts;
		this.#box = new Box(options.bound, parts.tally);
	}

	get waiting(): number {
		return this.#box.readings + (this.#underWay?.parcel.readings.length ?? 0);
	}

	offer(parcel: Parcel): void {
		this.#box.add(parcel);
		// A station dials when it has something to say: doors cut lines that stay silent.
		if (this.#socket === null && this.#dialTimer === null && !this.#isStopped) this.#dialLater(0);
		this.#pump();
	}

	async stop(graceMs: number): Promise<void> {
		if (this.#isOpen && this.waiting > 0) {
			await new Promise<void>((resolve) => {
				const late = setTimeout(resolve, graceMs);
				this.#drained = () => {
					clearTimeout(late);
					resolve();
				};
			});
		}
		this.#isStopped = true;
		for (const timer of [this.#dialTimer, this.#answerTimer]) if (timer !== null) clearTimeout(timer);
		this.#socket?.destroy();
	}

	#dialLater(ms: number): void {
		this.#dialTimer = setTimeout(() => {
			this.#dialTimer = null;
			this.#dial();
		}, ms);
	}

	#dial(): void {
		const socket = connect({ host: this.#options.host, port: this.#options.port, noDelay: true, keepAlive: true });
		const stream = new FrameStream();
		this.#socket = socket;
		socket.on("connect", () => {
			this.#isOpen = true;
			this.#pump();
		});
		socket.on("data", (chunk) => {
			for (const event of stream.push(chunk)) {
				if (event.type === "frame") this.#heard(Buffer.from(event.bytes).toString("latin1"));
				else this.#complain(`a bad frame from the server: ${event.code}`);
			}
		});
		socket.on("error", (error) => this.#complain(error.message));
		socket.on("close", () => this.#closed());
	}

	#closed(): void {
		this.#isOpen = false;
		this.#socket = null;
		if (this.#answerTimer !== null) clearTimeout(this.#answerTimer);
		this.#answerTimer = null;
		if (this.#isStopped) return;
		this.#drained?.();
		if (this.waiting === 0) return;
		this.#failures += 1;
		this.#dialLater(pauseMs(this.#failures, this.#parts.chance));
	}

	#pump(): void {
		if (!this.#isOpen || this.#socket === null) return;
		if (this.#underWay === null) {
			const parcel = this.#box.take();
			if (parcel === undefined) return;
			// Two messages of a millisecond would share their QN.
			this.#lastQn = Math.max(Date.now(), this.#lastQn + 1);
			this.#underWay = { parcel, qn: qnText(this.#lastQn), repeats: 0 };
			this.#transmit(this.#socket, this.#underWay);
		} else if (this.#answerTimer === null) this.#transmit(this.#socket, this.#underWay);
	}

	#transmit(socket: Socket, message: UnderWay): void {
		const { parcel, qn } = message;
		goesOut(this.#parts, parcel);
		message.repeats += 1;
		const isMinuteData = parcel.readings.some(({ measure }) => measure === "leq");
		const frames = encodeUplink({
			mn: this.#options.mn,
			pw: this.#options.pw,
			qn,
			st: ST_DUST,
			cn: isMinuteData ? "2051" : "2011",
			edition: 2017,
			answerWanted: true,
			dataTime: parcel.at,
			factors: parcel.readings.map((reading) => factorOf(reading, isMinuteData)),
		});
		for (const frame of frames) socket.write(frame);
		this.#answerTimer = setTimeout(() => {
			this.#answerTimer = null;
			if (message.repeats < REPEATS) this.#transmit(socket, message);
			else {
				this.#complain(`no 9014 for QN ${qn}`);
				message.repeats = 0;
				socket.destroy();
			}
		}, ANSWER_MS);
	}

	#heard(segment: string): void {
		const message = this.#underWay;
		if (message === null || !DATA_TAKEN.test(segment) || QN.exec(segment)?.[1] !== message.qn) return;
		if (this.#answerTimer !== null) clearTimeout(this.#answerTimer);
		this.#answerTimer = null;
		this.#underWay = null;
		this.#failures = 0;
		wasTaken(this.#parts, message.parcel.readings);
		this.#pump();
		if (this.#underWay === null) this.#drained?.();
	}

	#complain(what: string): void {
		this.#parts.complain(`hj212/${this.#options.mn}`, what);
	}
}

function factorOf({ measure, value, flag }: SentReading, isMinuteData: boolean): UplinkFactor {
	// A station that is out of order sends a 0 beside its D.
	const sent = value ?? 0;
	return { code: CODES[measure] ?? measure, values: [[isMinuteData ? "Avg" : "Rtd", sent]], flag };
}
