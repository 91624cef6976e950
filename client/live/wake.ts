// Keeps the desk's screen from going dark while its page is in front (Screen Wake Lock). The browser lets go of it whenever the page
// is hidden, and some machines refuse it: it is asked for again at every look, and what stands is shown.
import { Change } from "./change.ts";

/** `none`: the browser has no such thing here (plain http, an old one). */
export type WakeState = "none" | "held" | "lost";

/** What a browser gives; tests hand in their own. */
export interface WakeSource {
	/** Null where it does not exist. Rejects when it is refused. */
	readonly request: (() => Promise<{ addEventListener(event: "release", heard: () => void): void }>) | null;
	/** In front, and a page where somebody takes alarms. */
	isWanted(): boolean;
}

export class WakeWatch {
	readonly change = new Change();
	state: WakeState;
	private isAsking = false;
	private readonly source: WakeSource;

	constructor(source: WakeSource) {
		this.source = source;
		this.state = source.request === null ? "none" : "lost";
	}

	/** Once a second. */
	look(): void {
		const { request } = this.source;
		if (request === null || this.state === "held" || this.isAsking || !this.source.isWanted()) return;
		this.isAsking = true;
		request().then(
			(lock) => {
				this.isAsking = false;
				lock.addEventListener("release", () => this.become("lost"));
				this.become("held");
			},
			// A low battery or a policy: asked again at the next look, shown until then.
			() => {
				this.isAsking = false;
				this.become("lost");
			},
		);
	}

	private become(state: WakeState): void {
		if (state === this.state) return;
		this.state = state;
		this.change.bump();
	}
}
