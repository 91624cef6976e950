// Carries an alarm that nobody takes to a person: hears transitions, receipts and desks, asks model/reach.ts once a second
// which step is due, hands it to the outside channels and writes it down. It never waits for a channel or for the store, and
// goes on where it stood after a restart: the steps are log lines of the alarm.
import type { Alarm, Transition } from "#model/alarm.ts";
import { districtPrefix } from "#model/ids.ts";
import type { Outlet, Words } from "#model/outlet.ts";
import { PLAN_ID, planOf } from "#model/outlet.ts";
import type { DeskReceipt, Done, EscalationPlan, Roster, Stage, Step } from "#model/reach.ts";
import { isCalling, nextStep, stepKinds } from "#model/reach.ts";
import type { CallView } from "#model/reach_view.ts";
import type { LogLine, NewLine } from "#model/register.ts";
import type { Desks } from "./desks.ts";
import type { Notes } from "./reach_notes.ts";
import { type Carried, civilTime, wordsOf } from "./reach_words.ts";
import type { RegisterReader } from "./register.ts";

/** What the outside channels are to this part: something that takes a message and returns at once. */
export interface Outbound {
	offer(message: { id: string; outlet: string; words: Words }): void;
}

export interface ReachParts {
	readonly alarms: { open(): Alarm[] };
	readonly register: RegisterReader;
	readonly desks: Desks;
	readonly outbound: Outbound;
	readonly notes: Notes;
	readonly clock: { now(): number };
	roster(now: number, district: string): Roster;
	/** Numbers and mail addresses of a person, for channels that call one. */
	numbersOf(name: string): readonly string[];
	placeName(district: string): string;
	/** Lines of an alarm on the disk. */
	lines(subject: string): Promise<readonly LogLine[]>;
}

interface Calling {
	alarm: Alarm;
	readonly since: number;
	readonly receipts: DeskReceipt[];
	readonly done: Done[];
	/** What it did before the restart is being read; until then no step is taken anew. */
	isLoading: boolean;
	/** The people of the last step, for their desks. */
	called: readonly string[];
	users: readonly string[];
	/** Channels that carried the last step. */
	outlets: number;
}

const NOBODY: Roster = { people: [], lead: null };
/** Receipts kept for one occurrence: five hundred screens would say nothing more. */
const RECEIPTS_MAX = 60;

export class Reach {
	private readonly parts: ReachParts;
	/** By alarm id. */
	private readonly calls = new Map<string, Calling>();
	/** Seq of a transition -> the alarm it told of. */
	private readonly ofSeq = new Map<number, string>();
	private messages = 0;

	constructor(parts: ReachParts) {
		this.parts = parts;
	}

	/** The plan in force. */
	get plan(): EscalationPlan {
		return planOf(this.parts.register.find("plan", PLAN_ID)?.body);
	}

	/** What stands open at a start goes on where it stood. */
	async load(): Promise<void> {
		const now = this.parts.clock.now();
		const loading: Calling[] = [];
		for (const alarm of this.parts.alarms.open()) {
			if (!isCalling(alarm)) continue;
			const call = newCall(alarm, Math.min(alarm.raisedAt, now));
			call.isLoading = true;
			this.calls.set(alarm.id, call);
			if (alarm.seq !== null) this.ofSeq.set(alarm.seq, alarm.id);
			loading.push(call);
		}
		for (const call of loading) await this.recall(call);
	}

	/** Every transition, stored or not, when the screens hear it. */
	hear(transitions: readonly Transition[]): void {
		const now = this.parts.clock.now();
		for (const { alarm, seq } of transitions) {
			if (!isCalling(alarm)) {
				this.calls.delete(alarm.id);
				continue;
			}
			const known = this.calls.get(alarm.id);
			if (known !== undefined && known.alarm.occurrence === alarm.occurrence) known.alarm = alarm;
			else this.calls.set(alarm.id, newCall(alarm, now));
			if (seq !== null) this.ofSeq.set(seq, alarm.id);
		}
		if (this.ofSeq.size > 4 * (this.calls.size + 1_000)) this.forgetClosed();
	}

	receipt(told: { seq: number; screen: string; user: string; stage: Stage; at: number }): void {
		const call = this.calls.get(this.ofSeq.get(told.seq) ?? "");
		if (call === undefined || call.receipts.length >= RECEIPTS_MAX || !this.parts.desks.isDesk(told.screen)) return;
		const { screen, user, stage, at } = told;
		const now = this.parts.clock.now();
		call.receipts.push({ screen, user, stage, at, absent: this.parts.desks.isAbsent(screen, now) });
	}

	/** Once a second: everything that is due is taken, once. */
	tick(now: number): void {
		const present = this.parts.desks.present(now);
		const plan = this.plan;
		const rosters = new Map<string, Roster>();
		const carried: Carried[] = [];
		for (const call of this.calls.values()) {
			// Who is on duty does not decide whether a step is due, and most have none.
			if (call.isLoading || nextStep(call, present, NOBODY, plan, now) === null) continue;
			const { district } = call.alarm;
			const onDuty = rosters.get(district) ?? this.parts.roster(now, district);
			rosters.set(district, onDuty);
			for (;;) {
				const step = nextStep(call, present, onDuty, plan, now);
				if (step === null) break;
				call.done.push({ kind: step.kind, turn: step.turn, at: now });
				call.called = step.to;
				call.users = usersOf(onDuty, step.to);
				carried.push({ alarm: call.alarm, step, since: call.since });
			}
		}
		if (carried.length > 0) this.carry(carried, now);
	}

	/** Through every channel in use, at once, whatever the store does: for what concerns this system itself. */
	announce(title: string, text: string): void {
		const { clock, outbound, register } = this.parts;
		const now = clock.now();
		const message = `s${now}-${++this.messages}`;
		const words = { title, text, level: "红色", place: "", time: civilTime(now), count: 1, alarms: [], to: [] };
		for (const { id, body } of register.all<Outlet>("outlet"))
			if (body.enabled && body.type !== "heartbeat") outbound.offer({ id: message, outlet: id, words });
	}

	/** What is being called now, for the desks; the worst first. */
	views(): CallView[] {
		const views: CallView[] = [];
		for (const { alarm, since, done, called, users, outlets } of this.calls.values()) {
			const last = done.at(-1);
			if (last === undefined) continue;
			views.push({
				alarm: alarm.id,
				occurrence: alarm.occurrence,
				since,
				step: last.kind,
				at: last.at,
				to: called,
				users,
				outlets,
				severity: alarm.severity,
			});
		}
		return views.sort((a, b) => b.severity - a.severity || a.since - b.since).slice(0, 100);
	}

	/** The channels that carry a step of an alarm now. */
	private outletsFor({ alarm, step }: Carried): string[] {
		const ids: string[] = [];
		for (const { id, body } of this.parts.register.all<Outlet>("outlet")) {
			const isMeant = body.steps.includes(step.kind) || (step.kind === "officer" && step.outside);
			const isThere =
				body.districts.length === 0 || body.districts.some((code) => alarm.district.startsWith(districtPrefix(code)));
			// A channel is not asked to tell of its own failure.
			if (
				body.enabled &&
				body.type !== "heartbeat" &&
				isMeant &&
				isThere &&
				alarm.severity >= body.minLevel &&
				alarm.subject !== `system:outlet-${id}`
			)
				ids.push(id);
		}
		return ids;
	}

	private carry(carried: readonly Carried[], now: number): void {
		const byOutlet = new Map<string, Carried[]>();
		const lines: NewLine[] = [];
		const message = `m${now}-${++this.messages}`;
		for (const one of carried) {
			const outlets = this.outletsFor(one);
			const call = this.calls.get(one.alarm.id);
			if (call !== undefined) call.outlets = outlets.length;
			for (const id of outlets) {
				const list = byOutlet.get(id);
				if (list === undefined) byOutlet.set(id, [one]);
				else list.push(one);
			}
			lines.push(stepLine(one, message, outlets, now));
		}
		for (const [outlet, list] of byOutlet) this.send(outlet, message, list, now);
		this.parts.notes.add(lines);
	}

	private send(outlet: string, message: string, list: readonly Carried[], now: number): void {
		const { numbersOf, outbound, placeName } = this.parts;
		const to = [...new Set(list.flatMap(({ step }) => step.to))].flatMap((name) => numbersOf(name));
		outbound.offer({ id: message, outlet, words: { ...wordsOf(list, placeName, now), to } });
	}

	/** Steps taken before the restart, and messages that had not gone out when it came. */
	private async recall(call: Calling): Promise<void> {
		let lines: readonly LogLine[];
		try {
			lines = await this.parts.lines(`alarm:${call.alarm.id}`);
		} catch {
			// A store that cannot tell must not silence: better called twice than not at all.
			lines = [];
		}
		const settled = new Set(lines.filter(isSettled).map(({ detail }) => `${detail.message}/${detail.outlet}`));
		const now = this.parts.clock.now();
		for (const { kind, detail } of lines) {
			if (kind !== "reach.step" || detail.occurrence !== call.alarm.occurrence) continue;
			const step = stepKinds.find((known) => known === detail.step);
			if (step === undefined) continue;
			const turn = Number(detail.turn);
			call.done.push({ kind: step, turn, at: Number(detail.at) });
			const to = Array.isArray(detail.to) ? detail.to.map(String) : [];
			call.called = to;
			const taken: Step = { kind: step, turn, reason: "not-acknowledged", to, outside: true };
			const outlets = Array.isArray(detail.outlets) ? detail.outlets.map(String) : [];
			call.outlets = outlets.length;
			for (const outlet of outlets) {
				if (settled.has(`${detail.message}/${outlet}`)) continue;
				this.send(outlet, String(detail.message), [{ alarm: call.alarm, step: taken, since: call.since }], now);
			}
		}
		call.isLoading = false;
	}

	private forgetClosed(): void {
		for (const [seq, id] of this.ofSeq) if (!this.calls.has(id)) this.ofSeq.delete(seq);
	}
}

function newCall(alarm: Alarm, since: number): Calling {
	return { alarm, since, receipts: [], done: [], isLoading: false, called: [], users: [], outlets: 0 };
}

/** Users who stand under these names. */
function usersOf({ users = [] }: Roster, names: readonly string[]): string[] {
	return names.map((name) => users.find((one) => one.name === name)?.user ?? name);
}

function isSettled({ kind, detail }: LogLine): boolean {
	return kind === "reach.delivery" && detail.state !== "waiting";
}

function stepLine({ alarm, step }: Carried, message: string, outlets: readonly string[], at: number): NewLine {
	const { kind, turn, reason, to } = step;
	return {
		subject: `alarm:${alarm.id}`,
		kind: "reach.step",
		district: alarm.district,
		system: alarm.system,
		// Its own time: the line itself is dated when it could be stored.
		detail: { at, step: kind, turn, occurrence: alarm.occurrence, reason, to, outlets, message },
	};
}
