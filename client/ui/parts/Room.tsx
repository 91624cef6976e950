// The frame of every room of the desk: the band with the rooms, the bars under it, the room itself, and the veil over all of it when
// the picture is no longer true. The band brings the gate to sign in; the mark of whoever looks lies over every page (Router.tsx).
import { type ReactElement, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { Refused, Thinned } from "../duty/Refused.tsx";
import { SoundBar } from "../duty/SoundButton.tsx";
import { TopBand } from "../duty/TopBand.tsx";
import { useChange, useLive, useShut } from "../live_context.ts";
import { CallBar } from "../reach/ReachChip.tsx";
import { Guard } from "./Guard.tsx";
import { usePageTitle } from "./page_title.ts";
import { Veil } from "./Veil.tsx";
import "../../style/room.css";

interface RoomProps {
	/** Class of the page; its own style sheet places what stands in it. */
	readonly name: string;
	/** What the tab says. */
	readonly title: string;
	/** In the band, at the right of the rooms. */
	readonly notes?: ReactNode;
	/** The room is one long text that scrolls; otherwise its parts do. */
	readonly scrolls?: boolean;
	readonly isBusy?: boolean;
	/** The right without which everything here would be refused. */
	readonly needs?: "read" | "own.read";
	readonly children: ReactNode;
}

export function Room(props: RoomProps): ReactElement {
	const { name, title, notes, scrolls = false, isBusy = false, needs = "read", children } = props;
	const { t } = useTranslation();
	const live = useLive();
	const isShut = useShut(needs);
	useChange(live.link.change);
	usePageTitle(title);
	usePrintByDay();
	return (
		<div className={`room ${name}${live.link.state === "lost" ? " old" : ""}`}>
			<Guard name="top">
				<TopBand>{notes}</TopBand>
			</Guard>
			<div className="bars">
				<SoundBar />
				<CallBar />
				<Refused />
				<Thinned />
			</div>
			<main className={`room-main${scrolls ? " scrolls" : ""}`} aria-busy={isBusy}>
				<Guard name="room">{isShut ? <p className="notice-block">{t("problem.forbidden")}</p> : children}</Guard>
			</main>
			<Veil />
		</div>
	);
}

/** The line over a room: its name, what belongs to it, and at the right what can be done. */
export function RoomHead({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactElement {
	return (
		<header className="room-head">
			<h2>{title}</h2>
			{children}
		</header>
	);
}

/** Black on white whatever the desk's theme. */
function usePrintByDay(): void {
	useEffect(() => {
		const toPaper = (): void => setTheme("day");
		const back = (): void => setTheme(chosenTheme());
		window.addEventListener("beforeprint", toPaper);
		window.addEventListener("afterprint", back);
		return () => {
			window.removeEventListener("beforeprint", toPaper);
			window.removeEventListener("afterprint", back);
		};
	}, []);
}
