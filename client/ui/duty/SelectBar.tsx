// What is chosen, and the one press that acknowledges it. Each alarm is a command of its own: it confirms when its own event
// returns, and what was refused is listed by name.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { postAcknowledge } from "../../live/batch.ts";
import type { Pending } from "../../live/commands.ts";
import { useChange, useLive } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";
import type { Chosen } from "./use_chosen.ts";

const LEVELS = [4, 3, 2, 1] as const;
const NAMED = 6;

export function SelectBar({ chosen }: { readonly chosen: Chosen }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.commands.change);
	const { alarms } = chosen;
	const count = alarms.length;
	const send = (): void => {
		live.commands.acknowledgeMany(alarms, postAcknowledge).catch(reportError);
		chosen.clear();
	};
	return (
		<div className="select-foot" aria-live="polite">
			<Refusals refused={live.commands.refused("acknowledge")} />
			{count === 0 ? null : (
				<div className="select-bar">
					<span>{t("desk.select.count", { count })}</span>
					{LEVELS.map((level) => {
						const mine = alarms.filter(({ severity }) => severity === level).length;
						return mine === 0 ? null : (
							<span key={level} className="select-level" title={t(`levelLong.${level}`)}>
								<LevelMark state={level} size={0.95} bare />
								<span className="figures">{mine}</span>
							</span>
						);
					})}
					<button type="button" className="button primary" onClick={send} data-acknowledge-many>
						{t("desk.select.acknowledge", { count })}
					</button>
					<button type="button" className="button" onClick={chosen.clear}>
						{t("desk.select.clear")}
					</button>
				</div>
			)}
		</div>
	);
}

function Refusals({ refused }: { readonly refused: readonly Pending[] }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	if (refused.length === 0) return null;
	const dismiss = (): void => {
		for (const { alarmId, action } of refused) live.commands.dismiss(alarmId, action);
	};
	return (
		<div className="refusals" role="alert">
			<p>
				{t("desk.select.refused", { count: refused.length })}
				<button type="button" className="button" onClick={dismiss}>
					{t("desk.select.understood")}
				</button>
			</p>
			<ul>
				{refused.slice(0, NAMED).map(({ alarmId, problem }) => (
					<li key={alarmId}>
						{live.alarms.find(alarmId)?.name ?? alarmId}
						<span className="quiet">　{problem === null ? "" : problemText(t, problem)}</span>
					</li>
				))}
				{refused.length > NAMED ? <li>{t("desk.select.more", { count: refused.length - NAMED })}</li> : null}
			</ul>
		</div>
	);
}
