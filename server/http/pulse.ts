// /api/pulse: one quantity over time for each city, lowest and highest of its counties per step; a step in which nothing came in is
// a gap. For the fourteen ridges of the wall: walls ask once a minute, so answers are shared and only the newest steps read again.
import { z } from "zod";
import { CITIES } from "#geodata/liaoning/district_table.ts";
import { cityOf, districtPrefix } from "#model/ids.ts";
import { type Measure, toValue } from "#model/measure.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { inScope, type Scope } from "#model/rights.ts";
import type { AssetView } from "../bus/bus.ts";
import type { Facts } from "./facts.ts";
import { Kept } from "./kept.ts";
import type { HttpParts } from "./parts.ts";
import { type Cells, PulseColumns } from "./pulse_columns.ts";
import { timeParam } from "./query.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const STEPS_MAX = 2_000;
const LONGEST_MS = 400 * DAY_MS;
const ASSETS_MAX = 400;
/** An answer is shared this long. */
const KEPT_MS = 10_000;
const ANSWERS_KEPT = 64;
/** Quantities whose columns are kept; a wall shows two or three. */
const COLUMNS_KEPT = 12;

interface Asked {
	readonly kind: string;
	readonly measure: string;
	readonly from: number;
	readonly to: number;
	readonly step: number;
}

interface City {
	readonly district: string;
	readonly min: (number | null)[];
	readonly max: (number | null)[];
}

export function pulseRoutes(parts: HttpParts, facts: Facts): Route[] {
	const { mirror, clock, store } = parts;
	const columns = new Kept<PulseColumns>(clock, DAY_MS, COLUMNS_KEPT);
	const answers = new Kept<string>(clock, KEPT_MS, ANSWERS_KEPT);
	const answer = async (asked: Asked, measure: Measure, scope: Scope): Promise<string> => {
		const { kind, step, from, to } = asked;
		const assets = assetsOf(parts, kind);
		const index = assets[0]?.measures.indexOf(asked.measure) ?? 0;
		const channels = Uint32Array.from(assets, (asset) => asset.channels[index] ?? 0);
		const key = [kind, asked.measure, step, from % step, mirror.catalogue.epoch, channels.join()].join(" ");
		const kept = await columns.get(key, () => Promise.resolve(new PulseColumns(store, channels, step)));
		const cells = await kept.between(from, to, clock.now());
		return JSON.stringify({
			...asked,
			unit: measure.unit,
			cities: citiesOf(assets, cells, measure.scale, scope),
			demoHistoryUntil: await facts.demoHistoryUntil(),
		});
	};
	return [
		route({
			method: "get",
			path: "/api/pulse",
			policy: { action: "read" },
			summary: "One quantity per city and step of time: lowest and highest of its counties, null where nothing came in",
			query: z.object({
				kind: z.string().max(48),
				measure: z.string().max(48),
				from: timeParam.optional(),
				to: timeParam.optional(),
				/** Milliseconds. */
				step: z.coerce
					.number()
					.int()
					.min(MINUTE_MS)
					.max(31 * DAY_MS)
					.default(15 * MINUTE_MS),
			}),
			handle: async ({ who, query }): Promise<Answer | Problem> => {
				const measure = measureOf(parts, query.kind, query.measure);
				if (isProblem(measure)) return measure;
				const asked = spanOf(query, clock.now());
				if (isProblem(asked)) return asked;
				return {
					body: await answers.get(JSON.stringify([asked, who.scope]), () => answer(asked, measure, who.scope)),
				};
			},
		}),
	];
}

function measureOf(parts: HttpParts, kind: string, name: string): Measure | Problem {
	const known = parts.mirror.catalogue.kinds.get(kind);
	if (known === undefined) return problem("unknown-kind", "no system has this kind", "kind");
	const measure = known.measures.get(name);
	if (measure === undefined)
		return problem("unknown-measure", `${kind} measures ${[...known.measures.keys()].join(", ")}`, "measure");
	if (assetsOf(parts, kind).length > ASSETS_MAX)
		return problem(
			"too-many",
			`a pulse is made of at most ${ASSETS_MAX} assets: ask for a kind of county figures`,
			"kind",
		);
	return measure;
}

function spanOf(
	query: { kind: string; measure: string; from?: number | undefined; to?: number | undefined; step: number },
	now: number,
): Asked | Problem {
	const { kind, measure, step } = query;
	const end = query.to ?? Math.ceil(now / step) * step;
	const from = query.from ?? end - DAY_MS;
	const count = Math.ceil((end - from) / step);
	if (count < 1 || count > STEPS_MAX) return problem("bad-query", `1 to ${STEPS_MAX} steps at once`, "step");
	if (end - from > LONGEST_MS) return problem("bad-query", "at most 400 days at once", "from");
	return { kind, measure, from, to: from + count * step, step };
}

function assetsOf({ mirror }: HttpParts, kind: string): AssetView[] {
	const assets: AssetView[] = [];
	for (const asset of mirror.catalogue.assets.values()) if (asset.record.kind === kind) assets.push(asset);
	return assets.sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

function citiesOf(
	assets: readonly AssetView[],
	cells: readonly (Cells | null)[],
	scale: number,
	scope: Scope,
): readonly City[] {
	const places = new Map<string, number[]>();
	for (const [place, { record, system }] of assets.entries()) {
		if (!inScope(scope, { district: record.district, system })) continue;
		const city = cityOf(record.district);
		const own = places.get(city);
		if (own === undefined) places.set(city, [place]);
		else own.push(place);
	}
	return CITIES.filter(({ code }) => touches(scope, code)).map(({ code }) => {
		const own = places.get(code) ?? [];
		const figure = (column: "min" | "max"): (number | null)[] =>
			cells.map((one) => {
				let best = Number.NaN;
				for (const place of own) {
					const count = one?.[column][place] ?? Number.NaN;
					if (Number.isNaN(count)) continue;
					if (Number.isNaN(best) || (column === "min" ? count < best : count > best)) best = count;
				}
				return Number.isNaN(best) ? null : toValue(best, scale);
			});
		return { district: code, min: figure("min"), max: figure("max") };
	});
}

/** The scope holds the city, a part of it, or all of which it is a part. */
function touches(scope: Scope, city: string): boolean {
	return scope.districts.some((code) => {
		const prefix = districtPrefix(code);
		return city.startsWith(prefix) || prefix.startsWith(districtPrefix(city));
	});
}
