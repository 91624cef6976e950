// The snapshot service's HTTP side: one address per camera, at most one drawing a camera and two seconds, a bounded line of those who
// wait, a bounded store of pictures. Whoever comes while the line is full gets the last picture or is told to come again.
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { World } from "./facts.ts";
import { Studio } from "./studio.ts";

/** A picture is good for this long. */
const FRESH_MS = 2_000;
/** While the line is full an older picture is better than none, up to this age. */
const STALE_MS = 30_000;
/** Drawings that may wait; each takes part of a second. */
const LINE_MAX = 12;
/** Pictures kept, about 100 kB each. */
const PICTURES_MAX = 64;

export interface ServiceOptions {
	readonly url: string;
	readonly listen: string;
	now(): number;
	complain(line: string): void;
}

export interface Picture {
	/** Epoch ms of what it shows. */
	readonly at: number;
	readonly jpeg: Buffer;
}

export interface Service {
	close(): Promise<void>;
}

/** Resolves when the socket listens. */
export async function openService(options: ServiceOptions): Promise<Service> {
	const desk = new Desk(options);
	const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
		desk.serve(request, response).catch((error: unknown) => {
			options.complain(`cameras: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
			refuse(response, 500, problem("internal", "the picture could not be drawn"));
		});
	});
	server.maxConnections = 200;
	// What a killed run left behind.
	rmSync(options.listen, { force: true });
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.listen, () => resolve());
	});
	return {
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

interface Kept extends Picture {
	readonly drawnAt: number;
}

class Desk {
	readonly #world: World;
	readonly #studio = new Studio();
	readonly #now: () => number;
	/** Oldest use first. */
	readonly #kept = new Map<string, Kept>();
	readonly #underWay = new Map<string, Promise<Picture | Problem>>();
	#last: Promise<unknown> = Promise.resolve();

	constructor({ url, now }: ServiceOptions) {
		this.#world = new World(url, now);
		this.#now = now;
	}

	async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const asset = assetOf(request.url ?? "");
		if (asset === null) return refuse(response, 404, problem("not-found", "GET /{asset}.jpg"));
		if (request.method !== "GET") return refuse(response, 405, problem("bad-request", "GET only"));
		const picture = await this.#picture(asset);
		if (isProblem(picture)) return refuse(response, picture.problem === "not-found" ? 404 : 503, picture);
		response.writeHead(200, {
			"content-type": "image/jpeg",
			"content-length": picture.jpeg.length,
			"cache-control": "no-store",
			"last-modified": new Date(picture.at).toUTCString(),
			"x-picture-at": String(picture.at),
		});
		response.end(picture.jpeg);
	}

	#picture(asset: string): Promise<Picture | Problem> | Picture | Problem {
		const kept = this.#kept.get(asset);
		const age = kept === undefined ? Number.POSITIVE_INFINITY : this.#now() - kept.drawnAt;
		if (kept !== undefined && age < FRESH_MS) return kept;
		const underWay = this.#underWay.get(asset);
		if (underWay !== undefined) return underWay;
		if (this.#underWay.size >= LINE_MAX) {
			if (kept !== undefined && age < STALE_MS) return kept;
			return problem("slow-down", "too many pictures are being drawn; ask again in two seconds");
		}
		const drawing = this.#draw(asset).finally(() => this.#underWay.delete(asset));
		this.#underWay.set(asset, drawing);
		return drawing;
	}

	/** Facts are asked for at once, drawn one after the other. */
	async #draw(asset: string): Promise<Picture | Problem> {
		const facts = await this.#world.facts(asset);
		if (isProblem(facts)) return facts;
		const turn = this.#last.then(() => this.#studio.draw(facts));
		this.#last = turn.catch(() => undefined);
		const jpeg = await turn;
		this.#kept.delete(asset);
		this.#kept.set(asset, { at: facts.at, jpeg, drawnAt: this.#now() });
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= PICTURES_MAX) break;
			this.#kept.delete(oldest);
		}
		return { at: facts.at, jpeg };
	}
}

/** The id of /{asset}.jpg; null: another address. */
function assetOf(url: string): string | null {
	const match = /^\/([A-Za-z0-9._~%-]{1,200})\.jpg$/.exec(url);
	if (match?.[1] === undefined) return null;
	try {
		return decodeURIComponent(match[1]);
	} catch {
		// Not UTF-8 behind its percent signs: no asset is called that.
		return null;
	}
}

function refuse(response: ServerResponse, status: number, why: Problem): void {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
	response.end(JSON.stringify(why));
}
