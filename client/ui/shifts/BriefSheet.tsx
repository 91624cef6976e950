// The sheet of the morning brief. It shows what the server counted and counts nothing itself; the little number behind a heading is that of
// its source at the foot.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { type Brief, changeOf, type Trend } from "#model/brief.ts";
import { ageText, dayText } from "../../live/format.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { SheetHead } from "../parts/Sheet.tsx";
import { Bars } from "./Bars.tsx";
import { SourceMark } from "./SourceMark.tsx";
import { SupplyPart } from "./SupplyPart.tsx";

const LONGEST_SHOWN = 4;
const TITLES_SHOWN = 3;

interface PartProps {
	readonly brief: Brief;
}

export function BriefSheet({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	return (
		<>
			<SheetHead>
				<div>
					<p>{brief.area}</p>
					<h1>{t("brief.title")}</h1>
				</div>
				<p className="brief-date figures">
					{brief.date}
					<span>{t("brief.span", { from: dayText(brief.from), to: dayText(brief.to) })}</span>
				</p>
			</SheetHead>
			<Figures brief={brief} />
			{brief.alarms.cut ? <p role="status">{t("brief.cut")}</p> : null}
			<Cities brief={brief} />
			<div className="brief-columns">
				<Systems brief={brief} />
				<Longest brief={brief} />
			</div>
			<SupplyPart brief={brief} />
			<div className="brief-columns">
				<Weather brief={brief} />
				<div>
					<Incidents brief={brief} />
					<OpenNow brief={brief} />
				</div>
			</div>
			<footer className="sheet-foot brief-foot">
				<p>
					{brief.demo ? `${t("brief.demo")}　` : ""}
					{t("brief.made", { time: dayText(brief.madeAt) })}
				</p>
				<ol aria-label={t("brief.sources")}>
					{brief.sources.map(({ id, route }) => (
						<li key={id}>
							{t(`brief.source.${id}`)} <code>{route}</code>
						</li>
					))}
				</ol>
			</footer>
		</>
	);
}

function Change({ trend }: { readonly trend: Trend }): ReactElement {
	const { t } = useTranslation();
	const percent = changeOf(trend);
	if (trend.mean === null || percent === null) return <>{t("brief.noMean")}</>;
	const words =
		percent === 0 ? t("brief.same") : t(percent > 0 ? "brief.up" : "brief.down", { percent: Math.abs(percent) });
	return (
		<>
			{words}　{t("brief.mean", { mean: trend.mean.toFixed(1) })}
		</>
	);
}

function Figures({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	const { alarms } = brief;
	return (
		<section className="brief-figures">
			<div className="brief-big">
				<h2>
					{t("brief.alarms")}
					<SourceMark brief={brief} id="alarms" />
				</h2>
				<p className="figures brief-number">{alarms.total.count}</p>
				<p>
					<Change trend={alarms.total} />
				</p>
			</div>
			{alarms.levels.map(({ level, trend }) => (
				<div key={level}>
					<h2>
						<LevelMark state={level} size={1.1} /> {t(`level.${level}`)}
					</h2>
					<p className="figures brief-number">{trend.count}</p>
					<Bars trend={trend} height={26} />
				</div>
			))}
			<div>
				<h2>{t("brief.cleared")}</h2>
				<p className="figures brief-number">{alarms.cleared}</p>
				<p>
					{t("brief.unseen")} {ageText(alarms.unacknowledgedMs)}
				</p>
			</div>
		</section>
	);
}

function Cities({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	const most = Math.max(1, ...brief.alarms.cities.flatMap(({ trend }) => trend.days.map((day) => day ?? 0)));
	return (
		<section>
			<h2>
				{t("brief.cities")}
				<SourceMark brief={brief} id="alarms" />
			</h2>
			<div className="brief-cities">
				{brief.alarms.cities.map(({ district, name, levels, trend }) => {
					const worst = levels.reduce<number>((found, count, n) => (count > 0 ? n + 1 : found), 0);
					return (
						<div key={district}>
							<p>
								{worst >= 3 ? <LevelMark state={worst} size={0.85} /> : null} {name}
								<span className="figures">{trend.count}</span>
							</p>
							<Bars trend={trend} height={22} most={most} />
						</div>
					);
				})}
			</div>
		</section>
	);
}

function Systems({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	const shown = brief.alarms.systems.filter(({ trend }) => trend.count > 0 || (trend.mean ?? 0) > 0);
	return (
		<section>
			<h2>
				{t("brief.systems")}
				<SourceMark brief={brief} id="alarms" />
			</h2>
			<ul className="brief-rows">
				{shown.map(({ system, name, trend }) => (
					<li key={system}>
						<span>{name}</span>
						<Bars trend={trend} height={16} />
						<span className="figures">{trend.count}</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function Longest({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	return (
		<section>
			<h2>
				{t("brief.longest")}
				<SourceMark brief={brief} id="longest" />
			</h2>
			{brief.longest.length === 0 ? <p>{t("brief.longestNone")}</p> : null}
			<ul className="brief-longest">
				{brief.longest.slice(0, LONGEST_SHOWN).map(({ alarm, where, severity, raisedAt, waitedMs, acknowledged }) => (
					<li key={`${alarm} ${raisedAt}`}>
						<LevelMark state={severity} size={1} />
						<span>
							{where}
							<small>
								{dayText(raisedAt)}
								{acknowledged ? "" : `　${t("brief.nobody")}`}
							</small>
						</span>
						<span className="figures">{ageText(waitedMs)}</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function Weather({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	const known = brief.weather.filter(({ low }) => low !== null);
	return (
		<section>
			<h2>
				{t("brief.weather")}
				<SourceMark brief={brief} id="weather" />
			</h2>
			{known.length === 0 ? <p>{t("brief.noWeather")}</p> : null}
			<div className="brief-weather">
				{known.map(({ district, name, low, rain }) => (
					<p key={district}>
						{name}
						<span className="figures">{`${(low ?? 0).toFixed(0).replace("-", "−")}°`}</span>
						{(rain ?? 0) >= 0.1 ? <small>{t("brief.rain", { mm: (rain ?? 0).toFixed(1) })}</small> : null}
					</p>
				))}
			</div>
		</section>
	);
}

function Incidents({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	const { opened, closed, open } = brief.incidents;
	return (
		<section>
			<h2>
				{t("brief.incidents")}
				<SourceMark brief={brief} id="incidents" />
			</h2>
			<p className="brief-three">
				{(
					[
						["opened", opened],
						["closed", closed],
						["standing", open],
					] as const
				).map(([key, list]) => (
					<span key={key}>
						{t(`brief.${key}`)} <b className="figures">{list.length}</b>
					</span>
				))}
			</p>
			{open.length === 0 ? <p>{t("brief.noIncidents")}</p> : null}
			<ul className="brief-longest">
				{open.slice(0, TITLES_SHOWN).map(({ id, title, level, where, openedAt }) => (
					<li key={id}>
						<LevelMark state={level} size={1} />
						<span>
							{title}
							<small>
								{where}　{dayText(openedAt)}
							</small>
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function OpenNow({ brief }: PartProps): ReactElement {
	const { t } = useTranslation();
	return (
		<section>
			<h2>
				{t("brief.open")}
				<SourceMark brief={brief} id="open" /> <small>{t("brief.openAt", { time: dayText(brief.open.at) })}</small>
			</h2>
			<p className="brief-three">
				{brief.open.levels.map(({ level, count, unseen }) => (
					<span key={level}>
						<LevelMark state={level} size={1} /> <b className="figures">{count}</b>
						{unseen === null || unseen === 0 ? null : <small>{t("brief.unacknowledged", { count: unseen })}</small>}
					</span>
				))}
			</p>
		</section>
	);
}
