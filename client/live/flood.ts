// How many alarms a desk was handed in the last ten minutes, and whether that is a flood: more than ten in ten minutes until
// fewer than five (ISA-18.2, per operator). Fed by every event, also while nothing is drawn.
import type { Alarm, TransitionKind } from "#model/alarm.ts";
import { FLOOD_BEGINS, FLOOD_ENDS, LOAD_STEP_MS } from "#model/alarm_figures.ts";

/** One count per ten seconds: sixty numbers however hard it storms. */
const STEP_MS = 10_000;

export class FloodMeter {
	private isFlood = false;
	private readonly steps = new Map<number, number>();

	/** What stands when the page begins or begins again: when each was raised. */
	restart(alarms: readonly Alarm[]): void {
		this.steps.clear();
		for (const { raisedAt } of alarms) this.count(raisedAt);
	}

	hear(news: { readonly kind: TransitionKind; readonly at: number }): void {
		if (news.kind === "raised" || news.kind === "rose") this.count(news.at);
	}

	/** @param now server time. */
	look(now: number): { readonly count: number; readonly isFlood: boolean } {
		let count = 0;
		for (const [step, raised] of this.steps) {
			if ((step + 1) * STEP_MS <= now - LOAD_STEP_MS) this.steps.delete(step);
			else count += raised;
		}
		if (count > FLOOD_BEGINS) this.isFlood = true;
		else if (count < FLOOD_ENDS) this.isFlood = false;
		return { count, isFlood: this.isFlood };
	}

	private count(at: number): void {
		const step = Math.floor(at / STEP_MS);
		this.steps.set(step, (this.steps.get(step) ?? 0) + 1);
		// A device with a wild clock may not fill the table: the oldest goes.
		if (this.steps.size > 10_000) this.steps.delete(Math.min(...this.steps.keys()));
	}
}
