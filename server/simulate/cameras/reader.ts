// GET /api/assets as a reader of the public API: bounded, with a time limit, with a short memory so that ten cameras that are drawn in
// the same second ask once. It says server-away when nobody answers; it never throws for that.
import { isProblem, type Problem, problem } from "#model/problem.ts";

export interface Feature {
	readonly id: string;
	readonly position: readonly [lon: number, lat: number];
	readonly properties: {
		readonly name: string;
		readonly kind: string;
		readonly district: string;
		readonly channels: readonly {
			readonly measure: string;
			readonly value: number | null;
			readonly at: number | null;
		}[];
		/** Only of a single asset. */
		readonly site?: string | null;
		readonly fields?: Readonly<Record<string, unknown>>;
	};
}

const TIMEOUT_MS = 4_000;
const BYTES_MAX = 8_000_000;
/** A list that was read less than this ago is not asked again. */
const REMEMBER_MS = 1_000;
const REMEMBERED_MAX = 200;

export class Reader {
	readonly #url: string;
	readonly #now: () => number;
	readonly #memory = new Map<string, { readonly until: number; readonly answer: Promise<unknown | Problem> }>();

	constructor(url: string, now: () => number) {
		this.#url = url;
		this.#now = now;
	}

	async asset(id: string): Promise<Feature | Problem> {
		const answer = await this.#ask(`/api/assets/${encodeURIComponent(id)}`, REMEMBER_MS);
		return isProblem(answer)
			? answer
			: (featureOf(answer) ?? problem("server-away", "the server's answer was not understood"));
	}

	/** @param keepMs how old an answer may be. */
	async list(query: string, keepMs = REMEMBER_MS): Promise<readonly Feature[] | Problem> {
		const answer = await this.#ask(`/api/assets?${query}`, keepMs);
		if (isProblem(answer)) return answer;
		const { features } = answer as { readonly features?: unknown };
		if (!Array.isArray(features)) return problem("server-away", "the server's answer was not understood");
		return features.flatMap((one: unknown) => featureOf(one) ?? []);
	}

	#ask(path: string, keepMs: number): Promise<unknown | Problem> {
		const now = this.#now();
		const known = this.#memory.get(path);
		if (known !== undefined && known.until > now) return known.answer;
		if (this.#memory.size >= REMEMBERED_MAX) this.#memory.clear();
		const answer = fetchJson(this.#url + path);
		this.#memory.set(path, { until: now + keepMs, answer });
		return answer;
	}
}

async function fetchJson(url: string): Promise<unknown | Problem> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
		const length = Number(response.headers.get("content-length") ?? 0);
		if (length > BYTES_MAX) return problem("server-away", "the server's answer is too large");
		if (response.status === 404) return problem("not-found", "no such asset");
		if (!response.ok) return problem("server-away", `the server answered ${response.status}`);
		return (await response.json()) as unknown;
	} catch (error) {
		return problem(
			"server-away",
			`the server does not answer: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
}

/** null: not a feature of ours. */
function featureOf(input: unknown): Feature | null {
	const one = input as {
		id?: unknown;
		geometry?: { coordinates?: unknown };
		properties?: Feature["properties"];
	} | null;
	if (one === null || typeof one !== "object" || typeof one.id !== "string") return null;
	if (typeof one.properties !== "object" || !Array.isArray(one.properties.channels)) return null;
	const position = firstPosition(one.geometry?.coordinates);
	return position === null ? null : { id: one.id, position, properties: one.properties };
}

/** Of a point, or where a line or an area begins. */
function firstPosition(coordinates: unknown): readonly [number, number] | null {
	if (!Array.isArray(coordinates)) return null;
	const [lon, lat] = coordinates as unknown[];
	if (typeof lon === "number" && typeof lat === "number") return [lon, lat];
	return firstPosition(lon);
}

export interface LiveValue {
	readonly value: number;
	readonly at: number;
}

/** null: never measured. */
export function newestOf(feature: Feature | undefined, measure: string): LiveValue | null {
	const channel = feature?.properties.channels.find((one) => one.measure === measure);
	if (channel === undefined || channel.value === null || channel.at === null) return null;
	return { value: channel.value, at: channel.at };
}
