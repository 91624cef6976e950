// The worst offenders: the ten alarms that came most often as a Pareto with what they make up together, and those that chatter,
// flee or have stood for more than a day. Each leads to its place on the desk.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Named } from "#model/alarm_figures.ts";
import { ageText, numberText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import type { FiguresAnswer, NamedAlarm } from "./figures_answer.ts";
import { paretoOf } from "./figures_view.ts";

const LISTED = 10;

export function Offenders({ figures }: { readonly figures: FiguresAnswer }): ReactElement {
	const { t } = useTranslation();
	const byId = new Map(figures.alarms.map((alarm) => [alarm.id, alarm]));
	const bars = paretoOf(figures.top, figures.told);
	return (
		<div className="offenders">
			<figure className="pareto">
				<figcaption>{t("figures.top.title")}</figcaption>
				{bars.length === 0 ? <p className="quiet">{t("figures.top.none")}</p> : null}
				<ol>
					{bars.map(({ alarm, count, share, together }) => (
						<li key={alarm}>
							<Name alarm={byId.get(alarm)} id={alarm} />
							<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
								<rect className="mix-bar" width={share * 100} height="10" />
								<line className="pareto-together" x1={together * 100} x2={together * 100} y1="0" y2="10" />
							</svg>
							<span className="figures">{numberText(count, 0)}</span>
							<span className="figures quiet">
								{t("figures.top.together", { share: numberText(together * 100, 1) })}
							</span>
						</li>
					))}
				</ol>
				<p className="quiet small">{t("figures.top.note")}</p>
			</figure>
			<Short name="chattering" list={figures.chattering} all={figures.counts.chattering} byId={byId} />
			<Short name="fleeting" list={figures.fleeting} all={figures.counts.fleeting} byId={byId} />
			<Short name="stale" list={figures.stale} all={figures.counts.stale} byId={byId} isTime />
		</div>
	);
}

interface ShortProps {
	readonly name: "chattering" | "fleeting" | "stale";
	readonly list: readonly Named[];
	readonly all: number;
	readonly byId: ReadonlyMap<string, NamedAlarm>;
	readonly isTime?: boolean;
}

function Short({ name, list, all, byId, isTime = false }: ShortProps): ReactElement {
	const { t } = useTranslation();
	return (
		<section className="short">
			<h3>
				{t(`figures.of.${name}`)} <span className="figures quiet">{all}</span>
			</h3>
			{all === 0 ? <p className="quiet">{t("figures.top.none")}</p> : null}
			<ol>
				{list.slice(0, LISTED).map(({ alarm, count }) => (
					<li key={alarm}>
						<Name alarm={byId.get(alarm)} id={alarm} />
						<span className="figures">{isTime ? ageText(count) : numberText(count, 0)}</span>
					</li>
				))}
			</ol>
			{all > LISTED ? <p className="quiet small">{t("figures.top.more", { count: all - LISTED })}</p> : null}
		</section>
	);
}

function Name({ alarm, id }: { readonly alarm: NamedAlarm | undefined; readonly id: string }): ReactElement {
	const { catalogue } = useLive();
	useChange(catalogue.change);
	if (alarm === undefined) return <span className="offender">{id}</span>;
	const measure =
		alarm.asset === null
			? undefined
			: catalogue.find(alarm.asset)?.kind.measures.find(({ id: one }) => one === alarm.measure);
	const href =
		alarm.asset === null ? `/duty?alarm=${encodeURIComponent(id)}` : `/duty?asset=${encodeURIComponent(alarm.asset)}`;
	return (
		<a className="offender" href={href}>
			<LevelMark state={alarm.severity} size={0.85} bare />
			<span>
				{measure === undefined ? "" : `${measure.name[languageNow()]}　`}
				<span className="quiet">{placeName(alarm.district)}</span> {alarm.name}
			</span>
		</a>
	);
}
