// Is what stands on the screen alive? Counted from the last beat, in a Worker's time, because hidden tabs are throttled.
// `late` is a warning, `lost` is the veil; both end by themselves with the next beat. A web server that has lost its core
// still beats: then its own word counts.
import { BEAT_MS, VEIL_AFTER_MS } from "#model/protocol.ts";
import type { FromBeatWatch } from "./beat.ts";
import { LOOK_EVERY_MS } from "./beat.ts";
import { Change } from "./change.ts";

export type LinkState = "connecting" | "live" | "late" | "lost";

const LATE_AFTER_MS = 2 * BEAT_MS;

/** @param silentMs since the last beat; null: none yet. @param startedMs since the page began to wait. */
export function linkState(silentMs: number | null, startedMs: number): LinkState {
	const silence = silentMs ?? startedMs;
	// The veil must stand within VEIL_AFTER_MS: it is drawn one look early.
	if (silence >= VEIL_AFTER_MS - LOOK_EVERY_MS) return "lost";
	if (silentMs === null) return "connecting";
	return silence >= LATE_AFTER_MS ? "late" : "live";
}

export class LinkWatch {
	readonly change = new Change();
	state: LinkState = "connecting";
	/** Why it is not live: the way to the server, or the server's own heart. */
	cause: "network" | "core" = "network";
	/** Looks since core was reported lost; null while it lives. */
	private coreLooks: number | null = null;

	/** The worker's word, every LOOK_EVERY_MS. */
	look(from: FromBeatWatch): void {
		let state = linkState(from.silentMs, from.startedMs);
		let cause: "network" | "core" = "network";
		if (this.coreLooks !== null) {
			this.coreLooks += 1;
			if (state !== "lost") {
				state = linkState(LATE_AFTER_MS + this.coreLooks * LOOK_EVERY_MS, 0);
				cause = "core";
			}
		}
		if (state === this.state && cause === this.cause) return;
		this.state = state;
		this.cause = cause;
		this.change.bump();
	}

	core(link: "live" | "lost"): void {
		if (link === "live") this.coreLooks = null;
		else this.coreLooks ??= 0;
	}
}
