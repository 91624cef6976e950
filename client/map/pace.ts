// How often the map may draw what nobody asked for. A storm of alarms changes the picture at every frame; on a graphics card that costs
// nothing, but where frames are slow (software, an old office machine) the page's own thread waits for each of them, and list, keys and
// sound wait with it. So after a slow frame the map rests for a multiple of what that frame took. What a person does (pan, zoom, choose)
// never comes through here.
import type { FrameClock } from "../live/paint.ts";

/** A frame that took no longer is free: at 60 Hz two frames, with room for a busy moment. */
const QUICK_MS = 60;
/** Rests this many times what the frame took: the page has four fifths of the time for everything else. */
const REST_TIMES = 4;
/** No frame takes this long: nobody saw the page meanwhile, and it draws at once. */
const UNSEEN_MS = 15_000;
/** The picture is never older than this because of a rest. */
const LONGEST_REST_MS = 2_000;

export interface MapPaceParts extends FrameClock {
	readonly later: (ms: number, act: () => void) => void;
	/** Draws what is due; asks the map for one frame. */
	readonly draw: () => void;
}

export class MapPace {
	private isDue = false;
	private isTimed = false;
	private isMeasuring = false;
	private restUntil = 0;
	private readonly parts: MapPaceParts;

	constructor(parts: MapPaceParts) {
		this.parts = parts;
	}

	/** The picture changed. Draws now, or at the end of the rest, all changes together. */
	request(): void {
		if (this.isDue) return;
		const wait = this.restUntil - this.parts.now();
		if (wait <= 0 && !this.isMeasuring) {
			this.parts.draw();
			return;
		}
		this.isDue = true;
		if (!this.isMeasuring) this.wake(wait);
	}

	/**
	 * The map has handed a frame to the graphics card. What it took is known when the second frame of the page after it begins: a card
	 * that is behind lets the page wait for that.
	 */
	drew(): void {
		if (this.isMeasuring) return;
		this.isMeasuring = true;
		const { request, now } = this.parts;
		const since = now();
		request(() => request(() => this.measured(now() - since)));
	}

	private measured(ms: number): void {
		this.isMeasuring = false;
		const isFree = ms <= QUICK_MS || ms >= UNSEEN_MS;
		const rest = isFree ? 0 : Math.min(LONGEST_REST_MS, ms * REST_TIMES);
		this.restUntil = this.parts.now() + rest;
		if (this.isDue) this.wake(rest);
	}

	private wake(ms: number): void {
		if (this.isTimed) return;
		this.isTimed = true;
		this.parts.later(Math.max(0, ms), () => {
			this.isTimed = false;
			if (!this.isDue) return;
			this.isDue = false;
			this.parts.draw();
		});
	}
}
