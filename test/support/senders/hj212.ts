// A data logger that speaks HJ 212-2017 for several stations over one TCP connection, and sends each frame again until its
// 9014 has come. Frames and check value are made here on purpose and not by the server's own encoder.
import { connect, type Socket } from "node:net";
import type { Ledger } from "../ledger.ts";
import { type Channel, pause, type Sender } from "./sender.ts";
import { type Chance, Walk } from "./walk.ts";

export interface Hj212Station {
	readonly mn: string;
	readonly pw: string;
	/** By factor code. */
	readonly channels: ReadonlyMap<string, Channel>;
}

/** Between two frames of one station, ms. */
const EVERY_MS = 30;
/** A frame without its 9014 for this long is sent again. */
const ANSWER_MS = 1_500;
const RECONNECT_MS = 50;
/** DataTime has seconds only: data time runs faster than the clock, from this long ago. */
const START_BACK_MS = 20 * 3_600_000;

/** HJ 212-2017, annex A. */
function checkValue(bytes: Buffer): string {
	let register = 0xffff;
	for (const byte of bytes) {
		register = (register >> 8) ^ byte;
		for (let bit = 0; bit < 8; bit++) register = (register & 1) === 1 ? (register >> 1) ^ 0xa001 : register >> 1;
	}
	return register.toString(16).toUpperCase().padStart(4, "0");
}

export function frameOf(segment: string): Buffer {
	const bytes = Buffer.from(segment, "latin1");
	const length = String(bytes.length).padStart(4, "0");
	return Buffer.concat([Buffer.from(`##${length}`), bytes, Buffer.from(`${checkValue(bytes)}\r\n`)]);
}

/** yyyyMMddHHmmss of Beijing time. */
export function dataTime(at: number): string {
	return new Date(at + 8 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** A frame of real-time data (CN 2011) that wants an answer. */
export function realTimeFrame(
	station: { readonly mn: string; readonly pw: string },
	qn: string,
	at: number,
	factors: readonly (readonly [code: string, value: number])[],
): Buffer {
	const values = factors.map(([code, value]) => `${code}-Rtd=${value.toFixed(1)},${code}-Flag=N`).join(";");
	const head = `QN=${qn};ST=22;CN=2011;PW=${station.pw};MN=${station.mn};Flag=5`;
	return frameOf(`${head};CP=&&DataTime=${dataTime(at)};${values}&&`);
}

export class Hj212Sender implements Sender {
	repeats = 0;
	private readonly address: { readonly host: string; readonly port: number };
	private readonly stations: readonly Hj212Station[];
	private readonly chance: Chance;
	private readonly ledger: Ledger;
	private readonly waiting = new Map<string, () => void>();
	private socket: Socket | null = null;
	private text = "";
	private running = false;
	private closed = false;
	private qnAt = 0;
	private work: Promise<unknown> = Promise.resolve();

	constructor(
		address: { readonly host: string; readonly port: number },
		stations: readonly Hj212Station[],
		chance: Chance,
		ledger: Ledger,
	) {
		this.address = address;
		this.stations = stations;
		this.chance = chance;
		this.ledger = ledger;
		this.dial();
	}

	start(): void {
		this.running = true;
		this.work = Promise.all(this.stations.map((station) => this.run(station)));
	}

	async drain(): Promise<void> {
		this.running = false;
		await this.work;
	}

	async close(): Promise<void> {
		this.running = false;
		this.closed = true;
		this.socket?.destroy();
	}

	private dial(): void {
		if (this.closed) return;
		const socket = connect(this.address);
		this.socket = socket;
		this.text = "";
		socket.setNoDelay(true);
		// Each station that waits for its answer listens for the end of the line.
		socket.setMaxListeners(this.stations.length + 10);
		socket.on("data", (chunk) => this.hear(chunk.toString("latin1")));
		// What was under way is unanswered; "close" follows.
		socket.on("error", () => undefined);
		socket.on("close", () => {
			if (this.socket === socket) this.socket = null;
			setTimeout(() => this.dial(), RECONNECT_MS);
		});
	}

	private hear(chunk: string): void {
		this.text += chunk;
		const frames = this.text.split("\r\n");
		this.text = frames.pop() ?? "";
		for (const frame of frames) {
			const qn = /QN=(\d{17});/.exec(frame)?.[1];
			if (qn !== undefined && frame.includes(";CN=9014;")) this.waiting.get(qn)?.();
		}
	}

	private async run(station: Hj212Station): Promise<void> {
		const walks = [...station.channels].map(([code, channel]) => {
			return { code, channel, walk: new Walk(this.chance, channel.levels) };
		});
		let at = Math.floor((Date.now() - START_BACK_MS) / 1000) * 1000;
		await pause(this.chance.whole(0, EVERY_MS));
		while (this.running) {
			at += 1000;
			const readings = walks.map(({ channel, walk }) => {
				return { asset: channel.asset, measure: channel.measure, at, value: walk.next() };
			});
			const id = this.ledger.sent(readings);
			const factors = walks.map(({ code }, i) => [code, readings[i]?.value ?? 0] as const);
			const qn = this.takeQn();
			const frame = realTimeFrame(station, qn, at, factors);
			for (let isRepeat = false; !(await this.answered(qn, frame, isRepeat)); isRepeat = true);
			this.ledger.answered(id, readings.length);
			await pause(EVERY_MS);
		}
	}

	/** 17 digits that no other frame of this sender has: yyyyMMddHHmmssSSS. */
	private takeQn(): string {
		this.qnAt = Math.max(this.qnAt + 1, Date.now());
		return new Date(this.qnAt + 8 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 17);
	}

	private answered(qn: string, frame: Buffer, isRepeat: boolean): Promise<boolean> {
		const socket = this.socket;
		if (socket === null || socket.connecting) return pause(RECONNECT_MS / 2).then(() => false);
		return new Promise((resolve) => {
			const end = (answered: boolean): void => {
				clearTimeout(late);
				socket.off("close", lost);
				this.waiting.delete(qn);
				resolve(answered);
			};
			const lost = (): void => end(false);
			const late = setTimeout(lost, ANSWER_MS);
			socket.once("close", lost);
			this.waiting.set(qn, () => end(true));
			socket.write(frame);
			if (isRepeat) this.repeats++;
		});
	}
}
