import { expect, test } from "vitest";
import { bytesOf, H5, L1, L2, L3, segmentOf, textOf, VECTORS } from "../../../test/fixtures/hj212/vectors.ts";
import { GARBAGE_REPORT_BYTES } from "./fault_log.ts";
import { encodeFrame, type FrameEvent, SAMPLE_BYTES } from "./frame.ts";
import { FrameStream } from "./frame_stream.ts";

const CRLF = "\r\n";

/** Events as text: a frame is its segment, a fault `!code` (`!code*n` when folded). */
function run(chunks: readonly (string | Uint8Array)[], options: { maxDataBytes?: number } = {}): string[] {
	const stream = new FrameStream(options);
	const events: FrameEvent[] = [];
	for (const chunk of chunks) events.push(...stream.push(typeof chunk === "string" ? bytesOf(chunk) : chunk));
	events.push(...stream.end());
	return events.map(show);
}

function show(event: FrameEvent): string {
	if (event.type === "frame") return textOf(event.bytes);
	return event.count === 1 ? `!${event.code}` : `!${event.code}*${event.count}`;
}

const one = segmentOf(L1);
const two = segmentOf(L2);

test.each(Object.entries(VECTORS))("F1 the published frame %s is found", (_name, frame) => {
	expect(run([frame + CRLF])).toEqual([segmentOf(frame)]);
});

test("F1 a frame cut at every byte offset is found once, with the next one behind it", () => {
	const bytes = bytesOf(L1 + CRLF + L2 + CRLF);
	for (let cut = 0; cut <= bytes.length; cut++) {
		expect(run([bytes.slice(0, cut), bytes.slice(cut)]), `cut at ${cut}`).toEqual([one, two]);
	}
});

test("F1 byte by byte", () => {
	expect(run([...(L1 + CRLF + H5 + CRLF)])).toEqual([one, segmentOf(H5)]);
});

test("F1 frames glued in one chunk, with and without CR LF", () => {
	expect(run([L1 + CRLF + L2 + L3 + CRLF + L1])).toEqual([one, two, segmentOf(L3), one]);
});

test("F1 a frame is handed out before its CR LF comes, and the CR LF is no garbage", () => {
	const stream = new FrameStream();
	expect(stream.push(bytesOf(L1)).map(show)).toEqual([one]);
	expect(stream.push(bytesOf("\r"))).toEqual([]);
	expect(stream.push(bytesOf(`\n${L2}`)).map(show)).toEqual([two]);
	expect(stream.end()).toEqual([]);
});

test("F1 1024 bytes of garbage before the header are one fault and cost nothing", () => {
	expect(run(["x".repeat(1024) + L1])).toEqual(["!garbage", one]);
});

test("F1 every garbage that ends in part of a header still leaves the frame", () => {
	for (const garbage of [
		"#",
		"##",
		"###",
		"##0",
		"##01",
		"##010",
		"##0101",
		"##0101QN=",
		"##0004abcd1C8",
		"##0004abcd#",
		"##0004abc#",
	]) {
		const events = run([garbage + L1 + CRLF]);
		expect(events.at(-1), garbage).toBe(one);
		expect(events, garbage).toHaveLength(2);
		for (let cut = 0; cut <= garbage.length + 8; cut++) {
			const stream = garbage + L1;
			expect(run([stream.slice(0, cut), stream.slice(cut)]), `${garbage} cut at ${cut}`).toEqual(events);
		}
	}
});

test("F1 a header that announces more than follows swallows nothing and delays nothing", () => {
	const stream = new FrameStream();
	expect(stream.push(bytesOf(`##0900junk${L1}`)).map(show)).toEqual(["!header-inside", one]);
});

test("F1 a changed digit of the length is refused at every place, and the frame behind it is found", () => {
	for (let place = 2; place < 6; place++) {
		for (const digit of "0123456789") {
			if (digit === L1[place]) continue;
			const wrong = L1.slice(0, place) + digit + L1.slice(place + 1);
			const events = run([wrong + CRLF + L2 + CRLF]);
			expect(events.at(-1), wrong.slice(0, 6)).toBe(two);
			expect(events[0], wrong.slice(0, 6)).toMatch(/^!(crc|header-inside|too-long)$/);
			expect(events).toHaveLength(2);
		}
	}
});

test("F2 a wrong check value is one fault, not one more for what is left of the frame", () => {
	expect(run([`${L1.slice(0, -4)}1681${CRLF}${L2}${CRLF}`])).toEqual(["!crc", two]);
});

test("F2 the check value may be lower case, and must be four hex digits", () => {
	expect(run([H5])).toEqual([segmentOf(H5)]);
	expect(run([`${L1.slice(0, -4)}168G`])).toEqual(["!crc"]);
	expect(run([`${L1.slice(0, -4)}680\r\n`])).toEqual(["!crc"]);
});

test("F2 lengths that are no length", () => {
	expect(run([`##9999${L1}`])).toEqual(["!too-long", one]);
	expect(run([`##-101${L1}`])).toEqual(["!length", one]);
	expect(run([`##0x65${L1}`])).toEqual(["!length", one]);
	expect(run([`## 101${L1}`])).toEqual(["!length", one]);
	expect(run(["##0000FFFF"])).toEqual([""]);
});

test("F2 the bound on the length is exact", () => {
	const segment = "x".repeat(40);
	const frame = encodeFrame(segment);
	expect(run([frame], { maxDataBytes: 40 })).toEqual([segment]);
	expect(run([frame], { maxDataBytes: 39 })).toEqual(["!too-long"]);
});

test("F2 a frame that holds `##` is refused: no field of the standard does", () => {
	expect(run([encodeFrame("QN=1;MN=a##0004b;CP=&&&&")])).toEqual(["!header-inside", "!crc"]);
});

test("F2 one # is no header, wherever it stands", () => {
	expect(run([L1.slice(1)])).toEqual(["!garbage"]);
	expect(run([`##0004abc#1${L1.slice(1)}`])).toEqual(["!crc"]);
	expect(run([`##0004abc#${L1.slice(2)}`])).toEqual(["!crc"]);
});

test("F2 a stream that ends inside a frame says so, and the next stream begins clean", () => {
	const stream = new FrameStream();
	stream.push(bytesOf(L1.slice(0, 100)));
	expect(stream.isInsideFrame).toBe(true);
	expect(stream.end().map(show)).toEqual(["!truncated"]);
	expect(stream.push(bytesOf(L2)).map(show)).toEqual([two]);
	expect(stream.isInsideFrame).toBe(false);
});

test("F2 garbage before an unfinished header is not forgotten at the end", () => {
	expect(run(["xyz##"])).toEqual(["!garbage", "!truncated"]);
	expect(run(["xyz#"])).toEqual(["!garbage"]);
});

test("F2 a rejected frame keeps its first 64 bytes, also when it came in pieces", () => {
	const wrong = `${L1.slice(0, -4)}1681`;
	for (const size of [1, 7, 1000]) {
		const stream = new FrameStream();
		const events: FrameEvent[] = [];
		for (let at = 0; at < wrong.length; at += size) events.push(...stream.push(bytesOf(wrong.slice(at, at + size))));
		expect(events).toHaveLength(1);
		expect(textOf(events[0]?.bytes ?? new Uint8Array())).toBe(wrong.slice(0, SAMPLE_BYTES));
	}
});

test("F2 what is reported and counted does not depend on where TCP cut the stream", () => {
	const stream = `xy##0900junk#${L1}\r\n##0004abc#1${L1}##0004ab#cFFFF##0004abcd1C8#${L1}##01`;
	const read = (cut: number) => {
		const decoder = new FrameStream();
		const events = [stream.slice(0, cut), stream.slice(cut)].flatMap((chunk) => decoder.push(bytesOf(chunk)));
		events.push(...decoder.end());
		return { dropped: decoder.bytesDropped, events: events.map((event) => [show(event), textOf(event.bytes)]) };
	};
	const whole = read(stream.length);
	// Everything but three frames and one CR LF.
	expect(whole.dropped).toBe(stream.length - 3 * L1.length - 2);
	for (let cut = 0; cut < stream.length; cut++) {
		// A push is also where folding ends, so compare what was folded only by its first sample.
		const cutEvents = read(cut);
		expect(cutEvents.dropped, `cut at ${cut}`).toBe(whole.dropped);
		const seen = new Set(cutEvents.events.map(([name = "", sample]) => `${name.replace(/\*\d+$/, "")} ${sample}`));
		for (const [name = "", sample] of whole.events)
			expect(seen, `cut at ${cut}`).toContain(`${name.replace(/\*\d+$/, "")} ${sample}`);
	}
});

test("F2 garbage that never ends shows before its end, in bounded samples", () => {
	const stream = new FrameStream();
	const events: FrameEvent[] = [];
	for (let index = 0; index < 3 * GARBAGE_REPORT_BYTES; index++) events.push(...stream.push(bytesOf("y")));
	expect(events.map(show)).toEqual(["!garbage", "!garbage", "!garbage"]);
	expect(events[0]?.bytes.length).toBe(SAMPLE_BYTES);
	expect(stream.bytesDropped).toBe(3 * GARBAGE_REPORT_BYTES);
});

test("F2 a frame stays what it was when later chunks come", () => {
	const stream = new FrameStream();
	const chunks = [bytesOf(L1.slice(0, 50)), bytesOf(L1.slice(50)), bytesOf(L2.slice(0, 50)), bytesOf(L2.slice(50))];
	const events = chunks.flatMap((chunk) => stream.push(chunk));
	expect(events.map(show)).toEqual([one, two]);
});

/** Worst cases for a decoder that rescans: each makes a naive one look at the same bytes again and again. */
const HOSTILE: readonly (readonly [string, string])[] = [
	["only #", "#"],
	["headers only", "##"],
	["headers with a long length", "##4096"],
	["headers and a hash", "##0999#"],
	["short headers", "##1"],
	["empty frames with a wrong check value", "##00000000"],
	["empty frames", "##0000FFFF"],
	["no header at all", "QN=20261122080000123;"],
	["carriage returns", "\r\n"],
	["one long frame after the other, each cut by the next", `##4000${"a".repeat(3000)}`],
];

test.each(HOSTILE)("F3 work grows with the bytes and nothing else: %s", (_name, unit) => {
	const bytes = bytesOf(unit.repeat(Math.ceil(200_000 / unit.length)));
	for (const size of [1, 7, 1460, bytes.length]) {
		const stream = new FrameStream();
		let events = 0;
		for (let at = 0; at < bytes.length; at += size) events += stream.push(bytes.subarray(at, at + size)).length;
		events += stream.end().length;
		// Each byte is looked at once, plus once where a state hands it to the next.
		expect(stream.bytesExamined).toBeLessThanOrEqual(2 * bytes.length);
		// Carried at most once into the unfinished frame, once out of it, and sampled.
		expect(stream.bytesCopied).toBeLessThanOrEqual(2 * bytes.length);
		// Faults are folded per push; only good frames make events of their own, and the smallest has ten bytes.
		const pushes = Math.ceil(bytes.length / size);
		expect(events).toBeLessThanOrEqual(bytes.length / 10 + 6 * pushes + 2);
	}
});

test("F3 folding keeps the count", () => {
	const stream = new FrameStream();
	const events = stream.push(bytesOf(`${"##1x".repeat(1000)}${L1}${"##1x".repeat(10)}`));
	expect(events.map(show)).toEqual(["!length*1000", one, "!length*10"]);
});

test("an encoded frame is what the standard prints", () => {
	for (const frame of Object.values(VECTORS)) {
		expect(textOf(encodeFrame(segmentOf(frame))).toLowerCase()).toBe((frame + CRLF).toLowerCase());
	}
	expect(() => encodeFrame("扬尘")).toThrow();
	expect(() => encodeFrame("x".repeat(10_000))).toThrow();
});
