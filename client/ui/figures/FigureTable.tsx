// Every figure in one line: what it is, how much, what it should be, who says so. Beyond its target it bears a mark and a word.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Target } from "#model/alarm_figures.ts";
import { numberText } from "../../live/format.ts";
import type { FiguresAnswer } from "./figures_answer.ts";
import { findTarget, isGood } from "./figures_view.ts";

interface Row {
	readonly id: string;
	readonly value: number;
	readonly target: Target["id"] | null;
	/** A share is shown in per cent. */
	readonly isShare?: boolean;
	readonly decimals?: number;
}

function rowsOf(figures: FiguresAnswer): readonly Row[] {
	const { load, flood, counts } = figures;
	return [
		{ id: "mean", value: load.mean, target: "load-mean", decimals: 2 },
		{ id: "perDay", value: load.perDay, target: "load-day", decimals: 0 },
		{ id: "peak", value: load.peak, target: "load-peak" },
		{ id: "quiet", value: load.quiet, target: null, isShare: true },
		{ id: "manageable", value: load.manageable, target: null, isShare: true },
		{ id: "floodShare", value: flood.share, target: "flood-share", isShare: true },
		{ id: "chattering", value: counts.chattering, target: "chattering" },
		{ id: "fleeting", value: counts.fleeting, target: "fleeting" },
		{ id: "stale", value: counts.stale, target: "stale" },
		{ id: "topShare", value: figures.topShare, target: "top-share", isShare: true },
		{ id: "hidden", value: figures.hidden, target: null },
		{ id: "aside", value: counts.shelved + counts.suppressed + counts.outOfService, target: null },
	];
}

export function FigureTable({ figures }: { readonly figures: FiguresAnswer }): ReactElement {
	const { t } = useTranslation();
	return (
		<table className="figure-table">
			<caption>{t("figures.table.title")}</caption>
			<thead>
				<tr>
					<th scope="col">{t("figures.table.what")}</th>
					<th scope="col">{t("figures.table.value")}</th>
					<th scope="col">{t("figures.table.target")}</th>
					<th scope="col">{t("figures.table.source")}</th>
				</tr>
			</thead>
			<tbody>
				{rowsOf(figures).map((row) => (
					<Line key={row.id} row={row} />
				))}
			</tbody>
		</table>
	);
}

function Line({ row }: { readonly row: Row }): ReactElement {
	const { t } = useTranslation();
	const target = row.target === null ? null : findTarget(row.target);
	const good = isGood(row.value, target);
	return (
		<tr className={good === false ? "beyond" : ""} data-figure={row.id}>
			<th scope="row">
				{t(`figures.of.${row.id}`)}
				<span className="quiet small">{t(`figures.means.${row.id}`)}</span>
			</th>
			<td className="figures">
				{shown(row.value, row)}
				{good === false ? <span className="beyond-mark">{t("figures.beyond")}</span> : null}
			</td>
			<td className="figures">
				{target === null ? "–" : `${t(`figures.${target.sense}`)} ${shown(target.value, row)}`}
			</td>
			<td className="quiet small">{target === null ? "" : sourceText(t, target)}</td>
		</tr>
	);
}

function shown(value: number, { isShare = false, decimals = 0 }: Row): string {
	return isShare ? `${numberText(value * 100, 1)}\u00a0%` : numberText(value, decimals);
}

function sourceText(t: (key: string) => string, { basis, source }: Target): string {
	return source === "" ? t(`figures.basis.${basis}`) : `${source}（${t(`figures.basis.${basis}`)}）`;
}
