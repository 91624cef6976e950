// The director's line: a small HTTP server on a Unix socket, for the web process of the same machine. Says what is played, and takes
// three orders: start, calm, speed. Never on a network.
import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { type Director, stateOf } from "./state.ts";

const BODY_MAX = 4_096;
export const startSchema = z.object({ scenario: z.string().min(1).max(48) }).strict();
export const speedSchema = z.object({ speed: z.number().min(0.1).max(100) }).strict();

/** Resolves when it listens; rejects when the socket cannot be had. */
export async function openControl(path: string, director: Director): Promise<Server> {
	// A socket that a killed run left behind.
	rmSync(path, { force: true });
	const server = createServer((request, response) => {
		answer(request, director).then(
			(body) => send(response, isProblem(body) ? statusOf(body) : 200, body),
			(error: unknown) => send(response, 500, problem("internal", error instanceof Error ? error.message : "")),
		);
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(path, () => {
			server.off("error", reject);
			resolve();
		});
	});
	chmodSync(path, 0o600);
	return server;
}

async function answer(request: IncomingMessage, director: Director): Promise<object> {
	const route = `${request.method} ${request.url}`;
	if (route === "GET /") return stateOf(director);
	const { stage, programme, now } = director;
	if (route === "POST /calm") {
		stage.calm(now());
		programme.later(now());
		return stateOf(director);
	}
	if (route === "POST /start") {
		const asked = await read(request, startSchema);
		if (isProblem(asked)) return asked;
		const refusal = stage.start(asked.scenario, now());
		if (refusal !== null) return refusal;
		programme.later(now());
		return stateOf(director);
	}
	if (route === "POST /speed") {
		const asked = await read(request, speedSchema);
		if (isProblem(asked)) return asked;
		stage.setSpeed(asked.speed, now());
		return stateOf(director);
	}
	return problem("not-found", `there is no ${route}`);
}

async function read<T extends object>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | Problem> {
	let text = "";
	for await (const chunk of request.setEncoding("utf8")) {
		text += chunk as string;
		if (text.length > BODY_MAX) return problem("too-large", `at most ${BODY_MAX} bytes`);
	}
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		return problem("bad-body", "not JSON");
	}
	const parsed = schema.safeParse(raw);
	return parsed.success ? parsed.data : problem("bad-body", z.prettifyError(parsed.error));
}

function statusOf({ problem: code }: Problem): number {
	if (code === "not-found" || code === "unknown-scenario") return 404;
	if (code === "no-place" || code === "out-of-season") return 409;
	return code === "too-large" ? 413 : 400;
}

function send(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
	response.end(JSON.stringify(body));
}
