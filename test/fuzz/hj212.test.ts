// 100,000 seeded frames through the HJ 212 codec, cut at random, with mutants and garbage between, against a second,
// slow reading of the same bytes. FUZZ_SEED and FUZZ_FRAMES change the run, nightly it is a million; the seed is printed.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { buildAnswer } from "../../server/ingest/hj212/answer.ts";
import { DEFAULT_MAX_DATA_BYTES, type FrameEvent } from "../../server/ingest/hj212/frame.ts";
import { FrameStream } from "../../server/ingest/hj212/frame_stream.ts";
import { type Hj212Message, MESSAGE_PROBLEMS, parseMessage } from "../../server/ingest/hj212/message.ts";
import { parseSegment, SEGMENT_PROBLEMS } from "../../server/ingest/hj212/segment.ts";
import { bytesOf, textOf } from "../fixtures/hj212/vectors.ts";
import { amount, patience } from "../support/tier.ts";
import { chunkSizes, type Piece, piece, type Random, seeded } from "./hj212_generator.ts";
import { slowFrames, slowMessage } from "./hj212_reference.ts";

const SEED = Number(process.env.FUZZ_SEED ?? 20261122);
const FRAMES = amount("FUZZ_FRAMES", 100_000, 1_000_000);
const FRAMES_PER_STREAM = 50;
const CODES: ReadonlySet<string> = new Set([...SEGMENT_PROBLEMS, ...MESSAGE_PROBLEMS]);

interface Tally {
	frames: number;
	valid: number;
	mutants: number;
	dataMutants: number;
	collisions: number;
	collisionsAccepted: number;
	framed: number;
	accepted: number;
	answered: number;
	readonly refused: Map<string, number>;
	readonly faults: Map<string, number>;
}

function count(into: Map<string, number>, key: string, by = 1): void {
	into.set(key, (into.get(key) ?? 0) + by);
}

/** The same text that slowMessage makes. */
function fastMessage(message: Hj212Message): string {
	return JSON.stringify([
		[message.qn, message.st, message.cn, message.pw, message.mn],
		message.edition,
		message.answerWanted,
		message.split === null ? null : `${message.split.index}/${message.split.total}`,
		[message.dataTime, message.beginTime, message.endTime],
		message.factors.map((factor) => [factor.code, factor.suffix, factor.value, factor.text, factor.flag, factor.eflag]),
		[...message.others].sort(),
	]);
}

/** Feeds one stream in chunks; checks that the work done stays in proportion to the bytes. */
function feed(bytes: Uint8Array, random: Random): FrameEvent[] {
	const stream = new FrameStream();
	const events: FrameEvent[] = [];
	let at = 0;
	for (const size of chunkSizes(random, bytes.length)) {
		for (const event of stream.push(bytes.subarray(at, at + size))) events.push(event);
		at += size;
	}
	events.push(...stream.end());
	expect(stream.bytesExamined).toBeLessThanOrEqual(2 * bytes.length);
	expect(stream.bytesCopied).toBeLessThanOrEqual(2 * bytes.length);
	expect(stream.isInsideFrame).toBe(false);
	return events;
}

/** Reads one framed segment with both readings. */
function compare(segment: Uint8Array, text: string, tally: Tally): void {
	const fast = parseSegment(segment);
	const message = isProblem(fast) ? fast : parseMessage(fast);
	const slow = slowMessage(text);
	tally.framed++;
	if (isProblem(message)) {
		count(tally.refused, message.problem);
		if (slow !== null) expect.fail(`refused as ${message.problem}, but well-formed: ${text}`);
		if (!CODES.has(message.problem)) expect.fail(`unknown code ${message.problem}`);
		return;
	}
	tally.accepted++;
	if (fastMessage(message) !== slow) expect.fail(`read differently: ${text}\n${fastMessage(message)}\n${slow}`);
	if (tally.accepted % 50 !== 0) return;
	const [answer] = new FrameStream().push(buildAnswer(message, { cn: "9014" }));
	expect(answer?.type).toBe("frame");
	tally.answered++;
}

/** One connection's worth of traffic. */
function oneStream(random: Random, tally: Tally): void {
	const pieces: Piece[] = [];
	for (let frames = 0; frames < FRAMES_PER_STREAM; ) {
		const next = piece(random);
		pieces.push(next);
		if (next.kind !== "garbage") frames++;
	}
	const text = pieces.map((next) => next.text).join("");
	const events = feed(bytesOf(text), random);
	const found: string[] = [];
	for (const event of events) {
		if (event.type === "fault") {
			count(tally.faults, event.code, event.count);
			continue;
		}
		const segment = textOf(event.bytes);
		found.push(segment);
		compare(event.bytes, segment, tally);
	}
	// Nothing that breaks framing, length or check value, and nothing that keeps to them left out.
	expect(found).toEqual(slowFrames(text, DEFAULT_MAX_DATA_BYTES));
	let next = 0;
	for (const sent of pieces) {
		if (sent.kind !== "garbage") tally.frames++;
		if (sent.kind === "mutant") tally.mutants++;
		if (sent.kind === "mutant" && sent.segment !== "") tally.dataMutants++;
		if (sent.isCollision) {
			tally.collisions++;
			if (slowMessage(sent.segment) !== null) tally.collisionsAccepted++;
		}
		if (sent.kind !== "valid") continue;
		tally.valid++;
		while (next < found.length && found[next] !== sent.segment) next++;
		if (next++ >= found.length) expect.fail(`a valid frame was lost: ${sent.segment}`);
	}
}

test(`F1 F2 F3 F4 ${FRAMES} fuzzed HJ 212 frames, seed ${SEED}`, { timeout: patience(300_000) }, () => {
	console.log(`hj212 fuzz: FUZZ_SEED=${SEED} FUZZ_FRAMES=${FRAMES}`);
	setFlagsFromString("--expose-gc");
	const gc = runInNewContext("gc") as () => void;
	const random = seeded(SEED);
	const tally: Tally = {
		frames: 0,
		valid: 0,
		mutants: 0,
		dataMutants: 0,
		collisions: 0,
		collisionsAccepted: 0,
		framed: 0,
		accepted: 0,
		answered: 0,
		refused: new Map(),
		faults: new Map(),
	};
	const prototype = Object.getOwnPropertyNames(Object.prototype).join();
	let heapBefore = 0;
	while (tally.frames < FRAMES) {
		// The first fifth warms up caches and compiled code.
		if (heapBefore === 0 && tally.frames >= FRAMES / 5) {
			gc();
			heapBefore = process.memoryUsage().heapUsed;
		}
		oneStream(random, tally);
	}
	gc();
	const grownBytes = process.memoryUsage().heapUsed - heapBefore;
	console.log({
		...tally,
		refused: Object.fromEntries(tally.refused),
		faults: Object.fromEntries(tally.faults),
		grownBytes,
	});
	expect(grownBytes).toBeLessThan(5 * 1024 * 1024);
	expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototype);
	// The run must have met what it is about.
	expect(tally.valid).toBeGreaterThan(tally.frames / 3);
	expect(tally.accepted).toBeGreaterThan(tally.frames / 4);
	// One data mutant in 256 has the check value of the original. Only the judge can tell it from the truth.
	expect(tally.collisions).toBeGreaterThan(tally.dataMutants / 1024);
	expect(tally.collisions).toBeLessThan(tally.dataMutants / 64);
});
