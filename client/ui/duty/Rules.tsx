// The rules that judge this asset, in words, with clause and confidence; those of the chosen channel first.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Limit } from "#model/limit.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { languageNow } from "../../text/text.ts";
import { useLive } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { ruleLevels, ruleManner } from "./rule_text.ts";

export function Rules({
	asset,
	measureId,
}: {
	readonly asset: PageAsset;
	readonly measureId: string | null;
}): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const limits = [...live.catalogue.limitsOf(asset)].sort(
		(a, b) => Number(b.measure === measureId) - Number(a.measure === measureId),
	);
	return (
		<section className="block">
			<h3>{t("asset.rules")}</h3>
			{limits.length === 0 ? <p className="quiet">{t("asset.noLimits")}</p> : null}
			<ul className="rules">
				{limits.map((limit) => (
					<Rule key={limit.id} asset={asset} limit={limit} />
				))}
			</ul>
		</section>
	);
}

function Rule({ asset, limit }: { readonly asset: PageAsset; readonly limit: Limit }): ReactElement {
	const { t } = useTranslation();
	const measure = asset.kind.measures.find(({ id }) => id === limit.measure) ?? null;
	const manner = ruleManner(t, limit, measure);
	const isOwn = asset.limits.some(({ id }) => id === limit.id);
	return (
		<li className="rule">
			<p className="rule-line">
				<span className="rule-name">{measure?.name[languageNow()] ?? limit.measure}</span>
				{ruleLevels(t, limit, measure).map(({ severity, text }) => (
					<span key={severity} className="rule-level">
						<LevelMark state={severity} size={0.9} bare />
						<span className="figures">{text}</span>
					</span>
				))}
			</p>
			{manner === "" ? null : <p className="quiet small">{manner}</p>}
			<p className="rule-source small">
				{limit.source.standard}
				{limit.source.clause === "" ? "" : `，${limit.source.clause}`}
				<span className="tag" title={limit.source.confidence}>
					{t(`asset.confidence.${limit.source.confidence}`)}
				</span>
				{isOwn ? <span className="tag">{t("asset.own")}</span> : null}
			</p>
		</li>
	);
}
