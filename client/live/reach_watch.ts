// What the server says about reaching a person, asked every five seconds while something on the page shows it: how many desks can
// sound, who is being called, what the outside channels do. Tells once when the person of this desk is called by name.

import { isProblem, type Problem } from "#model/problem.ts";
import type { ReachView } from "#model/reach_view.ts";
import { Change } from "./change.ts";

export const ASK_EVERY_MS = 5_000;

export interface ReachWatchParts {
	readonly ask: () => Promise<unknown>;
	readonly elapsed: () => number;
	/** The person who sits here, or null. */
	readonly user: () => string | null;
	/** Called by name for something new. */
	readonly called: () => void;
}

export class ReachWatch {
	readonly change = new Change();
	view: ReachView | null = null;
	/** Why the last question had no answer, or null. */
	fault: Problem | null = null;
	private readonly parts: ReachWatchParts;
	private watchers = 0;
	private askedAt = Number.NEGATIVE_INFINITY;
	private isAsking = false;
	private readonly told = new Set<string>();

	constructor(parts: ReachWatchParts) {
		this.parts = parts;
	}

	/** @returns how to stop. */
	readonly watch = (): (() => void) => {
		this.watchers += 1;
		void this.ask();
		return () => {
			this.watchers -= 1;
		};
	};

	/** Once a second. */
	tick(): void {
		if (this.watchers > 0 && this.parts.elapsed() - this.askedAt >= ASK_EVERY_MS) void this.ask();
	}

	async ask(): Promise<void> {
		if (this.isAsking) return;
		this.isAsking = true;
		this.askedAt = this.parts.elapsed();
		const body = await this.parts.ask();
		this.isAsking = false;
		this.fault = isProblem(body) ? body : null;
		if (!isProblem(body)) this.take(body as ReachView);
		this.change.bump();
	}

	/** Calls in which the person of this desk is named. */
	get own(): ReachView["calls"] {
		const user = this.parts.user();
		return user === null ? [] : (this.view?.calls ?? []).filter(({ users }) => users.includes(user));
	}

	private take(view: ReachView): void {
		this.view = view;
		const fresh = this.own.map(({ alarm, occurrence, at }) => `${alarm} ${occurrence} ${at}`);
		const isNew = fresh.some((key) => !this.told.has(key));
		this.told.clear();
		for (const key of fresh) this.told.add(key);
		if (isNew) this.parts.called();
	}
}
