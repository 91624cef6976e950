// What a camera's picture is drawn from: the live values of its place, read over the public API like any other reader. Structure
// (fields of cranes, who belongs to the site) is asked once in ten minutes, values with each drawing, weather once in twenty seconds.
import { metresBetween } from "#model/distance.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import type { Weather } from "./draw/light.ts";
import { type Feature, newestOf, Reader } from "./reader.ts";
import type { CraneFacts, ViewName } from "./scenes/place.ts";
import { viewOf } from "./view.ts";
import { weatherAt } from "./weather.ts";

export interface CameraFacts {
	readonly asset: string;
	/** As it stands on the picture. */
	readonly name: string;
	readonly note: string;
	readonly lon: number;
	readonly lat: number;
	/** Degrees clockwise from north. */
	readonly bearing: number;
	readonly view: ViewName;
	/** Epoch ms of what is seen: now, or the last frame of one that stands still. */
	readonly at: number;
	readonly weather: Weather;
	readonly cranes: readonly CraneFacts[];
	readonly depth: number;
	readonly dust: number;
	isWorking(hour: number): boolean;
}

const STRUCTURE_MS = 600_000;
/** Degrees: about 330 m of latitude, enough for a site whose parts stand within 150 m of its middle. */
const AROUND = 0.003;
/** Metres within which a gauge stands in a camera's sight. */
const SEEN_M = 150;
/** A frame older than this is what the platform shows: the picture stands still. */
const FROZEN_S = 60;
/** Lifting values come only while a crane works. */
const LIFTING_MS = 10 * 60_000;
const CAMERAS_MAX = 2_000;

interface Structure {
	readonly readAt: number;
	readonly camera: Feature;
	/** Assets of its place -> the fields that are drawn. */
	readonly members: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export class World {
	readonly #reader: Reader;
	readonly #now: () => number;
	readonly #structures = new Map<string, Structure>();

	constructor(url: string, now: () => number) {
		this.#reader = new Reader(url, now);
		this.#now = now;
	}

	/** Problem: not-found, no-signal (with the time of the last frame), server-away. */
	async facts(asset: string): Promise<CameraFacts | Problem> {
		const structure = await this.#structure(asset);
		if (isProblem(structure)) return structure;
		const { camera, members } = structure;
		const near = await this.#around(camera);
		if (isProblem(near)) return near;
		const own = near.find(({ id }) => id === asset);
		if (own === undefined) return problem("not-found", "no such video camera");
		const now = this.#now();
		const age = newestOf(own, "frameAge");
		const lastFrame = age === null ? now : age.at - age.value * 1000;
		if (newestOf(own, "online")?.value === 0)
			return problem("no-signal", "the video camera is offline", new Date(lastFrame).toISOString());
		const weather = await weatherAt(this.#reader, camera, near);
		if (isProblem(weather)) return weather;
		const [lon, lat] = camera.position;
		const mine = near.filter(({ id }) => members.has(id));
		return {
			asset,
			name: camera.properties.name,
			note: placeOf(camera),
			lon,
			lat,
			bearing: numberOf(camera.properties.fields?.bearing) ?? 0,
			view: viewOf(camera, near),
			at: age !== null && age.value > FROZEN_S ? Math.round(lastFrame) : now,
			weather,
			cranes: mine.filter(({ properties }) => properties.kind === "crane").map((crane) => craneOf(crane, members, now)),
			depth: depthAt(camera, near),
			dust:
				newestOf(
					mine.find(({ properties }) => properties.kind === "dust"),
					"pm10",
				)?.value ?? weather.pm10,
			isWorking: (hour) => isWorking(hour, weather, mine, now),
		};
	}

	async #structure(asset: string): Promise<Structure | Problem> {
		const known = this.#structures.get(asset);
		if (known !== undefined && this.#now() - known.readAt < STRUCTURE_MS) return known;
		const camera = await this.#reader.asset(asset);
		if (isProblem(camera)) return camera;
		if (camera.properties.kind !== "camera") return problem("not-found", "that is no video camera");
		const near = await this.#around(camera);
		if (isProblem(near)) return near;
		const site = camera.properties.site ?? null;
		const members = new Map<string, Readonly<Record<string, unknown>>>();
		for (const other of near) {
			if (!["crane", "dust", "pit"].includes(other.properties.kind)) continue;
			const whole = await this.#reader.asset(other.id);
			if (isProblem(whole)) return whole;
			if (whole.properties.site === site) members.set(other.id, whole.properties.fields ?? {});
		}
		if (this.#structures.size >= CAMERAS_MAX) this.#structures.clear();
		const structure = { readAt: this.#now(), camera, members };
		this.#structures.set(asset, structure);
		return structure;
	}

	#around({ position: [lon, lat] }: Feature): Promise<readonly Feature[] | Problem> {
		const bbox = [lon - AROUND * 1.3, lat - AROUND, lon + AROUND * 1.3, lat + AROUND]
			.map((x) => x.toFixed(5))
			.join(",");
		return this.#reader.list(`bbox=${bbox}&limit=200`);
	}
}

function numberOf(value: unknown): number | null {
	return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function placeOf({ properties }: Feature): string {
	const site = properties.site ?? "";
	// The place stands in the name already, but for its district.
	const district = site.split(" ")[0] ?? "";
	return district !== "" && !properties.name.includes(district) ? district : "";
}

function craneOf(crane: Feature, members: Structure["members"], now: number): CraneFacts {
	const fields = members.get(crane.id) ?? {};
	const recent = (measure: string): number | null => {
		const value = newestOf(crane, measure);
		return value !== null && now - value.at < LIFTING_MS ? value.value : null;
	};
	const wind = newestOf(crane, "windSpeed")?.value ?? 0;
	return {
		// A jib stays where it was left, unless the wind turns it.
		slew: recent("slew") ?? (wind > 8 ? null : (newestOf(crane, "slew")?.value ?? null)),
		hook: recent("height"),
		radius: recent("radius"),
		isLifting: (recent("load") ?? 0) > 0.2,
		jib: numberOf(fields.jib) ?? 55,
		mast: numberOf(fields.mastHeight) ?? 48,
	};
}

/** Of the nearest gauge that the camera can see. */
function depthAt(camera: Feature, near: readonly Feature[]): number {
	let depth = 0;
	let nearestM = SEEN_M;
	for (const one of near) {
		if (one.properties.kind !== "underpass" && one.properties.kind !== "floodPoint") continue;
		const metres = metresBetween(camera.position, one.position);
		if (metres >= nearestM) continue;
		nearestM = metres;
		depth = newestOf(one, "depth")?.value ?? 0;
	}
	return depth;
}

/** By what the cranes do; without cranes by the hour, the frost and the rain. */
function isWorking(hour: number, weather: Weather, mine: readonly Feature[], now: number): boolean {
	const lifting = mine.some((one) => {
		const moment = newestOf(one, "moment");
		return one.properties.kind === "crane" && moment !== null && now - moment.at < 30 * 60_000;
	});
	return lifting || (hour > 6.5 && hour < 18.5 && weather.temperature > -4 && weather.rain < 6 && weather.wind < 12);
}
