// The plain MQTT profile: topic `lw/v1/{district}/{kind}/{asset}`, payload {"at": ms | ISO, "v": {measure: value | null},
// "q": {measure: "good" | "suspect" | "bad"}}. Pure; never throws. Keys come from strangers: they are only ever compared,
// walked as entries or kept in a Map.
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { parseReading, type Reading } from "#model/reading.ts";

export const TOPIC_ROOT = "lw/v1/";
/** Bytes of one payload. */
export const PAYLOAD_BYTES = 64 * 1024;
/** Measures of one payload. */
export const PAYLOAD_VALUES = 1_000;

export interface Topic {
	readonly district: string;
	readonly kind: string;
	readonly asset: string;
}

const topicPattern = /^lw\/v1\/(\d{6})\/([a-zA-Z][a-zA-Z0-9-]{0,47})\/([a-z0-9][a-z0-9-]{0,63})$/;

/** @returns Problem "bad-topic" for anything but a topic of an asset. */
export function parseTopic(topic: string): Topic | Problem {
	const match = topicPattern.exec(topic);
	if (match === null) return problem("bad-topic", "topics are lw/v1/{district}/{kind}/{asset}", "topic");
	return { district: match[1] ?? "", kind: match[2] ?? "", asset: match[3] ?? "" };
}

export interface Payload {
	readonly readings: readonly Reading[];
	/** Values that are no readings; the others count. */
	readonly rejected: readonly Problem[];
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** @returns a Problem when the payload as a whole cannot be read. */
export function parsePayload(bytes: Uint8Array, asset: string): Payload | Problem {
	if (bytes.length > PAYLOAD_BYTES) return problem("too-large", `a payload holds at most ${PAYLOAD_BYTES / 1024} KiB`);
	const sent = parseJson(bytes);
	if (isProblem(sent)) return sent;
	const { at, v, q } = sent;
	if (!isObject(v)) return problem("bad-payload", '"v" is {measure: value}', "v");
	if (q !== undefined && !isObject(q)) return problem("bad-payload", '"q" is {measure: quality}', "q");
	const values = Object.entries(v);
	if (values.length > PAYLOAD_VALUES)
		return problem("too-many", `a payload holds at most ${PAYLOAD_VALUES} values`, "v");
	const qualities = new Map(q === undefined ? [] : Object.entries(q));
	const readings: Reading[] = [];
	const rejected: Problem[] = [];
	for (const [measure, value] of values) {
		const quality = qualities.get(measure);
		const reading = parseReading({ asset, measure, at, value, quality });
		if (isProblem(reading)) rejected.push(reading);
		else readings.push(reading);
	}
	for (const measure of qualities.keys()) {
		if (!Object.hasOwn(v, measure)) rejected.push(problem("no-value", "a quality without its value", "q"));
	}
	return { readings, rejected };
}

function parseJson(bytes: Uint8Array): Record<string, unknown> | Problem {
	let sent: unknown;
	try {
		sent = JSON.parse(decoder.decode(bytes));
	} catch (error) {
		return problem("bad-json", error instanceof Error ? error.message : "not JSON");
	}
	if (!isObject(sent)) return problem("bad-payload", 'a payload is {"at", "v", "q"?}');
	for (const key of Object.keys(sent)) {
		if (key !== "at" && key !== "v" && key !== "q")
			return problem("bad-payload", 'a payload is {"at", "v", "q"?}', key);
	}
	return { at: sent.at, v: sent.v, q: sent.q };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
