// What a person on duty may do with an alarm: acknowledge, hand on, shelve. Each sends one command; the alarm changes when its
// event returns (C2). Notes have their own place at the foot of the panel.
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#model/alarm.ts";
import { useChange, useLive, useMay } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";
import type { DeskAction } from "./AlarmActions.tsx";

/** Forms are seldom needed: their library is fetched when one is opened. */
const AlarmActions = lazy(async () => ({ default: (await import("./AlarmActions.tsx")).AlarmActions }));

export function CaseActs({ alarm }: { readonly alarm: Alarm }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const [form, setForm] = useState<DeskAction | null>(null);
	const may = {
		acknowledge: useMay("alarm.acknowledge"),
		shelve: useMay("alarm.shelve"),
		assign: useMay("alarm.assign"),
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
				{may.assign ? <FormButton word={t("act.assign")} onPress={() => setForm("assign")} /> : null}
				{may.shelve ? (
					alarm.shelvedUntil === null ? (
						<FormButton
							word={t("act.shelve")}
							isOff={alarm.severity === 4}
							hint={alarm.severity === 4 ? t("act.redNoShelf") : undefined}
							onPress={() => setForm("shelve")}
						/>
					) : (
						<FormButton
							word={t("act.unshelve")}
							onPress={() => void live.commands.send(alarm, "unshelve").catch(reportError)}
						/>
					)
				) : null}
			</div>
			{pending?.problem === null || pending === undefined ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, pending.problem)}
				</p>
			)}
			{form === null ? null : (
				<Suspense fallback={null}>
					<AlarmActions alarm={alarm} action={form} onClose={() => setForm(null)} />
				</Suspense>
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
