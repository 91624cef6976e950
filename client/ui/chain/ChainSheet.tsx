// The sheet: what happened, the verdict in one line, the steps one below the other with their deadlines, the rule that judged, other
// records, who printed it. Nothing is filled in that is not on record.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ChainStep } from "#model/chain.ts";
import { civilDay } from "../../live/civil.ts";
import type { ChainAnswer } from "../../live/contacts.ts";
import { withUnit } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { limitOf, measureOf } from "../duty/alarm_rule.ts";
import { alarmFigures } from "../duty/alarm_view.ts";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { reasonOf } from "../parts/reason.ts";
import { SheetHead } from "../parts/Sheet.tsx";
import { ChainRule } from "./ChainRule.tsx";
import { ChainStepRow } from "./ChainStepRow.tsx";
import { lineOf, momentText } from "./chain_words.ts";

export function ChainSheet({ answer }: { readonly answer: ChainAnswer }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	useChange(live.wire.change);
	const { chain, alarm, raised, now } = answer;
	const user = live.wire.hello?.user ?? "";
	return (
		<>
			<SheetHead>
				<h1>{t("chain.sheet")}</h1>
				<p>
					{alarm.id} · {t("chain.occurrence", { count: chain.occurrence })}
					{live.wire.hello?.demo === true ? <strong className="tag">{t("demo")}</strong> : null}
				</p>
			</SheetHead>
			<Summary answer={answer} />
			<Verdict steps={chain.steps} />
			<table className="chain-steps">
				<thead>
					<tr>
						<th scope="col">{t("chain.column.step")}</th>
						<th scope="col">{t("chain.column.at")}</th>
						<th scope="col">{t("chain.column.what")}</th>
						<th scope="col">{t("chain.column.due")}</th>
					</tr>
				</thead>
				<tbody>
					{chain.steps.map((step) => (
						<ChainStepRow key={step.step} step={step} answer={answer} />
					))}
				</tbody>
			</table>
			<ChainRule answer={answer} measure={measureOf(live.catalogue, raised)} />
			{chain.others.length === 0 ? null : (
				<section className="chain-others">
					<h2>{t("chain.others")}</h2>
					<ol>
						{chain.others.map((deed, index) => {
							const line = lineOf(t, deed, String(index));
							return (
								<li key={line.key}>
									<span className="figures">
										{civilDay(line.at)} {momentText(null, line.at)}
									</span>
									<span>{line.who}</span>
									<span>{line.text}</span>
								</li>
							);
						})}
					</ol>
				</section>
			)}
			<footer className="sheet-foot">
				{t("unit")} · {t("product")}　{t("chain.made", { time: `${civilDay(now)} ${momentText(null, now)}`, user })}
			</footer>
		</>
	);
}

function Summary({ answer: { alarm, raised, chain, incidents } }: { readonly answer: ChainAnswer }): ReactElement {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const measure = measureOf(catalogue, raised);
	const limit = limitOf(catalogue, raised);
	const reason = reasonOf(t, raised, measure, limit, languageNow());
	const { value, against, unit } = alarmFigures(raised, measure, limit, languageNow());
	const lines: [string, ReactElement | string][] = [
		[
			"level",
			<span key="level" className="chain-level">
				<LevelMark state={chain.severity} size={1.25} />
				{t(`levelLong.${chain.severity}`)}
			</span>,
		],
		["what", `${raised.name}${measure === null ? "" : ` · ${measure.name[languageNow()]}`}`],
		["place", placeName(raised.district)],
		[
			"value",
			value === ""
				? reason.text
				: withUnit(value, unit) + (against === "" ? "" : `（${t("chain.limit", { limit: against })}）`),
		],
		["raised", `${civilDay(raised.raisedAt)} ${momentText(null, raised.raisedAt)}`],
		["state", alarm.active ? t("chain.active") : t("chain.cleared")],
		...incidents.map(({ id, no, title }): [string, ReactElement] => [
			"incident",
			<a key={id} href={`/duty/incidents/${id}`} title={title} data-chain-incident={id}>
				{no}
			</a>,
		]),
	];
	return (
		<dl className="chain-summary">
			{lines.map(([id, text], index) => (
				<div key={`${id} ${String(index)}`}>
					<dt>{t(`chain.summary.${id}`)}</dt>
					<dd>{text}</dd>
				</div>
			))}
		</dl>
	);
}

function Verdict({ steps }: { readonly steps: readonly ChainStep[] }): ReactElement {
	const { t } = useTranslation();
	const late = steps.filter(({ state }) => state === "late").length;
	const overdue = steps.filter(({ state }) => state === "overdue").length;
	const isGood = late + overdue === 0;
	const words = [
		...(overdue === 0 ? [] : [t("chain.overdueSteps", { count: overdue })]),
		...(late === 0 ? [] : [t("chain.lateSteps", { count: late })]),
	];
	return (
		<p className={`chain-verdict${isGood ? "" : " bad"}`} data-late={late} data-overdue={overdue}>
			{isGood ? t("chain.good") : words.join(t("chain.and"))}
		</p>
	);
}
