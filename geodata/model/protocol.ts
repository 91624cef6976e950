// The live protocol between server and page: event names, shapes and their schemas, typed for both ends of Socket.IO.
// Error codes are strings. What comes up is parsed with these schemas; what goes down is typed.
import { z } from "zod";
import type { Alarm, Transition } from "./alarm.ts";
import type { DeltaJson } from "./delta_json.ts";
import type { Problem } from "./problem.ts";
import { scopeSchema } from "./rights.ts";

/** One packet per screen and tick; alarms do not wait for it. */
export const TICK_MS = 100;
export const BEAT_MS = 2_000;
/** No `got` for this long: the screen is closed, not paused (W2). */
export const GOT_TIMEOUT_MS = 10_000;
/** The page shows its veil after this silence. */
export const VEIL_AFTER_MS = 6_000;
/** Cells of a view that are sent with values; a wider view is sent at detail status. */
export const VIEW_CELLS = 64;

const revision = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

export const cursorSchema = z.object({ epoch: z.number().int().nonnegative().max(0xffff_ffff), revision }).strict();
export type Cursor = z.infer<typeof cursorSchema>;

export const followSchema = z
	.object({
		/** Narrower than the caller's own scope; null: all of it. */
		scope: scopeSchema.nullish().default(null),
		/** Cells in view, at detail values; null: every cell of the scope at detail values; more than VIEW_CELLS: status only. */
		cells: z.array(z.number().int().nonnegative().max(1_000_000)).max(4_096).nullish().default(null),
		/** Rows wanted with values wherever the view is; their cells are sent at detail values. */
		rows: z.array(z.number().int().nonnegative().max(16_000_000)).max(512).optional(),
		cursor: cursorSchema.nullish().default(null),
		/** Last alarm seq held; null: send the open list. */
		alarmSeq: revision.nullish().default(null),
		form: z.enum(["binary", "json"]).default("binary"),
	})
	.strict();
export type Follow = z.infer<typeof followSchema>;

export const gotSchema = z.object({ revision }).strict();
export const receiptSchema = z
	.object({
		seq: revision,
		stage: z.enum(["received", "rendered", "sounding"]),
		/** `seq` is the number of a self-test (notice "self-test"), not of an alarm. */
		selfTest: z.literal(true).optional(),
	})
	.strict();
/** What a page says of itself as a desk: its sound runs, until when its officer is on the phone, it is in front. */
export const deskSchema = z
	.object({
		armed: z.boolean(),
		/** Epoch ms; the server takes at most ten minutes from now. */
		talkingUntil: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable(),
		visible: z.boolean(),
	})
	.strict();
export type DeskWord = z.infer<typeof deskSchema>;
export const paintedSchema = z.object({ revision, ms: z.number().nonnegative().max(3_600_000) }).strict();

export const commandIdSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "8 to 64 letters, digits, _ or -");

const base = {
	commandId: commandIdSchema,
	occurrence: z.number().int().positive(),
	note: z.string().max(2_000).optional(),
};
const reason = z.string().trim().min(1, "a reason is needed").max(2_000);

/** Bodies of `POST /api/alarms/{id}/{action}`. */
export const alarmActionSchemas = {
	acknowledge: z.object(base).strict(),
	shelve: z.object({ ...base, note: reason, until: z.number().int().positive() }).strict(),
	unshelve: z.object(base).strict(),
	assign: z.object({ ...base, to: z.string().max(80).nullable() }).strict(),
	comment: z.object({ ...base, note: reason }).strict(),
	"out-of-service": z.object({ ...base, note: reason, on: z.boolean().default(true) }).strict(),
} as const;
export type AlarmAction = keyof typeof alarmActionSchemas;
export const alarmActions = Object.keys(alarmActionSchemas) as AlarmAction[];

/** Alarms that one batch may acknowledge. */
export const BATCH_MAX = 500;

/** Body of `POST /api/alarms/acknowledge`: many at once, each answered by itself, all that can be done in one commit. */
export const batchSchema = z
	.object({
		commandId: commandIdSchema,
		alarms: z
			.array(z.object({ id: z.string().max(64), occurrence: z.number().int().positive() }).strict())
			.min(1)
			.max(BATCH_MAX),
		note: z.string().max(2_000).optional(),
	})
	.strict();
export type BatchAnswer =
	| {
			readonly ok: true;
			/** In the order asked; `seq` of the done ones, a Problem ("changed", "already" with by and at, ...) of the others. */
			readonly results: readonly (
				| { readonly id: string; readonly ok: true; readonly seq: number }
				| ({ readonly id: string; readonly ok: false } & Problem)
			)[];
	  }
	| ({ readonly ok: false } & Problem);

/** One act over the socket. */
export const commandSchema = z
	.object({
		action: z.enum(["acknowledge", "shelve", "unshelve", "assign", "comment", "out-of-service"]),
		alarmId: z.string().max(64),
		body: z.unknown(),
	})
	.strict();
export type CommandMessage = z.infer<typeof commandSchema>;

export type CommandAnswer = { readonly ok: true; readonly seq: number } | ({ readonly ok: false } & Problem);

export interface Hello {
	readonly epoch: number;
	/** Build id; a page of another build reloads itself. */
	readonly build: string;
	/** Server time, epoch ms. */
	readonly now: number;
	readonly demo: boolean;
	readonly catalogueRevision: number;
	readonly user: string;
	readonly roles: readonly string[];
}

export interface AlarmList {
	/** True as of this seq. */
	readonly seq: number;
	readonly alarms: readonly Alarm[];
}

/** One numbered change. `prev`: the last seq sent within this session's scope before it; a receiver that stands elsewhere asks again. */
export interface AlarmNews extends Transition {
	readonly prev: number;
}

export interface Beat {
	readonly now: number;
	readonly revision: number;
	/** Every alarm of your scope up to here was sent. */
	readonly alarmSeq: number;
}

export type Notice =
	| { readonly type: "catalogue"; readonly revision: number }
	/** The register stands at this revision (an entry changed when it grew); `logs`: subjects whose logs did, null: any may have. */
	| { readonly type: "register"; readonly revision: number; readonly logs: readonly string[] | null }
	/** The self-test of the chain has come this far; the page answers with a receipt. It is no alarm and is never shown. */
	| { readonly type: "self-test"; readonly n: number }
	| { readonly type: "goodbye"; readonly reason: string; readonly retryAfterMs: number }
	| { readonly type: "link"; readonly core: "live" | "lost"; readonly since: number }
	/** Something was thinned, paced or refused; it is shown to the person it concerns. */
	| { readonly type: "thinned"; readonly what: string; readonly detail: string };

export interface ServerToClient {
	hello: (hello: Hello) => void;
	delta: (delta: Uint8Array | DeltaJson) => void;
	alarms: (list: AlarmList) => void;
	alarm: (news: AlarmNews) => void;
	/** A red that rose while this screen is being caught up: shown at once. `alarm` or `alarms` tells it again in its place. */
	urgent: (news: Transition) => void;
	beat: (beat: Beat) => void;
	notice: (notice: Notice) => void;
	problem: (problem: Problem) => void;
}

export interface ClientToServer {
	follow: (follow: unknown, answer?: (result: { ok: true } | ({ ok: false } & Problem)) => void) => void;
	got: (got: unknown) => void;
	command: (command: unknown, answer?: (result: CommandAnswer) => void) => void;
	receipt: (receipt: unknown) => void;
	painted: (painted: unknown) => void;
	desk: (desk: unknown) => void;
}
