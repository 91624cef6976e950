// The beat watch: a clock that is not throttled when the tab is hidden. It hears of beats and tells the page every
// LOOK_EVERY_MS how long it has been silent; it decides nothing.
import type { FromBeatWatch, ToBeatWatch } from "./beat.ts";
import { LOOK_EVERY_MS } from "./beat.ts";

const startedAt = performance.now();
let heardAt: number | null = null;

self.addEventListener("message", (event: MessageEvent<ToBeatWatch>) => {
	if (event.data.type === "beat") heardAt = performance.now();
});

setInterval(() => {
	const now = performance.now();
	const look: FromBeatWatch = { silentMs: heardAt === null ? null : now - heardAt, startedMs: now - startedAt };
	postMessage(look);
}, LOOK_EVERY_MS);
