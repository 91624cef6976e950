// Runs one baseline on the same work as a row: server on the measured core, screens on the measuring ones.
import type { ClientFigures } from "./baseline_clients.ts";
import type { Mode, ServerFigures } from "./baseline_server.ts";
import { Child, pause } from "./processes.ts";

export interface BaselineResult {
	readonly cpuUsPerDelivered: number;
	readonly bytesPerUpdate: number;
	/** Share of what was to be delivered that arrived in time. */
	readonly delivered: number;
	/** Share of one core that the server used. */
	readonly core: number;
}

export class Baseline {
	private readonly server: Child;
	private readonly clients: Child;
	private port = 0;
	private screens = 0;

	constructor(mode: Mode) {
		this.server = new Child("test/bench/live/baseline_server.ts", { place: "measured", args: [mode] });
		this.clients = new Child("test/bench/live/baseline_clients.ts", { place: "measuring", args: [mode] });
	}

	async screensOf(count: number): Promise<void> {
		if (this.port === 0) this.port = (await this.server.next<{ port: number }>()).port;
		await this.clients.ask({ type: "join", port: this.port, count: count - this.screens });
		this.screens = count;
	}

	async measure(rate: number, seconds: number): Promise<BaselineResult> {
		await this.server.ask({ type: "start", rate });
		await pause(700);
		await this.clients.ask({ type: "mark" });
		await this.server.ask({ type: "mark" });
		await pause(seconds * 1000);
		const server = await this.server.ask<ServerFigures>({ type: "mark" });
		const clients = await this.clients.ask<ClientFigures>({ type: "mark" });
		await this.server.ask({ type: "stop" });
		return {
			cpuUsPerDelivered: server.cpuNs / 1000 / clients.updates,
			bytesPerUpdate: clients.bytes / clients.updates,
			delivered: clients.updates / (rate * server.seconds * this.screens),
			core: server.cpuNs / 1e9 / server.seconds,
		};
	}

	async close(): Promise<void> {
		await Promise.all([this.server.kill(), this.clients.kill()]);
	}
}
