// One video camera's pictures, one after the other: asks for the next a while after the last came, more rarely while there is trouble, not
// at all while nobody looks. Plain TypeScript; CameraTile shows what it holds. It keeps the last good picture and never throws.
import { isProblem, problem } from "#model/problem.ts";
import { Change } from "./change.ts";

/** Why no newer picture comes. */
export type PictureTrouble = "noSignal" | "away" | "forbidden" | "missing" | "offline";

export interface Shown {
	/** Address of the picture within the page, for an img. */
	readonly url: string;
	/** Epoch ms of what it shows; 0: the camera does not say. */
	readonly at: number;
}

/** What the feed needs from the page; a test hands in its own. */
export interface PictureMeans {
	/** The picture's bytes, or a Problem. */
	load(asset: string, signal: AbortSignal): Promise<{ readonly blob: Blob; readonly at: number } | unknown>;
	after(ms: number, run: () => void): () => void;
	makeUrl(blob: Blob): string;
	dropUrl(url: string): void;
}

/** Between questions while there is trouble: doubled each time, to this. */
const PATIENCE_MS = 30_000;

export class PictureFeed {
	readonly change = new Change();
	shown: Shown | null = null;
	/** The one before, still there to fade from. */
	before: Shown | null = null;
	trouble: PictureTrouble | null = null;
	/** When a camera without signal gave its last picture, epoch ms, if the server knows. */
	lastAt: number | null = null;
	readonly #asset: string;
	readonly #everyMs: number;
	readonly #means: PictureMeans;
	#failures = 0;
	#isWatched = false;
	#cancel: (() => void) | null = null;
	#asking: AbortController | null = null;

	constructor(asset: string, everyMs: number, means: PictureMeans) {
		this.#asset = asset;
		this.#everyMs = everyMs;
		this.#means = means;
	}

	/** Someone looks, or nobody does. */
	watch(isWatched: boolean): void {
		if (this.#isWatched === isWatched) return;
		this.#isWatched = isWatched;
		if (isWatched) {
			void this.#next();
			return;
		}
		this.#cancel?.();
		this.#cancel = null;
		this.#asking?.abort();
		this.#asking = null;
	}

	/** Nobody will look again: the pictures are given back. */
	close(): void {
		this.watch(false);
		for (const one of [this.shown, this.before]) if (one !== null) this.#means.dropUrl(one.url);
		this.shown = null;
		this.before = null;
	}

	async #next(): Promise<void> {
		const asking = new AbortController();
		this.#asking = asking;
		const answer = await this.#means.load(this.#asset, asking.signal);
		if (asking.signal.aborted || !this.#isWatched) return;
		this.#asking = null;
		if (isPicture(answer)) this.#take(answer.blob, answer.at);
		else this.#fail(answer);
		this.change.bump();
		const wait = Math.min(PATIENCE_MS, this.#everyMs * 2 ** Math.min(this.#failures, 6));
		this.#cancel = this.#means.after(wait, () => void this.#next());
	}

	#take(blob: Blob, at: number): void {
		this.#failures = 0;
		this.trouble = null;
		this.lastAt = null;
		if (this.before !== null) this.#means.dropUrl(this.before.url);
		this.before = this.shown;
		this.shown = { url: this.#means.makeUrl(blob), at };
	}

	#fail(answer: unknown): void {
		this.#failures += 1;
		const why = isProblem(answer) ? answer : problem("bad-answer");
		// Many look at once: the last picture stands a little longer.
		if (why.problem === "slow-down") return;
		this.trouble = TROUBLES[why.problem] ?? "away";
		const last = Date.parse(why.where ?? "");
		this.lastAt = Number.isNaN(last) ? (this.shown?.at ?? null) : last;
	}
}

const TROUBLES: Readonly<Record<string, PictureTrouble>> = {
	"no-signal": "noSignal",
	"cameras-away": "away",
	"not-found": "missing",
	forbidden: "forbidden",
	unauthorized: "forbidden",
	offline: "offline",
	timeout: "offline",
};

function isPicture(answer: unknown): answer is { readonly blob: Blob; readonly at: number } {
	return typeof answer === "object" && answer !== null && "blob" in answer;
}

const TIMEOUT_MS = 12_000;

/** The page's own means. */
export const pageMeans: PictureMeans = {
	async load(asset, signal) {
		const limit = new AbortController();
		const timer = setTimeout(() => limit.abort(), TIMEOUT_MS);
		const giveUp = (): void => limit.abort();
		signal.addEventListener("abort", giveUp);
		try {
			const address = `/api/assets/${encodeURIComponent(asset)}/picture`;
			const response = await fetch(address, { credentials: "same-origin", signal: limit.signal });
			if (response.ok) return { blob: await response.blob(), at: Number(response.headers.get("x-picture-at") ?? 0) };
			const body: unknown = await response.json();
			return isProblem(body) ? body : problem("cameras-away", `HTTP ${response.status}`);
		} catch (fault) {
			return problem("offline", fault instanceof Error ? fault.message : String(fault));
		} finally {
			clearTimeout(timer);
			signal.removeEventListener("abort", giveUp);
		}
	},
	after(ms, run) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
	makeUrl: (blob) => URL.createObjectURL(blob),
	dropUrl: (url) => URL.revokeObjectURL(url),
};
