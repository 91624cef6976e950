// What /duty/reach and the chip in the band are told about reaching a person. Made by core, each part by the caller's right; shown
// by client/ui/reach. Types only.
import type { Delivery, OutletView } from "./outlet.ts";
import type { LevelPlan, StepKind } from "./reach.ts";

export interface DeskView {
	readonly user: string;
	readonly roles: readonly string[];
	readonly armed: boolean;
	readonly talkingUntil: number | null;
	readonly visible: boolean;
	readonly paintedAt: number;
}

/** An alarm that is being carried further, and to whom. */
export interface CallView {
	readonly alarm: string;
	readonly occurrence: number;
	readonly since: number;
	readonly step: StepKind;
	readonly at: number;
	/** Names as the roster has them, and the users who stand under them. */
	readonly to: readonly string[];
	readonly users: readonly string[];
	/** Outside channels that carry the step; 0: it has not left the room. */
	readonly outlets: number;
	readonly severity: number;
}

export interface OutletState extends OutletView {
	readonly waiting: number;
	/** Failed tries one after the other; 0: it works, or was not used yet. */
	readonly failed: number;
	/** Of a heartbeat: when the last one was taken (epoch ms; null: none since the start), and whether it stands still for the chain's sake. */
	readonly beat: { readonly at: number | null; readonly isStopped: boolean } | null;
}

/** Stages of the self-test in the order in which it passes them. */
export const selfTestStages = ["begun", "judged", "stored", "told", "page"] as const;
export type SelfTestStage = (typeof selfTestStages)[number];

export interface SelfTestView {
	/** Epoch ms of the last whole pass; null: none yet. */
	readonly passedAt: number | null;
	/** Where the present or last failed pass stands. */
	readonly stage: SelfTestStage;
	readonly failing: boolean;
	/** A page was there to answer. */
	readonly withPage: boolean;
}

export interface ReachView {
	readonly now: number;
	/** How many desks are manned, and how many of them can sound an alarm. */
	readonly present: number;
	readonly armed: number;
	/** Who may acknowledge sees the rest; else null. */
	readonly desks: readonly DeskView[] | null;
	readonly calls: readonly CallView[];
	readonly roster: { readonly people: readonly string[]; readonly lead: string | null } | null;
	/** Levels 1 to 4. */
	readonly levels: readonly LevelPlan[];
	readonly selfTest: SelfTestView | null;
	readonly deliveries: readonly Omit<Delivery, "words">[] | null;
	/** Only for who may edit them. */
	readonly outlets: readonly OutletState[] | null;
	readonly allow: readonly string[] | null;
}
