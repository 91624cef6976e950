// What a person on duty may do with an alarm: acknowledge, call, hand on, shelve, photo, take out of service. Each sends one command; the
// alarm changes when its event returns (C2). Notes have their own place at the foot of the panel.
import { type ReactElement, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { CallDialog } from "../contacts/CallDialog.tsx";
import { useChange, useLive, useMay } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";
import { AlarmForms, type DeskAction } from "./AlarmForms.tsx";

interface CaseActsProps {
	readonly alarm: Alarm;
	/** Ways on from here that other rooms offer: a call, an incident. */
	readonly children?: ReactNode;
}

export function CaseActs({ alarm, children }: CaseActsProps): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const [form, setForm] = useState<DeskAction | null>(null);
	const [isCalling, setCalling] = useState(false);
	const mayCall = useMay("call.log");
	const mayAcknowledge = useMay("alarm.acknowledge");
	useChange(live.commands.change);
	const pending = live.commands.of(alarm.id, "acknowledge");
	if (alarm.seq === null) return null;
	const isWaiting = pending !== undefined && pending.state !== "failed";
	return (
		<>
			<div className="case-acts">
				{mayAcknowledge && !alarm.acknowledged ? (
					<button
						type="button"
						className="button primary"
						disabled={isWaiting}
						onClick={() => void live.commands.send(alarm, "acknowledge").catch(reportError)}
					>
						{isWaiting ? t("alarms.waiting") : t("alarms.acknowledge")}
					</button>
				) : null}
				{mayCall ? <FormButton word={t("desk.form.call")} onPress={() => setCalling(true)} /> : null}
				{children}
				<Forms alarm={alarm} onForm={setForm} />
				<a className="button" href={`/duty/chain/${encodeURIComponent(alarm.id)}`}>
					{t("desk.form.chain")}
				</a>
			</div>
			{pending?.problem === null || pending === undefined ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, pending.problem)}
				</p>
			)}
			{isCalling ? (
				<CallDialog
					subject={`alarm:${alarm.id}`}
					asset={alarm.asset ?? undefined}
					name={alarm.name}
					onClose={() => setCalling(false)}
				/>
			) : null}
			{form === null ? null : <AlarmForms alarm={alarm} action={form} onClose={() => setForm(null)} />}
		</>
	);
}

interface FormsProps {
	readonly alarm: Alarm;
	readonly onForm: (action: DeskAction) => void;
}

function Forms({ alarm, onForm }: FormsProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const may = {
		assign: useMay("alarm.assign"),
		shelve: useMay("alarm.shelve"),
		photo: useMay("photo.add"),
		service: useMay("alarm.out-of-service"),
	};
	const isRed = alarm.severity === 4;
	return (
		<>
			{may.assign ? <FormButton word={t("act.assign")} onPress={() => onForm("assign")} /> : null}
			{may.shelve && alarm.shelvedUntil === null ? (
				<FormButton
					word={t("act.shelve")}
					hint={isRed ? t("act.redNoShelf") : undefined}
					isOff={isRed}
					onPress={() => onForm("shelve")}
				/>
			) : null}
			{may.shelve && alarm.shelvedUntil !== null ? (
				<FormButton
					word={t("act.unshelve")}
					onPress={() => void live.commands.send(alarm, "unshelve").catch(reportError)}
				/>
			) : null}
			{may.photo ? <FormButton word={t("desk.form.photo")} onPress={() => onForm("photo")} /> : null}
			{may.service ? (
				<FormButton
					word={t(alarm.outOfService ? "desk.form.inService" : "desk.form.outOfService")}
					onPress={() => onForm("out-of-service")}
				/>
			) : null}
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
