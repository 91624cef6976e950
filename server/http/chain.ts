// GET /api/alarms/{id}/chain: the chain of responsibility of one occurrence, from what the log, the screens' receipts, the log lines
// and the readings hold (model/chain.ts decides). Nothing is asked of core but which device speaks for the asset.
import { z } from "zod";
import type { Alarm } from "#model/alarm.ts";
import { type ChainReading, chainOfAlarm } from "#model/chain.ts";
import { type Measure, qualityName, toValue } from "#model/measure.ts";
import { isProblem, problem } from "#model/problem.ts";
import { holds } from "#model/register.ts";
import { inScope, WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";
import type { CatalogueView } from "../bus/catalogue_view.ts";
import type { Facts } from "./facts.ts";
import { incidentsOf } from "./incidents_of.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

/** Transitions of one alarm that are looked through: a chattering one has hundreds. */
const TRANSITIONS_MAX = 1_000;
const LINES_MAX = 5_000;
/** How long before a raise its reading is looked for, ms: usually minutes; a silent channel's last one is hours old. */
const READING_WITHIN_MS = [600_000, 12 * 3_600_000] as const;
/** Who asks which device speaks for an asset: the server itself, for one address. */
const SELF: Who = { user: "system", roles: ["administrator"], scope: WHOLE_PROVINCE };

export function chainRoutes(parts: HttpParts, facts: Facts): Route[] {
	const { mirror, store, clock } = parts;
	return [
		route({
			method: "get",
			path: "/api/alarms/:id/chain",
			fresh: true,
			policy: { action: "read" },
			summary: "Who did what about an alarm and when: every step with its deadline and what is missing",
			query: z.object({ occurrence: z.coerce.number().int().min(1).max(1_000_000).optional() }),
			handle: async ({ who, params, query }) => {
				const id = params.id ?? "";
				const { transitions, receipts } = await fromStore(store.story(id, TRANSITIONS_MAX));
				const last = transitions.at(-1);
				if (last === undefined || !inScope(who.scope, last.alarm))
					return problem("not-found", "no such alarm in your scope, or it could not be recorded yet");
				const wanted = query.occurrence ?? last.alarm.occurrence;
				const raise = transitions.find(({ alarm }) => alarm.occurrence === wanted);
				if (raise === undefined) return problem("not-found", "this occurrence is not on record");
				const read = await fromStore(store.lines(`alarm:${id}`, 0, LINES_MAX));
				const lines = read.filter((line) => holds(who.scope, line));
				const asset = raise.alarm.asset === null ? undefined : mirror.catalogue.assets.get(raise.alarm.asset);
				const reading = await readingOf(parts, raise.alarm, asset);
				const now = clock.now();
				const chain = chainOfAlarm({ transitions, receipts, lines, reading, occurrence: wanted, now });
				if (chain === null) return problem("not-found", "this occurrence is not on record");
				const next = transitions.find(({ alarm: one }) => one.occurrence > wanted);
				const { alarm } = transitions.findLast(({ alarm: one }) => one.occurrence === wanted) ?? raise;
				return {
					body: {
						now,
						alarm,
						raised: raise.alarm,
						chain,
						reading,
						device: await deviceOf(parts, asset),
						rule: ruleOf(parts, raise.alarm, asset),
						occurrences: [...new Set(transitions.map(({ alarm: one }) => one.occurrence))],
						incidents: await incidentsOf(parts, who, raise.alarm, next?.alarm.raisedAt ?? Number.POSITIVE_INFINITY),
						demoHistoryUntil: await facts.demoHistoryUntil(),
					},
				};
			},
		}),
	];
}

interface FoundReading extends ChainReading {
	readonly measure: string;
	readonly value: number | null;
	readonly unit: string;
	readonly quality: string;
}

/**
 * The newest reading of a device at or before the raise: of a computed measure, what it is computed from. null when the alarm is about
 * no channel or the readings are gone by age.
 */
async function readingOf(
	{ mirror, store }: HttpParts,
	raised: Alarm,
	asset: AssetView | undefined,
): Promise<FoundReading | null> {
	const measure = asset === undefined ? null : measuredOf(mirror.catalogue, asset, raised.measure);
	const channel = measure === null ? undefined : asset?.channels[asset.measures.indexOf(measure.id)];
	if (measure === null || channel === undefined) return null;
	for (const within of READING_WITHIN_MS) {
		const block = await fromStore(store.readings(channel, raised.raisedAt - within, raised.raisedAt + 1));
		const index = block.at.length - 1;
		const at = block.at[index];
		if (at === undefined) continue;
		const count = block.count[index] ?? Number.NaN;
		return {
			at,
			receivedAt: block.receivedAt[index] ?? at,
			measure: measure.id,
			value: Number.isNaN(count) ? null : toValue(count, measure.scale),
			unit: measure.unit,
			quality: qualityName(block.quality[index] ?? 0),
		};
	}
	return null;
}

/** A measure that a device sends, behind at most a few computed ones. */
function measuredOf(catalogue: CatalogueView, asset: AssetView, measureId: string | null): Measure | null {
	let measure = measureId === null ? null : catalogue.measureOf(asset, measureId);
	for (let left = 4; left > 0 && measure?.derive !== undefined; left--) {
		const { derive }: Measure = measure;
		if (!("from" in derive) || typeof derive.from !== "string") break;
		measure = catalogue.measureOf(asset, derive.from);
	}
	return measure;
}

/** Door and address of the devices that speak for the asset; empty when core is away. */
async function deviceOf(
	{ core, log }: HttpParts,
	asset: AssetView | undefined,
): Promise<readonly { door: string; address: string }[]> {
	if (asset === undefined) return [];
	try {
		const devices = await core.call("devices", { who: SELF });
		if (isProblem(devices)) return [];
		return devices.filter((one) => one.asset === asset.record.id).map(({ door, address }) => ({ door, address }));
	} catch (fault) {
		log.warn({ err: fault }, "the chain of an alarm is told without its device");
		return [];
	}
}

/** The rule in force, and whether it is still the one that judged. */
function ruleOf({ mirror }: HttpParts, raised: Alarm, asset: AssetView | undefined): object | null {
	const limit = asset === undefined ? undefined : mirror.catalogue.limitsOf(asset).find(({ id }) => id === raised.rule);
	if (asset === undefined || limit === undefined) return null;
	const isOwn = asset.limits.some(({ id }) => id === limit.id);
	const isSame =
		raised.limit === null || limit.type === "silence" || limit.levels.some(({ value }) => value === raised.limit);
	return { limit, isOwn, isSame };
}
