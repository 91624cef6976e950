// The list by keyboard: j and k (or the arrows) move between rows, Enter opens, `a` goes to the row's button; on the button
// `a` presses it. Two strokes on purpose: nobody acknowledges by leaning on a key. Keys typed into a field are left alone.
import { type RefObject, useEffect } from "react";
import { isTyping } from "../parts/typing.ts";

export function useAlarmKeys(scroller: RefObject<HTMLDivElement | null>, show: (index: number) => void): void {
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			const list = scroller.current;
			if (list === null || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			const isInList = list.contains(document.activeElement);
			const isDown = event.key === "j" || (event.key === "ArrowDown" && isInList);
			const isUp = event.key === "k" || (event.key === "ArrowUp" && isInList);
			if (isDown || isUp) {
				move(list, isDown ? 1 : -1, show);
				event.preventDefault();
			} else if (event.key === "a" && isInList && !event.repeat) {
				act();
				event.preventDefault();
			}
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [scroller, show]);
}

function move(list: HTMLElement, step: number, show: (index: number) => void): void {
	const row = document.activeElement?.closest("[data-alarm]");
	const index = row === null || row === undefined || !list.contains(row) ? -1 : Number(row.getAttribute("data-index"));
	const wanted = Math.max(0, index + (index < 0 ? 1 : step));
	show(wanted);
	// The row may have to be made first.
	requestAnimationFrame(() => {
		const next = list.querySelector<HTMLElement>(`[data-alarm][data-index="${wanted}"] [data-open]`);
		next?.focus();
	});
}

function act(): void {
	const focused = document.activeElement;
	const button = focused
		?.closest("[data-alarm]")
		?.querySelector<HTMLButtonElement>("[data-acknowledge]:not(:disabled)");
	if (button === null || button === undefined) return;
	if (focused === button) button.click();
	else button.focus();
}
