// What people ask of an alarm: parse, may they, once only, one commit with its audit record, one answer. The caller's screen
// changes when the event comes back down the alarm lane, never by the answer. Knows no HTTP and no sockets.
import type { AlarmCommand } from "#model/alarm.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { type AlarmAction, alarmActionSchemas, type CommandAnswer } from "#model/protocol.ts";
import { type Action, refuse, type Who } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import type { Alarms } from "./alarms.ts";
import type { Recorder } from "./recorder.ts";

const REMEMBERED = 10_000;

/** What each action of an alarm needs. */
const needs: Readonly<Record<AlarmAction, Action>> = {
	acknowledge: "alarm.acknowledge",
	shelve: "alarm.shelve",
	unshelve: "alarm.shelve",
	assign: "alarm.assign",
	comment: "alarm.comment",
	"out-of-service": "alarm.out-of-service",
};

export interface CommandRequest {
	readonly who: Who;
	readonly alarmId: string;
	readonly action: AlarmAction;
	readonly body: unknown;
	/** Address of the caller, for the audit record. */
	readonly source: string;
}

export class Commands {
	private readonly alarms: Alarms;
	private readonly recorder: Recorder;
	private readonly store: Pick<Store, "answerOf">;
	private readonly clock: Clock;
	/** C1: a repeated commandId waits for, or gets, the first answer. */
	private readonly answers = new Map<string, Promise<CommandAnswer>>();

	constructor(parts: { alarms: Alarms; recorder: Recorder; store: Pick<Store, "answerOf">; clock: Clock }) {
		this.alarms = parts.alarms;
		this.recorder = parts.recorder;
		this.store = parts.store;
		this.clock = parts.clock;
	}

	/** Never throws for a caller's fault; Problem codes: bad-command, forbidden, not-found, changed, already, not-shelvable, unrecorded. */
	run(request: CommandRequest): Promise<CommandAnswer> {
		const parsed = parse(request);
		if (isProblem(parsed)) return Promise.resolve({ ok: false, ...parsed });
		// One caller's id is not another's.
		const key = `${request.who.user}/${parsed.commandId}`;
		const known = this.answers.get(key);
		if (known !== undefined) return known;
		const answer = this.once(request, parsed, key);
		this.remember(key, answer);
		return answer;
	}

	private async once(request: CommandRequest, parsed: Parsed, key: string): Promise<CommandAnswer> {
		const earlier = await this.store.answerOf(key);
		// Under this key nothing but commands of alarms answer.
		if (earlier !== null) return earlier as CommandAnswer;
		const alarm = this.alarms.get(request.alarmId);
		if (alarm === null) return { ok: false, ...problem("not-found", "no such alarm in your scope") };
		const refusal = refuse(request.who, needs[request.action], alarm);
		if (refusal !== null) return { ok: false, ...refusal };
		const at = this.clock.now();
		const planned = this.alarms.plan(request.alarmId, commandOf(parsed, request, at));
		if (isProblem(planned)) {
			if (planned.problem === "unrecorded") this.answers.delete(key);
			return { ok: false, ...planned };
		}
		this.alarms.keep(planned.change);
		const audit = {
			at,
			user: request.who.user,
			action: `alarm.${request.action}`,
			subject: planned.change.alarm.subject,
			result: "ok",
			detail: JSON.stringify({
				alarm: request.alarmId,
				occurrence: parsed.occurrence,
				commandId: parsed.commandId,
				note: parsed.note ?? null,
			}),
			source: request.source,
		};
		try {
			const answer = await this.recorder.act({
				key,
				at,
				commandId: parsed.commandId,
				changes: [planned],
				edits: [],
				audits: [audit],
				answer: ([seq]) => ({ ok: true, seq: seq ?? 0 }),
			});
			return answer as CommandAnswer;
		} catch {
			// Not stored is not done: the same id may be tried again.
			this.answers.delete(key);
			return { ok: false, ...problem("unrecorded", "the store cannot record it now; try again") };
		}
	}

	private remember(key: string, answer: Promise<CommandAnswer>): void {
		this.answers.set(key, answer);
		if (this.answers.size <= REMEMBERED) return;
		for (const oldest of this.answers.keys()) {
			this.answers.delete(oldest);
			break;
		}
	}
}

interface Parsed {
	readonly commandId: string;
	readonly occurrence: number;
	readonly note?: string | undefined;
	readonly until?: number | undefined;
	readonly to?: string | null | undefined;
	readonly on?: boolean | undefined;
}

function parse(request: CommandRequest): Parsed | Problem {
	const result = alarmActionSchemas[request.action].safeParse(request.body);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	return problem("bad-command", issue?.message ?? "not a command", issue?.path.join("."));
}

function commandOf(parsed: Parsed, request: CommandRequest, at: number): AlarmCommand {
	const base = { occurrence: parsed.occurrence, by: request.who.user, at };
	const note = parsed.note ?? "";
	const noted = parsed.note === undefined ? {} : { note: parsed.note };
	switch (request.action) {
		case "acknowledge":
			return { type: "acknowledge", ...base, ...noted };
		case "shelve":
			return { type: "shelve", ...base, note, until: parsed.until ?? 0 };
		case "unshelve":
			return { type: "unshelve", ...base, ...noted };
		case "assign":
			return { type: "assign", ...base, ...noted, to: parsed.to ?? null };
		case "comment":
			return { type: "comment", ...base, note };
		case "out-of-service":
			return { type: "out-of-service", ...base, note, on: parsed.on ?? true };
	}
}
