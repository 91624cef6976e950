// The screens that people look at, as web reports them. A wall that stopped painting is an alarm: a frozen picture that looks
// healthy is worse than a dark one.

import type { Role } from "#model/rights.ts";
import { subjectOf } from "#model/subject.ts";
import type { Alarms } from "./alarms.ts";

/** A wall that painted nothing new for this long is frozen. It reports every 5 s. */
export const FROZEN_MS = 15_000;

export interface ScreenReport {
	readonly id: string;
	readonly user: string;
	readonly roles: readonly Role[];
	readonly paintedAt: number;
	readonly paintedRevision: number;
	readonly wall: boolean;
}

export class Screens {
	private readonly alarms: Alarms;
	private known = new Map<string, ScreenReport>();

	constructor(alarms: Alarms) {
		this.alarms = alarms;
	}

	/** The screens that are connected now; one that has gone away in order is no alarm. */
	seen(reports: readonly ScreenReport[], now: number): void {
		const before = this.known;
		this.known = new Map(reports.filter((report) => report.wall).map((report) => [report.id, report]));
		for (const id of before.keys()) if (!this.known.has(id)) this.tell(id, false, now, 0);
		for (const report of this.known.values())
			this.tell(report.id, now - report.paintedAt > FROZEN_MS, now, now - report.paintedAt);
	}

	private tell(id: string, frozen: boolean, now: number, ms: number): void {
		this.alarms.set(subjectOf("screen", id), "screen-frozen", {
			severity: frozen ? 2 : 0,
			at: now,
			value: Math.round(ms / 1000),
			limit: FROZEN_MS / 1000,
			clause: null,
			why: frozen ? `大屏 ${id} 已 ${Math.round(ms / 1000)} s 未刷新画面` : `大屏 ${id} 已恢复`,
			unverified: false,
		});
	}
}
