// Who speaks for the demo's assets: an HJ 212 station each for dust, one MQTT gateway per city and system for the networks, one
// HTTP gateway per city for the rest; and the four silent spares that an outside checker speaks for. Called by catalogue.ts.
import type { AssetRecord, DoorName } from "#model/catalogue.ts";
import { cityOf } from "#model/ids.ts";

export interface DemoDevice {
	readonly door: DoorName;
	/** MN, station address or client name. */
	readonly address: string;
	readonly assets: readonly string[];
	/** Only the spares have one that is known beforehand; the server makes up the others. */
	readonly key?: string;
}

/** System word in the gateway's name, for kinds that speak MQTT. */
const MQTT_SYSTEM: Readonly<Record<string, string>> = {
	metro: "metro",
	regulator: "gas",
	gasSpace: "gas",
	waterMain: "water",
	waterQuality: "water",
	waterPlant: "water",
	heatSource: "heating",
	heatMain: "heating",
	heatStation: "heating",
	heatRoom: "heating",
	bridge: "bridge",
	manhole: "manhole",
};

/** Kinds whose channels are all computed by the server: nobody speaks for them. */
export const FIGURE_KINDS: ReadonlySet<string> = new Set([
	"dustDistrict",
	"waterDistrict",
	"heatDistrict",
	"floodDistrict",
]);

/** 24 characters: the county, "A", 13 digits, "D001". 13 zeros are the spare's. */
function stationNumber(district: string, number: number): string {
	return `${district}A${String(number).padStart(13, "0")}D001`;
}

export function devicesFor(assets: readonly AssetRecord[]): DemoDevice[] {
	const stations: DemoDevice[] = [];
	const gateways = new Map<string, { door: DoorName; assets: string[] }>();
	let dust = 0;
	for (const asset of assets) {
		if (FIGURE_KINDS.has(asset.kind)) continue;
		if (asset.kind === "dust") {
			dust += 1;
			stations.push({ door: "hj212", address: stationNumber(asset.district, dust), assets: [asset.id] });
			continue;
		}
		const system = MQTT_SYSTEM[asset.kind];
		const city = cityOf(asset.district);
		const address = `gw-${city}-${system ?? "http"}`;
		const gateway = gateways.get(address) ?? { door: system === undefined ? "http" : "mqtt", assets: [] };
		gateway.assets.push(asset.id);
		gateways.set(address, gateway);
	}
	return [...stations, ...[...gateways].map(([address, gateway]) => ({ address, ...gateway }))];
}

const SPARE_DISTRICT = "210102";
/** Where the spares stand, in 和平区. */
const SPARE_PLACE = [123.4, 41.783] as const;

/** The four that the simulator never drives; their silence raises nothing. */
const SPARES = [
	{ id: "spare-http", kind: "waterMain", name: "备用供水测点（HTTP）", door: "http", address: "spare-http" },
	{ id: "spare-mqtt", kind: "waterMain", name: "备用供水测点（MQTT）", door: "mqtt", address: "spare-mqtt" },
	{
		id: "spare-hj212",
		kind: "dust",
		name: "备用扬尘站（HJ 212）",
		door: "hj212",
		address: stationNumber(SPARE_DISTRICT, 0),
		key: "123456",
	},
	{
		id: "spare-sl651",
		kind: "floodPoint",
		name: "备用易涝点（SL 651）",
		door: "sl651",
		address: "2101020001",
		key: "1234",
	},
] as const;

export function spareAssets(): AssetRecord[] {
	return SPARES.map(({ id, kind, name }, index) => ({
		id,
		name,
		kind,
		district: SPARE_DISTRICT,
		lon: Math.round((SPARE_PLACE[0] + index * 0.001) * 1e6) / 1e6,
		lat: SPARE_PLACE[1],
		site: "和平区 备用设备",
		demo: true,
		quiet: true,
	}));
}

export function spareDevices(): DemoDevice[] {
	return SPARES.map((spare) => ({
		door: spare.door,
		address: spare.address,
		assets: [spare.id],
		...("key" in spare ? { key: spare.key } : {}),
	}));
}
