// What people ask of alarms. A command has an id that this page makes once; it is sent again with the same id until it is
// answered, and stays pending until its *event* returns (C2): nobody sees "confirmed" from their own click.
import type { Alarm } from "#model/alarm.ts";
import type { Problem } from "#model/problem.ts";
import { isProblem } from "#model/problem.ts";
import {
	type AlarmAction,
	type AlarmNews,
	alarmActions,
	type CommandAnswer,
	type CommandMessage,
} from "#model/protocol.ts";
import type { Change } from "./change.ts";
import { type Pace, Paced } from "./paced.ts";

export interface Pending {
	readonly commandId: string;
	readonly alarmId: string;
	readonly action: AlarmAction;
	readonly occurrence: number;
	/** `sent`: not answered yet. `answered`: done at the server, its event is on the way. `failed`: refused, said why. */
	readonly state: "sent" | "answered" | "failed";
	readonly problem: Problem | null;
}

export interface CommandWire {
	command(message: CommandMessage): Promise<CommandAnswer>;
}

/** One of many alarms acknowledged with one press, with the occurrence that the person saw. */
export interface BatchItem {
	readonly id: string;
	readonly occurrence: number;
}

/** Many in one request: an answer for each, in their order, or a Problem for all of them. */
export type Batch = (commandId: string, alarms: readonly BatchItem[]) => Promise<readonly CommandAnswer[] | Problem>;

/** Of one request: core does it in one commit, and others wait meanwhile. */
const BATCH_SIZE = 200;

/** Tries of an unanswered command, RETRY_MS apart: two minutes. Then the person is told, and may press again. */
const TRIES = 30;
const UNANSWERED: ReadonlySet<string> = new Set(["unanswered", "core-away", "offline", "timeout"]);
const RETRY_MS = 4_000;

export class Commands {
	/** A press is told at once; what comes back in hundreds is told five times a second. */
	readonly change: Change;
	private readonly told: Paced;
	private readonly pending = new Map<string, Pending>();
	private readonly wire: CommandWire;
	private readonly wait: (ms: number) => Promise<void>;
	private readonly makeId: () => string;

	constructor(wire: CommandWire, wait: (ms: number) => Promise<void>, makeId: () => string, pace: Pace | null = null) {
		this.told = new Paced(pace);
		this.change = this.told.change;
		this.wire = wire;
		this.wait = wait;
		this.makeId = makeId;
	}

	/** The command that an alarm waits for, or its refusal; one per alarm and action. */
	of(alarmId: string, action: AlarmAction): Pending | undefined {
		return this.pending.get(`${action}:${alarmId}`);
	}

	/** Refusals that nobody has taken off the screen, oldest first. */
	refused(action: AlarmAction): readonly Pending[] {
		return [...this.pending.values()].filter((one) => one.action === action && one.state === "failed");
	}

	/** Takes a refusal off the screen. */
	dismiss(alarmId: string, action: AlarmAction): void {
		if (this.of(alarmId, action)?.state !== "failed") return;
		this.pending.delete(`${action}:${alarmId}`);
		this.told.ask();
	}

	/** Pressing twice is pressing once. Resolves when answered or given up; the event may come earlier or later. */
	async send(alarm: Alarm, action: AlarmAction, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
		const before = this.of(alarm.id, action);
		if (before !== undefined && before.state !== "failed") return;
		const pending: Pending = {
			commandId: this.makeId(),
			alarmId: alarm.id,
			action,
			occurrence: alarm.occurrence,
			state: "sent",
			problem: null,
		};
		this.put(pending);
		const body = { commandId: pending.commandId, occurrence: pending.occurrence, ...more };
		for (let attempt = 1; ; attempt++) {
			const answer = await this.wire.command({ action, alarmId: alarm.id, body });
			if (!this.isStill(pending)) return;
			if (answer.ok) {
				this.put({ ...pending, state: "answered" });
				return;
			}
			if (!UNANSWERED.has(answer.problem) || attempt === TRIES) {
				this.put({ ...pending, state: "failed", problem: problemOf(answer) });
				return;
			}
			await this.wait(RETRY_MS);
			if (!this.isStill(pending)) return;
		}
	}

	/** Each confirms by its own event; what was refused stays as `refused`. Resolves when every request is answered or given up. */
	async acknowledgeMany(alarms: readonly Alarm[], post: Batch): Promise<void> {
		const wanted = alarms.filter(({ id }) => (this.of(id, "acknowledge")?.state ?? "failed") === "failed");
		const batches: Pending[][] = [];
		for (let from = 0; from < wanted.length; from += BATCH_SIZE) {
			const commandId = this.makeId();
			batches.push(
				wanted.slice(from, from + BATCH_SIZE).map(({ id: alarmId, occurrence }) => {
					const pending: Pending = {
						commandId,
						alarmId,
						action: "acknowledge",
						occurrence,
						state: "sent",
						problem: null,
					};
					this.pending.set(`acknowledge:${alarmId}`, pending);
					return pending;
				}),
			);
		}
		this.told.tell();
		for (const batch of batches) {
			await this.postBatch(batch, post);
			this.told.tell();
		}
	}

	/** Sent again with the same id until it is answered: C1 makes that safe. */
	private async postBatch(batch: readonly Pending[], post: Batch): Promise<void> {
		const commandId = batch[0]?.commandId ?? "";
		const items = batch.map(({ alarmId: id, occurrence }) => ({ id, occurrence }));
		for (let attempt = 1; ; attempt++) {
			const answers = await post(commandId, items);
			if (isProblem(answers) && UNANSWERED.has(answers.problem) && attempt < TRIES) {
				await this.wait(RETRY_MS);
				continue;
			}
			batch.forEach((pending, i) => {
				// Its event may have been faster.
				if (!this.isStill(pending)) return;
				const answer = isProblem(answers) ? { ok: false as const, ...answers } : answers[i];
				const isDone = answer?.ok === true;
				const refusal = answer === undefined || isDone ? { problem: "bad-answer" } : problemOf(answer);
				const key = `acknowledge:${pending.alarmId}`;
				// Somebody else was faster: the state that was asked for stands.
				if (!isDone && refusal.problem === "already") this.pending.delete(key);
				else if (isDone) this.pending.set(key, { ...pending, state: "answered" });
				else this.pending.set(key, { ...pending, state: "failed", problem: refusal });
			});
			return;
		}
	}

	/** The event that a command waited for. Called for every event, from the socket. */
	hear(news: AlarmNews): void {
		for (const action of alarmActions) {
			const pending = this.of(news.alarm.id, action);
			if (pending === undefined || !isDone(pending, news)) continue;
			this.pending.delete(`${action}:${news.alarm.id}`);
			this.told.ask();
		}
	}

	/** After a list replaced the book the event may never come by itself: what the alarm shows decides. */
	settle(find: (id: string) => Alarm | undefined): void {
		for (const [key, pending] of this.pending) {
			if (pending.state !== "answered") continue;
			const alarm = find(pending.alarmId);
			if (alarm === undefined || pending.action !== "acknowledge" || alarm.acknowledged) {
				this.pending.delete(key);
				this.told.ask();
			}
		}
	}

	private isStill(pending: Pending): boolean {
		return this.of(pending.alarmId, pending.action)?.commandId === pending.commandId;
	}

	private put(pending: Pending): void {
		this.pending.set(`${pending.action}:${pending.alarmId}`, pending);
		this.told.ask();
	}
}

function isDone(pending: Pending, news: AlarmNews): boolean {
	if (news.commandId === pending.commandId) return true;
	// Somebody else was faster: the state that was asked for stands.
	if (pending.action !== "acknowledge") return false;
	return news.alarm.acknowledged || news.alarm.occurrence !== pending.occurrence;
}

function problemOf(answer: Exclude<CommandAnswer, { ok: true }>): Problem {
	return answer.detail === undefined ? { problem: answer.problem } : { problem: answer.problem, detail: answer.detail };
}
