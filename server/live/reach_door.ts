// Core's answers about reaching a person: what screens report goes in, what the page shows comes out, each part by the caller's
// right, secrets masked. Made by server/reach/open.ts, called by host.ts.
import { ALLOW_ID, type AllowBody, type Delivery, type Outlet } from "#model/outlet.ts";
import { DEFAULT_PLAN, type Roster, type Stage } from "#model/reach.ts";
import type { OutletState, ReachView } from "#model/reach_view.ts";
import { inScope, refuse, type Who } from "#model/rights.ts";
import type { DeskReport, Desks } from "./desks.ts";
import { masked } from "./outlet_mask.ts";
import type { Reach } from "./reach.ts";
import type { RegisterReader } from "./register.ts";
import type { SelfTest } from "./self_test.ts";

export interface ReachDoor {
	seen(screens: readonly DeskReport[]): void;
	receipt(told: { seq: number; screen: string; user: string; stage: Stage; at: number }): void;
	/** A self-test came back from a screen, or from web itself. */
	selfTested(n: number, screen: string): void;
	view(who: Who): ReachView;
}

export interface ReachDoorParts {
	readonly reach: Reach;
	readonly desks: Desks;
	readonly register: RegisterReader;
	readonly alarms: { get(id: string): { readonly district: string; readonly system: string } | null };
	readonly clock: { now(): number };
	roster(now: number, district: string): Roster;
	/** null: it does not run here. */
	readonly selfTest: SelfTest | null;
	outbox: { recent(): readonly Delivery[]; waiting(outlet: string): number };
	failedTries(outlet: string): number;
	/** Of a heartbeat channel. */
	beatOf(outlet: string): NonNullable<OutletState["beat"]>;
}

export function reachDoor(parts: ReachDoorParts): ReachDoor {
	const { clock, desks, reach } = parts;
	return {
		seen: (screens) => desks.seen(screens, clock.now()),
		receipt: (told) => reach.receipt(told),
		selfTested: (n, screen) => parts.selfTest?.answered(n, screen),
		view: (who) => viewOf(parts, who),
	};
}

/** Where nobody is reached. */
export function noReach(now: number): ReachView {
	const levels = DEFAULT_PLAN.slice(1);
	const none = { desks: null, roster: null, selfTest: null, deliveries: null, outlets: null, allow: null };
	return { now, present: 0, armed: 0, calls: [], levels, ...none };
}

function viewOf(parts: ReachDoorParts, who: Who): ReachView {
	const { alarms, clock, desks, outbox, reach, register, roster, selfTest } = parts;
	const now = clock.now();
	const present = desks.present(now);
	const isOfficer = refuse(who, "alarm.acknowledge", null) === null;
	const isEditor = refuse(who, "reach.edit", null) === null;
	const mine = reach.views().filter(({ alarm }) => {
		const place = alarms.get(alarm);
		return place !== null && inScope(who.scope, place);
	});
	return {
		now,
		present: present.length,
		armed: present.filter(({ armed }) => armed).length,
		desks: isOfficer
			? present.map(({ user, roles, armed, talkingUntil, visible, paintedAt }) => ({
					user,
					roles,
					armed,
					talkingUntil: talkingUntil !== null && talkingUntil > now ? talkingUntil : null,
					visible,
					paintedAt,
				}))
			: null,
		calls: isOfficer ? mine : [],
		roster: isOfficer ? roster(now, who.scope.districts[0] ?? "210000") : null,
		levels: reach.plan.slice(1),
		selfTest: selfTest?.view ?? null,
		deliveries: isOfficer
			? outbox
					.recent()
					.slice(0, 60)
					.map(({ words: _, ...shown }) => shown)
			: null,
		outlets: isEditor ? outletsOf(parts) : null,
		allow: isEditor ? (register.find<AllowBody>("allow", ALLOW_ID)?.body.entries ?? []) : null,
	};
}

function outletsOf({ beatOf, failedTries, outbox, register }: ReachDoorParts): OutletState[] {
	return register.all<Outlet>("outlet").map(({ id, body }) => ({
		id,
		outlet: masked(body),
		hasSecret: body.secret !== "",
		waiting: outbox.waiting(id),
		failed: failedTries(id),
		beat: body.type === "heartbeat" ? beatOf(id) : null,
	}));
}
