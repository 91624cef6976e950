// T-46: a device, a gateway, a whole city and a whole door fall silent, in random places and at random moments, over the real heart. No
// condition is ever cleared by it, every row is stale in time, and whoever is silent together is one alarm. A restart changes nothing.
import { expect, test } from "vitest";
import { Quality } from "#model/measure.ts";
import { administrator, asset, startHeart, type TestHeart } from "../support/heart.ts";
import { Random } from "../support/random.ts";
import { NOW } from "../support/systems.ts";
import { amount, patience } from "../support/tier.ts";

const ROUNDS = amount("LIAOWANG_TEST_SILENCES", 12, 100);
const SEED = Number(process.env.LIAOWANG_TEST_SEED ?? 46);
/** `level` of the test system is stale after this, and its silence an alarm after twice as much. */
const SILENT_AFTER_MS = 60_000;
const EVERY_MS = 20_000;

const CITIES = ["2101", "2102", "2103"];
const PER_CITY = 12;
type Fault = "device" | "gateway" | "city" | "door";
const faults: readonly Fault[] = ["device", "gateway", "city", "door"];

interface Device {
	readonly source: string;
	readonly city: string;
	readonly assets: readonly string[];
}

/** Twelve devices of one asset each in every city, on two doors, and a gateway of four assets. */
function devicesOf(): Device[] {
	return CITIES.flatMap((city) => [
		...Array.from({ length: PER_CITY }, (_, n): Device => {
			const door = n % 2 === 0 ? "http" : "mqtt";
			return { source: `${door}/dev-${city}-${n}`, city, assets: [`p-${city}-${n}`] };
		}),
		{ source: `hj212/gate-${city}`, city, assets: [0, 1, 2, 3].map((n) => `g-${city}-${n}`) },
	]);
}

class Trial {
	readonly devices = devicesOf();
	readonly silent = new Set<string>();
	it: TestHeart;

	constructor(it: TestHeart) {
		this.it = it;
	}

	async speak(): Promise<void> {
		const at = this.it.clock.now();
		const committed: Promise<void>[] = [];
		for (const { source, assets } of this.devices) {
			if (this.silent.has(source)) continue;
			// The first of each city stands in alarm: its silence must not clear it.
			const readings = assets.map((id) => {
				const value = id.endsWith("-0") ? 35 : 1;
				return { asset: id, measure: "level", at, value, quality: "good" as const };
			});
			committed.push(this.it.heart.pipeline.accept(readings, source).committed);
		}
		await Promise.all(committed);
	}

	/** Time passes, and whoever can speaks every 20 s. */
	async live(ms: number): Promise<void> {
		for (const end = this.it.clock.now() + ms; this.it.clock.now() < end; ) {
			this.it.clock.advanceTo(Math.min(end, this.it.clock.now() + EVERY_MS));
			await this.speak();
		}
	}

	/** Active alarms about silence: rule and subject. */
	silences(): string[] {
		return this.it.heart.alarms
			.open()
			.flatMap(({ active, rule, subject }) => (active && /silent/.test(rule) ? [`${rule} ${subject}`] : []))
			.sort();
	}

	levels(): number {
		return this.it.heart.alarms.open().filter(({ active, rule }) => active && rule === "level-high").length;
	}

	stale(): number {
		const { catalogue, latest } = this.it.heart;
		const rows = this.devices.flatMap(({ assets }) => assets.map((id) => catalogue.row(id, "level")));
		return rows.filter((row) => latest.quality[row] === Quality.stale).length;
	}
}

/** Who falls silent, and what may be said about it. */
function strike(trial: Trial, fault: Fault, random: Random): string[] {
	const city = random.pick(CITIES);
	const own = (test: (device: Device) => boolean) => trial.devices.filter(test);
	const gone =
		fault === "device"
			? [random.pick(own((device) => device.city === city && device.assets.length === 1))]
			: fault === "gateway"
				? own(({ source }) => source === `hj212/gate-${city}`)
				: fault === "city"
					? own((device) => device.city === city)
					: own(({ source }) => source.startsWith("mqtt/"));
	for (const { source } of gone) trial.silent.add(source);
	const [first] = gone;
	if (fault === "device") return [`silent channel:${first?.assets[0]}/level`];
	if (fault === "gateway") return [`gateway-silent device:hj212/gate-${city}`];
	return fault === "city" ? [`city-silent district:${city}00`] : ["door-silent door:mqtt"];
}

test("T-46 whoever is silent together is one alarm, nothing is cleared by silence, every row is stale in time, over restarts too", {
	timeout: patience(60_000),
}, async () => {
	const random = new Random(SEED);
	const trial = new Trial(await startHeart());
	try {
		const assets = trial.devices.flatMap(({ city, assets: ids }) =>
			ids.map((id) => asset(id, { district: `${city}02` })),
		);
		const put = await trial.it.heart.editor.putAssets(administrator, assets, "test");
		expect(put).toMatchObject({ rejected: [] });
		for (const { source, assets: ids } of trial.devices) {
			const [door, address] = source.split("/");
			if (ids.length > 1) continue;
			const made = await trial.it.heart.editor.putDevice(administrator, { asset: ids[0], door, address }, "test");
			expect(made).toMatchObject({ asset: ids[0] });
		}
		for (let round = 0; round < ROUNDS; round++) {
			await trial.live(3 * EVERY_MS);
			expect(trial.silences()).toEqual([]);
			const standing = trial.levels();
			expect(standing).toBe(2 * CITIES.length);
			const expected = strike(trial, faults[round % faults.length] ?? "device", random);
			const gone = trial.devices.filter(({ source }) => trial.silent.has(source)).flatMap((device) => device.assets);
			// Stale at the latest after twice the time within which it should have spoken.
			await trial.live(2 * SILENT_AFTER_MS);
			expect(trial.stale()).toBe(gone.length);
			await trial.live(2 * SILENT_AFTER_MS + random.int(600) * 1_000);
			expect(trial.silences()).toEqual(expected);
			expect(trial.levels()).toBe(standing);
			if (random.chance(0.4)) {
				trial.it = await trial.it.restart();
				// The counting begins anew, and nothing is over because of it.
				trial.it.clock.advanceTo(trial.it.clock.now() + 2_000);
				await trial.speak();
				expect(trial.levels()).toBe(standing);
				expect(trial.silences()).toEqual(expected);
				await trial.live(5 * SILENT_AFTER_MS);
				// Who fed what behind an unregistered gateway is learned from its frames: it may then be named by its assets too.
				const said = trial.silences();
				if (faults[round % faults.length] === "gateway") expect(said).toEqual(expect.arrayContaining(expected));
				else expect(said).toEqual(expected);
			}
			trial.silent.clear();
		}
		expect(trial.it.clock.now()).toBeGreaterThan(NOW);
	} finally {
		await trial.it.close();
	}
});
