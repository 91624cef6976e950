// The rooms of the duty desk, in the band of every one of them: plain links, the one you are in marked. By keyboard: Tab, arrows
// within the row, or `g` and the number of the room. From room to room goes a whole load: a page has one map for its life.
import { type KeyboardEvent, type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useShut } from "../live_context.ts";
import { isTyping } from "./typing.ts";

const ROOMS = [
	["alarms", "/duty"],
	["incidents", "/duty/incidents"],
	["contacts", "/duty/contacts"],
	["shifts", "/duty/shifts"],
	["morning", "/duty/morning"],
	["figures", "/duty/figures"],
	["reach", "/duty/reach"],
	["people", "/admin"],
] as const;

/** For who sees own sites alone. */
const OWN_ROOMS = ROOMS.slice(0, 1);

/** `g` and a number belong together when they come within this. */
const TOGETHER_MS = 1_500;

export function DeskNav(): ReactElement {
	const { t } = useTranslation();
	const isShut = useShut("read");
	useRoomKeys(isShut);
	return (
		<nav className="rooms" aria-label={t("desk.rooms.title")} onKeyDown={walk}>
			{(isShut ? OWN_ROOMS : ROOMS).map(([room, href], index) => (
				<a
					key={room}
					href={href}
					data-room={room}
					aria-current={isHere(href) ? "page" : undefined}
					title={t("desk.rooms.keys", { number: index + 1 })}
				>
					{t(`desk.rooms.${room}`)}
				</a>
			))}
		</nav>
	);
}

/** The room itself or a page within it; the alarm list is the room without a further name. */
function isHere(href: string): boolean {
	const path = location.pathname.replace(/\/$/, "");
	return path === href || (href !== "/duty" && path.startsWith(`${href}/`));
}

function walk(event: KeyboardEvent<HTMLElement>): void {
	const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
	if (step === 0) return;
	const links = [...event.currentTarget.querySelectorAll("a")];
	const at = links.indexOf(document.activeElement as HTMLAnchorElement);
	links[(at + step + links.length) % links.length]?.focus();
	event.preventDefault();
}

function useRoomKeys(isShut: boolean): void {
	useEffect(() => {
		let askedAt = Number.NEGATIVE_INFINITY;
		const onKey = (event: globalThis.KeyboardEvent): void => {
			if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			if (event.key === "g") {
				askedAt = event.timeStamp;
				return;
			}
			const room = (isShut ? OWN_ROOMS : ROOMS)[Number(event.key) - 1];
			const isAsked = event.timeStamp - askedAt < TOGETHER_MS;
			askedAt = Number.NEGATIVE_INFINITY;
			if (!isAsked || room === undefined) return;
			event.preventDefault();
			location.assign(room[1]);
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [isShut]);
}
