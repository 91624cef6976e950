// What people ask of alarms. A command has an id that this page makes once; it is sent again with the same id until it is
// answered, and stays pending until its *event* returns (C2): nobody sees "confirmed" from their own click.
import type { Alarm } from "#model/alarm.ts";
import type { Problem } from "#model/problem.ts";
import type { AlarmAction, AlarmNews, CommandAnswer, CommandMessage } from "#model/protocol.ts";
import { Change } from "./change.ts";

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

/** Tries of an unanswered command, RETRY_MS apart: two minutes. Then the person is told, and may press again. */
const TRIES = 30;
const RETRY_MS = 4_000;

export class Commands {
	readonly change = new Change();
	private readonly pending = new Map<string, Pending>();
	private readonly wire: CommandWire;
	private readonly wait: (ms: number) => Promise<void>;
	private readonly makeId: () => string;

	constructor(wire: CommandWire, wait: (ms: number) => Promise<void>, makeId: () => string) {
		this.wire = wire;
		this.wait = wait;
		this.makeId = makeId;
	}

	/** The command that an alarm waits for, or its refusal; one per alarm and action. */
	of(alarmId: string, action: AlarmAction): Pending | undefined {
		return this.pending.get(`${action}:${alarmId}`);
	}

	/** Takes a refusal off the screen. */
	dismiss(alarmId: string, action: AlarmAction): void {
		if (this.of(alarmId, action)?.state !== "failed") return;
		this.pending.delete(`${action}:${alarmId}`);
		this.change.bump();
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
			const isOpen = answer.problem === "unanswered" || answer.problem === "core-away";
			if (!isOpen || attempt === TRIES) {
				this.put({ ...pending, state: "failed", problem: problemOf(answer) });
				return;
			}
			await this.wait(RETRY_MS);
			if (!this.isStill(pending)) return;
		}
	}

	/** The event that a command waited for. Called for every event, from the socket. */
	hear(news: AlarmNews): void {
		for (const [key, pending] of this.pending) {
			if (pending.alarmId !== news.alarm.id) continue;
			if (isDone(pending, news)) {
				this.pending.delete(key);
				this.change.bump();
			}
		}
	}

	/** After a list replaced the book the event may never come by itself: what the alarm shows decides. */
	settle(find: (id: string) => Alarm | undefined): void {
		for (const [key, pending] of this.pending) {
			if (pending.state !== "answered") continue;
			const alarm = find(pending.alarmId);
			if (alarm === undefined || pending.action !== "acknowledge" || alarm.acknowledged) {
				this.pending.delete(key);
				this.change.bump();
			}
		}
	}

	private isStill(pending: Pending): boolean {
		return this.of(pending.alarmId, pending.action)?.commandId === pending.commandId;
	}

	private put(pending: Pending): void {
		this.pending.set(`${pending.action}:${pending.alarmId}`, pending);
		this.change.bump();
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
