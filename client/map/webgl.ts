// Losing the GPU is an ordinary day of a 24-hour screen. Counts losses over reloads and says what to do: wait for the
// browser's restore, reload the page, or give the map up for this shift (list mode). Alarms, readings and sound go on.

/** No first frame this long after a loss: the page is reloaded. */
export const RESTORE_WITHIN_MS = 5_000;
const WINDOW_MS = 10 * 60_000;
const LOSSES_TO_LIST = 3;
const KEY = "liaowang.webgl-losses";

export type MapHealth = "starting" | "ok" | "lost" | "list";

export interface LossStore {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
}

/** Notes a loss at `now` (epoch ms of the machine; only differences count). @returns "list" at the third in ten minutes. */
export function noteLoss(store: LossStore, now: number): "restore" | "list" {
	const recent = [...recentLosses(store, now), now];
	store.setItem(KEY, recent.join(","));
	return recent.length >= LOSSES_TO_LIST ? "list" : "restore";
}

/** At a start: were there too many losses just now? */
export function isGivenUp(store: LossStore, now: number): boolean {
	return recentLosses(store, now).length >= LOSSES_TO_LIST;
}

/** A person wants the map back: the count begins anew. */
export function forgiveLosses(store: LossStore): void {
	store.setItem(KEY, "");
}

function recentLosses(store: LossStore, now: number): number[] {
	const kept = (store.getItem(KEY) ?? "").split(",").map(Number);
	return kept.filter((at) => at > 0 && now - at < WINDOW_MS);
}

export interface Gpu {
	readonly hasWebGl2: boolean;
	/** Drawn by the processor: no motion at all. */
	readonly isSoftware: boolean;
}

export function probeGpu(canvas: HTMLCanvasElement): Gpu {
	const gl = canvas.getContext("webgl2");
	if (gl === null) return { hasWebGl2: false, isSoftware: true };
	const info = gl.getExtension("WEBGL_debug_renderer_info");
	const renderer = info === null ? "" : String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
	// One context more than needed is one that another tab may lack.
	gl.getExtension("WEBGL_lose_context")?.loseContext();
	return { hasWebGl2: true, isSoftware: /swiftshader|llvmpipe|software|basic render/i.test(renderer) };
}

/**
 * Where a 2D canvas over the map is painted. Without a graphics card its strokes would be sent to a card that the processor plays,
 * while the page waits: the browser's own painter takes a third of that time. "Reads" is the browser's word for it; nobody reads.
 */
export function paintedWhere(isSoftware: boolean): CanvasRenderingContext2DSettings {
	return { willReadFrequently: isSoftware };
}
