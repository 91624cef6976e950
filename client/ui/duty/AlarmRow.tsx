// One alarm in one line: level, age, what and where, value against limit, who has it, and 确认 always at the same place.
// The row turns "confirmed" only when the event has returned (C2).
import { memo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { cityOf } from "#model/ids.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import type { Pending } from "../../live/commands.ts";
import { ageText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { countyName, shortName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import { alarmFigures } from "./alarm_view.ts";

export interface AlarmRowProps {
	readonly alarm: Alarm;
	readonly measure: Measure | null;
	/** The rule that raised it, as in force; null when it is no limit of a channel. */
	readonly limit: Limit | null;
	readonly pending: Pending | undefined;
	/** Server time. */
	readonly now: number;
	readonly mayAcknowledge: boolean;
	readonly isSelected: boolean;
	readonly index: number;
	readonly onOpen: (alarm: Alarm) => void;
	readonly onAcknowledge: (alarm: Alarm) => void;
	readonly onHold: (isHeld: boolean) => void;
}

export const AlarmRow = memo(function AlarmRow(props: AlarmRowProps): ReactElement {
	const { alarm, measure, now, isSelected, index } = props;
	const { t } = useTranslation();
	const state = alarm.acknowledged ? "seen" : "open";
	const who = alarm.assignedTo ?? alarm.acknowledgedBy;
	return (
		<div
			aria-current={isSelected}
			data-index={index}
			className={`alarm ${state}${alarm.active ? "" : " cleared"}${isSelected ? " selected" : ""}`}
			data-alarm={alarm.id}
			data-severity={alarm.severity}
			data-acknowledged={alarm.acknowledged}
		>
			<div className="alarm-level">
				<LevelMark state={alarm.severity} size={1.375} hollow={!alarm.active} />
				<span className="hidden-text">{t(`levelLong.${alarm.severity}`)}</span>
			</div>
			<div className="alarm-age figures">{now === 0 ? "–" : ageText(now - alarm.raisedAt)}</div>
			<div className="alarm-what">
				<button type="button" className="alarm-open" onClick={() => props.onOpen(alarm)} title={alarm.why} data-open>
					{measure === null ? null : <span className="alarm-measure">{measure.name[languageNow()]}</span>}
					<Place code={alarm.district} />
					<span className="alarm-name">{alarm.name}</span>
				</button>
				<Tags alarm={alarm} />
			</div>
			<Figures {...props} />
			<div className="alarm-who" title={who ?? undefined}>
				{who ?? (
					<>
						<span aria-hidden="true" className="alarm-nobody">
							–
						</span>
						<span className="hidden-text">{t("alarms.nobody")}</span>
					</>
				)}
			</div>
			<div className="alarm-act" onPointerEnter={() => props.onHold(true)} onPointerLeave={() => props.onHold(false)}>
				<Act {...props} />
			</div>
		</div>
	);
});

/** City and county; a narrow list keeps the city. */
function Place({ code }: { readonly code: string }): ReactElement {
	const county = countyName(code);
	return (
		<span className="alarm-place">
			{shortName(cityOf(code))}
			{county === "" ? null : <span className="alarm-county"> {county}</span>}
		</span>
	);
}

function Tags({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	return (
		<>
			{alarm.unverified ? (
				<span className="tag" title={t("alarms.unverifiedNote")}>
					{t("alarms.unverified")}
				</span>
			) : null}
			{alarm.shelvedUntil === null ? null : <span className="tag">{t("alarms.shelved")}</span>}
			{alarm.suppressedBy === null ? null : <span className="tag">{t("alarms.suppressed")}</span>}
			{alarm.outOfService ? <span className="tag">{t("alarms.outOfService")}</span> : null}
		</>
	);
}

function Figures({ alarm, measure, limit }: AlarmRowProps): ReactElement {
	const { t } = useTranslation();
	const { value, against, unit } = alarmFigures(alarm, measure, limit, languageNow());
	return (
		<div className="alarm-value">
			<span className="figures alarm-figure">{value}</span>
			{alarm.active ? (
				<span className="figures alarm-limit">{against === "" ? "" : t("alarms.limit", { value: against })}</span>
			) : (
				<span className="tag">{t("alarms.cleared")}</span>
			)}
			<span className="alarm-unit">{unit}</span>
		</div>
	);
}

function Act({ alarm, pending, mayAcknowledge, onAcknowledge }: AlarmRowProps): ReactElement {
	const { t } = useTranslation();
	if (alarm.seq === null) {
		return (
			<span className="act-word unrecorded" title={t("alarms.unrecordedNote")}>
				{t("alarms.unrecorded")}
			</span>
		);
	}
	if (alarm.acknowledged) {
		const who = alarm.assignedTo ?? alarm.acknowledgedBy;
		return (
			<span className="act-word">
				{who === null ? null : <span className="act-who">{who}</span>}
				<span className="act-done">{t("alarms.acknowledged")}</span>
			</span>
		);
	}
	if (!mayAcknowledge) return <span className="hidden-text">{t("alarms.signInFirst")}</span>;
	const isWaiting = pending !== undefined && pending.state !== "failed";
	const failure = pending?.problem ?? null;
	return (
		<button
			type="button"
			className={`act${failure === null ? "" : " failed"}`}
			disabled={isWaiting}
			title={failure === null ? undefined : problemText(t, failure)}
			onClick={() => onAcknowledge(alarm)}
			data-acknowledge
		>
			{isWaiting
				? t(pending.state === "sent" ? "alarms.sending" : "alarms.waiting")
				: t(failure === null ? "alarms.acknowledge" : "problem.retry")}
		</button>
	);
}
