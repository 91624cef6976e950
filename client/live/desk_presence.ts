// What this page tells the server about itself as a desk: its sound runs, its officer is on the phone, it is in front. Told at
// once when it changes, again on every new connection and every ten seconds. Pages where nobody takes alarms tell nothing.
import type { DeskWord } from "#model/protocol.ts";
import type { Sound } from "./sound.ts";

export interface PresenceParts {
	readonly sound: Pick<Sound, "state" | "talkingMs">;
	readonly isDesk: () => boolean;
	readonly isVisible: () => boolean;
	/** Server time, epoch ms; 0: not known yet. */
	readonly now: () => number;
	/** The connection's hello; another object for each session. */
	readonly session: () => object | null;
	readonly tell: (word: DeskWord) => void;
}

const AGAIN_MS = 10_000;
/** The end of a call moves with the clock's estimate by less than this. */
const SAME_MS = 2_000;

export class DeskPresence {
	private readonly parts: PresenceParts;
	private told: DeskWord | null = null;
	private toldAt = 0;
	private session: object | null = null;

	constructor(parts: PresenceParts) {
		this.parts = parts;
	}

	/** Every second and at every change. */
	look(): void {
		const { isDesk, isVisible, now, session, sound, tell } = this.parts;
		const at = now();
		const current = session();
		if (current === null || at === 0 || !isDesk()) return;
		const talkingUntil = sound.talkingMs > 0 ? Math.round(at + sound.talkingMs) : null;
		const word: DeskWord = { armed: sound.state === "armed", talkingUntil, visible: isVisible() };
		const isOld = current !== this.session || at - this.toldAt >= AGAIN_MS;
		if (!isOld && this.told !== null && isSame(word, this.told)) return;
		this.session = current;
		this.told = word;
		this.toldAt = at;
		tell(word);
	}
}

function isSame(a: DeskWord, b: DeskWord): boolean {
	const sameCall =
		a.talkingUntil === null || b.talkingUntil === null
			? a.talkingUntil === b.talkingUntil
			: Math.abs(a.talkingUntil - b.talkingUntil) < SAME_MS;
	return a.armed === b.armed && a.visible === b.visible && sameCall;
}
