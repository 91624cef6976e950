// The chrome's state as it stands in the URL: viewpoint, selected asset, hidden layers, filter of the list. A link shows the
// same picture to a colleague, and Back goes back. Parsing never fails: what is not understood is left out.
import type { Severity } from "#model/measure.ts";

export interface Scene {
	/** "lon,lat,zoom" */
	readonly at?: string;
	/** Id of the selected asset. */
	readonly asset?: string;
	/** Id of a selected alarm that is about no asset: a door, a district, the system itself. */
	readonly alarm?: string;
	/** Measure whose curve is open. */
	readonly measure?: string;
	/** Ids of hidden systems, "gas,water". */
	readonly hide?: string;
	/** Level that the list is narrowed to, "4". */
	readonly level?: string;
	/** "1": shelved, suppressed and out of service alarms are listed too. */
	readonly quiet?: string;
	/** Order of the list: "age" or "place"; by level when not said. */
	readonly sort?: string;
	/** System that the list is narrowed to. */
	readonly system?: string;
	/** City, or "other" for what concerns the province and the system itself. */
	readonly city?: string;
	/** Words that an alarm must contain. */
	readonly text?: string;
	/** "1": only what nobody has acknowledged. */
	readonly unseen?: string;
	/** "1": only what was given to me or acknowledged by me. */
	readonly mine?: string;
	/** "1": alarms of one cause stand apart. */
	readonly apart?: string;
	/** Panel that stands over the map: "windows", "aside". */
	readonly panel?: string;
}

export interface Viewpoint {
	readonly lon: number;
	readonly lat: number;
	readonly zoom: number;
}

const TEXT_KEYS = [
	...["at", "asset", "alarm", "measure", "hide", "level", "quiet"],
	...["sort", "system", "city", "text", "unseen", "mine", "apart", "panel"],
] as const;

export function parseScene(search: Record<string, unknown>): Scene {
	const scene: Record<string, string> = {};
	for (const key of TEXT_KEYS) {
		const value = search[key];
		if (typeof value === "string" && value.length > 0 && value.length <= 400) scene[key] = value;
		if (typeof value === "number") scene[key] = String(value);
	}
	return scene;
}

export function viewpointOf(scene: Scene): Viewpoint | null {
	const parts = (scene.at ?? "").split(",").map(Number);
	const [lon, lat, zoom] = parts;
	if (parts.length !== 3 || lon === undefined || lat === undefined || zoom === undefined) return null;
	const isSane = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
	return isSane ? { lon, lat, zoom } : null;
}

export function atText({ lon, lat, zoom }: Viewpoint): string {
	return `${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`;
}

export function hiddenOf(scene: Scene): ReadonlySet<string> {
	return new Set((scene.hide ?? "").split(",").filter((id) => id !== ""));
}

export function hideText(hidden: ReadonlySet<string>): string {
	return [...hidden].sort().join(",");
}

export function levelOf(scene: Scene): Severity | null {
	const level = Number(scene.level);
	return level === 1 || level === 2 || level === 3 || level === 4 ? level : null;
}
