// One event of one screen: does its bucket allow it, may its sender do it, what is answered. The only way from a socket to a
// handler, so that no event goes round policy and rate.
import { isProblem, problem } from "#model/problem.ts";
import type { ClientToServer } from "#model/protocol.ts";
import { refuse } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { TokenBucket } from "./bucket.ts";
import type { SocketEvents } from "./events.ts";
import { STRANGE_COST } from "./events.ts";
import type { Session } from "./session.ts";

export interface Speaker {
	readonly session: Session;
	readonly bucket: TokenBucket;
	/** Peer address, for the audit record. */
	readonly source: string;
}

export interface HearRules {
	readonly events: SocketEvents;
	readonly clock: Clock;
	readonly log: Pick<Log, "warn">;
	/** The bucket is empty: the connection ends. */
	flooded(): void;
}

/** @param args as Socket.IO gives them: the message, then the caller's callback when it wants an answer. */
export function hear(speaker: Speaker, name: string, args: readonly unknown[], rules: HearRules): void {
	const { session, bucket, source } = speaker;
	const { clock } = rules;
	if (session.closed) return;
	const last = args.at(-1);
	const answer = typeof last === "function" ? (last as (answer: unknown) => void) : null;
	const event = Object.hasOwn(rules.events, name) ? rules.events[name as keyof ClientToServer] : null;
	if (!bucket.take(event?.cost ?? STRANGE_COST, clock.now())) {
		rules.flooded();
		return;
	}
	if (event === null) {
		session.port.problem(problem("unknown-event", "there is no such event"));
		return;
	}
	const tell = (result: unknown): void => {
		if (result === undefined) return;
		answer?.(isProblem(result) ? { ...result, ok: false } : result);
		if (!isProblem(result) || "ok" in result) return;
		session.port.problem(result);
		// Nonsense is not free.
		if (!bucket.take(1, clock.now())) rules.flooded();
	};
	const refusal = refuse(session.who, event.action, null);
	if (refusal !== null) {
		tell(refusal);
		return;
	}
	const handled = event.handle(session, args[0], source);
	if (!(handled instanceof Promise)) {
		tell(handled);
		return;
	}
	handled.then(tell, (error: Error) => {
		rules.log.warn({ err: error }, `${name} was not answered by core`);
		tell({ ok: false, ...problem("core-away", "the heart of the system does not answer; try again") });
	});
}
