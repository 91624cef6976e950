// The open alarms of the selected asset: why, since when, who, and what a person on duty may do with them.
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { ageText, dayText } from "../../live/format.ts";
import { useChange, useLive, useMay, useNow } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import type { DeskAction } from "./AlarmActions.tsx";

/** Forms are seldom needed: their library is fetched when one is opened. */
const AlarmActions = lazy(async () => ({ default: (await import("./AlarmActions.tsx")).AlarmActions }));

export function AssetAlarms({ assetId }: { readonly assetId: string }): ReactElement | null {
	const live = useLive();
	useChange(live.alarms.change);
	const mine = live.alarms.open.filter((alarm) => alarm.asset === assetId);
	if (mine.length === 0) return null;
	return (
		<section className="block cases">
			{mine.map((alarm) => (
				<Case key={alarm.id} alarm={alarm} />
			))}
		</section>
	);
}

export function Case({ alarm }: { readonly alarm: Alarm }): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const [form, setForm] = useState<DeskAction | null>(null);
	return (
		<article className={`case level-${alarm.severity}`}>
			<p className="case-head">
				<LevelMark state={alarm.severity} size={1.375} hollow={!alarm.active} />
				<strong>{t(`levelLong.${alarm.severity}`)}</strong>
				<span className="quiet">
					<span className="figures">{dayText(alarm.raisedAt)}</span>　{now === 0 ? "" : ageText(now - alarm.raisedAt)}
				</span>
				{alarm.occurrence > 1 ? (
					<span className="quiet">{t("alarms.occurrence", { count: alarm.occurrence })}</span>
				) : null}
				{alarm.active ? null : <span className="tag">{t("alarms.cleared")}</span>}
				{alarm.unverified ? <span className="tag">{t("alarms.unverified")}</span> : null}
				{alarm.seq === null ? <span className="tag">{t("alarms.unrecorded")}</span> : null}
			</p>
			<p className="case-why">{alarm.why}</p>
			{alarm.clause === null ? null : <p className="quiet small">{alarm.clause}</p>}
			<People alarm={alarm} />
			<CaseActs alarm={alarm} onForm={setForm} />
			{form === null ? null : (
				<Suspense fallback={null}>
					<AlarmActions alarm={alarm} action={form} onClose={() => setForm(null)} />
				</Suspense>
			)}
		</article>
	);
}

function People({ alarm }: { readonly alarm: Alarm }): ReactElement | null {
	const { t } = useTranslation();
	const lines: string[] = [];
	if (alarm.acknowledgedBy !== null && alarm.acknowledgedAt !== null) {
		lines.push(`${t("transition.acknowledged")} ${alarm.acknowledgedBy} ${dayText(alarm.acknowledgedAt)}`);
	}
	if (alarm.assignedTo !== null) lines.push(`${t("transition.assigned")} ${alarm.assignedTo}`);
	if (alarm.shelvedUntil !== null)
		lines.push(`${t("transition.shelved")} → ${dayText(alarm.shelvedUntil)} ${alarm.shelvedBy ?? ""}`);
	return lines.length === 0 ? null : <p className="case-people">{lines.join("　")}</p>;
}

function CaseActs({
	alarm,
	onForm,
}: {
	readonly alarm: Alarm;
	readonly onForm: (action: DeskAction) => void;
}): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const may = {
		acknowledge: useMay("alarm.acknowledge"),
		shelve: useMay("alarm.shelve"),
		assign: useMay("alarm.assign"),
		comment: useMay("alarm.comment"),
	};
	useChange(live.commands.change);
	const pending = live.commands.of(alarm.id, "acknowledge");
	if (alarm.seq === null || !Object.values(may).includes(true)) return null;
	const isWaiting = pending !== undefined && pending.state !== "failed";
	return (
		<>
			<div className="case-acts">
				{may.acknowledge && !alarm.acknowledged ? (
					<button
						type="button"
						className="button primary"
						disabled={isWaiting}
						onClick={() => void live.commands.send(alarm, "acknowledge").catch(reportError)}
					>
						{isWaiting ? t("alarms.waiting") : t("alarms.acknowledge")}
					</button>
				) : null}
				{may.assign ? <FormButton word={t("act.assign")} onPress={() => onForm("assign")} /> : null}
				{may.shelve ? (
					alarm.shelvedUntil === null ? (
						<FormButton
							word={t("act.shelve")}
							isOff={alarm.severity === 4}
							hint={alarm.severity === 4 ? t("act.redNoShelf") : undefined}
							onPress={() => onForm("shelve")}
						/>
					) : (
						<FormButton
							word={t("act.unshelve")}
							onPress={() => void live.commands.send(alarm, "unshelve").catch(reportError)}
						/>
					)
				) : null}
				{may.comment ? <FormButton word={t("act.comment")} onPress={() => onForm("comment")} /> : null}
			</div>
			{pending?.problem === null || pending === undefined ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, pending.problem)}
				</p>
			)}
		</>
	);
}

interface FormButtonProps {
	readonly word: string;
	readonly onPress: () => void;
	readonly isOff?: boolean;
	readonly hint?: string | undefined;
}

function FormButton({ word, onPress, isOff = false, hint }: FormButtonProps): ReactElement {
	return (
		<button type="button" className="button" disabled={isOff} title={hint} onClick={onPress}>
			{word}
		</button>
	);
}
