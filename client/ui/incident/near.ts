// What stands near an incident: video cameras, those that look there first; teams of the contact book, nearest first. Pure.
import type { Alarm } from "#model/alarm.ts";
import type { Unit } from "#model/contact.ts";
import { metresBetween } from "#model/distance.ts";
import { camerasAt } from "#model/incident_facts.ts";
import type { IncidentPlace } from "#model/incident_place.ts";
import type { Entry } from "#model/register.ts";
import type { PageAsset } from "../../live/catalogue.ts";

export interface Near<T> {
	readonly what: T;
	readonly metres: number;
}

export interface NearCamera extends Near<PageAsset> {
	/** Turned towards the place; null: nobody wrote down where it is turned. */
	readonly looks: boolean | null;
}

/** Those that give a picture; `dark` are passed over. */
export function camerasNear(
	assets: readonly PageAsset[],
	place: IncidentPlace,
	withinM: number,
	dark: ReadonlySet<string>,
	most: number,
): readonly NearCamera[] {
	const seeing = assets.filter(({ kind, record }) => kind.id === "camera" && !dark.has(record.id));
	const points = seeing.map((asset) => {
		const { lon, lat, fields = {} } = asset.record;
		return { asset, lon, lat, fields };
	});
	return camerasAt(points, place, withinM)
		.slice(0, most)
		.map(({ camera, metres, looks }) => ({ what: camera.asset, metres, looks }));
}

/** Open alarms of assets near the place that are not its own, worst first, then nearest. */
export function alarmsNear(
	open: readonly Alarm[],
	find: (asset: string) => PageAsset | undefined,
	{ lon, lat }: IncidentPlace,
	own: ReadonlySet<string>,
	withinM: number,
	most: number,
): readonly Near<Alarm>[] {
	return open
		.flatMap((alarm): Near<Alarm>[] => {
			const asset = alarm.asset === null || own.has(alarm.id) || alarm.seq === null ? undefined : find(alarm.asset);
			if (asset === undefined) return [];
			const metres = metresBetween([lon, lat], [asset.record.lon, asset.record.lat]);
			return metres <= withinM ? [{ what: alarm, metres }] : [];
		})
		.sort((a, b) => b.what.severity - a.what.severity || a.metres - b.metres)
		.slice(0, most);
}

/** Teams that answer for the system (or for every one) and have a place. */
export function teamsNear(
	units: readonly Entry<Unit>[],
	place: IncidentPlace,
	system: string,
	most: number,
): readonly Near<Entry<Unit>>[] {
	return units
		.flatMap((entry): Near<Entry<Unit>>[] => {
			const { kind, systems, lon, lat } = entry.body;
			if (kind !== "team" || lon === null || lat === null) return [];
			if (systems.length > 0 && system !== "any" && !systems.includes(system)) return [];
			return [{ what: entry, metres: metresBetween([place.lon, place.lat], [lon, lat]) }];
		})
		.sort((a, b) => a.metres - b.metres)
		.slice(0, most);
}
