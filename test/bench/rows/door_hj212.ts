// Row "door, HJ 212": CPU per reading from the bytes of a TCP chunk to a typed message with numbers, flags and epoch time,
// for the usual message of ten factors; against JSON.parse of the same message. The bench driver calls it; pure CPU, no I/O.
import { encodeUplink } from "../../../server/ingest/hj212/encode.ts";
import { FrameStream } from "../../../server/ingest/hj212/frame_stream.ts";
import { parseMessage } from "../../../server/ingest/hj212/message.ts";
import { parseSegment } from "../../../server/ingest/hj212/segment.ts";
import { cpuMicros } from "../cpu_micros.ts";
import type { Measured } from "../row.ts";

const CODES = ["a34004", "a34002", "a34001", "a34005", "LA", "a01001", "a01002", "a01006", "a01007", "a01008"];
const DATA_TIME = Date.UTC(2026, 10, 22);
const MESSAGES_PER_ROUND = 20_000;

export async function doorHj212(): Promise<Measured> {
	const values = CODES.map((code, index) => ({ code, value: 12.3 + index }));
	const identity = { mn: "210102A0000000000000D001", pw: "123456", qn: "20261122080000123", st: "39", cn: "2011" };
	const [frame] = encodeUplink({
		...identity,
		edition: 2017,
		answerWanted: true,
		dataTime: DATA_TIME,
		factors: values.map(({ code, value }) => ({ code, values: [["Rtd", value]], flag: "N" })),
	});
	if (frame === undefined) throw new Error("no frame was encoded");
	const stream = new FrameStream();
	const hj212 = cpuMicros(MESSAGES_PER_ROUND, CODES.length, () => {
		const event = stream.push(frame)[0];
		if (event?.type !== "frame") return 0;
		const segment = parseSegment(event.bytes);
		if ("problem" in segment) return 0;
		const message = parseMessage(segment);
		return "problem" in message ? 0 : message.factors.length;
	});
	const factors = values.map(({ code, value }) => ({ code, Rtd: value, Flag: "N" }));
	const json = Buffer.from(JSON.stringify({ ...identity, Flag: 5, DataTime: DATA_TIME, factors }));
	const parsed = cpuMicros(
		MESSAGES_PER_ROUND,
		CODES.length,
		() => (JSON.parse(json.toString()) as { factors: unknown[] }).factors.length,
	);
	return {
		row: "door, HJ 212",
		figure: hj212 / CODES.length,
		unit: "CPU-us per reading",
		baseline: [{ name: "JSON.parse of the same message", figure: parsed / CODES.length }],
	};
}
