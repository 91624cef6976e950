// /api/demo: the director's line to the simulator of a demonstration, passed on over its Unix socket. Only where the folder is a demo
// and the caller sits at this very machine: elsewhere there is nothing at this address. It changes what is simulated, nothing else.
import type { IncomingMessage } from "node:http";
import { request as ask } from "node:http";
import { z } from "zod";
import type { Problem } from "#model/problem.ts";
import { problem } from "#model/problem.ts";
import type { HttpParts } from "./parts.ts";
import type { Answer, Asked, Route } from "./registry.ts";
import { route } from "./registry.ts";

const TIMEOUT_MS = 5_000;
/** The whole state is about 20 KB. */
const ANSWER_MAX = 1024 * 1024;
const POLICY = { open: "a demonstration's simulator; answered on loopback only, checked below" } as const;

export function demoRoutes(parts: HttpParts): Route[] {
	const pass = async (asked: Pick<Asked, "request">, path: string, body?: unknown): Promise<Answer | Problem> => {
		if (!parts.mirror.demo || !parts.gate.isLocalBrowser(asked.request))
			return problem("not-found", "there is nothing at this address");
		return simulator(parts.controlSocket, path, body);
	};
	return [
		route({
			method: "get",
			path: "/api/demo",
			policy: POLICY,
			summary:
				"Demonstration on this machine: season, speed, the running scenario with its steps and figures, what can be played",
			handle: (asked) => pass(asked, "/"),
		}),
		route({
			method: "post",
			path: "/api/demo/start",
			policy: POLICY,
			summary: "Demonstration: begin a scenario now",
			body: z.object({ scenario: z.string().min(1).max(48) }).strict(),
			handle: (asked) => pass(asked, "/start", asked.body),
		}),
		route({
			method: "post",
			path: "/api/demo/calm",
			policy: POLICY,
			summary: "Demonstration: let what runs fade away",
			body: z.object({}).strict(),
			handle: (asked) => pass(asked, "/calm", asked.body),
		}),
		route({
			method: "post",
			path: "/api/demo/speed",
			policy: POLICY,
			summary: "Demonstration: how many times faster than life scenarios run",
			body: z.object({ speed: z.number().min(0.1).max(100) }).strict(),
			handle: (asked) => pass(asked, "/speed", asked.body),
		}),
	];
}

const AWAY = problem("simulator-away", "the simulator does not answer; it comes back by itself within seconds");

/** Its own answer, problems with their own status included; 503 when nobody listens. */
function simulator(socketPath: string, path: string, body: unknown): Promise<Answer | Problem> {
	return new Promise((resolve) => {
		const line = ask(
			{
				socketPath,
				path,
				method: body === undefined ? "GET" : "POST",
				headers: { "content-type": "application/json" },
				timeout: TIMEOUT_MS,
			},
			(answer) => read(answer).then(resolve, () => resolve(AWAY)),
		);
		line.on("error", () => resolve(AWAY));
		line.on("timeout", () => line.destroy());
		line.end(body === undefined ? undefined : JSON.stringify(body));
	});
}

async function read(answer: IncomingMessage): Promise<Answer | Problem> {
	let text = "";
	for await (const chunk of answer.setEncoding("utf8")) {
		text += chunk as string;
		if (text.length > ANSWER_MAX) return AWAY;
	}
	return { status: answer.statusCode ?? 502, body: text, type: "application/json" };
}
