// GET /api/assets/{id}/picture: what a video camera sees now, fetched from the snapshot service (the demo's own on a Unix socket, an
// operator's by LIAOWANG_CAMERAS_URL) and passed on. Only the asset's id goes out, never an address from outside; nothing is stored.
import type { IncomingMessage, RequestOptions } from "node:http";
import { Agent, request as askHttp } from "node:http";
import { request as askHttps, Agent as TlsAgent } from "node:https";
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import { OncePerMinute } from "../log.ts";
import { assetFor } from "./assets.ts";
import type { CameraService, HttpParts } from "./parts.ts";
import type { Answer, Route } from "./registry.ts";
import { route } from "./registry.ts";

/** A drawing may stand in a line of a dozen; a page asks again after it anyway. */
const TIMEOUT_MS = 10_000;
/** A 4K JPEG of a video camera is about 2 MB. */
const PICTURE_MAX = 4 * 1024 * 1024;
const PROBLEM_MAX = 4 * 1024;
/** Questions under way to the service; screens that look at the same camera share one. */
const UNDER_WAY_MAX = 32;
const KIND = "camera";

export interface Snapshot {
	readonly jpeg: Buffer;
	/** Epoch ms of what it shows, when the service says so. */
	readonly at: number | null;
}

export function pictureRoutes(parts: HttpParts): Route[] {
	const { mirror, cameras, log, clock } = parts;
	const loud = new OncePerMinute();
	const desk = new Snapshots(cameras, (why) => {
		if (loud.may("cameras-away", clock.now())) log.warn({ why }, "the camera service gave no picture");
	});
	return [
		route({
			method: "get",
			path: "/api/assets/:id/picture",
			policy: { action: "read" },
			summary: "What a video camera sees now, as image/jpeg; x-picture-at is the time of what it shows (epoch ms)",
			handle: async ({ who, params }) => {
				const asset = assetFor(mirror, who, params.id ?? "");
				if (isProblem(asset)) return asset;
				if (asset.record.kind !== KIND) return problem("not-found", "this asset is no video camera");
				const got = await desk.get(asset.record.id);
				return isProblem(got) ? got : answerOf(got);
			},
		}),
	];
}

function answerOf({ jpeg, at }: Snapshot): Answer {
	const times = at === null ? {} : { "Last-Modified": new Date(at).toUTCString(), "X-Picture-At": String(at) };
	return { body: jpeg, type: "image/jpeg", headers: { ...times, "Cache-Control": "private, max-age=1" } };
}

/** Questions to one snapshot service. */
class Snapshots {
	readonly #service: CameraService;
	readonly #agent: Agent;
	/** Told what went wrong; the page hears only that it did: an address inside the city's network is nobody's business. */
	readonly #failed: (why: string) => void;
	readonly #underWay = new Map<string, Promise<Snapshot | Problem>>();

	constructor(service: CameraService, failed: (why: string) => void) {
		this.#service = service;
		this.#failed = failed;
		const limits = { keepAlive: true, maxSockets: 8, timeout: TIMEOUT_MS };
		this.#agent = "url" in service && service.url.startsWith("https:") ? new TlsAgent(limits) : new Agent(limits);
	}

	get(asset: string): Promise<Snapshot | Problem> | Problem {
		const shared = this.#underWay.get(asset);
		if (shared !== undefined) return shared;
		if (this.#underWay.size >= UNDER_WAY_MAX) return problem("slow-down", "too many pictures at once; ask again");
		const asked = this.#ask(asset).finally(() => this.#underWay.delete(asset));
		this.#underWay.set(asset, asked);
		return asked;
	}

	/** Never rejects: a service that fails is away. */
	#ask(asset: string): Promise<Snapshot | Problem> {
		return new Promise((resolve) => {
			const file = `/${encodeURIComponent(asset)}.jpg`;
			const options: RequestOptions = { method: "GET", agent: this.#agent, headers: { accept: "image/jpeg" } };
			const service = this.#service;
			const fail = (error: Error): void => resolve(this.#away(error.message));
			const heard = (answer: IncomingMessage): void => {
				read(answer).then((got) => resolve(typeof got === "string" ? this.#away(got) : got), fail);
			};
			const question =
				"socket" in service
					? askHttp({ ...options, socketPath: service.socket, path: file }, heard)
					: (service.url.startsWith("https:") ? askHttps : askHttp)(service.url + file, options, heard);
			// Of the whole answer, not of a silence: a service that drips must not hold a line for ever.
			const limit = setTimeout(
				() => question.destroy(new Error(`no picture within ${TIMEOUT_MS / 1000} s`)),
				TIMEOUT_MS,
			);
			question.on("error", fail);
			question.on("close", () => clearTimeout(limit));
			question.end();
		});
	}

	#away(why: string): Problem {
		this.#failed(why);
		return problem("cameras-away", "the camera service gives no picture; the last one is as old as it says");
	}
}

/** @returns what is wrong as a sentence when the service is at fault. A redirect is followed nowhere: it would let the service choose what we ask. */
async function read(answer: IncomingMessage): Promise<Snapshot | Problem | string> {
	const status = answer.statusCode ?? 0;
	if (status !== 200) return refusal(status, await bytes(answer, PROBLEM_MAX));
	const type = (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
	if (type !== "image/jpeg") {
		answer.destroy();
		return `its answer is ${type || "of no type"}, no image/jpeg`;
	}
	const jpeg = await bytes(answer, PICTURE_MAX);
	if (jpeg === null) return `its picture is larger than ${PICTURE_MAX} bytes`;
	if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8 || jpeg[2] !== 0xff) return "its picture does not begin as a JPEG";
	return { jpeg, at: timeOf(answer) };
}

/** @returns null and hangs up when there are more than `most`. */
async function bytes(answer: IncomingMessage, most: number): Promise<Buffer | null> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of answer as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > most) {
			answer.destroy();
			return null;
		}
		parts.push(part);
	}
	return Buffer.concat(parts);
}

function refusal(status: number, body: Buffer | null): Problem | string {
	if (status === 404) return problem("not-found", "the camera service does not know this video camera");
	const said = status === 503 ? problemIn(body) : null;
	if (said?.problem === "slow-down") return problem("slow-down", "too many pictures at once; ask again");
	if (said?.problem !== "no-signal") return `it answered ${status}`;
	// When the last picture was, if it is a time at all.
	const last = Date.parse(said.where ?? "");
	const where = Number.isNaN(last) ? undefined : new Date(last).toISOString();
	return problem("no-signal", "the video camera gives no signal", where);
}

function problemIn(body: Buffer | null): Problem | null {
	try {
		const said: unknown = JSON.parse(body?.toString("utf8") ?? "");
		return isProblem(said) ? said : null;
	} catch {
		// An operator's service may say it in HTML: then only its status counts.
		return null;
	}
}

function timeOf(answer: IncomingMessage): number | null {
	const exact = Number(answer.headers["x-picture-at"] ?? Number.NaN);
	if (Number.isSafeInteger(exact) && exact > 0) return exact;
	const told = Date.parse(answer.headers["last-modified"] ?? "");
	return Number.isNaN(told) ? null : told;
}
