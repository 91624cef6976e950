// Row "door, MQTT": CPU per reading from topic and payload of a message to checked readings, for a message of ten measures;
// against JSON.parse of the same payload. The bench driver calls it; pure CPU, no I/O, no broker.
import { parsePayload, parseTopic } from "../../../server/ingest/mqtt/payload.ts";
import { cpuMicros } from "../cpu_micros.ts";
import type { Measured } from "../row.ts";

const TOPIC = "lw/v1/210102/dust/dust-1";
const VALUES = 10;
const MESSAGES_PER_ROUND = 20_000;

export async function doorMqtt(): Promise<Measured> {
	const names = Array.from({ length: VALUES }, (_, index) => `measure${index}`);
	const v = Object.fromEntries(names.map((name, index) => [name, 12.3 + index]));
	const payload = Buffer.from(JSON.stringify({ at: Date.UTC(2026, 10, 22), v, q: { measure1: "suspect" } }));
	const door = cpuMicros(MESSAGES_PER_ROUND, VALUES, () => {
		const topic = parseTopic(TOPIC);
		if ("problem" in topic) return 0;
		const parsed = parsePayload(payload, topic.asset);
		return "problem" in parsed ? 0 : parsed.readings.length;
	});
	const parsed = cpuMicros(
		MESSAGES_PER_ROUND,
		VALUES,
		() => Object.keys((JSON.parse(payload.toString("utf8")) as { v: Record<string, number> }).v).length,
	);
	return {
		row: "door, MQTT",
		figure: door / VALUES,
		unit: "CPU-us per reading",
		baseline: [{ name: "JSON.parse of the same payload", figure: parsed / VALUES }],
	};
}
