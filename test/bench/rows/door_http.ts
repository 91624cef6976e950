// Row "door, HTTP JSON": CPU per reading from the body of a request to checked readings, for a batch of 1,000; against
// JSON.parse of the same body. The bench driver calls it; pure CPU, no I/O.
import { parseReading } from "#model/reading.ts";
import { parseBody } from "../../../server/ingest/http.ts";
import { cpuMicros } from "../cpu_micros.ts";
import type { Measured } from "../row.ts";

const READINGS = 1_000;
const BATCHES_PER_ROUND = 100;

export async function doorHttp(): Promise<Measured> {
	const at = Date.UTC(2026, 10, 22);
	const readings = Array.from({ length: READINGS }, (_, index) => ({
		asset: `dust-${index}`,
		measure: "tsp",
		at: at + index,
		value: 12.3 + index,
		quality: "good",
	}));
	const body = Buffer.from(JSON.stringify({ readings }));
	const door = cpuMicros(BATCHES_PER_ROUND, READINGS, () => {
		const items = parseBody(body, "application/json");
		if ("problem" in items) return 0;
		let taken = 0;
		for (const item of items) if (!("problem" in parseReading(item))) taken++;
		return taken;
	});
	const parsed = cpuMicros(
		BATCHES_PER_ROUND,
		READINGS,
		() => (JSON.parse(body.toString("utf8")) as { readings: unknown[] }).readings.length,
	);
	return {
		row: "door, HTTP JSON",
		figure: door / READINGS,
		unit: "CPU-us per reading",
		baseline: [{ name: "JSON.parse of the same body", figure: parsed / READINGS }],
	};
}
