// POST /api/readings: passed on unparsed to core's HTTP door over its Unix socket, and core's answer passed back. Web neither
// checks keys nor reads a reading: a device is answered by whoever committed its readings.
import type { IncomingMessage } from "node:http";
import { request as askCore } from "node:http";
import type { Request, Response } from "express";
import { problem } from "#model/problem.ts";
import { OncePerMinute } from "../log.ts";
import type { HttpParts } from "./parts.ts";
import { sendProblem } from "./problems.ts";
import type { Route } from "./registry.ts";
import { sourceOf } from "./registry.ts";

/** Headers that mean something to the door. */
const PASSED = ["authorization", "content-type", "content-length", "content-encoding", "transfer-encoding"] as const;
const RETURNED = ["content-type", "content-length", "retry-after", "www-authenticate"] as const;
/** A commit takes milliseconds; a core that is silent for this long is as good as gone for a device, which sends again. */
const TIMEOUT_MS = 30_000;

export function readingsRoutes(parts: HttpParts): Route[] {
	const loud = new OncePerMinute();
	return [
		{
			type: "stream",
			method: "post",
			path: "/api/readings",
			policy: { open: "a device's key is checked by core's door" },
			summary:
				"Readings as {readings: [{asset, measure, at, value, quality?}]} or NDJSON, with a bearer key; 200 after the commit",
			anyOrigin: true,
			stream: (request, response) => pass(request, response, parts, loud),
		},
	];
}

function pass(
	request: Request,
	response: Response,
	{ readingsSocket, log, clock }: HttpParts,
	loud: OncePerMinute,
): void {
	const headers: Record<string, string> = { "x-peer": sourceOf(request) };
	for (const name of PASSED) {
		const value = request.headers[name];
		if (value !== undefined) headers[name] = value;
	}
	const core = askCore({
		socketPath: readingsSocket,
		path: "/api/readings",
		method: "POST",
		headers,
		timeout: TIMEOUT_MS,
	});
	let answered = false;
	const away = (why: string): void => {
		request.unpipe(core);
		// What is still coming is taken and dropped, so that the device reads our answer instead of a reset.
		request.resume();
		if (answered) {
			response.destroy();
			return;
		}
		answered = true;
		// Every device comes again and again while core is away: told once a minute.
		if (loud.may("core-away", clock.now())) log.warn({ why }, "readings could not be handed to core");
		response.setHeader("Retry-After", "1");
		sendProblem(response, problem("core-away", "nothing was stored; send again"));
	};
	core.on("response", (answer: IncomingMessage) => {
		if (answered) {
			answer.resume();
			return;
		}
		answered = true;
		response.status(answer.statusCode ?? 502);
		for (const name of RETURNED) {
			const value = answer.headers[name];
			if (value !== undefined) response.setHeader(name, value);
		}
		answer.on("error", () => response.destroy());
		// A refusal ahead of the last byte: nobody takes the rest any more, and a sender that reads only when it has sent all would hang.
		answer.on("end", () => {
			if (core.writableEnded) return;
			request.unpipe(core);
			request.resume();
			core.destroy();
		});
		answer.pipe(response);
	});
	core.on("error", (error) => {
		// Core answers a refusal before it has read all of it and hangs up: the answer stands.
		if (answered) request.resume();
		else away(error.message);
	});
	core.on("timeout", () => {
		core.destroy();
		away(`no answer within ${TIMEOUT_MS / 1000} s`);
	});
	response.on("close", () => {
		if (!response.writableFinished) core.destroy();
	});
	request.pipe(core);
}
