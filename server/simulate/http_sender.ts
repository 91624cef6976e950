// An HTTP gateway: collects what its assets measure, posts it in batches, several under way at once, and sends again whatever was
// not answered with 200. 429 and 503 are obeyed; 400, 401 and 413 are refusals for good.
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { Box, goesOut, type Parcel, pauseMs, type Sender, type SenderParts, wasTaken } from "./parcel.ts";

export interface HttpSenderOptions {
	readonly url: string;
	readonly key: string;
	readonly name: string;
	/** Requests under way at once. */
	readonly inFlight: number;
	/** Readings of one request at most. */
	readonly batch: number;
	/** How long the first of a batch waits for others, ms. */
	readonly lingerMs: number;
	/** Readings kept while the server does not answer. */
	readonly bound: number;
}

const TIMEOUT_MS = 30_000;

interface Answer {
	readonly status: number;
	readonly retryAfterMs: number;
	readonly body: string;
}

export class HttpSender implements Sender {
	readonly door = "http";
	readonly #options: HttpSenderOptions;
	readonly #parts: SenderParts;
	readonly #box: Box;
	readonly #agent: PlainAgent | TlsAgent;
	readonly #underWay = new Set<Promise<void>>();
	#readingsUnderWay = 0;
	#failures = 0;
	#resumeAt = 0;
	#timer: NodeJS.Timeout | null = null;
	#isStopped = false;
	#abort = new AbortController();

	constructor(options: HttpSenderOptions, parts: SenderParts) {
		this.#options = options;
		this.#parts = parts;
		this.#box = new Box(options.bound, parts.tally);
		const pool = { keepAlive: true, maxSockets: options.inFlight };
		this.#agent = options.url.startsWith("https:") ? new TlsAgent(pool) : new PlainAgent(pool);
	}

	get waiting(): number {
		return this.#box.readings + this.#readingsUnderWay;
	}

	offer(parcel: Parcel): void {
		this.#box.add(parcel);
		if (this.#box.readings >= this.#options.batch) this.#pump();
		else this.#wake(this.#options.lingerMs);
	}

	async stop(graceMs: number): Promise<void> {
		this.#resumeAt = 0;
		const until = Date.now() + graceMs;
		while (this.waiting > 0 && Date.now() < until) {
			this.#pump();
			if (this.#underWay.size === 0) break;
			await Promise.race([...this.#underWay, sleep(until - Date.now())]);
		}
		this.#isStopped = true;
		this.#abort.abort();
		if (this.#timer !== null) clearTimeout(this.#timer);
		await Promise.all(this.#underWay);
		this.#agent.destroy();
	}

	#wake(ms: number): void {
		if (this.#timer !== null || this.#isStopped) return;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			this.#pump();
		}, ms);
	}

	#pump(): void {
		const wait = this.#resumeAt - Date.now();
		if (wait > 0) {
			this.#wake(wait);
			return;
		}
		// While a server fails one request asks whether it is back.
		const most = this.#failures > 0 ? 1 : this.#options.inFlight;
		while (!this.#isStopped && !this.#box.isEmpty && this.#underWay.size < most) {
			const sending = this.#send(this.#batch()).finally(() => {
				this.#underWay.delete(sending);
				if (!this.#box.isEmpty) this.#wake(Math.max(0, this.#resumeAt - Date.now()));
			});
			this.#underWay.add(sending);
		}
	}

	#batch(): Parcel[] {
		const parcels: Parcel[] = [];
		let count = 0;
		while (count < this.#options.batch) {
			const parcel = this.#box.take();
			if (parcel === undefined) break;
			parcels.push(parcel);
			count += parcel.readings.length;
		}
		return parcels;
	}

	async #send(parcels: readonly Parcel[]): Promise<void> {
		const readings = parcels.flatMap((parcel) => parcel.readings);
		this.#readingsUnderWay += readings.length;
		for (const parcel of parcels) goesOut(this.#parts, parcel);
		const body = JSON.stringify({
			readings: readings.map(({ asset, measure, at, value, quality }) =>
				quality === "good" ? { asset, measure, at, value } : { asset, measure, at, value, quality },
			),
		});
		let again = true;
		try {
			again = !this.#settle(await this.#post(body), readings);
		} catch (error) {
			this.#failures += 1;
			this.#resumeAt = Date.now() + pauseMs(this.#failures, this.#parts.chance);
			if (!this.#isStopped) this.#complain(error instanceof Error ? error.message : String(error));
		}
		this.#readingsUnderWay -= readings.length;
		if (again) this.#box.putBack(parcels);
	}

	/** @returns whether these readings are done with. */
	#settle(answer: Answer, readings: Parcel["readings"]): boolean {
		if (answer.status === 200) {
			this.#failures = 0;
			const rejected = rejectedOf(answer.body);
			wasTaken(
				this.#parts,
				readings.filter((_, index) => !rejected.has(index)),
			);
			this.#parts.tally.refused += rejected.size;
			for (const [, why] of rejected) this.#complain(`rejected: ${why}`);
			return true;
		}
		this.#complain(`HTTP ${answer.status}`);
		if (answer.status === 429 || answer.status >= 500) {
			this.#failures += 1;
			this.#resumeAt = Date.now() + Math.max(answer.retryAfterMs, pauseMs(this.#failures, this.#parts.chance));
			return false;
		}
		this.#parts.tally.refused += readings.length;
		return true;
	}

	#post(body: string): Promise<Answer> {
		const { url, key } = this.#options;
		const request = url.startsWith("https:") ? tlsRequest : plainRequest;
		return new Promise((resolve, reject) => {
			const outgoing = request(
				`${url}/api/readings`,
				{
					method: "POST",
					agent: this.#agent,
					timeout: TIMEOUT_MS,
					signal: this.#abort.signal,
					headers: {
						Authorization: `Bearer ${key}`,
						"Content-Type": "application/json",
						"Content-Length": Buffer.byteLength(body),
					},
				},
				(response) => readAnswer(response).then(resolve, reject),
			);
			outgoing.on("timeout", () => outgoing.destroy(new Error("no answer within 30 s")));
			outgoing.on("error", reject);
			outgoing.end(body);
		});
	}

	#complain(what: string): void {
		this.#parts.complain(`http/${this.#options.name}`, what);
	}
}

function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
	const chunks: Buffer[] = [];
	for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
	const seconds = Number(response.headers["retry-after"] ?? 0);
	return {
		status: response.statusCode ?? 0,
		retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
		body: Buffer.concat(chunks).toString("utf8"),
	};
}

/** Index -> problem, of an answer {accepted, rejected: [{index, problem}]}. An answer that cannot be read acknowledges nothing. */
function rejectedOf(body: string): Map<number, string> {
	const answer = JSON.parse(body) as { rejected?: { index: number; problem: string }[] };
	return new Map((answer.rejected ?? []).map(({ index, problem }) => [index, problem]));
}
