// This desk's own extras: the machine's voice and the desktop's notification, each with the reason when it is not to be had.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { NotifyState } from "../../live/notify.ts";
import { useChange, useLive } from "../live_context.ts";

const WORDS: Readonly<Record<NotifyState, string>> = {
	on: "notifyOn",
	off: "notifyAsk",
	denied: "notifyDenied",
	insecure: "notifyInsecure",
};

export function OwnDesk(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.voice.change);
	useChange(live.notify.change);
	useChange(live.wake.change);
	const { state } = live.notify;
	return (
		<section className="reach-part" aria-labelledby="own-title">
			<h3 id="own-title">{t("reach.own.title")}</h3>
			{live.voice.isThere ? (
				<label className="reach-check">
					<input
						type="checkbox"
						checked={live.voice.isOn}
						onChange={(event) => live.voice.turn(event.currentTarget.checked)}
					/>
					{t("reach.own.voice")}
				</label>
			) : (
				<p className="quiet">{t("reach.own.noVoice")}</p>
			)}
			<p data-wake={live.wake.state} className={live.wake.state === "held" ? undefined : "quiet"}>
				{t(`reach.own.wake.${live.wake.state}`)}
			</p>
			<p data-notify={state}>
				{t("reach.own.notify")}：
				{state === "off" ? (
					<button type="button" className="button" onClick={() => void live.notify.ask().catch(reportError)}>
						{t("reach.own.notifyAsk")}
					</button>
				) : (
					<span className={state === "on" ? undefined : "quiet"}>{t(`reach.own.${WORDS[state]}`)}</span>
				)}
			</p>
		</section>
	);
}
