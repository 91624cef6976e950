// The desks that are manned now, as web reports its screens every two seconds: who sits there, whether the sound runs, whether
// they are on the phone, whether the page is in front. A screen is a desk when its person may acknowledge and its page has
// introduced itself as one; a desk that has not said that its sound runs counts as silent.
import type { DeskWord } from "#model/protocol.ts";
import { DESK_FRESH_MS, type Desk, isTalking, TALKING_MS } from "#model/reach.ts";
import { type Role, refuse, type Scope } from "#model/rights.ts";

export interface DeskReport {
	readonly id: string;
	readonly user: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly paintedAt: number;
	readonly desk: DeskWord | null;
}

export class Desks {
	private known: readonly Desk[] = [];

	/** All screens that are connected now; one that is not among them is gone. */
	seen(reports: readonly DeskReport[], now: number): void {
		const desks: Desk[] = [];
		for (const { id, user, roles, scope, paintedAt, desk } of reports) {
			if (desk === null || refuse({ user, roles, scope }, "alarm.acknowledge", null) !== null) continue;
			desks.push({
				screen: id,
				user,
				roles,
				scope,
				armed: desk.armed,
				// A page may say "until next year"; nobody is on the phone that long.
				talkingUntil: desk.talkingUntil === null ? null : Math.min(desk.talkingUntil, now + TALKING_MS),
				visible: desk.visible,
				paintedAt,
				seenAt: now,
			});
		}
		this.known = desks;
	}

	/** Connected and reported lately: when web is away, there are none. */
	present(now: number): readonly Desk[] {
		return this.known.filter((desk) => now - desk.seenAt < DESK_FRESH_MS);
	}

	/** Nobody attends this screen: on the phone, or its page is behind another. Unknown screens are unattended. */
	isAbsent(screen: string, now: number): boolean {
		const desk = this.known.find((known) => known.screen === screen);
		return desk === undefined || !desk.visible || isTalking(desk, now);
	}

	isDesk(screen: string): boolean {
		return this.known.some((known) => known.screen === screen);
	}
}
