// Questions to the server over HTTP: one function, answers or Problems, never a throw. A lost network, a refusal and a
// broken body are three named problems. Same origin only; the session cookie goes with it.
import { isProblem, problem } from "#model/problem.ts";

const TIMEOUT_MS = 15_000;

export interface Question {
	readonly method?: "GET" | "POST" | "PUT" | "DELETE";
	readonly body?: unknown;
	/** Sent as they are instead of a body. */
	readonly bytes?: Blob;
	readonly signal?: AbortSignal;
}

/** @returns the body as sent, or a Problem: "aborted", "offline", "timeout", "bad-answer", or the server's own code. */
export async function ask(path: string, question: Question = {}): Promise<unknown> {
	// One controller for both reasons: AbortSignal.any is younger than the oldest browser this page serves.
	const controller = new AbortController();
	let timedOut = false;
	const timer = setTimeout(() => {
		timedOut = true;
		controller.abort();
	}, TIMEOUT_MS);
	const giveUp = (): void => controller.abort();
	question.signal?.addEventListener("abort", giveUp);
	try {
		const response = await fetch(path, {
			method: question.method ?? "GET",
			credentials: "same-origin",
			signal: controller.signal,
			...bodyOf(question),
		});
		return await readBody(response);
	} catch (fault) {
		if (question.signal?.aborted === true) return problem("aborted");
		return problem(timedOut ? "timeout" : "offline", fault instanceof Error ? fault.message : String(fault));
	} finally {
		clearTimeout(timer);
		question.signal?.removeEventListener("abort", giveUp);
	}
}

function bodyOf({ body, bytes }: Question): RequestInit {
	if (bytes !== undefined) return { body: bytes, headers: { "content-type": bytes.type } };
	return body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

async function readBody(response: Response): Promise<unknown> {
	if (response.status === 204) return null;
	let body: unknown;
	try {
		body = await response.json();
	} catch {
		return problem("bad-answer", `HTTP ${response.status} without JSON`);
	}
	if (response.ok) return body;
	return isProblem(body) ? body : problem(codeOf(response.status), `HTTP ${response.status}`);
}

function codeOf(status: number): string {
	if (status === 401) return "unauthorized";
	if (status === 403) return "forbidden";
	if (status === 404) return "not-found";
	return status >= 500 ? "server-fault" : "refused";
}
