// One step of the chain: mark, word, when, who did what, and how it stands against its deadline as words and as a line.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ChainStep, StepState } from "#model/chain.ts";
import { civilDay } from "../../live/civil.ts";
import type { ChainAnswer } from "../../live/contacts.ts";
import { withUnit } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { limitOf, measureOf } from "../duty/alarm_rule.ts";
import { alarmFigures } from "../duty/alarm_view.ts";
import { useLive } from "../live_context.ts";
import { DEFAULT, deedLines, momentText, spanText } from "./chain_words.ts";

interface StepProps {
	readonly step: ChainStep;
	readonly answer: ChainAnswer;
}

export function ChainStepRow({ step, answer }: StepProps): ReactElement {
	const { t } = useTranslation();
	const isElsewhere = step.at !== null && civilDay(step.at) !== civilDay(answer.raised.raisedAt);
	return (
		<tr className={`chain-step ${step.state}`} data-step={step.step} data-state={step.state}>
			<th scope="row">
				<StateMark state={step.state} />
				{t(`chain.step.${step.step}`)}
			</th>
			<td className="figures">
				{step.at === null ? (
					<span className="chain-missing">{t("chain.missing")}</span>
				) : (
					momentText(step.step, step.at)
				)}
				{isElsewhere && step.at !== null ? <small>{civilDay(step.at)}</small> : null}
			</td>
			<td>
				<Facts step={step} answer={answer} />
				<ul>
					{step.step === "measured" || step.step === "received" || step.step === "judged"
						? null
						: deedLines(t, step).map((line) => (
								<li key={line.key}>
									{line.who === "" ? null : <strong>{line.who}</strong>}
									<span>{line.text}</span>
									{line.at === step.at || line.key === "more" ? null : (
										<span className="figures quiet">{momentText(step.step, line.at)}</span>
									)}
								</li>
							))}
				</ul>
			</td>
			<td>
				<Due step={step} now={answer.now} />
			</td>
		</tr>
	);
}

/** What the records of the machine add to a step. */
function Facts({ step, answer }: StepProps): ReactElement | null {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const { reading, device, raised } = answer;
	if (step.step === "measured" && reading === null) return <p className="quiet">{t("chain.noReading")}</p>;
	if (step.step === "measured" && reading !== null) {
		const asset = raised.asset === null ? undefined : catalogue.find(raised.asset);
		const measure = asset?.kind.measures.find(({ id }) => id === reading.measure);
		const value = reading.value === null ? "–" : withUnit(reading.value.toFixed(measure?.decimals ?? 2), reading.unit);
		const from = device.map(({ door, address }) => t("chain.device", { door: door.toUpperCase(), address })).join("；");
		return (
			<p>
				<strong>{value}</strong> {t("chain.quality", { quality: t(`asset.quality.${reading.quality}`) })}
				<span className="quiet">　{from === "" ? t("chain.noDevice") : from}</span>
			</p>
		);
	}
	if (step.step === "judged") {
		const limit = limitOf(catalogue, raised);
		const { against, unit } = alarmFigures(raised, measureOf(catalogue, raised), limit, languageNow());
		const by = answer.rule?.limit.setBy ?? DEFAULT;
		return (
			<p>
				{t("chain.rule", { rule: raised.rule })}
				{against === "" ? "" : `　${t("chain.limit", { limit: withUnit(against, unit) })}`}
				<span className="quiet">　{by === DEFAULT ? t("chain.setDefault") : t("chain.setBy", { by })}</span>
			</p>
		);
	}
	if (step.step === "received" && reading !== null)
		return <p>{t("chain.delay", { time: spanText(Math.max(0, reading.receivedAt - reading.at)) })}</p>;
	if (step.step === "shown" && step.deeds.length > 0)
		return <p>{t("chain.screens", { count: new Set(step.deeds.map(({ text }) => text)).size })}</p>;
	return null;
}

function Due({ step, now }: { readonly step: ChainStep; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const { dueAt, lateMs, state, at } = step;
	if (dueAt === null) return <span className="quiet">{t("chain.noDeadline")}</span>;
	return (
		<>
			<span className="figures">{t("chain.due", { time: momentText(step.step, dueAt) })}</span>
			<span className="chain-word">
				{t(`chain.state.${state}`)}
				{lateMs === null ? "" : `　${t("chain.late", { time: spanText(lateMs) })}`}
				{state === "waiting" && at === null ? `　${t("chain.left", { time: spanText(dueAt - now) })}` : ""}
			</span>
		</>
	);
}

/** Full: done. Half: done late. Empty with a bar: overdue. Empty: waits. Dash: nothing asks for it. */
function StateMark({ state }: { readonly state: StepState }): ReactElement {
	return (
		<svg className="chain-mark" viewBox="-8 -8 16 16" aria-hidden="true">
			{state === "absent" ? <path d="M-4 0h8" className="line" /> : <circle r="5.5" className="ring" />}
			{state === "done" ? <circle r="5.5" className="fill" /> : null}
			{state === "late" ? <path d="M0 -5.5a5.5 5.5 0 0 1 0 11z" className="fill" /> : null}
			{state === "overdue" ? <path d="M0 -3v3.4M0 2.6v.2" className="line" /> : null}
		</svg>
	);
}
