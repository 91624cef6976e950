// The rule that judged: its name, threshold, clause, how sure its source is, since when it holds and who set it; and whether it has been
// changed since.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Measure } from "#model/measure.ts";
import { civilDay } from "../../live/civil.ts";
import type { ChainAnswer } from "../../live/contacts.ts";
import { ruleLevels, ruleManner } from "../duty/rule_text.ts";
import { DEFAULT, momentText } from "./chain_words.ts";

interface RuleProps {
	readonly answer: ChainAnswer;
	readonly measure: Measure | null;
}

export function ChainRule({ answer: { rule, raised }, measure }: RuleProps): ReactElement {
	const { t } = useTranslation();
	return (
		<section className="chain-rule">
			<h2>{t("chain.rule", { rule: raised.rule })}</h2>
			{rule === null ? null : (
				<>
					<p>
						{ruleLevels(t, rule.limit, measure).map(({ severity, text }) => (
							<span key={severity} className="chain-limit">
								{t(`level.${severity}`)} {text}
							</span>
						))}
						{rule.isOwn ? <span className="tag">{t("chain.own")}</span> : null}
					</p>
					<p className="quiet">{ruleManner(t, rule.limit, measure)}</p>
				</>
			)}
			<p>
				{rule === null
					? raised.clause
					: `${rule.limit.source.standard}${rule.limit.source.clause === "" ? "" : `，${rule.limit.source.clause}`}`}
				{rule === null ? null : <span className="tag">{t(`asset.confidence.${rule.limit.source.confidence}`)}</span>}
			</p>
			{rule === null ? null : (
				<p className="quiet">
					{rule.limit.setBy === DEFAULT ? t("chain.setDefault") : t("chain.setBy", { by: rule.limit.setBy })}
					{rule.limit.validFrom === null
						? ""
						: `　${t("chain.since", { time: `${civilDay(rule.limit.validFrom)} ${momentText(null, rule.limit.validFrom)}` })}`}
				</p>
			)}
			{rule !== null && !rule.isSame ? <p role="note">{t("chain.changed")}</p> : null}
		</section>
	);
}
