// What is shown when the picture is no longer true: a veil over everything that says since when, and why. The list under it
// stays readable, clearly old. It comes and goes by itself; nobody has to press anything.
import { WifiOff } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { clockText } from "../../live/format.ts";
import { useChange, useLive } from "../live_context.ts";

export function Veil(): ReactElement | null {
	const live = useLive();
	const { t } = useTranslation();
	useChange(live.link.change);
	if (live.link.state !== "lost") return null;
	const heard = live.clock.lastHeard;
	return (
		<div className="veil" role="alert">
			<div className="veil-word">
				<WifiOff className="veil-icon" aria-hidden="true" />
				<div>
					<p className="veil-since">
						{heard === 0 ? (
							t("veil.never")
						) : (
							<Since time={clockText(heard)} text={t("veil.since", { time: "\u0000" })} />
						)}
					</p>
					<p className="veil-why">{t(`veil.${live.link.cause}`)}</p>
				</div>
			</div>
		</div>
	);
}

/** The time in figures, whatever the language's word order. */
function Since({ time, text }: { readonly time: string; readonly text: string }): ReactElement {
	const [before, after] = text.split("\u0000");
	return (
		<>
			{before}
			<span className="figures veil-time">{time}</span>
			{after}
		</>
	);
}
