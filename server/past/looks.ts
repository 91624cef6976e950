// Which asset of the demo's past is looked at when, and which of its measures are written then: every five minutes in the last two
// days; before that hourly, but every five minutes while an asset is in trouble and while rain falls into a gauge. Made by make.ts.
import { hashText, unit } from "#geodata/liaoning/demo/chance.ts";
import type { Measure } from "#model/measure.ts";
import { type Group, PLAN } from "../simulate/plan.ts";
import type { WorldAsset } from "../simulate/world/asset.ts";
import type { World } from "../simulate/world/world.ts";

export const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Step of the generator; every other time is a multiple of it. */
export const STEP_MS = 300_000;
/** A state that does not change is told again this often, as devices do. */
const REMIND_MS = 30 * 60_000;
/** Looks of an asset whose rule counts the last three samples of five minutes. */
const CLOSE_LOOKS = 3;
/** Looks of a minute lie within its first seconds. */
const SPREAD_S = 58;

export interface Look {
	readonly asset: WorldAsset;
	/** ms after the begin of the step, whole seconds. */
	readonly offsetMs: number;
	readonly groups: readonly LookGroup[];
	/** The first of the asset's looks in a step, the one that sees all groups. */
	readonly isFirst: boolean;
	/** Shared by the looks of an asset; null: no trouble of its own ever comes to it. */
	readonly watch: Watch | null;
}

/** An asset in trouble is watched closely, and for a while after. */
interface Watch {
	until: number;
}

export interface LookGroup {
	readonly group: Group;
	/** Distance of its readings while the asset is looked at closely, and otherwise; multiples of STEP_MS. */
	readonly denseMs: number;
	readonly sparseMs: number;
	/** Parts of a sum: looked at in every step, but what is dry is told once an hour. */
	readonly isSummed: boolean;
	/** Dust stations label five-minute data with the begin of its period. */
	readonly labelMs: number;
	/** `change` groups: what was told last, and when. */
	told: string;
	toldAt: number;
}

/** Measures of a kind that a sum or a count of samples is derived from. */
export interface Needs {
	readonly summed: ReadonlySet<string>;
	readonly counted: ReadonlySet<string>;
}

export function needsOf(measures: readonly Measure[]): Needs {
	const summed = new Set<string>();
	const counted = new Set<string>();
	for (const { derive } of measures) {
		if (derive?.type === "window" && derive.op === "sum") summed.add(derive.from);
		if (derive?.type === "nOfM") counted.add(derive.from);
	}
	return { summed, counted };
}

/** Every look of a step, by its time in it. */
export function planLooks(
	assets: readonly WorldAsset[],
	seed: number,
	measuresOf: (kind: string) => readonly Measure[],
	mayFail: (asset: WorldAsset) => boolean,
): Look[] {
	const needs = new Map<string, Needs>();
	const looks: Look[] = [];
	for (const asset of assets) {
		let own = needs.get(asset.kind);
		if (own === undefined) {
			own = needsOf(measuresOf(asset.kind));
			needs.set(asset.kind, own);
		}
		const { summed, counted } = own;
		const troubled = mayFail(asset);
		const groups = (PLAN[asset.kind] ?? []).map((group): LookGroup => {
			const isSummed = group.measures.some((measure) => summed.has(measure));
			const denseMs = distance(group, STEP_MS);
			const sparseMs = isSummed ? denseMs : distance(group, HOUR_MS);
			const labelMs = asset.kind === "dust" && group.isExact === true ? group.everyMs : 0;
			return { group, denseMs, sparseMs, isSummed, labelMs, told: "", toldAt: 0 };
		});
		const close = groups.filter(({ group }) => group.measures.some((measure) => counted.has(measure)));
		const many = troubled && close.length > 0 ? CLOSE_LOOKS : 1;
		const watch = troubled ? { until: 0 } : null;
		const offset = offsetOf(asset, seed, many);
		for (let n = 0; n < many; n++) {
			const offsetMs = offset + (n * STEP_MS) / many;
			looks.push({ asset, offsetMs, groups: n === 0 ? groups : close, isFirst: n === 0, watch });
		}
	}
	return looks.sort((a, b) => a.offsetMs - b.offsetMs);
}

/** A county's assets speak within one minute: they share its weather. Those of several looks speak within the first third. */
function offsetOf(asset: WorldAsset, seed: number, many: number): number {
	const minutes = Math.floor(STEP_MS / many / MINUTE_MS);
	const minute = hashText(asset.record.district, seed) % minutes;
	const second = Math.floor(unit(hashText(asset.record.id, seed), 31) * SPREAD_S);
	return minute * MINUTE_MS + second * 1_000;
}

/** At least the device's own period, in whole steps. */
function distance({ everyMs, isExact }: Group, atLeast: number): number {
	// Five-minute figures of a whole hour would be one of twelve: told as they are, once an hour.
	const wanted = isExact === true && atLeast === STEP_MS ? everyMs : Math.max(everyMs, atLeast);
	return Math.max(STEP_MS, Math.ceil(wanted / STEP_MS) * STEP_MS);
}

export function isDue({ denseMs, sparseMs }: LookGroup, step: number, isDense: boolean): boolean {
	return step % (isDense ? denseMs : sparseMs) === 0;
}

export function isLookDue({ groups }: Look, step: number, isClose: boolean): boolean {
	for (const one of groups) if (isDue(one, step, isClose)) return true;
	return false;
}

/** Keeps an eye on an asset while it is in trouble and for an hour after, so that the end is seen as closely as the begin. */
export function isWatched({ watch, asset }: Look, world: Pick<World, "isTroubled">, at: number): boolean {
	if (watch === null) return false;
	if (world.isTroubled(asset, at)) watch.until = at + HOUR_MS;
	return at < watch.until;
}

/** False for a state that has not changed and for a gauge that stays dry. Remembers what was told. */
export function isNews(
	one: LookGroup,
	values: Readonly<Record<string, number>>,
	at: number,
	isClose: boolean,
): boolean {
	const isState = one.group.on === "change";
	if (!isState && (!one.isSummed || isClose)) return true;
	let state = "";
	for (const measure of one.group.measures) state += ` ${values[measure] ?? ""}`;
	const isSame = isState ? state === one.told : !/[1-9]/.test(state) && !/[1-9]/.test(one.told) && one.toldAt > 0;
	if (isSame && at - one.toldAt < (isState ? REMIND_MS : HOUR_MS)) return false;
	one.told = state;
	one.toldAt = at;
	return true;
}
