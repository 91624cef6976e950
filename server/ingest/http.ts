// The HTTP door: POST /api/readings, JSON or NDJSON, behind core's Unix socket; web streams the public request here unparsed.
// Answers 200 only after the commit. Plain node:http: this is the hot door, and one route needs no framework.
import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { parseReading, type Reading } from "#model/reading.ts";
import type { Door, DoorContext, Grant } from "./door.ts";

/** Bounds of one request; beyond them 413. */
export const BODY_BYTES = 4 * 1024 * 1024;
export const BODY_READINGS = 10_000;

export async function openHttpDoor(
	options: { readonly path: string },
	context: DoorContext,
): Promise<Door & { readonly server: Server }> {
	const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
		serve(request, response, context).catch((error: unknown) => {
			context.log.warn(`http door: ${error instanceof Error ? error.message : String(error)}`);
			if (!response.headersSent) send(response, 500, problem("internal", "the door failed; try again"));
			else response.destroy();
		});
	});
	// What a killed core left behind; the folder's lock says that nobody listens on it.
	await rm(options.path, { force: true });
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.path, resolve);
	});
	return {
		name: "http",
		address: options.path,
		server,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function serve(request: IncomingMessage, response: ServerResponse, context: DoorContext): Promise<void> {
	if (request.method !== "POST" || request.url?.split("?")[0] !== "/api/readings") {
		return send(response, 404, problem("not-found", "POST /api/readings"));
	}
	const grant = granted(request, context);
	if (isProblem(grant)) {
		context.refused("http", "key", grant.problem, new Uint8Array());
		request.resume();
		return send(response, 401, grant);
	}
	const body = await read(request);
	if (isProblem(body)) {
		context.refused("http", grant.source, body.problem, new Uint8Array());
		return send(response, body.problem === "too-large" ? 413 : 400, body);
	}
	const items = parseBody(body, request.headers["content-type"] ?? "");
	if (isProblem(items)) {
		context.refused("http", grant.source, items.problem, body.subarray(0, 200));
		return send(response, items.problem === "too-many" ? 413 : 400, items);
	}
	await take(items, grant, response, context);
}

async function take(
	items: readonly unknown[],
	grant: Grant,
	response: ServerResponse,
	context: DoorContext,
): Promise<void> {
	const wait = context.paceMs(grant.source, items.length);
	if (wait > 0) {
		context.refused("http", grant.source, "slow-down", new Uint8Array());
		response.setHeader("Retry-After", String(Math.ceil(wait / 1000)));
		return send(response, 429, problem("slow-down", `too many readings; go on in ${Math.ceil(wait / 1000)} s`));
	}
	context.frame("http");
	const rejected: { index: number; problem: Problem }[] = [];
	const readings: Reading[] = [];
	const places: number[] = [];
	for (let index = 0; index < items.length; index++) {
		const reading = parseReading(items[index]);
		if (isProblem(reading)) rejected.push({ index, problem: reading });
		else if (grant.assets !== null && !grant.assets.has(reading.asset)) {
			rejected.push({ index, problem: problem("not-yours", `this key may not speak for ${reading.asset}`, "asset") });
		} else {
			readings.push(reading);
			places.push(index);
		}
	}
	const taken = context.accept(readings, grant.source);
	for (const { index, problem: why } of taken.rejected) rejected.push({ index: places[index] ?? index, problem: why });
	for (const { problem: why } of rejected) context.refused("http", grant.source, why.problem, new Uint8Array());
	try {
		await taken.committed;
	} catch {
		// The recorder has told why; the device keeps its readings and comes again.
		response.setHeader("Retry-After", "2");
		return send(response, 503, problem("not-stored", "nothing of this request is stored; send it again"));
	}
	rejected.sort((a, b) => a.index - b.index);
	send(response, 200, {
		accepted: taken.accepted,
		rejected: rejected.map(({ index, problem: why }) => ({ index, ...why })),
	});
}

function granted(request: IncomingMessage, context: DoorContext): Grant | Problem {
	const match = /^Bearer +([\x21-\x7e]{1,256})$/i.exec(request.headers.authorization ?? "");
	if (match === null) return problem("bad-key", "Authorization: Bearer <device key>");
	return context.check("http", null, match[1] ?? "");
}

async function read(request: IncomingMessage): Promise<Buffer | Problem> {
	const tooLarge = problem("too-large", `a request holds at most ${BODY_BYTES / 1024 / 1024} MiB`);
	if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES) {
		request.resume();
		return tooLarge;
	}
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		// Read on to the end, keeping nothing, so that the answer reaches the sender.
		if (bytes <= BODY_BYTES) chunks.push(chunk);
	}
	return bytes > BODY_BYTES ? tooLarge : Buffer.concat(chunks);
}

/** `{"readings":[...]}`, a bare array, or NDJSON (one reading a line). */
export function parseBody(body: Buffer, contentType: string): readonly unknown[] | Problem {
	const text = body.toString("utf8");
	const items = contentType.includes("ndjson") ? parseLines(text) : parseJson(text);
	if (isProblem(items)) return items;
	return items.length > BODY_READINGS
		? problem("too-many", `a request holds at most ${BODY_READINGS} readings`)
		: items;
}

function parseJson(text: string): readonly unknown[] | Problem {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		return problem("bad-json", error instanceof Error ? error.message : "not JSON");
	}
	const list = Array.isArray(parsed) ? parsed : (parsed as { readings?: unknown } | null)?.readings;
	return Array.isArray(list) ? list : problem("bad-body", 'the body is {"readings":[…]} or NDJSON', "readings");
}

function parseLines(text: string): readonly unknown[] | Problem {
	const items: unknown[] = [];
	const lines = text.split("\n");
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]?.trim() ?? "";
		if (line === "") continue;
		try {
			items.push(JSON.parse(line));
		} catch (error) {
			return problem("bad-json", error instanceof Error ? error.message : "not JSON", `line ${i + 1}`);
		}
	}
	return items;
}

function send(response: ServerResponse, status: number, body: unknown): void {
	const text = JSON.stringify(body);
	response.writeHead(status, {
		"Content-Type": "application/json; charset=utf-8",
		"Content-Length": Buffer.byteLength(text),
	});
	response.end(text);
}
