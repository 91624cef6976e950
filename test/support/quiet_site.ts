// A real folder with nothing in it but what the ledger tests drive: assets, their devices at three doors, a duty officer, and
// limits whose clearing fits into a test. Nothing else sends to it.
import type { Limit } from "#model/limit.ts";
import { type Api, addAssets, anAsset, person } from "./api.ts";
import type { Ledger } from "./ledger.ts";
import { Hj212Sender, type Hj212Station } from "./senders/hj212.ts";
import { HttpSender } from "./senders/http.ts";
import { type MqttAsset, MqttSender } from "./senders/mqtt.ts";
import type { Channel, Sender } from "./senders/sender.ts";
import { Chance } from "./senders/walk.ts";
import type { TestServer } from "./server.ts";

/** Values on both sides of 25 and 50 %LEL and of their deadband of 2. */
const METHANE = [3, 12, 22.8, 24, 26, 40, 48, 51, 70];
/** 17.2, 20.8, 24.5 m/s, deadband 1. */
const WIND = [4, 12, 16.5, 18, 20, 21.5, 24, 26];
const PLAIN = [1.5, 2, 2.5];
const SHARE = [60, 90, 99.6, 105, 119.8, 140];

const COUNT = { http: 24, mqtt: 20, hj212: 20 } as const;
const GATEWAYS = 2;

/** Clears within a test: two readings inside the limit, at least this far apart in data time. */
export const QUICK_CLEAR = { offDelayMs: 150, clearReadings: 2 } as const;

/** The rules that the reference model tells again. */
export const REPLAYED = ["methane-level", "wind-level", "load-level"] as const;

export interface QuietSite {
	readonly officer: Api;
	/** By kind and rule id, as the server tells them. */
	readonly limits: ReadonlyMap<string, Limit>;
	/** `http` goes through web; `devices` (MQTT and HJ 212) straight to core. */
	senders(server: TestServer, ledgers: { readonly http: Ledger; readonly devices: Ledger }, seed: number): Sender[];
}

export async function quietSite(root: Api): Promise<QuietSite> {
	const officer = await person(root, "officer", ["duty"]);
	const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
	const [http, mqtt, hj212] = [ids("h", COUNT.http), ids("m", COUNT.mqtt), ids("j", COUNT.hj212)];
	await addAssets(root, [
		...http.map((id, i) => anAsset("regulator", id, i)),
		...mqtt.map((id, i) => anAsset("bridge", id, 40 + i)),
		...hj212.map((id, i) => anAsset("regulator", id, 80 + i)),
	]);
	const device = (asset: string, door: string, address: string, key: string, profile?: object) =>
		root.must("POST", "/api/devices", { asset, door, address, key, ...(profile === undefined ? {} : { profile }) });
	for (const [i, id] of http.entries())
		await device(id, "http", `gateway-${i % GATEWAYS}`, keyOf("http", i % GATEWAYS));
	for (const id of mqtt) await device(id, "mqtt", "gateway", keyOf("mqtt", 0));
	const profile = { a25001: { measure: "methane", factor: 1 }, a25002: { measure: "flow", factor: 1 } };
	for (const [i, id] of hj212.entries()) await device(id, "hj212", mnOf(i), passwordOf(i), profile);
	const limits = await quicken(root);
	return {
		officer,
		limits,
		senders: (server, ledgers, seed) => [
			...ids("g", GATEWAYS).map((_, gateway) => {
				const mine = http.filter((_id, i) => i % GATEWAYS === gateway);
				const channels = mine.flatMap((id): Channel[] => [
					{ asset: id, measure: "methane", levels: METHANE },
					{ asset: id, measure: "inletPressure", levels: PLAIN },
				]);
				return new HttpSender(server.url, keyOf("http", gateway), channels, new Chance(seed + gateway), ledgers.http);
			}),
			new MqttSender(
				server.mqtt,
				{ name: "gateway", key: keyOf("mqtt", 0) },
				mqtt.map(bridgeOf),
				new Chance(seed + 10),
				ledgers.devices,
			),
			...[0, 1].map(
				(line) =>
					new Hj212Sender(
						server.hj212,
						hj212.map(stationOf).filter((_station, i) => i % 2 === line),
						new Chance(seed + 20 + line),
						ledgers.devices,
					),
			),
		],
	};
}

/** Gives the replayed limits a short clearing and returns them as they are in force. */
async function quicken(root: Api): Promise<Map<string, Limit>> {
	type Rules = { rules: { kind: string; limits: Limit[] }[] };
	const inForce = async () => {
		const { rules } = await root.get<Rules>("/api/rules");
		return rules.flatMap(({ kind, limits }) => limits.map((limit) => ({ kind, limit })));
	};
	for (const { kind, limit } of await inForce()) {
		if (!isReplayed(kind, limit.id)) continue;
		await root.must("PUT", "/api/rules", { kind, limit: { ...limit, ...QUICK_CLEAR } });
	}
	const kept = (await inForce()).filter(({ kind, limit }) => isReplayed(kind, limit.id));
	return new Map(kept.map(({ kind, limit }) => [`${kind}/${limit.id}`, limit]));
}

function isReplayed(kind: string, rule: string): boolean {
	return (kind === "regulator" || kind === "bridge") && (REPLAYED as readonly string[]).includes(rule);
}

function bridgeOf(id: string): MqttAsset {
	return {
		topic: `lw/v1/210102/bridge/${id}`,
		channels: [
			{ asset: id, measure: "deckWind", levels: WIND },
			{ asset: id, measure: "loadShare", levels: SHARE },
		],
	};
}

function stationOf(id: string, index: number): Hj212Station {
	return {
		mn: mnOf(index),
		pw: passwordOf(index),
		channels: new Map([
			["a25001", { asset: id, measure: "methane", levels: METHANE }],
			["a25002", { asset: id, measure: "flow", levels: PLAIN }],
		]),
	};
}

const mnOf = (index: number): string => `210102TEST${String(index).padStart(14, "0")}`;
const passwordOf = (index: number): string => String(700_000 + index);
const keyOf = (door: string, gateway: number): string => `${door}-key-of-gateway-${gateway}`;
