// /metrics for Prometheus: this process, core's counters and the screens. Loopback only.
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { problem } from "#model/problem.ts";
import { isLoopbackPeer } from "../auth/who.ts";
import type { HttpParts } from "./parts.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";
import { signsOf } from "./signs.ts";

export function metricsRoutes(parts: HttpParts): Route[] {
	const registry = openRegistry(parts);
	return [
		route({
			method: "get",
			path: "/metrics",
			policy: { open: "a collector on this machine has no account; others are refused" },
			summary: "Figures for Prometheus, from this machine only",
			handle: async ({ request }) => {
				if (!isLoopbackPeer(request)) return problem("not-local", "figures are for this machine only");
				return { body: await registry.metrics(), type: registry.contentType };
			},
		}),
	];
}

/** Each figure is read when it is asked for: nothing is counted twice. */
function openRegistry(parts: HttpParts): Registry {
	const { mirror } = parts;
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, prefix: "liaowang_web_" });
	const gauge = (name: string, help: string, read: () => number): void => {
		const metric: Gauge = new Gauge({
			name: `liaowang_${name}`,
			help,
			registers: [registry],
			collect: () => metric.set(read()),
		});
	};
	const total = (name: string, help: string, read: () => number): void => {
		const metric: Counter = new Counter({
			name: `liaowang_${name}_total`,
			help,
			registers: [registry],
			collect: () => {
				metric.reset();
				metric.inc(read());
			},
		});
	};
	gauge("ready", "1 when /readyz says so", () => (signsOf(mirror).ready ? 1 : 0));
	gauge("core_link", "1 while web follows core", () => (mirror.link === "live" ? 1 : 0));
	gauge("store_open", "1 while the store takes commits", () => (mirror.state?.store.open === true ? 1 : 0));
	gauge("store_bytes", "Bytes of the store's files", () => mirror.state?.store.bytes ?? 0);
	gauge("store_readings", "Readings in the store", () => mirror.state?.store.readings ?? 0);
	gauge("assets", "Assets in the catalogue", () => mirror.catalogue.assets.size);
	gauge("rows", "Rows of the table", () => mirror.latest.cells.rows);
	gauge("revision", "Writes to the table in this epoch", () => mirror.latest.revision);
	gauge("alarms_open", "Alarms not finished", () => mirror.alarms.size);
	gauge("alarms_unrecorded", "Alarms that could not be stored yet", () => mirror.state?.unrecorded ?? 0);
	gauge("quarantined", "Unknown devices waiting", () => mirror.state?.quarantined ?? 0);
	gauge("screens", "Screens connected", () => parts.figures().screens);
	total("readings_accepted", "Readings taken by all doors", () => mirror.state?.accepted ?? 0);
	total("transitions", "Newest number of the alarm log", () => mirror.alarmSeq);
	total("deltas_sent", "Deltas sent to screens", () => parts.figures().deltas);
	total("delta_bytes_sent", "Bytes of binary deltas sent", () => parts.figures().deltaBytes);
	total("alarms_sent", "Alarm events sent to screens", () => parts.figures().alarms);
	total("cells_encoded", "Cells encoded for deltas", () => parts.figures().cellsEncoded);
	total("receipts_dropped", "Receipts lost because core was away too long", () => parts.figures().receiptsDropped);
	byLabel(registry, parts);
	return registry;
}

function byLabel(registry: Registry, parts: HttpParts): void {
	const screens: Counter<"reason"> = new Counter({
		name: "liaowang_screens_refused_total",
		help: "Screens refused or closed, by reason",
		labelNames: ["reason"],
		registers: [registry],
		collect: () => {
			screens.reset();
			for (const [reason, count] of Object.entries(parts.figures().refused)) screens.inc({ reason }, count);
		},
	});
	const frames: Counter<"door"> = new Counter({
		name: "liaowang_frames_total",
		help: "Frames received, by door",
		labelNames: ["door"],
		registers: [registry],
		collect: () => {
			frames.reset();
			for (const { door, frames: count } of parts.mirror.state?.doors ?? []) frames.inc({ door }, count);
		},
	});
	const rejected: Counter<"door" | "code"> = new Counter({
		name: "liaowang_rejected_total",
		help: "Frames and readings rejected, by door and code",
		labelNames: ["door", "code"],
		registers: [registry],
		collect: () => {
			rejected.reset();
			for (const { door, rejected: codes } of parts.mirror.state?.doors ?? []) {
				for (const [code, count] of Object.entries(codes)) rejected.inc({ door, code }, count);
			}
		},
	});
}
