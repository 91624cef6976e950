// What the page and its beat watch say to each other. A file of its own, so that the worker stays a few lines.

/** How often the worker looks. */
export const LOOK_EVERY_MS = 250;

export type ToBeatWatch = { readonly type: "beat" };
export interface FromBeatWatch {
	/** Since the last beat; null: none yet. */
	readonly silentMs: number | null;
	/** Since the page began to wait. */
	readonly startedMs: number;
}
