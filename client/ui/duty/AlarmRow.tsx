// One alarm in one line: box, level, age, what and where, value against limit, who has it, and 确认 always at the same place.
// The row turns "confirmed" only when the event has returned (C2), and then says who did it and when.
import { memo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { cityOf } from "#model/ids.ts";
import type { Limit } from "#model/limit.ts";
import type { Measure } from "#model/measure.ts";
import type { Pending } from "../../live/commands.ts";
import { ageText, minuteText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { countyName, shortName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import { AlarmName } from "./AlarmName.tsx";
import { alarmFigures } from "./alarm_view.ts";
import type { AlarmLine, ListLine } from "./list_lines.ts";
import { isChoosable } from "./use_chosen.ts";

export interface AlarmRowProps {
	readonly line: AlarmLine;
	readonly measure: Measure | null;
	/** The rule that raised it, as in force; null when it is no limit of a channel. */
	readonly limit: Limit | null;
	readonly pending: Pending | undefined;
	/** Server time. */
	readonly now: number;
	readonly mayAcknowledge: boolean;
	readonly isSelected: boolean;
	readonly isChosen: boolean;
	readonly index: number;
	readonly onOpen: (alarm: Alarm) => void;
	readonly onAcknowledge: (alarm: Alarm) => void;
	readonly onChoose: (line: ListLine, isRange: boolean) => void;
	readonly onHold: (isHeld: boolean) => void;
}

export const AlarmRow = memo(function AlarmRow(props: AlarmRowProps): ReactElement {
	const { line, measure, now, isSelected, index } = props;
	const { alarm } = line;
	const { t } = useTranslation();
	return (
		<div
			aria-current={isSelected}
			data-index={index}
			className={classOf(props)}
			data-alarm={alarm.id}
			data-severity={alarm.severity}
			data-acknowledged={alarm.acknowledged}
		>
			<Pick {...props} />
			<div className="alarm-level">
				<LevelMark state={alarm.severity} size={1.375} hollow={!alarm.active} />
				<span className="hidden-text">{t(`levelLong.${alarm.severity}`)}</span>
			</div>
			<div className="alarm-age figures">{now === 0 ? "–" : ageText(now - alarm.raisedAt)}</div>
			<div className="alarm-what">
				<button type="button" className="alarm-open" onClick={() => props.onOpen(alarm)} title={alarm.why} data-open>
					{measure === null ? null : <span className="alarm-measure">{measure.name[languageNow()]}</span>}
					<Place code={alarm.district} />
					<AlarmName name={alarm.name} />
				</button>
				<Tags line={line} />
			</div>
			<Figures {...props} />
			{alarm.acknowledged ? <Done alarm={alarm} /> : <Waiting {...props} />}
		</div>
	);
});

function classOf({ line, isSelected }: AlarmRowProps): string {
	const { alarm } = line;
	const names = ["alarm", alarm.acknowledged ? "seen" : "open"];
	if (!alarm.active) names.push("cleared");
	if (isSelected) names.push("selected");
	if (line.isMember) names.push("member");
	if (line.isOutside) names.push("outside");
	return names.join(" ");
}

function Pick({ line, isChosen, mayAcknowledge, onChoose, onHold }: AlarmRowProps): ReactElement {
	const { t } = useTranslation();
	return (
		<div className="alarm-pick" onPointerEnter={() => onHold(true)} onPointerLeave={() => onHold(false)}>
			{mayAcknowledge && isChoosable(line.alarm) ? (
				<input
					type="checkbox"
					checked={isChosen}
					aria-label={t("desk.list.choose", { name: line.alarm.name })}
					onChange={({ nativeEvent }) => onChoose(line, (nativeEvent as MouseEvent).shiftKey)}
				/>
			) : null}
		</div>
	);
}

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

function Tags({ line }: { readonly line: AlarmLine }): ReactElement {
	const { t } = useTranslation();
	const { alarm } = line;
	return (
		<>
			{line.isOutside ? <span className="tag">{t("desk.list.outside")}</span> : null}
			{line.group === "" || line.isMember ? null : <span className="tag">{t("desk.group.word")}</span>}
			{alarm.unverified ? (
				<span className="tag" title={t("alarms.unverifiedNote")}>
					{t("alarms.unverified")}
				</span>
			) : null}
			{alarm.shelvedUntil === null ? null : (
				<span className="tag">{t("desk.list.shelvedUntil", { at: minuteText(alarm.shelvedUntil) })}</span>
			)}
			{alarm.suppressedBy === null ? null : (
				<span className="tag" title={alarm.suppressedBy}>
					{t("alarms.suppressed")}
				</span>
			)}
			{alarm.outOfService ? <span className="tag">{t("alarms.outOfService")}</span> : null}
		</>
	);
}

function Figures({ line, measure, limit }: AlarmRowProps): ReactElement {
	const { t } = useTranslation();
	const { alarm } = line;
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

/** Who has it, and when: a colleague's work is seen where it was done. */
function Done({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const { acknowledgedBy: by, acknowledgedAt: at, assignedTo } = alarm;
	const word = assignedTo === null ? t("alarms.acknowledged") : t("desk.list.assignedTo", { name: assignedTo });
	return (
		<div className="alarm-done" title={`${by ?? ""} ${at === null ? "" : minuteText(at)} ${word}`}>
			<span className="done-who">{by}</span>
			<span className="figures">{at === null ? "" : minuteText(at)}</span>
			<span className="act-done">{word}</span>
		</div>
	);
}

function Waiting(props: AlarmRowProps): ReactElement {
	const { t } = useTranslation();
	const { assignedTo } = props.line.alarm;
	return (
		<>
			<div className="alarm-who" title={assignedTo ?? undefined}>
				{assignedTo ?? (
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
		</>
	);
}

function Act({ line, pending, mayAcknowledge, onAcknowledge }: AlarmRowProps): ReactElement {
	const { t } = useTranslation();
	const { alarm } = line;
	if (alarm.seq === null) {
		return (
			<span className="act-word unrecorded" title={t("alarms.unrecordedNote")}>
				{t("alarms.unrecorded")}
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
