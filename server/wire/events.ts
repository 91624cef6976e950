// What a screen may send: each event with its policy, its cost and its handler. An event without a policy does not compile, and
// one that is given none all the same stops the start. Here input becomes typed; inside, types are trusted.
import type { ZodType } from "zod";
import type { Problem } from "#model/problem.ts";
import { problem } from "#model/problem.ts";
import type { ClientToServer, CommandAnswer } from "#model/protocol.ts";
import { commandSchema, deskSchema, followSchema, gotSchema, paintedSchema, receiptSchema } from "#model/protocol.ts";
import type { Action } from "#model/rights.ts";
import { actions } from "#model/rights.ts";
import type { CoreLink } from "../bus/bus.ts";
import type { Clock } from "../clock.ts";
import type { Receipts } from "./receipts.ts";
import type { Session } from "./session.ts";

export interface EventParts {
	readonly core: CoreLink;
	readonly clock: Clock;
	readonly receipts: Receipts;
}

export interface SocketEvent {
	/** What the sender must be allowed at least; a command's own right is decided by core. */
	readonly action: Action;
	/** Tokens of the screen's bucket. */
	readonly cost: number;
	/** @returns what the caller is told when it asked for an answer; undefined: nothing. A Problem is also sent as an event. */
	handle(session: Session, input: unknown, source: string): Promise<Answer> | Answer;
}
export type Answer = CommandAnswer | { ok: true } | Problem | undefined;

export type SocketEvents = Readonly<Record<keyof ClientToServer, SocketEvent>>;

/** Tokens a second and at once. A busy page sends a few; `got` is free, because only one can be under way. */
export const EVENT_RATE = 20;
export const EVENT_BURST = 40;
/** An event we do not know. */
export const STRANGE_COST = 10;

export function socketEvents(parts: EventParts): SocketEvents {
	return {
		follow: {
			action: "own.read",
			cost: 1,
			handle: (session, input) => {
				const wish = parse(followSchema, input, "bad-follow");
				if ("problem" in wish) return wish;
				session.follow(wish.value);
				return { ok: true };
			},
		},
		got: {
			action: "own.read",
			cost: 0,
			handle: (session, input) => {
				const got = parse(gotSchema, input, "bad-got");
				if ("problem" in got) return got;
				return session.got(got.value.revision)
					? undefined
					: problem("bad-got", "no delta with this revision is under way");
			},
		},
		command: {
			action: "own.read",
			cost: 1,
			handle: async (session, input, source) => {
				const command = parse(commandSchema, input, "bad-command");
				if ("problem" in command) return { ok: false, ...command };
				const { action, alarmId, body } = command.value;
				return parts.core.call("command", { who: session.who, alarmId, action, body, source });
			},
		},
		receipt: {
			action: "own.read",
			// A flood of alarms brings three receipts each; 2,000 a second are kept.
			cost: 0.01,
			handle: (session, input) => {
				const receipt = parse(receiptSchema, input, "bad-receipt");
				if ("problem" in receipt) return receipt;
				parts.receipts.add({ ...receipt.value, screen: session.id, user: session.who.user, at: parts.clock.now() });
				return undefined;
			},
		},
		painted: {
			action: "own.read",
			cost: 0.1,
			handle: (session, input) => {
				const painted = parse(paintedSchema, input, "bad-painted");
				if ("problem" in painted) return painted;
				session.paintedAt = parts.clock.now();
				session.paintedRevision = painted.value.revision;
				return undefined;
			},
		},
		desk: {
			// Whose page is a desk is decided by core, by the right to acknowledge.
			action: "own.read",
			cost: 0.2,
			handle: (session, input) => {
				const desk = parse(deskSchema, input, "bad-desk");
				if ("problem" in desk) return desk;
				session.desk = desk.value;
				return undefined;
			},
		},
	};
}

/** Throws at the start when an event has no policy that rights.ts knows. */
export function requirePolicies(events: Readonly<Record<string, { readonly action?: unknown }>>): void {
	for (const [name, event] of Object.entries(events)) {
		if (!(actions as readonly unknown[]).includes(event.action)) throw new Error(`socket event ${name} has no policy`);
	}
}

function parse<T>(schema: ZodType<T>, input: unknown, code: string): { readonly value: T } | Problem {
	const parsed = schema.safeParse(input);
	if (parsed.success) return { value: parsed.data };
	const issue = parsed.error.issues[0];
	return problem(code, issue?.message ?? "not understood", issue?.path.join("."));
}
