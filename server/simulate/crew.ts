// The crew: which sender speaks for which asset. Opens one sender per device of the file (never for the spares), and one with the
// master key for what no device speaks for. Called once by main.
import type { AssetRecord } from "#model/catalogue.ts";
import type { Options } from "./args.ts";
import type { Device, DevicesFile } from "./devices_file.ts";
import { Hj212Sender } from "./hj212_sender.ts";
import { HttpSender } from "./http_sender.ts";
import { MqttSender } from "./mqtt_sender.ts";
import type { Sender, SenderParts, Tally, Witness } from "./parcel.ts";
import { newTally } from "./parcel.ts";

export const DOORS = ["http", "mqtt", "hj212"] as const;
export type DrivenDoor = (typeof DOORS)[number];

export interface Crew {
	readonly senderOf: ReadonlyMap<string, Sender>;
	readonly senders: readonly Sender[];
	readonly tallies: Readonly<Record<DrivenDoor, Tally>>;
}

export interface CrewParts {
	readonly options: Options;
	readonly file: DevicesFile | null;
	readonly witness: Witness;
	readonly complain: (source: string, what: string) => void;
	readonly chance: () => number;
	/** Tells this run's MQTT clients from another's. */
	readonly run: string;
}

/** Ten minutes of a large gateway; a benchmark's pours for some seconds. */
const GATEWAY_BOUND = 60_000;
const MASTER_BOUND = 400_000;
/** A day of a station's minutes. */
const STATION_BOUND = 15_000;

/** `assets`: what is to be driven; spares are not among it. */
export function openCrew(assets: ReadonlyMap<string, AssetRecord>, parts: CrewParts): Crew {
	const { options, file } = parts;
	const tallies = { http: newTally(), mqtt: newTally(), hj212: newTally() };
	const opener = new Opener(assets, parts, tallies);
	const senderOf = new Map<string, Sender>();
	const senders: Sender[] = [];
	for (const device of file?.devices ?? []) {
		const own = device.assets.filter((asset) => assets.has(asset));
		const sender = own.length === 0 ? null : opener.open(device);
		if (sender === null) continue;
		senders.push(sender);
		for (const asset of own) senderOf.set(asset, sender);
	}
	const spoken = new Set((file?.devices ?? []).flatMap((device) => device.assets));
	const rest = [...assets.keys()].filter((asset) => !spoken.has(asset));
	if (rest.length > 0 && options.key !== null) {
		const master = opener.master(options.key);
		senders.push(master);
		for (const asset of rest) senderOf.set(asset, master);
	}
	return { senderOf, senders, tallies };
}

class Opener {
	readonly #assets: ReadonlyMap<string, AssetRecord>;
	readonly #parts: CrewParts;
	readonly #tallies: Crew["tallies"];
	readonly #mqtt: string | null;
	readonly #hj212: { host: string; port: number } | null;

	constructor(assets: ReadonlyMap<string, AssetRecord>, parts: CrewParts, tallies: Crew["tallies"]) {
		this.#assets = assets;
		this.#parts = parts;
		this.#tallies = tallies;
		const { options, file } = parts;
		const host = new URL(options.url).hostname;
		const mqtt = options.mqtt ?? file?.mqtt ?? `mqtt://${host}:1883`;
		const hj212 = options.hj212 ?? file?.hj212 ?? `${host}:9212`;
		this.#mqtt = mqtt === "off" ? null : mqtt;
		this.#hj212 = hj212 === "off" ? null : hostAndPort(hj212);
	}

	/** null: its door is off, or not one that the simulator speaks. */
	open(device: Device): Sender | null {
		switch (device.door) {
			case "http":
				return new HttpSender(
					{
						url: this.#parts.options.url,
						key: device.key,
						name: device.address,
						inFlight: 2,
						batch: 1_000,
						lingerMs: 1_000,
						bound: GATEWAY_BOUND,
					},
					this.#forDoor("http"),
				);
			case "mqtt":
				return this.#mqtt === null ? null : this.#gateway(device, this.#mqtt);
			case "hj212":
				if (this.#hj212 === null) return null;
				return new Hj212Sender(
					{ ...this.#hj212, mn: device.address, pw: device.key, bound: STATION_BOUND },
					this.#forDoor("hj212"),
				);
			case "sl651":
				return null;
		}
	}

	master(key: string): Sender {
		const { url } = this.#parts.options;
		const options = { url, key, name: "master", inFlight: 8, batch: 1_000, lingerMs: 200, bound: MASTER_BOUND };
		return new HttpSender(options, this.#forDoor("http"));
	}

	#gateway(device: Device, url: string): Sender {
		const topicOf = (asset: string): string => {
			const record = this.#assets.get(asset);
			return `lw/v1/${record?.district}/${record?.kind}/${asset}`;
		};
		const { address, key } = device;
		const options = { url, address, key, run: this.#parts.run, topicOf, inFlight: 64, bound: GATEWAY_BOUND };
		return new MqttSender(options, this.#forDoor("mqtt"));
	}

	#forDoor(door: DrivenDoor): SenderParts {
		const { witness, complain, chance } = this.#parts;
		return { tally: this.#tallies[door], witness, complain, chance };
	}
}

/** "127.0.0.1:9212", "[::1]:9212" */
function hostAndPort(address: string): { host: string; port: number } {
	const colon = address.lastIndexOf(":");
	return { host: address.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(address.slice(colon + 1)) };
}
