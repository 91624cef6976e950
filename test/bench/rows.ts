// The rows of the bench, in the order they run. To add one: a file in rows/ that exports a function giving its rows, and a
// line here.
import type { Effort, Measured, Row } from "./row.ts";
import { atRest } from "./rows/at_rest.ts";
import { bytes } from "./rows/bytes.ts";
import { doorHj212 } from "./rows/door_hj212.ts";
import { doorHttp } from "./rows/door_http.ts";
import { doorMqtt } from "./rows/door_mqtt.ts";
import { durable } from "./rows/durable.ts";
import { fanOut } from "./rows/fan_out.ts";
import { history } from "./rows/history.ts";
import { latency } from "./rows/latency.ts";
import { memory } from "./rows/memory.ts";
import { firstPicture, page } from "./rows/page.ts";
import { start } from "./rows/start.ts";
import { sustained } from "./rows/sustained.ts";
import { wall } from "./rows/wall.ts";

export interface RowPlan {
	/** As --rows names it. */
	readonly name: string;
	run(effort: Effort): Promise<readonly (Measured | Row)[]>;
}

export const ROWS: readonly RowPlan[] = [
	{ name: "door_http", run: async () => [await doorHttp()] },
	{ name: "door_mqtt", run: async () => [await doorMqtt()] },
	{ name: "door_hj212", run: async () => [await doorHj212()] },
	{ name: "durable", run: durable },
	{ name: "history", run: history },
	{ name: "at_rest", run: atRest },
	{ name: "bytes", run: bytes },
	{ name: "fan_out", run: fanOut },
	{ name: "latency", run: latency },
	{ name: "sustained", run: sustained },
	{ name: "memory", run: memory },
	{ name: "page", run: page },
	{ name: "first_picture", run: firstPicture },
	{ name: "start", run: start },
	{ name: "wall", run: wall },
];
