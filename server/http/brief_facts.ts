// Counts the morning brief: from the store and the register alone, within the caller's scope. Every part says by which question it
// can be counted again. Called by brief.ts; the arithmetic is model/brief.ts.
import { CITIES } from "#geodata/liaoning/district_table.ts";
import type { AlarmStep } from "#model/answers.ts";
import { KEPT_DAYS } from "#model/archive.ts";
import { type Brief, COMPARED_DAYS, DAY_MS, type Levels, type Source, trendOf, waits } from "#model/brief.ts";
import { cityOf, districtPrefix } from "#model/ids.ts";
import type { Incident } from "#model/incident.ts";
import { type Entry, holds } from "#model/register.ts";
import { inScope, type Place, type Scope } from "#model/rights.ts";
import { placeName } from "../documents/names.ts";
import { archivedSince } from "./archive.ts";
import { supplyOf, weatherOf } from "./brief_supply.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import { type RiverStep, sweep } from "./river_sweep.ts";

/** Changes of alarms read for eight days; more are said to be left out. */
const READ_MAX = 400_000;
const LONGEST_MAX = 10;
const LEVELS = [4, 3, 2, 1] as const;

export interface BriefAsked {
	readonly date: string;
	readonly from: number;
	readonly to: number;
	readonly scope: Scope;
}

export async function makeBrief(parts: HttpParts, asked: BriefAsked): Promise<Brief> {
	const { mirror, clock } = parts;
	const now = clock.now();
	const { scope, ...span } = asked;
	const counted = await alarmsOf(parts, asked, now);
	const [supply, weather] = await Promise.all([supplyOf(parts, asked), weatherOf(parts, asked)]);
	return {
		...span,
		madeAt: now,
		area: scope.districts.map(placeName).join("、"),
		demo: mirror.demo,
		...counted,
		incidents: await incidentsOf(parts, asked, now),
		supply: supply.figures,
		weather: weather.cities,
		sources: [...sourcesOf(asked, counted.open.at), ...supply.sources, ...weather.sources],
	};
}

type Counted = Pick<Brief, "alarms" | "longest" | "open">;

async function alarmsOf(parts: HttpParts, { from, to, scope }: BriefAsked, now: number): Promise<Counted> {
	const { mirror, store } = parts;
	const begin = from - COMPARED_DAYS * DAY_MS;
	// Noted before the store is asked: what moves meanwhile is in the log that is read then.
	const present = [...mirror.alarms.values()];
	const log = await fromStore(store.alarmSpan(begin, to, READ_MAX));
	const isHere = (place: Place): boolean => inScope(scope, place);
	const days = sweep(log, present, { from: begin, to, step: DAY_MS, now }, isHere);
	const first = log.since === 0 && log.before.length === 0 ? (log.steps[0]?.at ?? now) : begin;
	// Whole days before the one told that the log covers.
	const known = Math.max(0, Math.min(COMPARED_DAYS, Math.floor((from - first) / DAY_MS)));
	const raises = log.steps.filter((step) => isRaise(step) && step.at >= begin && step.at < to && isHere(step));
	const last = days.at(-1);
	const names = new Map(log.named.map(({ alarm }) => [alarm.id, `${placeName(alarm.district)} ${alarm.name}`]));
	return {
		alarms: {
			total: trendOf(
				days.map(({ raised }) => raised.reduce((sum, count) => sum + count, 0)),
				known,
			),
			levels: LEVELS.map((level) => ({
				level,
				trend: trendOf(
					days.map(({ raised }) => raised[level - 1] ?? 0),
					known,
				),
			})),
			cities: citiesOf(raises, begin, known, scope),
			systems: systemsOf(parts, days, known),
			cleared: last?.cleared ?? 0,
			unacknowledgedMs: last?.unacknowledgedMs ?? 0,
			cut: log.cut,
		},
		longest: waits(log.steps.filter(isHere), from, to, Math.min(now, to))
			.slice(0, LONGEST_MAX)
			.map((wait) => ({ ...wait, where: names.get(wait.alarm) ?? wait.alarm })),
		open: openOf(parts, last, to, now, isHere),
	};
}

function isRaise({ kind }: AlarmStep): boolean {
	return kind === "raised" || kind === "rose";
}

function citiesOf(raises: readonly AlarmStep[], begin: number, known: number, scope: Scope): Brief["alarms"]["cities"] {
	const byCity = Map.groupBy(raises, ({ district }) => cityOf(district));
	const told = CITIES.filter(({ code }) => touches(scope, code)).map(({ code, short }) => {
		const own = byCity.get(code) ?? [];
		const days = Array.from({ length: COMPARED_DAYS + 1 }, () => 0);
		const levels: [number, number, number, number] = [0, 0, 0, 0];
		for (const { at, severity } of own) {
			const day = Math.floor((at - begin) / DAY_MS);
			days[day] = (days[day] ?? 0) + 1;
			if (day === COMPARED_DAYS && severity >= 1) levels[severity - 1] = (levels[severity - 1] ?? 0) + 1;
		}
		return { district: code, name: short.zh, levels: levels satisfies Levels as Levels, trend: trendOf(days, known) };
	});
	return told;
}

/** The scope holds the city, a part of it, or all of which it is a part. */
export function touches(scope: Scope, city: string): boolean {
	return scope.districts.some((code) => {
		const prefix = districtPrefix(code);
		return city.startsWith(prefix) || prefix.startsWith(districtPrefix(city));
	});
}

function systemsOf({ mirror }: HttpParts, days: readonly RiverStep[], known: number): Brief["alarms"]["systems"] {
	const names = new Map(mirror.catalogue.systems.map(({ id, name }) => [id, name.zh]));
	const ids = new Set(days.flatMap(({ systems }) => Object.keys(systems)));
	return [...ids]
		.map((system) => ({
			system,
			name: names.get(system) ?? (system === "system" ? "本系统" : system),
			trend: trendOf(
				days.map(({ systems }) => systems[system] ?? 0),
				known,
			),
		}))
		.sort((a, b) => b.trend.count - a.trend.count || (b.trend.mean ?? 0) - (a.trend.mean ?? 0));
}

/** The newest brief tells what is open now; an older one what was open at its end, when nobody can say any more who had seen it. */
function openOf(
	{ mirror }: HttpParts,
	last: RiverStep | undefined,
	to: number,
	now: number,
	isHere: (place: Place) => boolean,
): Brief["open"] {
	if (now - to < DAY_MS) {
		const open = [...mirror.alarms.values()].filter(isHere);
		const levels = LEVELS.map((level) => {
			const own = open.filter(({ severity }) => severity === level);
			return { level, count: own.length, unseen: own.filter(({ acknowledged }) => !acknowledged).length };
		});
		return { at: now, levels };
	}
	const stood = Object.values(last?.open ?? {});
	const levels = LEVELS.map((level) => ({
		level,
		count: stood.reduce((sum, own) => sum + (own[level - 1] ?? 0), 0),
		unseen: null,
	}));
	return { at: to, levels };
}

async function incidentsOf(
	{ mirror, store }: HttpParts,
	{ from, to, scope }: BriefAsked,
	now: number,
): Promise<Brief["incidents"]> {
	const live = mirror.register.all<Incident>("incident");
	// Nothing that was open in a day of the last month is in the archive.
	const old = now - from < KEPT_DAYS * DAY_MS ? [] : await archivedSince<Incident>(store, "incident", from, scope);
	const entries = [...old, ...live].filter((entry) => holds(scope, entry) && !entry.body.drill);
	const told = (wanted: (incident: Incident) => boolean): Brief["incidents"]["open"] =>
		entries
			.filter(({ body }) => wanted(body))
			.sort((a, b) => b.body.level - a.body.level || a.body.openedAt - b.body.openedAt)
			.map(briefIncident);
	const isIn = (at: number | null): boolean => at !== null && at >= from && at < to;
	const end = now - to < DAY_MS ? now : to;
	return {
		opened: told(({ openedAt }) => isIn(openedAt)),
		closed: told(({ closedAt }) => isIn(closedAt)),
		open: told(({ openedAt, closedAt }) => openedAt <= end && (closedAt === null || closedAt > end)),
	};
}

function briefIncident({ id, body }: Entry<Incident>): Brief["incidents"]["open"][number] {
	const { no, title, level, place, openedAt, closedAt } = body;
	return { id, no, title, level, where: placeName(place.district), openedAt, closedAt };
}

function sourcesOf({ from, to }: BriefAsked, openAt: number): Source[] {
	const begin = from - COMPARED_DAYS * DAY_MS;
	return [
		{ id: "alarms", route: `/api/alarms/river?from=${begin}&to=${to}&step=${DAY_MS}` },
		{ id: "longest", route: `/api/alarms/river?from=${from}&to=${to}&step=${DAY_MS}（pins）` },
		{ id: "incidents", route: "/api/register?kinds=incident" },
		{ id: "open", route: openAt === to ? `/api/alarms/river?from=${begin}&to=${to}&step=${DAY_MS}` : "/api/alarms" },
	];
}
