// A real heart with a dust station, a real door context that keeps what it refused, and a store whose commits a test can hold
// back or fail. Used by the tests of the doors.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { DoorName } from "#model/catalogue.ts";
import { qualityName } from "#model/measure.ts";
import type { DoorContext } from "../../server/ingest/door.ts";
import { doorContext } from "../../server/live/door_context.ts";
import { loadSystems } from "../../server/load_systems.ts";
import type { Store } from "../../server/store/store.ts";
import { administrator, asset, startHeart, type TestHeart } from "./heart.ts";
import { until } from "./until.ts";

/** Stands before the store: every commit passes, waits or fails. */
export class Gate {
	isFailing = false;
	failed = 0;
	waiting = 0;
	#opened: Promise<void> | null = null;
	#open: () => void = () => undefined;

	hold(): void {
		this.#opened = new Promise((resolve) => {
			this.#open = resolve;
		});
	}

	release(): void {
		this.#opened = null;
		this.#open();
	}

	readonly wrap = (store: Store): Store =>
		new Proxy(store, {
			get: (target, key) => {
				const value: unknown = Reflect.get(target, key);
				if (key !== "commit") return typeof value === "function" ? value.bind(target) : value;
				return async (batch: Parameters<Store["commit"]>[0]) => {
					if (this.#opened !== null) {
						this.waiting++;
						await this.#opened;
						this.waiting--;
					}
					if (this.isFailing) {
						this.failed++;
						throw new Error("the disk is full");
					}
					await target.commit(batch);
				};
			},
		});
}

export interface Refusal {
	readonly address: string;
	readonly code: string;
	readonly sample: string;
}

export interface DoorHeart extends TestHeart {
	readonly gate: Gate;
	readonly context: DoorContext;
	readonly refusals: Refusal[];
	/** How often the code was counted. */
	refused(code: string): number;
	/** What the table says of a measure now; null: never heard of. */
	latest(asset: string, measure: string): { value: number | null; at: number; quality: string } | null;
	/** [at, value] of all that is on the disk, by time. */
	stored(asset: string, measure: string): Promise<[number, number | null][]>;
	addDevice(door: DoorName, assetId: string, address: string, key: string, more?: object): Promise<void>;
}

/** Assets dust-1, dust-2 and dust-3 of 210102; the station of the test vectors speaks HJ 212 for dust-1. */
export async function startDoorHeart(more: Partial<DoorContext> = {}): Promise<DoorHeart> {
	const gate = new Gate();
	const test = await startHeart({ systems: await loadSystems(), wrap: gate.wrap });
	const { heart } = test;
	const ids = ["dust-1", "dust-2", "dust-3"];
	await heart.editor.putAssets(
		administrator,
		ids.map((id) => asset(id, { kind: "dust" })),
		"test",
	);
	const refusals: Refusal[] = [];
	const real = doorContext(heart, { info: () => undefined, warn: () => undefined }, () => false);
	const context: DoorContext = {
		...real,
		refused(door, address, code, sample) {
			refusals.push({ address, code, sample: Buffer.from(sample).toString("latin1") });
			real.refused(door, address, code, sample);
		},
		...more,
	};
	const channelOf = (assetId: string, measure: string) => {
		const row = heart.catalogue.row(assetId, measure);
		const channel = heart.catalogue.channels[row];
		if (channel?.measure == null) throw new Error(`no channel ${assetId} ${measure}`);
		return { row, id: channel.id, factor: 10 ** channel.measure.scale };
	};
	return {
		...test,
		gate,
		context,
		refusals,
		refused: (code) => refusals.filter((refusal) => refusal.code === code).length,
		latest(assetId, measure) {
			const { row, factor } = channelOf(assetId, measure);
			const { value, at, quality } = heart.latest;
			if (!((at[row] ?? 0) > 0)) return null;
			const count = value[row] ?? Number.NaN;
			return {
				value: Number.isNaN(count) ? null : count / factor,
				at: at[row] ?? 0,
				quality: qualityName(quality[row] ?? 0),
			};
		},
		async stored(assetId, measure) {
			const { id, factor } = channelOf(assetId, measure);
			const block = await heart.store.readings(Uint32Array.of(id), 0);
			return [...block.at].map((at, i) => {
				const count = block.count[i] ?? Number.NaN;
				return [at, Number.isNaN(count) ? null : count / factor];
			});
		},
		async addDevice(door, assetId, address, key, rest = {}) {
			const made = await heart.editor.putDevice(administrator, { door, asset: assetId, address, key, ...rest }, "test");
			if ("problem" in made) throw new Error(`${made.problem}: ${made.detail}`);
		},
	};
}

/** A TCP client that keeps what it receives. */
export class Wire {
	readonly socket: Socket;
	received = Buffer.alloc(0);
	isClosed = false;

	constructor(socket: Socket) {
		this.socket = socket;
		socket.on("data", (chunk: Buffer) => {
			this.received = Buffer.concat([this.received, chunk]);
		});
		socket.on("error", () => socket.destroy());
		socket.on("close", () => {
			this.isClosed = true;
		});
	}

	/** @param address "127.0.0.1:9212" */
	static async dial(address: string): Promise<Wire> {
		const [host = "", port = ""] = address.split(":");
		const socket = connect({ host, port: Number(port) });
		const wire = new Wire(socket);
		await once(socket, "connect");
		return wire;
	}

	get text(): string {
		return this.received.toString("latin1");
	}

	send(bytes: string | Uint8Array): void {
		this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
	}

	/** Waits for `length` bytes and takes them. */
	async take(length: number): Promise<Buffer> {
		await until(`${length} bytes`, () => this.received.length >= length || this.isClosed);
		if (this.received.length < length) throw new Error(`closed after ${this.received.length} of ${length} bytes`);
		const taken = this.received.subarray(0, length);
		this.received = this.received.subarray(length);
		return taken;
	}

	async closed(): Promise<void> {
		await until("the end of the connection", () => this.isClosed);
	}

	drop(): void {
		this.socket.destroy();
	}
}
