// /duty/chain/{alarm}: the chain of responsibility of one alarm as a sheet of paper, on the screen and printed on A4. Always in the
// day theme: it is a document. Asked again when the alarm or its log moves.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ArrowLeft, Printer } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { askChain, type ChainAnswer } from "../../live/contacts.ts";
import { setTheme } from "../../style/theme.ts";
import { useLive } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { problemText } from "../parts/problem_text.ts";
import { ChainSheet } from "./ChainSheet.tsx";
import "../../style/chain.css";
import "../../style/chain_steps.css";

setTheme("day");

/** While a step still waits its minutes run down. */
const AGAIN_MS = 20_000;

export function ChainPage(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const { alarm } = useParams({ strict: false }) as { readonly alarm: string };
	const [occurrence, setOccurrence] = useState<number | null>(null);
	const query = useQuery({
		queryKey: ["chain", alarm, occurrence],
		queryFn: ({ signal }) => askChain(alarm, occurrence, signal),
		refetchInterval: AGAIN_MS,
	});
	const { refetch } = query;
	useEffect(() => {
		const again = (): void => void refetch().catch(reportError);
		const stops = [
			live.register.change.subscribe(again),
			live.alarms.onNews((news) => {
				if (news.alarm.id === alarm) again();
			}),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}, [live, alarm, refetch]);
	useEffect(() => {
		document.title = `${t("chain.title")} ${alarm}`;
		document.body.classList.add("paged");
		return () => document.body.classList.remove("paged");
	}, [t, alarm]);
	const { data } = query;
	return (
		<div className="chain-page">
			<nav className="chain-bar" aria-label={t("chain.title")}>
				<a className="button" href="/duty">
					<ArrowLeft size="1em" aria-hidden="true" />
					{t("chain.back")}
				</a>
				{data === undefined || isProblem(data) ? null : <Occurrences answer={data} onChoose={setOccurrence} />}
				<button type="button" className="button primary" onClick={() => window.print()}>
					<Printer size="1em" aria-hidden="true" />
					{t("chain.print")}
				</button>
			</nav>
			<Guard name="chain">
				{data === undefined ? (
					<main className="chain-sheet" aria-busy="true">
						<p className="quiet">{t("chain.loading")}</p>
						<span className="skeleton" style={{ width: "60%" }} />
					</main>
				) : isProblem(data) ? (
					<main className="chain-sheet">
						<h1>{t("chain.sheet")}</h1>
						<p role="alert">{problemText(t, data)}</p>
					</main>
				) : (
					<ChainSheet answer={data} />
				)}
			</Guard>
		</div>
	);
}

interface OccurrencesProps {
	readonly answer: ChainAnswer;
	readonly onChoose: (occurrence: number) => void;
}

function Occurrences({ answer, onChoose }: OccurrencesProps): ReactElement | null {
	const { t } = useTranslation();
	if (answer.occurrences.length < 2) return null;
	return (
		<label className="chain-choose">
			{t("chain.choose")}
			<select value={answer.chain.occurrence} onChange={(event) => onChoose(Number(event.target.value))}>
				{[...answer.occurrences].reverse().map((one) => (
					<option key={one} value={one}>
						{t("chain.occurrence", { count: one })}
					</option>
				))}
			</select>
		</label>
	);
}
