// The devices: gateways that post what their assets measure to core's HTTP door, as JSON in batches, each answered after the
// commit. Arguments: data folder. Asked over standard input: start, mark (figures since the last mark), stop, probe.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { corePaths } from "../../../server/config.ts";
import { percentile } from "../row.ts";
import type { Band, Plan } from "./plan.ts";
import { PLAN_FILE } from "./plan.ts";
import { serveParent } from "./processes.ts";

/** One gateway speaks at a time, the next one this much later. */
const EVERY_MS = 50;
/** Requests under way; beyond it the devices wait, as a gateway that has no answer does. */
const OPEN_MAX = 20;

export interface FeedFigures {
	/** Readings that the wanted rate asked for, that were sent, and that were answered with 200. */
	readonly wanted: number;
	readonly sent: number;
	readonly acknowledged: number;
	readonly refused: number;
	readonly ackP50: number;
	readonly ackP99: number;
	readonly seconds: number;
}

type Question =
	/** `scattered`: one reading of each asset, as devices with a single sensor send; else all sensors of an asset. */
	| { readonly type: "start"; readonly rate: number; readonly scattered: boolean }
	| { readonly type: "mark" }
	| { readonly type: "stop" };

const [folder = ""] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(join(folder, PLAN_FILE), "utf8")) as Plan;
const agent = new Agent({ keepAlive: true, maxSockets: OPEN_MAX });
const socketPath = corePaths(folder).readings;

let rate = 0;
let scattered = false;
let timer: NodeJS.Timeout | null = null;
let turn = 0;
let due = 0;
let open = 0;
let dueAt = 0;
let seed = 1;
let wanted = 0;
let sent = 0;
let acknowledged = 0;
let refused = 0;
let acks: number[] = [];
let markedAt = performance.now();

function chance(): number {
	seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
	return seed / 4_294_967_296;
}

function valueIn(band: Band): string {
	return (band.low + chance() * (band.high - band.low)).toFixed(band.decimals);
}

/** At least `count` readings: every sensor of assets of one gateway, now. */
function bodyOf(count: number): { readonly key: string; readonly body: string; readonly count: number } {
	turn = (turn + 1) % plan.gateways.length;
	const gateway = plan.gateways[turn];
	if (gateway === undefined) throw new Error("the plan has no gateway");
	const at = Date.now();
	const parts: string[] = [];
	while (parts.length < count) {
		const asset = gateway.assets[Math.floor(chance() * gateway.assets.length)];
		const bands = plan.bands[asset?.bands ?? ""] ?? [];
		for (const band of scattered ? bands.slice(0, 1) : bands) {
			parts.push(`{"asset":"${asset?.id}","measure":"${band.measure}","at":${at},"value":${valueIn(band)}}`);
		}
	}
	return { key: gateway.key, body: `{"readings":[${parts.join(",")}]}`, count: parts.length };
}

function post({ key, body, count }: ReturnType<typeof bodyOf>): void {
	open += 1;
	sent += count;
	const startedAt = performance.now();
	const done = (taken: number): void => {
		open -= 1;
		acknowledged += taken;
		refused += count - taken;
		acks.push(performance.now() - startedAt);
	};
	const headers = {
		authorization: `Bearer ${key}`,
		"content-type": "application/json",
		"content-length": Buffer.byteLength(body),
	};
	const asked = request({ socketPath, path: "/api/readings", method: "POST", agent, headers }, (response) => {
		let text = "";
		response.setEncoding("utf8").on("data", (chunk: string) => {
			text += chunk;
		});
		response.on("end", () =>
			done(response.statusCode === 200 ? (JSON.parse(text) as { accepted: number }).accepted : 0),
		);
		response.on("error", () => done(0));
	});
	asked.on("error", () => done(0));
	asked.end(body);
}

function beat(): void {
	const now = performance.now();
	const more = ((now - dueAt) * rate) / 1000;
	dueAt = now;
	wanted += more;
	// What could not be sent while answers were late is not sent later in one flood: the figures show that it is missing.
	due = Math.min(due + more, (rate * EVERY_MS * 4) / 1000);
	if (due < 1 || open >= OPEN_MAX) return;
	const batch = bodyOf(Math.min(Math.ceil(due), 9_000));
	due -= batch.count;
	post(batch);
}

function mark(): FeedFigures {
	const now = performance.now();
	const figures = {
		wanted: Math.round(wanted),
		sent,
		acknowledged,
		refused,
		ackP50: percentile(acks, 0.5),
		ackP99: percentile(acks, 0.99),
		seconds: (now - markedAt) / 1000,
	};
	wanted = 0;
	sent = 0;
	acknowledged = 0;
	refused = 0;
	acks = [];
	markedAt = now;
	return figures;
}

await serveParent((question: Question) => {
	if (question.type === "start") {
		rate = question.rate;
		scattered = question.scattered;
		dueAt = performance.now();
		timer ??= setInterval(beat, EVERY_MS);
		return {};
	}
	if (question.type === "stop") {
		if (timer !== null) clearInterval(timer);
		timer = null;
	}
	return mark();
});
