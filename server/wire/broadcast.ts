// What a change of web's copy of core means for every session: the only place where the two are tied together.
import type { Transition } from "#model/alarm.ts";
import { holds } from "#model/register.ts";
import type { RegisterNews } from "../bus/bus.ts";
import type { MirrorListener, Tick } from "../bus/mirror.ts";
import type { Pace } from "./pace.ts";
import type { Session } from "./session.ts";
import type { Views } from "./view.ts";

export class Broadcast implements MirrorListener {
	private readonly pace: Pace;
	private readonly views: Views;
	private readonly sessions: () => Iterable<Session>;
	private registerAt = -1;

	constructor(pace: Pace, views: Views, sessions: () => Iterable<Session>) {
		this.pace = pace;
		this.views = views;
		this.sessions = sessions;
	}

	tick(tick: Tick): void {
		this.pace.moved(tick);
		for (const session of this.sessions()) session.push();
	}

	epoch(): void {
		this.pace.slices.clear();
		this.views.refresh();
		for (const session of this.sessions()) session.newEpoch();
	}

	catalogue(revision: number): void {
		this.views.refresh();
		// Cells may be more than before, and what was encoded of one may be too short.
		this.pace.slices.clear();
		for (const session of this.sessions()) {
			session.renewView();
			session.port.notice({ type: "catalogue", revision });
			session.push();
		}
	}

	/** Entries are asked for when the revision grew; of lines alone hears only who may read that log. */
	register(revision: number, lines: RegisterNews["lines"]): void {
		const grew = revision !== this.registerAt;
		this.registerAt = revision;
		for (const session of this.sessions()) {
			const logs = lines?.filter((line) => holds(session.who.scope, line)).map(({ subject }) => subject) ?? null;
			if (grew || logs === null || logs.length > 0) session.port.notice({ type: "register", revision, logs });
		}
	}

	news(transitions: readonly Transition[]): void {
		for (const session of this.sessions()) session.lane.news(transitions);
	}

	selfTest(n: number): void {
		for (const session of this.sessions()) session.lane.selfTest(n);
	}

	/** Core was away: first who it is, then what stands. */
	alarms(): void {
		for (const session of this.sessions()) {
			const otherLife = session.waitsForCore;
			if (otherLife && session.newEpoch()) continue;
			session.lane.renew(otherLife);
			session.push();
		}
	}

	link(state: "live" | "lost", since: number): void {
		for (const session of this.sessions()) session.port.notice({ type: "link", core: state, since });
	}
}
