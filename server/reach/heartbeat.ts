// Heartbeats to the outside: while the whole chain was walked a moment ago, every heartbeat channel says so at its own pace; when it
// was not, or this machine is gone, they stop, and the watch at the other end rings. Ticked by open.ts once a second; never waits.
import { BEAT_EVERY_S, type Delivery, type Outlet, type Words } from "#model/outlet.ts";
import type { Problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";

export interface HeartbeatParts {
	outlets(): readonly Entry<Outlet>[];
	isWhole(): boolean;
	/** Never rejects. */
	send(outlet: Outlet, words: Words): Promise<Problem | null>;
	/** Each one that was not taken, and the first that was taken again: the rest is not written down. */
	tried(delivery: Delivery): void;
	now(): number;
}

interface Beating {
	isBusy: boolean;
	/** Begin of the last one, whatever became of it. */
	askedAt: number;
	takenAt: number | null;
	hasFailed: boolean;
}

const NOTHING: Words = { title: "心跳", text: "", level: "", place: "", time: "", count: 0, alarms: [], to: [] };

export class Heartbeats {
	private readonly parts: HeartbeatParts;
	private readonly beating = new Map<string, Beating>();

	constructor(parts: HeartbeatParts) {
		this.parts = parts;
	}

	/** Once a second. */
	tick(now: number): void {
		if (!this.parts.isWhole()) return;
		for (const { id, body } of this.parts.outlets()) {
			if (body.type !== "heartbeat" || !body.enabled) continue;
			const state = this.stateOf(id);
			if (state.isBusy || now - state.askedAt < 1_000 * (body.everyS ?? BEAT_EVERY_S)) continue;
			state.isBusy = true;
			state.askedAt = now;
			void this.beat(id, body, state);
		}
	}

	/** When the last one of a channel was taken, epoch ms. */
	takenAt(id: string): number | null {
		return this.beating.get(id)?.takenAt ?? null;
	}

	private stateOf(id: string): Beating {
		const known = this.beating.get(id);
		if (known !== undefined) return known;
		const fresh = { isBusy: false, askedAt: Number.NEGATIVE_INFINITY, takenAt: null, hasFailed: false };
		this.beating.set(id, fresh);
		return fresh;
	}

	private async beat(id: string, outlet: Outlet, state: Beating): Promise<void> {
		const begun = state.askedAt;
		const fault = await this.parts.send(outlet, NOTHING);
		state.isBusy = false;
		// It broke while this one was on its way: nobody is told of a channel for that.
		if (fault?.problem === "chain-broken") return;
		const at = this.parts.now();
		if (fault === null) state.takenAt = at;
		if (fault === null && !state.hasFailed) return;
		state.hasFailed = fault !== null;
		this.parts.tried({
			id: `h${begun}`,
			outlet: id,
			name: outlet.name,
			words: NOTHING,
			isTest: false,
			at: begun,
			tries: [{ at, problem: fault }],
			state: fault === null ? "sent" : "waiting",
		});
	}
}
