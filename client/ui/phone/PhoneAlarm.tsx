// One alarm in the hand: why, what value, where, and what can be done from here: acknowledge, call, find the way, comment, photo.
import { ArrowLeft, Phone } from "lucide-react";
import { lazy, type ReactElement, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { ageText, dayText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { limitOf, measureOf } from "../duty/alarm_rule.ts";
import { alarmFigures } from "../duty/alarm_view.ts";
import { useChange, useLive, useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Guard } from "../parts/Guard.tsx";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import { reasonOf } from "../parts/reason.ts";
import { PhoneNotes } from "./PhoneNotes.tsx";
import { PhoneNow } from "./PhoneNow.tsx";
import { PhoneWay } from "./PhoneWay.tsx";

const CallDialog = lazy(async () => ({ default: (await import("../contacts/CallDialog.tsx")).CallDialog }));

export function PhoneAlarm({ id, onBack }: { readonly id: string; readonly onBack: () => void }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.alarms.change);
	// A finished alarm leaves the list while somebody reads it: what was known of it stays on the screen.
	const last = useRef<Alarm | null>(null);
	const found = live.alarms.find(id);
	if (found !== undefined) last.current = found;
	const alarm = found ?? last.current;
	return (
		<main className="phone-alarm" data-case={id}>
			<button type="button" className="phone-back" onClick={onBack}>
				<ArrowLeft size="1.2em" aria-hidden="true" />
				{t("phone.list")}
			</button>
			{found === undefined && live.alarms.isLoaded ? (
				<p className="phone-gone" role="status">
					{t("phone.gone")}
				</p>
			) : null}
			{alarm === null ? null : <Known alarm={alarm} isOpen={found !== undefined} />}
		</main>
	);
}

function Known({ alarm, isOpen }: { readonly alarm: Alarm; readonly isOpen: boolean }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const now = useNow();
	const [isCalling, setCalling] = useState(false);
	useChange(live.catalogue.change);
	const measure = measureOf(live.catalogue, alarm);
	const limit = limitOf(live.catalogue, alarm);
	const { value, against, unit } = alarmFigures(alarm, measure, limit, languageNow());
	const asset = alarm.asset === null ? undefined : live.catalogue.find(alarm.asset);
	const reason = reasonOf(t, alarm, measure, limit, languageNow());
	return (
		<>
			<h2>
				<LevelMark state={alarm.severity} size={1.75} hollow={!alarm.active} />
				<span>
					{alarm.name}
					<span className="quiet phone-level">{t(`levelLong.${alarm.severity}`)}</span>
				</span>
			</h2>
			<dl className="phone-facts">
				<div className="phone-figure">
					<dt>{measure === null ? t("phone.value") : measure.name[languageNow()]}</dt>
					<dd>
						<strong className="figures">{value}</strong> {unit}
						{against === "" ? null : <span className="quiet figures">　{t("alarms.limit", { value: against })}</span>}
					</dd>
				</div>
				<div>
					<dt>{t("phone.why")}</dt>
					<dd>{reason.text}</dd>
				</div>
				{asset === undefined ? null : <PhoneNow asset={asset} />}
				<div>
					<dt>{t("phone.at")}</dt>
					<dd>
						{placeName(alarm.district)}
						{asset?.record.site === undefined ? "" : `　${asset.record.site}`}
					</dd>
				</div>
				<div>
					<dt>{t("phone.age")}</dt>
					<dd>
						<span className="figures">{now === 0 ? "–" : ageText(now - alarm.raisedAt)}</span>
						<span className="quiet figures">　{dayText(alarm.raisedAt)}</span>
					</dd>
				</div>
			</dl>
			<div className="phone-acts">
				<Acknowledge alarm={alarm} isOpen={isOpen} />
				<button type="button" className="button" onClick={() => setCalling(true)} data-call-open>
					<Phone size="1.1em" aria-hidden="true" />
					{t("phone.call")}
				</button>
			</div>
			<Guard name="phone-notes">
				<PhoneNotes alarm={alarm} />
			</Guard>
			{asset === undefined ? null : (
				<Guard name="phone-way">
					<PhoneWay asset={asset} />
				</Guard>
			)}
			{isCalling ? (
				<Suspense fallback={null}>
					<CallDialog
						subject={`alarm:${alarm.id}`}
						asset={alarm.asset ?? undefined}
						name={alarm.name}
						onClose={() => setCalling(false)}
					/>
				</Suspense>
			) : null}
		</>
	);
}

function Acknowledge({ alarm, isOpen }: { readonly alarm: Alarm; readonly isOpen: boolean }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const may = useMay("alarm.acknowledge");
	useChange(live.commands.change);
	const pending = live.commands.of(alarm.id, "acknowledge");
	if (alarm.acknowledged) {
		return (
			<p className="phone-done" role="status" data-acknowledged>
				{t("phone.acknowledged", { who: alarm.assignedTo ?? alarm.acknowledgedBy ?? "" })}
			</p>
		);
	}
	if (!may) return <p className="phone-done quiet">{t("phone.signIn")}</p>;
	const isWaiting = pending !== undefined && pending.state !== "failed";
	return (
		<>
			<button
				type="button"
				className="button primary"
				disabled={isWaiting || !isOpen || alarm.seq === null}
				onClick={() => void live.commands.send(alarm, "acknowledge").catch(reportError)}
				data-acknowledge
			>
				{t(alarm.seq === null ? "alarms.unrecorded" : isWaiting ? "phone.waiting" : "phone.acknowledge")}
			</button>
			{pending?.problem === null || pending === undefined ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, pending.problem)}
				</p>
			)}
		</>
	);
}
