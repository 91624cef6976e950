// The chip in the band of every desk page: how many desks are manned and can sound an alarm, and, under it, the bar that names
// who is being called now. It also gives the notification its words.
import { BellRing, Headset } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import type { ReachView } from "#model/reach_view.ts";
import { useChange, useLive, useMay, useShut } from "../live_context.ts";
import "../../style/reach.css";

/** Asks the server while it stands on the page. */
export function useReach(): ReachView | null {
	const live = useLive();
	useChange(live.reach.change);
	const may = useMay("read");
	useEffect(() => (may ? live.reach.watch() : undefined), [live, may]);
	return live.reach.view;
}

export function ReachChip(): ReactElement | null {
	const { t } = useTranslation();
	const view = useReach();
	useNotifyWords();
	const isShut = useShut("read");
	if (isShut) return null;
	const tone = view === null ? "unknown" : view.armed === 0 ? "bad" : view.armed < view.present ? "some" : "good";
	return (
		<a className={`reach-chip ${tone}`} href="/duty/reach" title={t("reach.chip.hint")} data-reach={tone}>
			<Headset size="1.1em" aria-hidden="true" />
			{view === null ? t("reach.chip.unknown") : t(wordOf(view), { present: view.present, armed: view.armed })}
		</a>
	);
}

function wordOf({ present, armed }: ReachView): string {
	if (present === 0) return "reach.chip.nobody";
	if (armed === 0) return "reach.chip.none";
	return armed < present ? "reach.chip.some" : "reach.chip.armed";
}

/** Who is being called: in red for the one who is named. Nothing while nobody is. */
export function CallBar(): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const view = useReach();
	useChange(live.alarms.change);
	// Acknowledged here a moment ago: the next answer of the server will not know it any more.
	const calls = (view?.calls ?? []).filter(({ alarm }) => live.alarms.find(alarm)?.acknowledged === false);
	if (calls.length === 0) return null;
	const own = live.reach.own.filter((call) => calls.includes(call));
	const shown = own.length > 0 ? own : calls;
	const isOut = shown.some(({ outlets }) => outlets > 0);
	const to = [...new Set(shown.flatMap((call) => call.to))];
	const key = own.length > 0 ? "callOwn" : to.length > 0 ? "callOther" : isOut ? "callOutside" : "callNobody";
	const isGrave = key === "callOwn" || key === "callNobody";
	return (
		<p className={`call-bar${isGrave ? " own" : ""}`} role={isGrave ? "alert" : "status"}>
			<BellRing size="1.1em" aria-hidden="true" />
			<span>{t(`reach.chip.${key}`, { count: shown.length, to: to.slice(0, 4).join("、") })}</span>
			<a className="button" href={`/duty?alarm=${encodeURIComponent(shown[0]?.alarm ?? "")}`}>
				{t("reach.chip.show")}
			</a>
		</p>
	);
}

function useNotifyWords(): void {
	const { t } = useTranslation();
	const live = useLive();
	useEffect(() => {
		live.notify.speak({
			title: (alarm: Alarm) => `${t(`level.${alarm.severity}`)} · ${alarm.name}`,
			more: (count) => t("reach.chip.more", { count }),
		});
	}, [live, t]);
}
