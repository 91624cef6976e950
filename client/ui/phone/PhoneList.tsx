// The open alarms on the telephone: worst first, one large row each. What is below the hundredth is said as a number.
import { Check } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { ageText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { limitOf, measureOf } from "../duty/alarm_rule.ts";
import { alarmFigures } from "../duty/alarm_view.ts";
import { useChange, useLive, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { casesInHand } from "../wall/case_pick.ts";

const SHOWN = 100;
const LEVELS = [4, 3, 2, 1] as const;

export function PhoneList({ onOpen }: { readonly onOpen: (id: string) => void }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.alarms.change);
	useChange(live.catalogue.change);
	const cases = casesInHand(live.alarms.open);
	const shown = cases.slice(0, SHOWN);
	useEffect(() => {
		for (const { seq } of shown) if (seq !== null) live.receipts.tell(seq, "rendered");
	});
	return (
		<main className="phone-list" aria-label={t("phone.title")}>
			<p className="phone-counts">
				{LEVELS.map((level) => (
					<span key={level} data-level={level}>
						<LevelMark state={level} size={1.25} />
						<span className="hidden-text">{t(`levelLong.${level}`)}</span>
						<span className="figures">{live.alarms.counts[level]?.all ?? 0}</span>
					</span>
				))}
			</p>
			{live.alarms.isLoaded ? null : (
				<p className="notice-block quiet" role="status">
					{t("phone.loading")}
				</p>
			)}
			{live.alarms.isLoaded && shown.length === 0 ? <p className="notice-block">{t("phone.none")}</p> : null}
			<ol>
				{shown.map((alarm) => (
					<li key={alarm.id}>
						<Row alarm={alarm} onOpen={onOpen} />
					</li>
				))}
			</ol>
			{cases.length > shown.length ? (
				<p className="notice-block quiet">{t("phone.more", { count: cases.length - shown.length })}</p>
			) : null}
		</main>
	);
}

function Row({ alarm, onOpen }: { readonly alarm: Alarm; readonly onOpen: (id: string) => void }): ReactElement {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const now = useNow();
	const measure = measureOf(catalogue, alarm);
	const { value, unit } = alarmFigures(alarm, measure, limitOf(catalogue, alarm), languageNow());
	return (
		<button
			type="button"
			className={`phone-row${alarm.acknowledged ? "" : " open"}`}
			data-alarm={alarm.id}
			data-severity={alarm.severity}
			onClick={() => onOpen(alarm.id)}
		>
			<LevelMark state={alarm.severity} size={1.75} hollow={!alarm.active} />
			<span className="hidden-text">{t(`levelLong.${alarm.severity}`)}</span>
			<span className="phone-what">
				<strong>{measure === null ? alarm.name : `${measure.name[languageNow()]}　${alarm.name}`}</strong>
				<span className="quiet">
					{placeName(alarm.district)} · {now === 0 ? "" : ageText(now - alarm.raisedAt)}
				</span>
			</span>
			<span className="phone-value">
				<span className="figures">{value}</span>
				<span className="quiet">{unit}</span>
				{alarm.acknowledged ? (
					<span className="phone-seen">
						<Check size="0.9em" aria-hidden="true" />
						{alarm.assignedTo ?? alarm.acknowledgedBy ?? t("alarms.acknowledged")}
					</span>
				) : null}
			</span>
		</button>
	);
}
