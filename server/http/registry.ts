// Every route of the server in one form: method, path, policy, schemas, handler. `mount` is the only way to Express: it checks the
// policy, the caller, the origin of a change and the input before a handler runs. A route without a policy stops the start.
import type { NextFunction, Request, RequestHandler, Response, Router } from "express";
import express from "express";
import type { ZodType } from "zod";
import type { Problem } from "#model/problem.ts";
import { isProblem, problem } from "#model/problem.ts";
import type { Action, Who } from "#model/rights.ts";
import { actions, refuse } from "#model/rights.ts";
import type { Gate } from "../auth/who.ts";
import { cookieOf } from "../auth/who.ts";
import { fromStore, sendProblem } from "./problems.ts";

/** What the caller must be allowed, or why nobody needs to be known. */
export type Policy = { readonly action: Action } | { readonly open: string };

export interface Asked<Q = unknown, B = unknown> {
	/** Nobody on an open route. */
	readonly who: Who;
	readonly query: Q;
	readonly body: B;
	readonly params: Readonly<Record<string, string>>;
	/** Peer address, for the audit record. */
	readonly source: string;
	readonly request: Request;
}

export interface Answer {
	readonly status?: number;
	/** An object is sent as JSON; text and bytes as they are. */
	readonly body: object | string | Buffer;
	/** Of text and bytes; JSON when not said. */
	readonly type?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

interface RouteBase {
	readonly method: "get" | "post" | "put" | "delete";
	/** As Express writes it: "/api/assets/:id". */
	readonly path: string;
	readonly policy: Policy;
	/** One line for the OpenAPI document. */
	readonly summary: string;
	/** A page from elsewhere may send it too, because no cookie counts on it. */
	readonly anyOrigin?: boolean;
}

export interface JsonRoute extends RouteBase {
	readonly type: "json";
	readonly query?: ZodType;
	readonly body?: ZodType;
	/** Bytes; 64 KB when not said. */
	readonly bodyLimit?: number;
	/** The body is not JSON: bytes of these types, at most so many, as a Buffer in `request.body`. */
	readonly raw?: { readonly types: readonly string[]; readonly limit: number };
	/** Reads the table or the alarms: what a door has answered for must be seen. */
	readonly fresh?: boolean;
	handle(asked: Asked<never, never>): Promise<Answer | Problem> | Answer | Problem;
}

/** Bytes pass through: readings to core, files to a page. */
export interface StreamRoute extends RouteBase {
	readonly type: "stream";
	stream(request: Request, response: Response, next: NextFunction): void;
}
export type Route = JsonRoute | StreamRoute;

interface Spec<Q, B> extends RouteBase {
	readonly query?: ZodType<Q>;
	readonly body?: ZodType<B>;
	readonly bodyLimit?: number;
	readonly raw?: { readonly types: readonly string[]; readonly limit: number };
	readonly fresh?: boolean;
	handle(asked: Asked<Q, B>): Promise<Answer | Problem> | Answer | Problem;
}

/** A route with the types of its own schemas. */
export function route<Q = unknown, B = unknown>(spec: Spec<Q, B>): JsonRoute {
	return { ...spec, type: "json", handle: spec.handle as JsonRoute["handle"] };
}

const BODY_LIMIT = 64 * 1024;
const NOBODY: Who = { user: "", roles: [], scope: { districts: [], systems: [] } };

/** Throws at the start when a route has no policy that rights.ts knows, or is there twice. */
export function requirePolicies(
	routes: readonly { readonly method: string; readonly path: string; readonly policy?: unknown }[],
): void {
	const seen = new Set<string>();
	for (const { method, path, policy } of routes) {
		const name = `${method.toUpperCase()} ${path}`;
		const given = (policy ?? {}) as { action?: unknown; open?: unknown };
		const isOpen = typeof given.open === "string" && given.open !== "";
		if (!isOpen && !(actions as readonly unknown[]).includes(given.action)) throw new Error(`${name} has no policy`);
		if (seen.has(name)) throw new Error(`${name} is there twice`);
		seen.add(name);
	}
}

/** @param fresh waits until core's newest is here (freshen.ts). */
export function mount(router: Router, routes: readonly Route[], gate: Gate, fresh: () => Promise<void>): void {
	requirePolicies(routes);
	for (const one of routes) {
		const steps: RequestHandler[] = [];
		if (one.method !== "get" && one.anyOrigin !== true) {
			steps.push((request, response, next) => {
				if (gate.isOwnOrigin(request)) next();
				else sendProblem(response, problem("foreign-origin", "a page of another origin may change nothing here"));
			});
		}
		// Before the body is read: who may not ask does not get to send 32 MB.
		steps.push(async (request, response, next) => {
			const who = await admit(one.policy, gate, request, response);
			if (who === null) return;
			response.locals.who = who;
			next();
		});
		if (one.type === "json" && one.body !== undefined) {
			steps.push(express.json({ limit: one.bodyLimit ?? BODY_LIMIT, type: "application/json" }));
		}
		if (one.type === "json" && one.raw !== undefined)
			steps.push(express.raw({ limit: one.raw.limit, type: [...one.raw.types] }));
		router[one.method](one.path, ...steps, async (request, response, next) => {
			if (one.type === "json" && one.fresh === true) await fresh();
			if (one.type === "stream") one.stream(request, response, next);
			else await answerJson(one, response.locals.who as Who, request, response);
		});
	}
}

/** @returns null when the refusal has been sent. */
async function admit(policy: Policy, gate: Gate, request: Request, response: Response): Promise<Who | null> {
	if ("open" in policy) return NOBODY;
	const who = await fromStore(gate.who(request));
	if (isProblem(who)) {
		// A cookie that opens nothing is taken away: without it the demo's viewer may look again. One that may still set a password stays.
		if (who.problem === "unauthorized" && cookieOf(request) !== null)
			response.setHeader("Set-Cookie", gate.cookie("", 0));
		sendProblem(response, who);
		return null;
	}
	const refusal = refuse(who, policy.action, null);
	if (refusal === null) return who;
	sendProblem(response, refusal);
	return null;
}

async function answerJson(one: JsonRoute, who: Who, request: Request, response: Response): Promise<void> {
	const params = request.params as Record<string, string>;
	const sent = Object.fromEntries(new URL(request.originalUrl, "http://localhost").searchParams);
	const query = parse(one.query, sent, "bad-query");
	if (isProblem(query)) return sendProblem(response, query);
	const body = parse(one.body, request.body ?? null, "bad-body");
	if (isProblem(body)) return sendProblem(response, body);
	const asked = { who, query: query.value, body: body.value, params, source: sourceOf(request), request };
	const answer = await one.handle(asked as Asked<never, never>);
	if (isProblem(answer)) return sendProblem(response, answer);
	for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
	if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-store");
	response.status(answer.status ?? 200);
	if (typeof answer.body === "string" || Buffer.isBuffer(answer.body))
		response.type(answer.type ?? "application/json").send(answer.body);
	else response.json(answer.body);
}

function parse(schema: ZodType | undefined, input: unknown, code: string): { readonly value: unknown } | Problem {
	if (schema === undefined) return { value: undefined };
	const parsed = schema.safeParse(input);
	if (parsed.success) return { value: parsed.data };
	const issue = parsed.error.issues[0];
	return problem(code, issue?.message ?? "not understood", issue?.path.join(".") || undefined);
}

export function sourceOf(request: Request): string {
	return request.socket.remoteAddress ?? "";
}
