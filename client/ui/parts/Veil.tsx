// What is shown when the picture is no longer true: a veil over everything that says since when, and why. The list under it
// stays readable, clearly old. It comes and goes by itself; nobody has to press anything. A page whose scripts stand still cannot
// draw a veil any more: that one is drawn beforehand, and rises by itself unless the page goes on putting it off.
import { MonitorOff, WifiOff } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { BEAT_MS, VEIL_AFTER_MS } from "#model/protocol.ts";
import { clockText } from "../../live/format.ts";
import { useChange, useLive } from "../live_context.ts";
import "../../style/veil.css";

/** After the last sign of life of the scripts; a beat may have come that long before it. */
const RISES_AFTER_MS = VEIL_AFTER_MS - BEAT_MS;

export function Veil(): ReactElement {
	return (
		<>
			<DeadMan />
			<LostLink />
		</>
	);
}

/** Rises in the compositor's time, which runs on while the page's own thread is stuck. */
function DeadMan(): ReactElement {
	const live = useLive();
	const { t } = useTranslation();
	const veil = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const rise = veil.current?.animate([{ opacity: 0 }, { opacity: 1 }], {
			delay: RISES_AFTER_MS,
			duration: 1,
			fill: "both",
		});
		if (rise === undefined) return;
		const stop = live.second.subscribe(() => {
			rise.currentTime = 0;
		});
		return () => {
			stop();
			rise.cancel();
		};
	}, [live]);
	return (
		<div ref={veil} className="dead-man" aria-hidden="true">
			<div className="veil-word">
				<MonitorOff className="veil-icon" aria-hidden="true" />
				<div>
					<p className="veil-since">{t("veil.stopped")}</p>
					<p className="veil-why">{t("veil.stoppedWhy")}</p>
				</div>
			</div>
		</div>
	);
}

function LostLink(): ReactElement | null {
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
