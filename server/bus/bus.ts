// How core and web talk: core tells what happens, web asks for what must be written. Two carriers keep this interface:
// local.ts (one process, tests) and ipc.ts (a Unix socket with length-prefixed frames). Never process.send.
import type { ActAnswer } from "#model/act.ts";
import type { Alarm, Transition } from "#model/alarm.ts";
import type { AssetRecord, DoorName, System } from "#model/catalogue.ts";
import type { Limit } from "#model/limit.ts";
import type { SheetRow } from "#model/people_sheet.ts";
import type { Imported, PersonView } from "#model/person.ts";
import type { Problem } from "#model/problem.ts";
import type { AlarmAction, BatchAnswer, CommandAnswer, DeskWord } from "#model/protocol.ts";
import type { ReachView } from "#model/reach_view.ts";
import type { Entry, LogLine } from "#model/register.ts";
import type { Role, Scope, Who } from "#model/rights.ts";

/** An asset with its rows. Channel i of `measures` is row firstRow + i; the last row of the asset is its `state`. */
export interface AssetView {
	readonly record: AssetRecord;
	readonly system: string;
	readonly cell: number;
	readonly firstRow: number;
	/** Measure ids in row order, "state" last. */
	readonly measures: readonly string[];
	/** Permanent channel ids in the same order; the store's key. */
	readonly channels: readonly number[];
	/** Limits that hold for this asset where they differ from the kind's. */
	readonly limits: readonly Limit[];
}

export interface CellView {
	readonly start: number;
	readonly capacity: number;
	readonly used: number;
	readonly district: string;
	readonly system: string;
}

/** Everything that is not a row. Whole, or only what changed since the revision before (`whole: false`). */
export interface CatalogueNews {
	readonly type: "catalogue";
	readonly revision: number;
	readonly epoch: number;
	readonly whole: boolean;
	readonly systems: readonly System[];
	/** The limits in force per kind, changed ones included. */
	readonly limits: readonly { readonly kind: string; readonly limits: readonly Limit[] }[];
	readonly assets: readonly AssetView[];
	readonly removed: readonly string[];
	/** All cells, by id. */
	readonly cells: readonly CellView[];
}

export interface DoorState {
	readonly door: DoorName;
	readonly enabled: boolean;
	readonly listening: boolean;
	/** "127.0.0.1:9212", or the broker's URL without its password. */
	readonly address: string;
	readonly fault: string | null;
	readonly frames: number;
	readonly readings: number;
	/** Code of a rejection -> how often. */
	readonly rejected: Readonly<Record<string, number>>;
}

/** The state of core for /readyz, /metrics and the page's signs of life; sent every second and when it changes. */
export interface CoreState {
	readonly type: "state";
	readonly now: number;
	readonly startedAt: number;
	readonly demo: boolean;
	readonly revision: number;
	/** Every transition up to here was told. */
	readonly alarmSeq: number;
	readonly doors: readonly DoorState[];
	readonly store: {
		readonly open: boolean;
		readonly full: boolean;
		readonly fault: string | null;
		readonly since: number;
		readonly readings: number;
		readonly bytes: number;
	};
	readonly accepted: number;
	readonly quarantined: number;
	readonly unrecorded: number;
	readonly users: number;
}

/** A log that has grown. */
export type LineNews = Pick<LogLine, "subject" | "district" | "system">;

/** The register but its private kinds: whole (nothing removed), or the entries of one act (removed ones marked; none: only lines). */
export interface RegisterNews {
	readonly type: "register";
	readonly revision: number;
	readonly whole: boolean;
	readonly entries: readonly Entry[];
	/** Logs that the act wrote in, each once; null: any may have grown. */
	readonly lines: readonly LineNews[] | null;
}

/** In this order on a new link: catalogue (whole), delta from 0, register (whole), alarms, state; then as things happen. */
export type CoreMessage =
	| CatalogueNews
	/** A packed delta (model/delta.ts) of the whole table at detail values; the tick. */
	| { readonly type: "delta"; readonly bytes: Uint8Array }
	/** The open list as of `seq`, unrecorded alarms included. */
	| { readonly type: "alarms"; readonly seq: number; readonly alarms: readonly Alarm[] }
	/** Recorded transitions in rising seq without gaps, or unrecorded ones (seq null), told at once. */
	| { readonly type: "news"; readonly transitions: readonly Transition[] }
	/** The self-test of the chain, on the way of the alarms. */
	| { readonly type: "self-test"; readonly n: number }
	| RegisterNews
	| CoreState;

export interface NewDevice {
	readonly id: string;
	readonly asset: string;
	readonly door: DoorName;
	readonly address: string;
	/** Shown once. */
	readonly key: string;
}

export interface Quarantined {
	readonly door: DoorName;
	readonly address: string;
	readonly firstAt: number;
	readonly lastAt: number;
	readonly frames: number;
	readonly code: string;
	/** The last frames, as text with non-printing bytes escaped. */
	readonly samples: readonly string[];
}

export interface Session {
	/** The cookie's secret. */
	readonly secret: string;
	readonly user: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly expiresAt: number;
	/** Nothing is open to it but setting a password of one's own. */
	readonly mustChange: boolean;
}

/** What web asks of core: request and answer by name. A Problem is an answer; a lost link rejects. */
export interface CoreCalls {
	/** Sends this and every web what changed, now; the answer comes after it on the same line. */
	fresh: [Record<string, never>, { revision: number }];
	command: [{ who: Who; alarmId: string; action: AlarmAction; body: unknown; source: string }, CommandAnswer];
	acknowledgeMany: [{ who: Who; body: unknown; source: string }, BatchAnswer];
	/** One act by name (model/acts.ts); safe to repeat by its commandId. */
	act: [{ who: Who; name: string; body: unknown; source: string }, ActAnswer];
	signIn: [{ name: string; password: string; source: string }, Session | Problem];
	demoSession: [{ role: "duty" | "lead" | "planner" | "administrator"; source: string }, Session | Problem];
	signOut: [{ idHash: string; source: string }, null];
	/** First run of a real folder: the code printed at start makes the first administrator. */
	setUp: [{ code: string; name: string; password: string; source: string }, Session | Problem];
	/** @param final the password is the person's own already and need not be changed at the first sign-in. */
	putUser: [
		{ who: Who; person: unknown; password: string | null; final: boolean; source: string },
		{ name: string; ended: number } | Problem,
	];
	/** Everybody whom `who` may manage. */
	people: [{ who: Who }, readonly PersonView[] | Problem];
	importPeople: [{ who: Who; rows: readonly SheetRow[]; source: string }, Imported | Problem];
	endSessions: [{ who: Who; name: string; source: string }, { ended: number } | Problem];
	changePassword: [{ idHash: string; old: string; password: string; source: string }, Session | Problem];
	/** A person has acted in this session. */
	active: [{ idHash: string }, null];
	/** An act that web itself has done (an export, a reveal), for the record. */
	noted: [{ who: Who; action: string; subject: string; detail: object; source: string }, null];
	putAssets: [
		{ who: Who; assets: readonly unknown[]; source: string },
		{ stored: number; rejected: { index: number; problem: Problem }[] } | Problem,
	];
	removeAsset: [{ who: Who; id: string; source: string }, { removed: string } | Problem];
	putDevice: [{ who: Who; device: unknown; source: string }, NewDevice | Problem];
	devices: [
		{ who: Who },
		readonly { id: string; asset: string; door: DoorName; address: string; demo: boolean }[] | Problem,
	];
	/** Limits of a kind or of one asset, replaced while it runs. */
	putRule: [
		{ who: Who; kind: string; asset: string | null; limit: unknown; removed: boolean; source: string },
		{ rule: string } | Problem,
	];
	quarantine: [{ who: Who }, readonly Quarantined[] | Problem];
	receipts: [
		{
			receipts: readonly {
				seq: number;
				screen: string;
				user: string;
				stage: "received" | "rendered" | "sounding";
				at: number;
				/** `seq` is the number of a self-test. */
				selfTest?: true | undefined;
			}[];
		},
		null,
	];
	/** Screens and what they last painted; core raises an alarm about a wall that froze. */
	screens: [
		{
			screens: readonly {
				id: string;
				user: string;
				roles: readonly Role[];
				scope: Scope;
				/** What the page said of itself as a desk; null: it is none. */
				desk: DeskWord | null;
				paintedAt: number;
				paintedRevision: number;
				wall: boolean;
			}[];
		},
		null,
	];
	/** Who can be reached, what is being called, the outside channels; secrets masked, parts by right. */
	reach: [{ who: Who }, ReachView];
}
export type CallName = keyof CoreCalls;
export type CallOf<N extends CallName> = CoreCalls[N][0];
export type AnswerOf<N extends CallName> = CoreCalls[N][1];

/** Web's end. */
export interface CoreLink {
	/** Starts following; `message` in order, `link` on every change. A lost link is re-made with back-off until `close`. */
	follow(handlers: { message(message: CoreMessage): void; link(state: "live" | "lost", since: number): void }): void;
	call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>>;
	close(): Promise<void>;
}

/** Core's end: one per web that follows. */
export interface Follower {
	send(message: CoreMessage): void;
	/** Bytes handed over and not yet taken; core skips a delta while it is above its bound (state, not a queue). */
	readonly waiting: number;
}

export interface CoreHost {
	/** A web has come: it is sent the opening messages, then everything that happens until `left`. */
	joined(follower: Follower): void;
	left(follower: Follower): void;
	call<N extends CallName>(name: N, body: CallOf<N>): Promise<AnswerOf<N>>;
}
