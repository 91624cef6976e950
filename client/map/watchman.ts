// Watches the map's health: a lost context is said at once, restored or answered by a reload within five seconds, and after
// three losses in ten minutes the page goes on without a map. Alarms, readings and sound do not depend on any of it.
import { Change } from "../live/change.ts";
import type { LossStore, MapHealth } from "./webgl.ts";
import { noteLoss, RESTORE_WITHIN_MS } from "./webgl.ts";

export interface WatchmanParts {
	readonly store: LossStore;
	/** Epoch ms; only differences count. */
	readonly now: () => number;
	readonly later: (ms: number, act: () => void) => void;
	readonly reload: () => void;
}

export class Watchman {
	readonly change = new Change();
	health: MapHealth = "starting";
	private losses = 0;
	private readonly parts: WatchmanParts;

	constructor(parts: WatchmanParts) {
		this.parts = parts;
	}

	/** A frame was drawn: it lives. */
	drew(): void {
		if (this.health === "starting") this.set("ok");
	}

	/** The browser gave the context back and the first frame is drawn. */
	restored(): void {
		if (this.health === "lost") this.set("ok");
	}

	lost(): void {
		if (this.health === "lost" || this.health === "list") return;
		if (noteLoss(this.parts.store, this.parts.now()) === "list") {
			this.set("list");
			return;
		}
		this.losses += 1;
		const loss = this.losses;
		this.set("lost");
		this.parts.later(RESTORE_WITHIN_MS, () => {
			if (this.health === "lost" && this.losses === loss) this.parts.reload();
		});
	}

	/** No WebGL2 at the start, or given up before: no map this time. */
	giveUp(): void {
		this.set("list");
	}

	private set(health: MapHealth): void {
		this.health = health;
		this.change.bump();
	}
}
