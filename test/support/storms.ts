// Labelled storms for the grouping of alarms: a small made-up province with nets, sites and gateways, and per storm the alarms of one
// cause as physics and sampling give them, mixed with grave alarms elsewhere that have nothing to do with it. Seeded.
import { isSilenceRule } from "../../geodata/model/alarm.ts";
import type { CauseAlarm, CauseAsset } from "../../geodata/model/causes_ties.ts";
import type { Severity } from "../../geodata/model/measure.ts";
import { Random } from "./random.ts";

export interface Labelled {
	readonly alarm: CauseAlarm;
	/** "storm", or the name of what stands alone. */
	readonly cause: string;
}

export interface Storm {
	readonly kind: StormKind;
	/** In the order in which they are heard. */
	readonly alarms: readonly Labelled[];
	/** Asset (or subject, for a gateway) at which it began. */
	readonly root: string;
	readonly assets: ReadonlyMap<string, CauseAsset>;
}

export const stormKinds = ["heat", "water", "leak", "power", "gateway", "gale", "rain", "site"] as const;
export type StormKind = (typeof stormKinds)[number];

const DEGREE_M = 111_320;
const AT = Date.UTC(2027, 0, 15, 2);

export class StormMaker {
	readonly assets = new Map<string, CauseAsset>();
	/** What feeds an asset. */
	readonly sources = new Map<string, string>();
	readonly alarms: Labelled[] = [];
	readonly random: Random;
	private next = 1;

	constructor(seed: number) {
		this.random = new Random(seed);
	}

	asset(id: string, kind: string, system: string, xM: number, yM: number, more: Partial<CauseAsset> = {}): CauseAsset {
		const lat = 41.8 + yM / DEGREE_M;
		const lon = 123.4 + xM / DEGREE_M / Math.cos((lat * Math.PI) / 180);
		const asset: CauseAsset = { id, kind, system, district: "210102", lon, lat, ...more };
		this.assets.set(id, asset);
		return asset;
	}

	alarm(asset: CauseAsset, rule: string, severity: Severity, s: number, cause = "storm"): void {
		const { id, system, district } = asset;
		this.put(
			{ subject: `channel:${id}/x`, rule, severity, raisedAt: AT + s * 1_000, system, district, asset: id },
			cause,
		);
	}

	/** About a gateway or a door. */
	put(
		facts: Pick<CauseAlarm, "subject" | "rule" | "severity" | "raisedAt" | "system" | "district" | "asset">,
		cause: string,
	): void {
		const id = `a${this.next++}`;
		const known = {
			active: true,
			acknowledged: false,
			outOfService: false,
			occurrence: 1,
			measure: "x",
			suppressedBy: null,
		};
		this.alarms.push({ alarm: { id, name: facts.asset ?? facts.subject, ...known, ...facts }, cause });
	}

	/** A heat net around a place: mains as a tree, stations on mains, rooms at stations. @returns mains, trunk first. */
	heatNet(name: string, xM: number, yM: number, mains: number, stationsEach: number, roomsEach: number): HeatMain[] {
		const source = this.asset(`${name}-source`, "heatSource", "heating", xM, yM);
		const made: HeatMain[] = [];
		for (let n = 0; n < mains; n++) {
			const above = n === 0 ? null : (made[Math.max(0, n - 1 - this.random.int(4))] ?? null);
			const lengthM = 150 + this.random.int(350);
			const angle = this.random.next() * 2 * Math.PI;
			const at = { x: (above?.x ?? xM) + lengthM * Math.cos(angle), y: (above?.y ?? yM) + lengthM * Math.sin(angle) };
			const fields = { upstream: above?.asset.id ?? source.id };
			const asset = this.asset(`${name}-m${n}`, "heatMain", "heating", at.x, at.y, { fields });
			const main: HeatMain = { ...at, asset, above, lengthM, stations: [], rooms: [] };
			for (let k = 0; k < stationsEach; k++) {
				const own = { main: asset.id };
				const station = this.asset(`${asset.id}-s${k}`, "heatStation", "heating", at.x + 90, at.y, { fields: own });
				main.stations.push(station);
				for (let r = 0; r < roomsEach; r++) {
					const home = { station: station.id };
					main.rooms.push(this.asset(`${station.id}-r${r}`, "heatRoom", "heating", at.x, at.y + 90, { fields: home }));
				}
			}
			made.push(main);
		}
		return made;
	}

	/** What has nothing to do with it: grave, elsewhere, in the middle of it. */
	bystanders(startS: number, lastsS: number): void {
		const { random } = this;
		const when = (): number => startS + random.next() * lastsS;
		const far = (n: number): [number, number] => [60_000 + 9_000 * n, -50_000 - 4_000 * n];
		const of = (id: string, kind: string, system: string, n: number, more: Partial<CauseAsset> = {}): CauseAsset =>
			this.asset(id, kind, system, ...far(n), { district: "210504", ...more });
		// A gas alarm in the very middle of it, where nothing else of its kind is.
		const gas = this.asset("by-gas", "gasSpace", "gas", 40, 40, { site: "另一燃气管网" });
		if (!this.alarms.some(({ alarm }) => alarm.rule.startsWith("methane")))
			this.alarm(gas, "methane-danger", 4, when(), "gas");
		this.alarm(of("by-gas-far", "gasSpace", "gas", 1), "methane-danger", 4, when(), "gas far");
		this.alarm(of("by-crane", "crane", "construction", 2, { site: "另一工地" }), "moment-level", 4, when(), "crane");
		this.alarm(of("by-pit", "pit", "construction", 3, { site: "第三工地" }), "rate-jump", 3, when(), "pit");
		this.alarm(of("by-metro", "metro", "metro", 4, { site: "另一区间" }), "settlement-rate", 4, when(), "metro");
		this.alarm(of("by-bridge", "bridge", "bridge", 5), "load-level", 3, when(), "bridge");
		this.alarm(
			of("by-water", "waterMain", "water", 6, { site: "另一供水管网" }),
			"pressure-fall",
			3,
			when(),
			"water far",
		);
		this.alarm(
			of("by-chlorine", "waterQuality", "water", 7, { site: "供水管网" }),
			"chlorine-low",
			3,
			when(),
			"chlorine",
		);
		this.alarm(of("by-low", "underpass", "flood", 8), "depth-close", 4, when(), "underpass");
		this.alarm(
			of("by-regulator", "regulator", "gas", 9, { site: "又一燃气管网" }),
			"outlet-fall",
			4,
			when(),
			"regulator",
		);
		const source = of("by-source", "heatSource", "heating", 10);
		const main = of("by-main", "heatMain", "heating", 11, { fields: { upstream: source.id } });
		this.alarm(main, "pressure-fall", 3, when(), "other heat net");
		this.alarm(
			of("by-gauge", "rainGauge", "flood", 13, { district: "211103" }),
			"rain-3h",
			4,
			when(),
			"rain elsewhere",
		);
	}

	finish(kind: StormKind, root: string, latenessS = 3): Storm {
		const heard = this.alarms.map((one) => ({ one, at: one.alarm.raisedAt + this.random.next() * latenessS * 1_000 }));
		heard.sort((a, b) => a.at - b.at);
		return {
			kind,
			alarms: heard.map(({ one }) => ({ ...one, alarm: this.behind(one.alarm) })),
			root,
			assets: this.assets,
		};
	}

	/** As core notes it when an alarm of silence rises. */
	private behind(alarm: CauseAlarm): CauseAlarm {
		if (!isSilenceRule(alarm.rule)) return alarm;
		const behind = alarm.asset === null ? alarm.subject.replace(/^\w+:/, "") : this.sources.get(alarm.asset);
		return behind === undefined ? alarm : { ...alarm, behind };
	}
}

export interface HeatMain {
	readonly asset: CauseAsset;
	readonly above: HeatMain | null;
	readonly lengthM: number;
	readonly x: number;
	readonly y: number;
	readonly stations: CauseAsset[];
	readonly rooms: CauseAsset[];
}

export function isBelow(main: HeatMain, top: HeatMain): boolean {
	for (let at: HeatMain | null = main; at !== null; at = at.above) if (at === top) return true;
	return false;
}

function wayM(a: HeatMain, b: HeatMain): number {
	const way = (main: HeatMain): HeatMain[] => {
		const found: HeatMain[] = [];
		for (let at: HeatMain | null = main; at !== null; at = at.above) found.push(at);
		return found;
	};
	const [up, down] = [way(a), way(b)];
	const shared = new Set(up.filter((main) => down.includes(main)));
	const left = [...up, ...down].filter((main) => !shared.has(main));
	return left.reduce((sum, { lengthM }) => sum + lengthM, 0);
}

/** Pressure of a net 1.0 MPa, at the hole 0.16, below it the 0.55 of its height; the fall dies out over 1,200 m of pipe. */
export function burstHeat(make: StormMaker, mains: readonly HeatMain[], hole: HeatMain, periodS: number): void {
	for (const main of mains) {
		const way = wayM(main, hole);
		const low = main === hole ? 0.16 : isBelow(main, hole) ? 0.55 : 1 - 0.84 * Math.exp(-way / 1_200);
		const fall = 1 - low;
		const sampled = (): number => make.random.next() * periodS;
		// A 5 min mean falls by fall x t / 300.
		const at = way / 1_000 + (300 * 0.1) / fall + sampled();
		if (fall > 0.15) make.alarm(main.asset, "pressure-fall", 3, at);
		if (low < 0.5) make.alarm(main.asset, "pressure-low", low < 0.35 ? 3 : 2, way / 1_000 + 15 + 20 * low + sampled());
	}
}

function heat(make: StormMaker): string {
	const { random } = make;
	const mains = make.heatNet("n1", 0, 0, 30, 3, 1);
	const inner = mains.filter((main) => mains.filter((one) => isBelow(one, main)).length >= 3 && main.above !== null);
	const hole = random.pick(inner);
	burstHeat(make, mains, hole, 15);
	for (const main of mains.filter((one) => isBelow(one, hole))) {
		for (const station of main.stations)
			make.alarm(station, "supply-low", random.chance(0.5) ? 3 : 2, 1_800 + random.int(2_400));
		for (const room of main.rooms)
			if (random.chance(0.6)) make.alarm(room, "room-cold", random.chance(0.2) ? 4 : 3, 9_000 + random.int(20_000));
	}
	// The neighbour's net lies between these pipes and is fed by another source; and too hot is not burst.
	const [other] = make.heatNet("n2", 120, 80, 1, 1, 1);
	if (other !== undefined) make.alarm(other.rooms[0] ?? other.asset, "room-cold", 4, 9_100, "neighbour's net");
	make.alarm(hole.asset, "supply-high", 3, 50, "too hot");
	return hole.asset.id;
}

function water(make: StormMaker): string {
	const { random } = make;
	const points = Array.from({ length: 12 }, (_, n) =>
		make.asset(`w${n}`, "waterMain", "water", random.int(5_000) - 2_500, random.int(5_000) - 2_500, {
			site: "供水管网",
		}),
	);
	const [hole, ...others] = points as [CauseAsset, ...CauseAsset[]];
	make.alarm(hole, "pressure-fall", 3, 70 + random.next() * 15);
	make.alarm(hole, "pressure-low", 2, 90 + random.next() * 15);
	for (const point of others) {
		const m = Math.hypot((point.lon - hole.lon) * 83_000, (point.lat - hole.lat) * DEGREE_M);
		const fall = 0.21 * Math.exp(-m / 2_500);
		if (fall > 0.07) make.alarm(point, "pressure-fall", 3, 15 / fall + 10 + m / 300 + random.next() * 15);
		if (fall > 0.16) make.alarm(point, "pressure-low", 2, 120 + m / 300 + random.next() * 15);
	}
	const quality = make.asset("wq", "waterQuality", "water", 900, 300, { site: "供水管网" });
	make.alarm(quality, "turbidity-level", 3, 260);
	make.alarm(quality, "chlorine-low", 3, 250, "poison");
	return hole.id;
}

function leak(make: StormMaker): string {
	const { random } = make;
	const space = make.asset("g0", "gasSpace", "gas", 0, 0, { site: "燃气管网" });
	make.alarm(space, "methane-watch", 2, 60);
	make.alarm(space, "methane-leak", 3, 150);
	make.alarm(space, "methane-danger", 4, 330);
	for (let n = 0; n < 5; n++) {
		const cover = make.asset(`c${n}`, "manhole", "manhole", random.int(600) - 300, random.int(600) - 300);
		make.alarm(cover, "methane-entry", 2, 200 + random.int(200));
		if (random.chance(0.4)) make.alarm(cover, "methane-level", 3, 420 + random.int(100));
	}
	// Another leak down the road: nearer than a leak reaches in all, further than any two of its places are from each other.
	make.alarm(
		make.asset("g9", "gasSpace", "gas", 1_000, 0, { site: "燃气管网" }),
		"methane-danger",
		4,
		300,
		"gas down the road",
	);
	return space.id;
}

/** Every device of a county falls silent, each after its own patience. */
function power(make: StormMaker): string {
	const { random } = make;
	let root = "";
	let first = Number.POSITIVE_INFINITY;
	for (let n = 0; n < 60; n++) {
		const asset = make.asset(
			`d${n}`,
			random.pick(["gasSpace", "waterMain", "underpass"]),
			"gas",
			random.int(9_000),
			random.int(9_000),
		);
		make.sources.set(asset.id, `http/device-${n}`);
		const s = 180 + random.next() * 60;
		if (s < first) [first, root] = [s, asset.id];
		make.alarm(asset, "silent", 1, s);
	}
	const [measured] = make.assets.values();
	if (measured !== undefined) make.alarm(measured, "methane-danger", 4, 175, "measured before it fell silent");
	return root;
}

function gateway(make: StormMaker): string {
	const { random } = make;
	for (let n = 0; n < 40; n++) {
		const asset = make.asset(`d${n}`, "waterMain", "water", random.int(30_000), random.int(30_000), {
			district: random.pick(["210102", "210103", "210106"]),
		});
		make.sources.set(asset.id, "mqtt/gateway-7");
		make.alarm(asset, "silent", 1, 170 + random.next() * 20);
	}
	const subject = "device:mqtt/gateway-7";
	const facts = {
		rule: "gateway-silent",
		severity: 3,
		raisedAt: AT + 180_000,
		system: "system",
		district: "210000",
	} as const;
	make.put({ subject, ...facts, asset: null }, "storm");
	return subject;
}

/** A squall line crosses from west to east; dust follows wind. */
function gale(make: StormMaker): string {
	const { random } = make;
	let root = "";
	let first = Number.POSITIVE_INFINITY;
	for (let n = 0; n < 25; n++) {
		const [x, y] = [random.int(18_000) - 9_000, random.int(12_000) - 6_000];
		const crane = make.asset(`k${n}`, "crane", "construction", x, y, { site: `工地${n}` });
		const s = (x + 9_000) / 20 + random.next() * 3;
		if (s < first) [first, root] = [s, crane.id];
		make.alarm(crane, "wind-level", random.pick([2, 3, 4] as const), s);
		const dust = make.asset(`u${n}`, "dust", "construction", x + 100, y, { site: `工地${n}` });
		if (random.chance(0.5)) make.alarm(dust, "tsp-level", 3, s + 200);
		if (n === 7) make.alarm(crane, "moment-level", 4, s, "overload in the wind");
	}
	return root;
}

function rain(make: StormMaker): string {
	const { random } = make;
	const gauge = make.asset("r0", "rainGauge", "flood", 0, 0);
	make.alarm(gauge, "rain-3h", 3, 300);
	const pump = make.asset("p0", "drainPump", "flood", 1_200, 300);
	make.alarm(pump, "pump-fault", 3, 200);
	for (let n = 0; n < 12; n++) {
		const low = make.asset(
			`f${n}`,
			n % 3 === 0 ? "underpass" : "floodPoint",
			"flood",
			random.int(8_000) - 4_000,
			random.int(8_000) - 4_000,
		);
		const s = 330 + random.int(900);
		make.alarm(low, n % 3 === 0 ? "depth-notice" : "depth-level", n % 3 === 0 ? 1 : 2, s);
		make.alarm(low, n % 3 === 0 ? "depth-close" : "depth-rescue", n % 3 === 0 ? 4 : 3, s + 200);
	}
	return gauge.id;
}

function site(make: StormMaker): string {
	const { random } = make;
	const on = { site: "和平 18 号地块" };
	const pit = make.asset("pit", "pit", "construction", 0, 0, on);
	make.alarm(pit, "rate-jump", 4, 0);
	make.alarm(pit, "force-level", 3, 30);
	for (let n = 0; n < 4; n++) {
		const crane = make.asset(`t${n}`, "crane", "construction", random.int(200), random.int(200), on);
		make.alarm(crane, "tilt-level", random.pick([2, 3] as const), 60 + random.int(1_000));
	}
	return pit.id;
}

const MAKE: Readonly<Record<StormKind, (make: StormMaker) => string>> = {
	heat,
	water,
	leak,
	power,
	gateway,
	gale,
	rain,
	site,
};

export function makeStorm(kind: StormKind, seed: number): Storm {
	const make = new StormMaker(seed);
	const root = MAKE[kind](make);
	const times = make.alarms.map(({ alarm }) => (alarm.raisedAt - AT) / 1_000);
	make.bystanders(Math.min(...times), Math.min(1_200, Math.max(...times) - Math.min(...times)));
	return make.finish(kind, root);
}
