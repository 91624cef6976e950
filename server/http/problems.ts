// Problems as HTTP answers: `{problem, detail, where}` with the status that its code has. Never a stack, never a path of ours.
import type { NextFunction, Request, Response } from "express";
import type { Problem } from "#model/problem.ts";
import { problem } from "#model/problem.ts";
import { LinkLost } from "../bus/bus_error.ts";
import type { Log } from "../log.ts";

const STATUS = new Map<string, number>([
	["unauthorized", 401],
	["bad-sign-in", 401],
	["forbidden", 403],
	["foreign-origin", 403],
	["not-local", 403],
	["must-change", 403],
	["beyond-scope", 403],
	["beyond-role", 403],
	["not-demo", 403],
	["bad-code", 403],
	["demo-for-life", 403],
	["not-found", 404],
	["changed", 409],
	["already", 409],
	["last-administrator", 409],
	["address-taken", 409],
	["not-shelvable", 409],
	["not-suppressible", 409],
	["unknown-act", 404],
	["too-large", 413],
	["not-a-photo", 415],
	["not-a-sheet", 415],
	["in-use", 409],
	["not-json", 415],
	["locked", 429],
	["slow-down", 429],
	["internal", 500],
	["busy", 503],
	["core-away", 503],
	["store-away", 503],
	["cameras-away", 503],
	["simulator-away", 503],
	["no-signal", 503],
	["unrecorded", 503],
	["not-built", 503],
]);

/** 400 where nothing else is said: the input was wrong. */
export function statusOf(code: string): number {
	return STATUS.get(code) ?? 400;
}

export function sendProblem(response: Response, refusal: Problem): void {
	const { problem: code, detail, where, by, at } = refusal;
	response
		.status(statusOf(code))
		.setHeader("Cache-Control", "no-store")
		.json({
			...("ok" in refusal ? { ok: false } : {}),
			...problem(code, detail, where),
			...(by === undefined ? {} : { by, at }),
		});
}

/** The store could not be asked: core has not made its file yet, or the disk is gone. */
export class StoreAway extends Error {
	constructor(cause: unknown) {
		super("the store cannot be read", { cause });
		this.name = "StoreAway";
	}
}

/** A question to the store; its failure becomes a 503 that says so. */
export async function fromStore<T>(question: Promise<T>): Promise<T> {
	try {
		return await question;
	} catch (cause) {
		throw new StoreAway(cause);
	}
}

/** Express's last resort. Four parameters, or Express does not take it for one. */
export function errorHandler(log: Log) {
	return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
		if (response.headersSent) {
			next(error);
			return;
		}
		sendProblem(response, problemOf(error, `${request.method} ${request.path}`, log));
	};
}

function problemOf(error: unknown, what: string, log: Log): Problem {
	if (error instanceof LinkLost) {
		log.warn({ err: error }, what);
		return problem("core-away", "the heart of the system does not answer; try again");
	}
	if (error instanceof StoreAway) {
		log.error({ err: error.cause }, what);
		return problem("store-away", "the store cannot be read; try again");
	}
	// What Express and its body parser refuse before a handler runs.
	const { type, status } = error as { type?: string; status?: number };
	if (type === "entity.too.large") return problem("too-large", "the body is larger than this route takes");
	if (status === 415) return problem("not-json", "the body must be JSON in UTF-8, not in another encoding");
	if (status !== undefined && status >= 400 && status < 500)
		return problem("bad-request", "the request was not understood");
	log.error({ err: error }, what);
	return problem("internal", "something broke here; it has been written down");
}
