// One alarm as a case in hand: level, why, how far it is on its way from raised to done, what can be done with it. Lent to the
// asset's panel and to the panel of an alarm that is about no asset.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { ageText, dayText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { IncidentButton } from "../incident/IncidentButton.tsx";
import { useLive, useNow } from "../live_context.ts";
import { acknowledgeLeft } from "../parts/acknowledge_within.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { reasonOf } from "../parts/reason.ts";
import { limitOf, measureOf } from "./alarm_rule.ts";
import { CaseActs } from "./CaseActs.tsx";
import { CasePhotos } from "./CasePhotos.tsx";

export function Case({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const now = useNow();
	const [isLong, setLong] = useState(false);
	const limit = limitOf(catalogue, alarm);
	const reason = reasonOf(t, alarm, measureOf(catalogue, alarm), limit, languageNow());
	return (
		<article className={`case level-${alarm.severity}`} data-case={alarm.id}>
			<p className="case-head">
				<LevelMark state={alarm.severity} size={1.375} hollow={!alarm.active} />
				<strong>{t(`levelLong.${alarm.severity}`)}</strong>
				<span className="quiet">{now === 0 ? "" : ageText(now - alarm.raisedAt)}</span>
				{alarm.occurrence > 1 ? (
					<span className="quiet">{t("alarms.occurrence", { count: alarm.occurrence })}</span>
				) : null}
				<Tags alarm={alarm} />
			</p>
			<p className="case-why">
				<Chinese isForeign={reason.isForeign}>{reason.text}</Chinese>
			</p>
			{limit?.averaging === undefined ? null : (
				<p className="quiet small">
					<Chinese isForeign={languageNow() === "en"}>{limit.averaging}</Chinese>
				</p>
			)}
			{alarm.clause === null || alarm.clause === "" ? null : (
				<button
					type="button"
					className={`case-clause quiet small${isLong ? " long" : ""}`}
					aria-expanded={isLong}
					onClick={() => setLong(!isLong)}
				>
					<Chinese isForeign={languageNow() === "en"}>{alarm.clause}</Chinese>
				</button>
			)}
			<Way alarm={alarm} now={now} />
			<CaseActs alarm={alarm}>
				<IncidentButton alarm={alarm} />
			</CaseActs>
			<CasePhotos alarmId={alarm.id} />
		</article>
	);
}

/** What exists in Chinese alone is owned to be so. */
function Chinese({ isForeign, children }: { readonly isForeign: boolean; readonly children: string }): ReactElement {
	const { t } = useTranslation();
	if (!isForeign) return <>{children}</>;
	return (
		<>
			<span lang="zh-CN">{children}</span> <span className="tag">{t("language.chineseOnly")}</span>
		</>
	);
}

function Tags({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	return (
		<>
			{alarm.active ? null : <span className="tag">{t("alarms.cleared")}</span>}
			{alarm.unverified ? (
				<span className="tag" title={t("alarms.unverifiedNote")}>
					{t("alarms.unverified")}
				</span>
			) : null}
			{alarm.seq === null ? <span className="tag">{t("alarms.unrecorded")}</span> : null}
			{alarm.outOfService ? <span className="tag">{t("alarms.outOfService")}</span> : null}
		</>
	);
}

interface Step {
	readonly id: string;
	readonly isDone: boolean;
	readonly word: string;
	readonly who: string;
	readonly at: string;
	readonly isLate?: boolean;
}

/** Raised, seen, given to somebody, gone: full dots are done, hollow ones are waited for. */
function Way({ alarm, now }: { readonly alarm: Alarm; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const left = acknowledgeLeft(alarm, now);
	const waiting = left === null ? "" : t(left < 0 ? "case.overdue" : "case.left", { age: ageText(Math.abs(left)) });
	const steps: Step[] = [
		{ id: "raised", isDone: true, word: t("transition.raised"), who: "", at: dayText(alarm.raisedAt) },
		{
			id: "acknowledged",
			isDone: alarm.acknowledged,
			word: t("transition.acknowledged"),
			who: alarm.acknowledged ? (alarm.acknowledgedBy ?? "") : waiting,
			at: alarm.acknowledgedAt === null ? "" : dayText(alarm.acknowledgedAt),
			isLate: left !== null && left < 0,
		},
	];
	if (alarm.assignedTo !== null)
		steps.push({ id: "assigned", isDone: true, word: t("transition.assigned"), who: alarm.assignedTo, at: "" });
	if (alarm.shelvedUntil !== null)
		steps.push({
			id: "shelved",
			isDone: true,
			word: t("transition.shelved"),
			who: alarm.shelvedBy ?? "",
			at: `→ ${dayText(alarm.shelvedUntil)}`,
		});
	steps.push({
		id: "cleared",
		isDone: !alarm.active,
		word: t("transition.cleared"),
		who: "",
		at: alarm.clearedAt === null ? "" : dayText(alarm.clearedAt),
	});
	return (
		<ol className="way">
			{steps.map(({ id, isDone, word, who, at, isLate }) => (
				<li key={id} className={isDone ? "done" : "open"}>
					<span className="way-word">{word}</span>
					<span className={isLate === true ? "way-who late" : "way-who"}>{who}</span>
					<span className="figures way-at">{at}</span>
				</li>
			))}
		</ol>
	);
}
