// The devices at work: each tick takes whose turn it is, asks the world what they measure, and offers it to their sender. Owns the
// run's clock: real for the times that are sent, faster for the world when asked. Started and stopped by main.
import { Chance, hashText, unit } from "#geodata/liaoning/demo/chance.ts";
import type { Sender, SentReading } from "./parcel.ts";
import { eventMs, type Group, hurry, PLAN } from "./plan.ts";
import { Rota } from "./rota.ts";
import type { WorldAsset } from "./world/asset.ts";
import type { Values } from "./world/scene.ts";
import type { Sample } from "./world/world.ts";

const TICK_MS = 50;
/** Every channel is heard within this time of the start, whatever its period. */
const FIRST_ROUND_MS = 12_000;
/** A state that does not change is told again this often. */
const REMIND_MS = 30 * 60_000;
/** A device to which something happens looks this often whether a value has leapt. */
const LOOK_MS = 2_000;
const LEAP_SHARE = 0.1;
/** Not more often: means of five minutes rest on even samples. */
const LEAP_GAP_MS = 12_000;

/** What the devices stand in: the world, or the world with a scenario laid over it. */
export interface Surroundings {
	readonly assets: readonly WorldAsset[];
	/** null: the device says nothing. */
	sample(asset: WorldAsset, at: number): Sample | null;
	/** Devices to which something happens, null: none. They report at once and more often, as real ones do. */
	readonly actors?: ReadonlySet<WorldAsset> | null;
	/** How much faster than the devices' rhythm it happens. */
	readonly speed?: number;
}

export interface FleetOptions {
	readonly world: Surroundings;
	readonly senderOf: ReadonlyMap<string, Sender>;
	readonly seed: number;
	/** Begins every ledger number, so that runs that share a ledger do not share numbers. */
	readonly run: string;
	readonly rate: number | null;
	readonly speed: number;
	readonly now: () => number;
}

interface Entry {
	readonly asset: WorldAsset;
	readonly group: Group;
	readonly sender: Sender;
	readonly phase: number;
	readonly firstPhase: number;
	/** `change` groups: what was told last, and when. */
	told: string;
	toldAt: number;
	/** The last `at`: a device whose clock counts seconds has one value a second. */
	lastAt: number;
	/** While something happens to it: when it looks again, and what it said last. */
	eventAt: number;
	said: Values | null;
}

export class Fleet {
	readonly #options: FleetOptions;
	readonly #rotas: Rota<Entry>[] = [];
	readonly #first: Rota<Entry>;
	readonly #entriesOf: ReadonlyMap<WorldAsset, readonly Entry[]>;
	readonly #startAt: number;
	readonly #chance: Chance;
	#firstLeft: number;
	#timer: NodeJS.Timeout | null = null;
	#count = 0;
	/** What late devices hold back, by when they hand it in. */
	#held: { readonly dueAt: number; readonly run: () => void }[] = [];

	constructor(options: FleetOptions) {
		this.#options = options;
		this.#startAt = options.now();
		this.#chance = new Chance(hashText("fleet", options.seed));
		const entries = this.#entries();
		this.#entriesOf = Map.groupBy(entries, ({ asset }) => asset);
		const faster = options.rate === null ? 1 : hurry(this.#kinds(), options.rate);
		const byPeriod = Map.groupBy(entries, ({ group }) => {
			const period = group.isExact === true ? group.everyMs : Math.max(1, group.everyMs / faster);
			return `${period} ${group.isExact === true}`;
		});
		for (const [key, group] of byPeriod) {
			const [period, isExact] = key.split(" ");
			const periodMs = Number(period);
			// A sum covers the time since the one before: its rounds begin with the first round, everything else is spread evenly.
			const offset = (this.#startAt % periodMs) / periodMs;
			const phaseOf = (entry: Entry): number =>
				isExact === "true" ? (offset + (entry.firstPhase * FIRST_ROUND_MS) / periodMs) % 1 : entry.phase;
			this.#rotas.push(new Rota(periodMs, group, phaseOf, this.#startAt));
		}
		const others = entries.filter(({ group }) => group.isExact !== true && group.everyMs / faster > FIRST_ROUND_MS);
		const offset = (this.#startAt % FIRST_ROUND_MS) / FIRST_ROUND_MS;
		this.#first = new Rota(FIRST_ROUND_MS, others, (entry) => (offset + entry.firstPhase) % 1, this.#startAt);
		this.#firstLeft = FIRST_ROUND_MS;
	}

	get readings(): number {
		return this.#count;
	}

	start(): void {
		this.#timer = setInterval(() => this.tick(), TICK_MS);
	}

	stop(): void {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** One step of the clock; called by the timer, and by tests with their own time. */
	tick(): void {
		const now = this.#options.now();
		if (this.#firstLeft > 0) {
			const until = Math.min(now, this.#startAt + FIRST_ROUND_MS);
			this.#first.due(until, (entry) => this.#speak(entry, now));
			this.#firstLeft = this.#startAt + FIRST_ROUND_MS - until;
		}
		for (const rota of this.#rotas) rota.due(now, (entry) => this.#speak(entry, now));
		this.#events(now);
		if (this.#held.length === 0) return;
		const due = this.#held.filter(({ dueAt }) => dueAt <= now);
		this.#held = this.#held.filter(({ dueAt }) => dueAt > now);
		for (const { run } of due) run();
	}

	/** Reports beyond the usual rhythm of those to whom something happens. */
	#events(now: number): void {
		const { world } = this.#options;
		for (const actor of world.actors ?? []) {
			for (const entry of this.#entriesOf.get(actor) ?? []) {
				if (now < entry.eventAt) continue;
				const period = eventMs(actor.kind, entry.group, world.speed ?? 1);
				entry.eventAt = now + (period ?? LOOK_MS);
				if (period !== null || this.#hasLeapt(entry, now)) this.#speak(entry, now);
			}
		}
	}

	/** A tenth away from what was said last: worth a report out of turn. */
	#hasLeapt({ asset, group, said, lastAt }: Entry, now: number): boolean {
		if (said === null || group.isExact === true || now - lastAt < LEAP_GAP_MS) return false;
		const values = this.#options.world.sample(asset, this.#worldAt(now))?.values ?? {};
		return group.measures.some((measure) => {
			const [before = 0, value = 0] = [said[measure], values[measure]];
			return Math.abs(value - before) > LEAP_SHARE * Math.max(Math.abs(before), Math.abs(value));
		});
	}

	#entries(): Entry[] {
		const { world, senderOf, seed } = this.#options;
		const entries: Entry[] = [];
		for (const asset of world.assets) {
			const sender = senderOf.get(asset.record.id);
			if (sender === undefined) continue;
			for (const [index, group] of (PLAN[asset.kind] ?? []).entries()) {
				const own = hashText(`${asset.record.id} ${index}`, seed);
				// Groups of one asset with one period speak in one breath where they can.
				const phase = unit(hashText(asset.record.id, seed), 1);
				entries.push({
					asset,
					group,
					sender,
					phase,
					firstPhase: unit(own, 2),
					told: "",
					toldAt: 0,
					lastAt: 0,
					eventAt: 0,
					said: null,
				});
			}
		}
		return entries;
	}

	*#kinds(): Iterable<string> {
		for (const asset of this.#options.world.assets) if (this.#options.senderOf.has(asset.record.id)) yield asset.kind;
	}

	/** Time of the world for a real time. */
	#worldAt(at: number): number {
		return this.#startAt + (at - this.#startAt) * this.#options.speed;
	}

	#speak(entry: Entry, now: number): void {
		const { asset, group, sender } = entry;
		const sample = this.#options.world.sample(asset, this.#worldAt(now));
		if (sample === null) return;
		if (group.on === "change" && !isNews(entry, sample, now)) return;
		const at = timeOf(entry, now);
		if (at === entry.lastAt) return;
		entry.lastAt = at;
		entry.said = sample.values;
		const readings = this.#readings(asset, group, sample, at);
		if (readings.length === 0) return;
		const parcel = { asset: asset.record.id, at, readings, attempts: 0 };
		if (sample.lateMs === 0) sender.offer(parcel);
		else {
			const jitter = this.#chance.next() * 1_000;
			this.#held.push({ dueAt: now + sample.lateMs / this.#options.speed + jitter, run: () => sender.offer(parcel) });
		}
	}

	#readings(asset: WorldAsset, group: Group, sample: Sample, at: number): SentReading[] {
		const readings: SentReading[] = [];
		for (const measure of group.measures) {
			const value = sample.values[measure];
			if (value === undefined) continue;
			this.#count += 1;
			const id = `${this.#options.run}-${this.#count}`;
			const flag = sample.broken.includes(measure) ? "D" : sample.overRange.includes(measure) ? "T" : "N";
			const quality = flag === "D" ? "bad" : flag === "T" ? "suspect" : "good";
			readings.push({
				id,
				asset: asset.record.id,
				measure,
				at,
				value: flag === "D" ? null : value,
				quality,
				flag,
			});
		}
		return readings;
	}
}

/** HJ 212 knows whole seconds; five-minute data is labelled with the start of its period. */
function timeOf({ asset, group }: Entry, now: number): number {
	if (asset.kind !== "dust") return now;
	if (group.isExact === true) return Math.floor(now / group.everyMs) * group.everyMs - group.everyMs;
	return Math.floor(now / 1000) * 1000;
}

function isNews(entry: Entry, sample: Sample, now: number): boolean {
	const state = entry.group.measures.map((measure) => sample.values[measure]).join(" ");
	if (state === entry.told && now - entry.toldAt < REMIND_MS) return false;
	entry.told = state;
	entry.toldAt = now;
	return true;
}
