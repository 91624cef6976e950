// What people ask of an alarm: parse, may they, once only, one commit with its audit record, one answer. The caller's screen
// changes when the event comes back down the alarm lane, never by the answer. Knows no HTTP and no sockets.
import type { ZodError, z } from "zod";
import type { Alarm, AlarmCommand, Change } from "#model/alarm.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import {
	type AlarmAction,
	alarmActionSchemas,
	type BatchAnswer,
	batchSchema,
	type CommandAnswer,
} from "#model/protocol.ts";
import { type Action, refuse, type Who } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { CommitBatch, Store, StoredAnswer } from "../store/store.ts";
import type { Alarms } from "./alarms.ts";
import type { Recorder, Step } from "./recorder.ts";

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
	private readonly batches = new Map<string, Promise<BatchAnswer>>();
	/** By alarm: the act that is on its way to the disk. Whoever comes second is told what is stored, not what may be undone. */
	private readonly acting = new Map<string, Promise<unknown>>();

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
		remember(this.answers, key, answer);
		return answer;
	}

	/** Acknowledges many: each is done or refused by itself, and what is done is one commit with an audit record for each. */
	acknowledgeMany(request: Omit<CommandRequest, "alarmId" | "action">): Promise<BatchAnswer> {
		const result = batchSchema.safeParse(request.body);
		if (!result.success) return Promise.resolve({ ok: false, ...badCommand(result.error) });
		const key = `${request.who.user}/batch/${result.data.commandId}`;
		const known = this.batches.get(key);
		if (known !== undefined) return known;
		const answer = this.onceMany(request, result.data, key);
		remember(this.batches, key, answer);
		return answer;
	}

	private async onceMany(
		{ who, source }: Omit<CommandRequest, "alarmId" | "action">,
		{ alarms: wanted, commandId, note }: z.infer<typeof batchSchema>,
		key: string,
	): Promise<BatchAnswer> {
		try {
			const earlier = await this.store.answerOf(key);
			// Under this key nothing but batches answer.
			if (earlier !== null) return earlier as unknown as BatchAnswer;
		} catch {
			return unrecorded(this.batches, key);
		}
		const ids = wanted.map(({ id }) => id);
		for (let others = this.actsOn(ids); others.length > 0; others = this.actsOn(ids)) await Promise.allSettled(others);
		const at = this.clock.now();
		const changes: { change: Change; before: Alarm }[] = [];
		const refused = new Map<number, Problem>();
		for (const [i, { id, occurrence }] of wanted.entries()) {
			const noted = note === undefined ? {} : { note };
			const alarm = this.alarms.get(id);
			const planned =
				alarm === null
					? problem("not-found", "no such alarm in your scope")
					: (refuse(who, "alarm.acknowledge", alarm) ??
						this.alarms.plan(id, { type: "acknowledge", occurrence, by: who.user, at, ...noted }));
			if (isProblem(planned)) {
				refused.set(i, planned);
				continue;
			}
			this.alarms.keep(planned.change);
			changes.push(planned);
		}
		const audits = changes.map(({ change: { alarm } }) =>
			auditOf(who, "acknowledge", alarm, { occurrence: alarm.occurrence, commandId, note: note ?? null }, at, source),
		);
		const answer = (seqs: readonly number[]): BatchAnswer => {
			let done = 0;
			const results = wanted.map(({ id }, i) => {
				const refusal = refused.get(i);
				return refusal === undefined
					? { id, ok: true as const, seq: seqs[done++] ?? 0 }
					: { id, ok: false as const, ...refusal };
			});
			return { ok: true, results };
		};
		if (changes.length === 0) return answer([]);
		try {
			const step = {
				key,
				at,
				commandId,
				changes,
				edits: [],
				audits,
				answer: answer as (seqs: readonly number[]) => StoredAnswer,
			};
			return (await this.act(step)) as BatchAnswer;
		} catch {
			return unrecorded(this.batches, key);
		}
	}

	private async once(request: CommandRequest, parsed: Parsed, key: string): Promise<CommandAnswer> {
		try {
			const earlier = await this.store.answerOf(key);
			// Under this key nothing but commands of alarms answer.
			if (earlier !== null) return earlier as CommandAnswer;
		} catch {
			return unrecorded(this.answers, key);
		}
		const alarm = this.alarms.get(request.alarmId);
		if (alarm === null) return { ok: false, ...problem("not-found", "no such alarm in your scope") };
		const refusal = refuse(request.who, needs[request.action], alarm);
		if (refusal !== null) return { ok: false, ...refusal };
		const ids = [request.alarmId];
		for (let others = this.actsOn(ids); others.length > 0; others = this.actsOn(ids)) await Promise.allSettled(others);
		const at = this.clock.now();
		const planned = this.alarms.plan(request.alarmId, commandOf(parsed, request, at));
		if (isProblem(planned)) {
			if (planned.problem === "unrecorded") this.answers.delete(key);
			return { ok: false, ...planned };
		}
		this.alarms.keep(planned.change);
		const { occurrence, commandId, note = null } = parsed;
		const detail = { occurrence, commandId, note };
		const audit = auditOf(request.who, request.action, planned.change.alarm, detail, at, request.source);
		try {
			const answer = await this.act({
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
			return unrecorded(this.answers, key);
		}
	}

	private actsOn(ids: readonly string[]): Promise<unknown>[] {
		return ids.flatMap((id) => this.acting.get(id) ?? []);
	}

	private async act(step: Step): Promise<StoredAnswer> {
		const stored = this.recorder.act(step);
		for (const { before } of step.changes) this.acting.set(before.id, stored);
		try {
			return await stored;
		} finally {
			for (const { before } of step.changes) if (this.acting.get(before.id) === stored) this.acting.delete(before.id);
		}
	}
}

/** Not stored is not done: the same id may be tried again. */
function unrecorded<T>(answers: Map<string, Promise<T>>, key: string): { readonly ok: false } & Problem {
	answers.delete(key);
	return { ok: false, ...problem("unrecorded", "the store cannot record it now; try again") };
}

function remember<T>(answers: Map<string, Promise<T>>, key: string, answer: Promise<T>): void {
	answers.set(key, answer);
	if (answers.size <= REMEMBERED) return;
	for (const oldest of answers.keys()) {
		answers.delete(oldest);
		break;
	}
}

function auditOf(
	who: Who,
	action: AlarmAction,
	alarm: Alarm,
	detail: { readonly occurrence: number; readonly commandId: string; readonly note: string | null },
	at: number,
	source: string,
): CommitBatch["audits"][number] {
	return {
		at,
		user: who.user,
		action: `alarm.${action}`,
		subject: alarm.subject,
		result: "ok",
		detail: JSON.stringify({ alarm: alarm.id, ...detail }),
		source,
	};
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
	return result.success ? result.data : badCommand(result.error);
}

function badCommand(error: ZodError): Problem {
	const issue = error.issues[0];
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
