// What people do to the register: one request, one answer, safe to repeat. An act has an id that this page makes once; it is sent
// again with the same id until it is answered or given up. What it changed comes back by the register, never by the answer.
import type { ActName } from "#model/acts.ts";
import type { Problem } from "#model/problem.ts";
import { isProblem } from "#model/problem.ts";
import type { LogLine } from "#model/register.ts";
import { ask, type Question } from "./ask.ts";

export interface ActsParts {
	ask(path: string, question?: Question): Promise<unknown>;
	wait(ms: number): Promise<void>;
	makeId(): string;
}

/** Tries of an unanswered act, RETRY_MS apart: a minute. Then the person is told, and may press again. */
const TRIES = 15;
const RETRY_MS = 4_000;
/** Refusals that say nothing about the act: the same id may be tried again. */
const OPEN: ReadonlySet<string> = new Set(["offline", "timeout", "core-away", "store-away", "unrecorded", "busy"]);
/** Lines asked for at once. */
const LINES = 1_000;

export class Acts {
	private readonly parts: ActsParts;

	constructor(parts: ActsParts) {
		this.parts = parts;
	}

	/** @returns the answer's own fields, or why not. Never throws. */
	async do(
		name: ActName,
		body: Readonly<Record<string, unknown>>,
		commandId = this.parts.makeId(),
	): Promise<Readonly<Record<string, unknown>> | Problem> {
		const question: Question = { method: "POST", body: { commandId, ...body } };
		return this.untilAnswered(() => this.parts.ask(`/api/acts/${name}`, question));
	}

	/** Lines of a subject's log after number `after`, oldest first. */
	async lines(subject: string, after = 0): Promise<readonly LogLine[] | Problem> {
		const answer = await this.parts.ask(
			`/api/log?subject=${encodeURIComponent(subject)}&after=${after}&limit=${LINES}`,
		);
		return isProblem(answer) ? answer : (answer as { lines: readonly LogLine[] }).lines;
	}

	/** A photo of a subject: JPEG, PNG or WebP, at most 4 MB. @returns its id. */
	async photo(
		subject: string,
		photo: Blob,
		note = "",
		commandId = this.parts.makeId(),
	): Promise<{ id: string } | Problem> {
		const query = new URLSearchParams({ subject, commandId, note });
		const question: Question = { method: "POST", bytes: photo };
		return (await this.untilAnswered(() => this.parts.ask(`/api/photos?${query}`, question))) as
			| { id: string }
			| Problem;
	}

	private async untilAnswered(send: () => Promise<unknown>): Promise<Readonly<Record<string, unknown>> | Problem> {
		for (let attempt = 1; ; attempt++) {
			const answer = await send();
			if (!isProblem(answer) || !OPEN.has(answer.problem) || attempt === TRIES)
				return answer as Readonly<Record<string, unknown>> | Problem;
			await this.parts.wait(RETRY_MS);
		}
	}
}

/** Acts over the page's own connection. */
export function openActs(wait: (ms: number) => Promise<void>, makeId: () => string): Acts {
	return new Acts({ ask, wait, makeId });
}
