// The list by keyboard. j and k (or the arrows) move between rows, Enter opens, `a` goes to the row's button and, there, presses it:
// two strokes on purpose, nobody acknowledges by leaning on a key. x chooses, Shift+x a range, Ctrl+A all of the filtered list,
// Shift+a twice acknowledges what is chosen, Escape lets go; letters open the forms of the row in hand, `i` leads to the incident of
// the case in hand. Keys typed into a field are left alone.
import { type RefObject, useEffect, useRef } from "react";
import { isTyping } from "../parts/typing.ts";
import type { DeskAction } from "./AlarmForms.tsx";

export interface ListHand {
	/** Brings a line into the document. */
	show(index: number): void;
	choose(index: number, isRange: boolean): void;
	chooseAll(): void;
	/** @returns false when nothing was chosen: Escape is somebody else's. */
	letGo(): boolean;
	act(action: DeskAction, index: number): void;
	find(): void;
	help(): void;
}

export const ACT_KEYS: Readonly<Record<string, DeskAction>> = {
	s: "shelve",
	t: "assign",
	c: "comment",
	p: "photo",
	u: "out-of-service",
};

export function useAlarmKeys(scroller: RefObject<HTMLDivElement | null>, hand: ListHand): void {
	const held = useRef(hand);
	held.current = hand;
	useEffect(() => {
		const onKey = (event: KeyboardEvent): void => {
			const list = scroller.current;
			if (list === null || event.altKey || isTyping(event.target) || isInDialog()) return;
			if (onListKey(event, list, held.current)) event.preventDefault();
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [scroller]);
}

/** @returns whether the key was the list's. */
function onListKey(event: KeyboardEvent, list: HTMLElement, hand: ListHand): boolean {
	const isInList = list.contains(document.activeElement);
	if (event.ctrlKey || event.metaKey) {
		if (event.key !== "a") return false;
		hand.chooseAll();
		return true;
	}
	if (event.key === "/") {
		hand.find();
		return true;
	}
	if (event.key === "?") {
		hand.help();
		return true;
	}
	if (event.key === "Escape") return hand.letGo();
	if (event.key === "A" && !event.repeat) {
		pressTwice(document.querySelector<HTMLButtonElement>("[data-acknowledge-many]"));
		return true;
	}
	if (event.key === "i" && !event.repeat) {
		toIncident();
		return true;
	}
	const isDown = event.key === "j" || (event.key === "ArrowDown" && isInList);
	const isUp = event.key === "k" || (event.key === "ArrowUp" && isInList);
	if (isDown || isUp) {
		move(list, isDown ? 1 : -1, hand);
		return true;
	}
	return isInList && !event.repeat && onRowKey(event.key, list, hand);
}

function onRowKey(key: string, list: HTMLElement, hand: ListHand): boolean {
	if (key === "a") {
		acknowledge();
		return true;
	}
	const index = indexInHand(list);
	if (index < 0) return false;
	if (key.toLowerCase() === "x") {
		hand.choose(index, key === "X");
		return true;
	}
	const action = ACT_KEYS[key];
	if (action === undefined) return false;
	hand.act(action, index);
	return true;
}

function indexInHand(list: HTMLElement): number {
	const row = document.activeElement?.closest("[data-index]");
	return row === null || row === undefined || !list.contains(row) ? -1 : Number(row.getAttribute("data-index"));
}

function move(list: HTMLElement, step: number, hand: ListHand): void {
	const index = indexInHand(list);
	const wanted = Math.max(0, index + (index < 0 ? 1 : step));
	hand.show(wanted);
	const focus = (): boolean => {
		const row = list.querySelector<HTMLElement>(`[data-index="${wanted}"] [data-open]`);
		row?.focus();
		return row !== null;
	};
	// A row beyond the window has to be made first.
	if (!focus()) requestAnimationFrame(focus);
}

function acknowledge(): void {
	const row = document.activeElement?.closest("[data-alarm]");
	pressTwice(row?.querySelector<HTMLButtonElement>("[data-acknowledge]:not(:disabled)") ?? null);
}

/** Of the case in hand: the incident it belongs to, or the button that opens one. */
function toIncident(): void {
	const held = document.activeElement;
	const id = held?.closest("[data-alarm]")?.getAttribute("data-alarm") ?? "";
	const inHand = held?.closest("[data-case]") ?? document.querySelector(`[data-case="${CSS.escape(id)}"]`);
	const shown = inHand ?? document.querySelector("[data-case]");
	pressTwice(shown?.querySelector<HTMLElement>("[data-incident-of], [data-open-incident]") ?? null);
}

/** First the hand goes there, then it presses. */
function pressTwice(button: HTMLElement | null): void {
	if (button === null) return;
	if (document.activeElement === button) button.click();
	else button.focus();
}

function isInDialog(): boolean {
	return document.querySelector("dialog[open]") !== null;
}
