// One HTTP request to an outside channel over a connection that target.ts allowed: no redirect is followed, 5 s and 64 KB at
// most. What comes back decides sent or not; it is never shown to a person.
import { type IncomingMessage, type RequestOptions, request as requestPlain } from "node:http";
import type { Allowed } from "#model/allowed.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { connectionProblem, DEADLINE_MS, type Network, type Target, targetOf } from "./target.ts";

const ANSWER_MAX_BYTES = 64 * 1024;

export interface HttpMessage {
	readonly url: string;
	readonly method: "POST" | "GET";
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** PEM: trusted instead of the usual authorities. */
	readonly ca?: string;
}

export interface HttpAnswer {
	readonly status: number;
	readonly text: string;
}

/** @returns what was answered, or Problem: the target's, a connection's, "slow", "too-long". Never throws. */
export async function sendHttp(
	message: HttpMessage,
	allowed: readonly Allowed[],
	network: Network,
	deadlineMs = DEADLINE_MS,
): Promise<HttpAnswer | Problem> {
	const target = await targetOf(message.url, ["http:", "https:"], allowed, network);
	return isProblem(target) ? target : exchange(message, target, network, deadlineMs);
}

function exchange(
	message: HttpMessage,
	target: Target,
	network: Network,
	deadlineMs: number,
): Promise<HttpAnswer | Problem> {
	return new Promise((resolve) => {
		const bytes = Buffer.from(message.body);
		const options: RequestOptions = {
			// The socket is ours, TLS and all: node:http only writes on it. With an agent, even `false`, it would make its own.
			createConnection: () => network.connect(target, message.ca),
			method: message.method,
			path: `${target.url.pathname}${target.url.search}`,
			headers: {
				...message.headers,
				host: target.url.host,
				connection: "close",
				...(message.method === "GET" ? {} : { "content-length": bytes.length }),
			},
		};
		const request = requestPlain(options);
		const timer = setTimeout(() => settle(problem("slow", `no answer within ${deadlineMs} ms`)), deadlineMs);
		const settle = (result: HttpAnswer | Problem): void => {
			clearTimeout(timer);
			request.destroy();
			resolve(result);
		};
		const fail = (error: Error): void => settle(connectionProblem(error, target.host));
		request.on("error", fail);
		request.on("response", (answer) => read(answer, settle, fail));
		request.end(message.method === "GET" ? undefined : bytes);
	});
}

function read(
	answer: IncomingMessage,
	settle: (result: HttpAnswer | Problem) => void,
	fail: (error: Error) => void,
): void {
	const parts: Buffer[] = [];
	let length = 0;
	answer.on("data", (part: Buffer) => {
		length += part.length;
		if (length > ANSWER_MAX_BYTES) settle(problem("too-long", "the answer is longer than 64 KB"));
		else parts.push(part);
	});
	answer.on("error", fail);
	answer.on("end", () => settle({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
}
