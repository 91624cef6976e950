// Whether anything may move on this machine: asked by the map and by every canvas, which the style's own rule cannot reach.

const CALM = "(prefers-reduced-motion: reduce)";

/** True: draw the still form (a ring instead of a breath, chevrons instead of a flow). */
export function isCalm(): boolean {
	return matchMedia(CALM).matches;
}

/** Called when the person changes their mind; @returns what ends it. */
export function onCalm(change: () => void): () => void {
	const asked = matchMedia(CALM);
	asked.addEventListener("change", change);
	return () => asked.removeEventListener("change", change);
}
