// How good the alarms themselves are: load, floods, mix, times, and the worst offenders, each with its target and where that comes
// from (ISA-18.2, IEC 62682, EEMUA 191). One sheet to read and to print; no dials.
import { useQuery } from "@tanstack/react-query";
import { Printer } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { dayText, numberText } from "../../live/format.ts";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Loading } from "../parts/Loading.tsx";
import { problemText } from "../parts/problem_text.ts";
import { Room, RoomHead } from "../parts/Room.tsx";
import { AcknowledgeTimes } from "./AcknowledgeTimes.tsx";
import { FiguresAsk, useAsked } from "./FiguresAsk.tsx";
import { FigureTable } from "./FigureTable.tsx";
import { type Asked, askFigures, type FiguresAnswer } from "./figures_answer.ts";
import { LoadHistogram } from "./LoadHistogram.tsx";
import { Mix } from "./Mix.tsx";
import { Offenders } from "./Offenders.tsx";
import "../../style/figures.css";
import "../../style/figures_lists.css";
import "../../style/sheet.css";

const AGAIN_MS = 60_000;

export function FiguresPage(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [asked, setAsked] = useAsked();
	useChange(live.wire.change);
	const query = useQuery({
		queryKey: ["figures", asked],
		queryFn: ({ signal }) => askFigures(asked, live.now(), signal),
		// The span ends at the server's now.
		enabled: live.wire.hello !== null,
		refetchInterval: AGAIN_MS,
		placeholderData: (before) => before,
	});
	const told = query.data;
	return (
		<Room name="figures-page" title={t("figures.title")} scrolls isBusy={query.isFetching}>
			<RoomHead title={t("figures.title")}>
				<FiguresAsk asked={asked} onAsk={setAsked} />
				<button type="button" className="button no-print" onClick={() => window.print()}>
					<Printer size="1em" aria-hidden="true" />
					{t("sheet.print")}
				</button>
			</RoomHead>
			{told === undefined ? (
				<Loading word={t("figures.loading")} lines={[70, 90, 55]} />
			) : isProblem(told) ? (
				<p className="form-problem" role="alert">
					{problemText(t, told)}　{told.detail ?? ""}
				</p>
			) : (
				<Told figures={told} asked={asked} />
			)}
		</Room>
	);
}

function Told({ figures, asked }: { readonly figures: FiguresAnswer; readonly asked: Asked }): ReactElement {
	const { t } = useTranslation();
	const { load, flood } = figures;
	return (
		<>
			<p className="figures-span quiet">
				{t("figures.span", { from: dayText(figures.from), to: dayText(figures.to) })}
				{"　"}
				{asked.district === null ? t("figures.whole") : placeName(asked.district)}
				{"　"}
				{t("figures.perOperator", { count: figures.operators })}
				{figures.cut ? <strong>　{t("figures.cut")}</strong> : null}
			</p>
			<p className="figures-word">
				{figures.told === 0
					? t("figures.none")
					: t("figures.sentence", {
							told: numberText(figures.told, 0),
							mean: numberText(load.mean, 2),
							peak: numberText(load.peak, 0),
							flood: numberText(flood.share * 100, 1),
						})}
			</p>
			<LoadHistogram figures={figures} />
			<div className="figures-two">
				<FigureTable figures={figures} />
				<div>
					<Mix figures={figures} />
					<AcknowledgeTimes figures={figures} />
				</div>
			</div>
			<Offenders figures={figures} />
			<p className="quiet small">{t("figures.foot")}</p>
		</>
	);
}
