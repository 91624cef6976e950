// The alarm lane of one screen: every transition of its scope, at once, in order, each with the seq before it (A2). After a
// reconnect what it missed is read from the log; when that is too long ago it gets the open list. Never coalesced, and never
// a queue without bound: a screen that does not take its packets is caught up from the log once it does. A red does not wait for
// that: it goes ahead of its place, outside of the chain.
import type { Alarm, Transition } from "#model/alarm.ts";
import type { Scope } from "#model/rights.ts";
import { inScope } from "#model/rights.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { ReadStore } from "../store/store.ts";
import type { Port } from "./port.ts";

/** A screen that missed more than this gets the list instead of the log. */
export const REPLAY_MAX = 2_000;
/** Transitions read at once. */
const PAGE = 500;
/** Live news kept while the log is read; beyond it the screen gets the list. */
const QUEUE_MAX = 2_000;
/** A screen with more packets than this waiting is caught up later. */
export const WAITING_MAX = 256;
/** Room kept for reds of a screen that is behind; with these it is as full as it may be. */
const URGENT_MAX = 64;
const RED = 4;

type State = "off" | "live" | "replaying" | "behind";

export interface AlarmLaneParts {
	readonly mirror: Mirror;
	readonly store: Pick<ReadStore, "transitions">;
	readonly port: Port;
	/** The log could not be read. */
	fault(error: Error): void;
}

export class AlarmLane {
	private readonly parts: AlarmLaneParts;
	private scope: Scope = { districts: [], systems: null };
	private state: State = "off";
	/** Last seq sent: the next one's `prev`. */
	private last = 0;
	/** Everything up to here was sent or does not concern this scope. */
	private told = 0;
	private queue: Transition[] = [];
	/** The screen stands at `last`: the log can go on from there. Otherwise only the list helps. */
	private chained = false;
	/** Raised by each start: a reading of the log that is under way for an older one is dropped. */
	private run = 0;

	constructor(parts: AlarmLaneParts) {
		this.parts = parts;
	}

	/**
	 * Begins after `seq`, or with the open list (null, a seq of the future, one too long ago).
	 * @param otherLife the screen comes from another life of core, which may have died with changes that it could not record.
	 */
	start(scope: Scope, seq: number | null, otherLife = false): void {
		// Only the view moved: the lane goes on. What it sent while this follow was under way arrives all the same, in order.
		const goesOn = !this.chained || (seq !== null && seq <= this.told);
		if (this.state !== "off" && scope === this.scope && seq !== null && goesOn) return;
		this.scope = scope;
		this.last = seq ?? 0;
		this.told = seq ?? 0;
		this.chained = seq !== null && !otherLife;
		this.begin();
	}

	/** Core was away and told its open list anew. @param otherLife what it had not recorded is gone: only the list tells. */
	renew(otherLife: boolean): void {
		if (this.state === "off") return;
		if (otherLife) this.chained = false;
		this.begin();
	}

	/** Transitions as core tells them. */
	news(transitions: readonly Transition[]): void {
		if (this.state === "off") return;
		for (const transition of transitions) {
			if (this.state === "live") this.live(transition);
			else if (this.state === "replaying") this.queue.push(transition);
			if (this.state !== "live") this.ahead(transition);
		}
		if (this.queue.length > QUEUE_MAX) {
			this.run += 1;
			this.sendList();
		}
	}

	/** Only a lane that would tell an alarm now tells the self-test: one that is stuck must not answer it. */
	selfTest(n: number): void {
		if (this.state === "live" && this.parts.port.waiting <= WAITING_MAX)
			this.parts.port.notice({ type: "self-test", n });
	}

	/** Goes on with a screen that had fallen behind, once it takes packets again. */
	resume(): void {
		if (this.state === "behind" && this.parts.port.waiting < WAITING_MAX / 4) this.begin();
	}

	/** For `beat`: every alarm of the scope up to here was sent. */
	get alarmSeq(): number {
		return this.state === "live" ? this.parts.mirror.alarmSeq : this.told;
	}

	private begin(): void {
		this.run += 1;
		const missed = this.parts.mirror.alarmSeq - this.told;
		if (!this.chained || missed < 0 || missed > REPLAY_MAX) this.sendList();
		else this.catchUp();
	}

	private catchUp(): void {
		this.state = "replaying";
		this.queue = [];
		const run = this.run;
		this.replay(run).catch((error: Error) => {
			this.parts.fault(error);
			if (run === this.run) this.sendList();
		});
	}

	private async replay(run: number): Promise<void> {
		const { mirror, store } = this.parts;
		while (this.told < mirror.alarmSeq) {
			const page = await store.transitions(this.told, PAGE);
			// Another follow has begun meanwhile, or the screen stopped taking packets.
			if (run !== this.run || this.state !== "replaying") return;
			for (const transition of page) {
				if (this.state === "replaying") this.send(transition);
			}
			if (page.length < PAGE) break;
		}
		if (this.state === "replaying") this.joinLive();
	}

	private joinLive(): void {
		this.state = "live";
		const queue = this.queue;
		this.queue = [];
		for (const transition of queue) this.live(transition);
		// What could not be recorded is not in the log: only the list shows it.
		if (this.state === "live" && this.parts.mirror.hasUnrecorded) this.sendList();
	}

	private live(transition: Transition): void {
		if (this.state !== "live") return;
		if (transition.seq === null || transition.seq > this.told) this.send(transition);
	}

	/** A red that just rose and would have to wait: seen within two seconds, whatever else is on its way (T-35). */
	private ahead(transition: Transition): void {
		const { kind, alarm } = transition;
		if (alarm.severity !== RED || (kind !== "raised" && kind !== "rose") || !inScope(this.scope, alarm)) return;
		if (this.parts.port.waiting <= WAITING_MAX + URGENT_MAX) this.parts.port.urgent(transition);
	}

	private send(transition: Transition): void {
		const { port } = this.parts;
		if (port.waiting > WAITING_MAX) {
			this.state = "behind";
			return;
		}
		const { seq } = transition;
		if (seq !== null) this.told = seq;
		if (!inScope(this.scope, transition.alarm)) return;
		port.alarm({ ...transition, prev: this.last });
		if (seq !== null) this.last = seq;
	}

	private sendList(): void {
		const { mirror, port } = this.parts;
		this.queue = [];
		if (port.waiting > WAITING_MAX) {
			this.state = "behind";
			this.chained = false;
			return;
		}
		const alarms: Alarm[] = [];
		for (const alarm of mirror.alarms.values()) if (inScope(this.scope, alarm)) alarms.push(alarm);
		this.state = "live";
		this.chained = true;
		this.last = mirror.alarmSeq;
		this.told = mirror.alarmSeq;
		port.alarms({ seq: mirror.alarmSeq, alarms });
	}
}
