// What a tab remembers from room to room of the desk: that its sound was armed, and until when its officer is on the phone. From room to
// room goes a whole load of the page; a desk must not fall silent by it, nor ring into a call. Gone with the tab.
import type { SoundMemory } from "./sound.ts";

const KEY = "liaowang.sound.tab";

/** @param now epoch ms of this machine; only differences count. */
export function tabMemory(store: Pick<Storage, "getItem" | "setItem">, now: () => number): SoundMemory {
	return {
		read() {
			const [armed, until] = (store.getItem(KEY) ?? "").split(" ");
			return { isArmed: armed === "armed", talkingMs: Math.max(0, Number(until ?? 0) - now()) };
		},
		write({ isArmed, talkingMs }) {
			store.setItem(KEY, `${isArmed ? "armed" : "off"} ${talkingMs > 0 ? Math.round(now() + talkingMs) : 0}`);
		},
	};
}
