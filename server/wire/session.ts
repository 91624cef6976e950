// One screen: who it is, what it follows, where it stands. Parses what comes up, decides what goes down; knows no Socket.IO.
// Made by server.ts for every socket, and by tests over a pair of queues.
import type { DeltaJson } from "#model/delta_json.ts";
import type { Problem } from "#model/problem.ts";
import type { DeskWord, Follow } from "#model/protocol.ts";
import { GOT_TIMEOUT_MS, VIEW_CELLS } from "#model/protocol.ts";
import type { Who } from "#model/rights.ts";
import { narrow } from "#model/rights.ts";
import type { Mirror } from "../bus/mirror.ts";
import type { Clock } from "../clock.ts";
import type { ReadStore } from "../store/store.ts";
import { AlarmLane } from "./alarm_lane.ts";
import type { Pace } from "./pace.ts";
import type { Port } from "./port.ts";
import { Position } from "./position.ts";
import type { Views } from "./view.ts";

export interface SessionParts {
	readonly mirror: Mirror;
	readonly views: Views;
	readonly pace: Pace;
	readonly store: Pick<ReadStore, "transitions">;
	readonly clock: Clock;
	readonly build: string;
	fault(error: Error): void;
}

export class Session {
	readonly id: string;
	readonly who: Who;
	readonly port: Port;
	readonly position = new Position();
	readonly lane: AlarmLane;
	/** When the page last said that it has painted, epoch ms, and what. */
	paintedAt: number;
	paintedRevision = 0;
	/** What the page said of itself as a desk; null: it is none. */
	desk: DeskWord | null = null;
	closed = false;
	private readonly parts: SessionParts;
	private greeted = false;
	/** A follow that came before core was there. */
	private wish: Follow | null = null;

	constructor(id: string, who: Who, port: Port, parts: SessionParts) {
		this.id = id;
		this.who = who;
		this.port = port;
		this.parts = parts;
		this.paintedAt = parts.clock.now();
		this.lane = new AlarmLane({ mirror: parts.mirror, store: parts.store, port, fault: parts.fault });
	}

	/** The first word to a screen, as soon as there is a table to speak of. */
	greet(): void {
		const { mirror, clock, build } = this.parts;
		if (mirror.link === "lost") this.port.notice({ type: "link", core: "lost", since: mirror.linkSince });
		if (!mirror.ready) return;
		this.greeted = true;
		this.port.hello({
			epoch: mirror.latest.epoch,
			build,
			now: clock.now(),
			demo: mirror.demo,
			catalogueRevision: mirror.catalogue.revision,
			user: this.who.user,
			roles: this.who.roles,
		});
	}

	follow(wish: Follow): void {
		const { mirror, views } = this.parts;
		if (!mirror.ready) {
			this.wish = this.wish === null ? wish : after(this.wish, wish);
			return;
		}
		this.wish = null;
		const narrowed = narrow(this.who.scope, wish.scope ?? null);
		const before = this.position.view?.wish.scope ?? null;
		const sameScope = before !== null && JSON.stringify(before) === JSON.stringify(narrowed);
		const scope = sameScope ? before : narrowed;
		const view = this.position.follow(mirror, views, scope, wish);
		if (view.thinned > 0) {
			this.port.notice({
				type: "thinned",
				what: "values",
				detail: `${view.thinned} cells in view: above ${VIEW_CELLS} only severity and quality are sent`,
			});
		}
		const otherLife = wish.cursor?.epoch !== mirror.latest.epoch;
		// Another scope: the alarms of the old one must leave the list.
		const seq = before !== null && !sameScope ? null : (wish.alarmSeq ?? null);
		this.lane.start(scope, seq, otherLife);
		this.push();
	}

	/** W1. @returns false when no delta with this revision is under way. */
	got(revision: number): boolean {
		if (!this.position.got(revision)) return false;
		this.push();
		this.lane.resume();
		return true;
	}

	/** The last word, and the end. What still comes up from it is not heard. */
	close(why: Problem | null): void {
		this.closed = true;
		if (why !== null) this.port.problem(why);
		this.port.close();
	}

	/** Sends what the screen lacks, unless a delta is under way. */
	push(): void {
		this.parts.pace.push(this.position, this.sendDelta);
	}

	/** Core began a new life, or came for the first time. @returns true when a follow that waited for it was served. */
	newEpoch(): boolean {
		this.greeted = false;
		if (this.position.view !== null) this.position.newEpoch();
		this.renewView();
		this.greet();
		if (this.wish === null || !this.parts.mirror.ready) return false;
		this.follow(this.wish);
		return true;
	}

	renewView(): void {
		this.position.renew(this.parts.views);
	}

	beat(): void {
		const { mirror, clock } = this.parts;
		this.port.beat({ now: clock.now(), revision: mirror.latest.revision, alarmSeq: this.lane.alarmSeq });
	}

	/** W2: no `got` for a delta within its time. */
	isDead(): boolean {
		return this.position.inFlight !== null && this.parts.clock.now() - this.position.inFlightSince >= GOT_TIMEOUT_MS;
	}

	/** A page that came before core is greeted when core comes. */
	get waitsForCore(): boolean {
		return !this.greeted;
	}

	private readonly sendDelta = (delta: Uint8Array | DeltaJson): void => this.port.delta(delta);
}

/** Two wishes that both wait: whatever either of them wanted anew, or that another scope voids, is wanted anew. */
function after(first: Follow, second: Follow): Follow {
	const sameScope = JSON.stringify(first.scope) === JSON.stringify(second.scope);
	return {
		...second,
		cursor: sameScope && first.cursor !== null ? second.cursor : null,
		alarmSeq: sameScope && first.alarmSeq !== null ? second.alarmSeq : null,
	};
}
