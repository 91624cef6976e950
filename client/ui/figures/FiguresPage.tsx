// How good the alarms themselves are: load, floods, mix, times, and the worst offenders, each with its target and where that comes
// from (ISA-18.2, IEC 62682, EEMUA 191). One sheet to read and to print; no dials.
import { useQuery } from "@tanstack/react-query";
import { Printer } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { dayText, numberText } from "../../live/format.ts";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { TopBand } from "../duty/TopBand.tsx";
import { useChange, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { Guard } from "../parts/Guard.tsx";
import { problemText } from "../parts/problem_text.ts";
import { Veil } from "../parts/Veil.tsx";
import { AcknowledgeTimes } from "./AcknowledgeTimes.tsx";
import { FiguresAsk, useAsked } from "./FiguresAsk.tsx";
import { FigureTable } from "./FigureTable.tsx";
import { type Asked, askFigures, type FiguresAnswer } from "./figures_answer.ts";
import { LoadHistogram } from "./LoadHistogram.tsx";
import { Mix } from "./Mix.tsx";
import { Offenders } from "./Offenders.tsx";
import "../../style/figures.css";
import "../../style/figures_lists.css";

const AGAIN_MS = 60_000;

export function FiguresPage(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [asked, setAsked] = useAsked();
	useChange(live.wire.change);
	usePaper();
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
		<div className="figures-page">
			<Guard name="top">
				<TopBand />
			</Guard>
			<main className="sheet" aria-busy={query.isFetching}>
				<header className="sheet-head">
					<h2>{t("figures.title")}</h2>
					<FiguresAsk asked={asked} onAsk={setAsked} />
					<button type="button" className="button no-print" onClick={() => window.print()}>
						<Printer size="1em" aria-hidden="true" />
						{t("figures.print")}
					</button>
				</header>
				{told === undefined ? (
					<Waiting />
				) : isProblem(told) ? (
					<p className="form-problem" role="alert">
						{problemText(t, told)}　{told.detail ?? ""}
					</p>
				) : (
					<Sheet figures={told} asked={asked} />
				)}
			</main>
			<Veil />
		</div>
	);
}

function Waiting(): ReactElement {
	const { t } = useTranslation();
	return (
		<div className="alarm-loading" role="status">
			<span className="hidden-text">{t("figures.loading")}</span>
			<span className="skeleton" style={{ width: "70%" }} />
			<span className="skeleton" style={{ width: "90%" }} />
			<span className="skeleton" style={{ width: "55%" }} />
		</div>
	);
}

function Sheet({ figures, asked }: { readonly figures: FiguresAnswer; readonly asked: Asked }): ReactElement {
	const { t } = useTranslation();
	const { load, flood } = figures;
	return (
		<>
			<p className="sheet-span quiet">
				{t("figures.span", { from: dayText(figures.from), to: dayText(figures.to) })}
				{"　"}
				{asked.district === null ? t("figures.whole") : placeName(asked.district)}
				{"　"}
				{t("figures.perOperator", { count: figures.operators })}
				{figures.cut ? <strong>　{t("figures.cut")}</strong> : null}
			</p>
			<p className="sheet-word">
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
			<div className="sheet-two">
				<FigureTable figures={figures} />
				<div>
					<Mix figures={figures} />
					<AcknowledgeTimes figures={figures} />
				</div>
			</div>
			<Offenders figures={figures} />
			<p className="quiet small sheet-foot">{t("figures.foot")}</p>
		</>
	);
}

/** Printed by day whatever the desk's theme. */
function usePaper(): void {
	useEffect(() => {
		const toPaper = (): void => setTheme("day");
		const back = (): void => setTheme(chosenTheme());
		window.addEventListener("beforeprint", toPaper);
		window.addEventListener("afterprint", back);
		return () => {
			window.removeEventListener("beforeprint", toPaper);
			window.removeEventListener("afterprint", back);
		};
	}, []);
}
