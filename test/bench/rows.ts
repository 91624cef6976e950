// The rows of the bench, in the order they run: what needs a quiet machine least comes first. To add one: a file in rows/
// that exports a function giving `Measured[]`, and a line here.
import type { Effort, Measured } from "./row.ts";
import { bytes } from "./rows/bytes.ts";
import { doorHj212 } from "./rows/door_hj212.ts";
import { fanOut } from "./rows/fan_out.ts";
import { latency } from "./rows/latency.ts";
import { memory } from "./rows/memory.ts";
import { sustained } from "./rows/sustained.ts";

export interface RowPlan {
	/** As --rows names it: the file in rows/. */
	readonly name: string;
	run(effort: Effort): Promise<Measured[]>;
}

export const ROWS: readonly RowPlan[] = [
	{ name: "door_hj212", run: async () => [await doorHj212()] },
	{ name: "bytes", run: bytes },
	{ name: "fan_out", run: fanOut },
	{ name: "latency", run: latency },
	{ name: "sustained", run: sustained },
	{ name: "memory", run: memory },
];
