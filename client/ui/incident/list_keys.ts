// A list by keyboard: j and k (or the arrows inside it) move between its links, Enter follows one by itself; n and c begin something.
// Keys typed into a field are left alone.
import { useEffect } from "react";
import { isTyping } from "../parts/typing.ts";

export function useListKeys(links: string, begin: (key: string) => void, isOff: boolean): void {
	useEffect(() => {
		if (isOff) return;
		const onKey = (event: KeyboardEvent): void => {
			if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			if (event.key === "n" || event.key === "c") {
				event.preventDefault();
				begin(event.key);
				return;
			}
			const all = [...document.querySelectorAll<HTMLElement>(links)];
			const at = all.indexOf(document.activeElement as HTMLElement);
			const isDown = event.key === "j" || (event.key === "ArrowDown" && at >= 0);
			const isUp = event.key === "k" || (event.key === "ArrowUp" && at >= 0);
			if (!isDown && !isUp) return;
			event.preventDefault();
			const next = Math.max(0, Math.min(all.length - 1, at + (isDown ? 1 : -1)));
			all[next]?.focus();
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [links, begin, isOff]);
}
