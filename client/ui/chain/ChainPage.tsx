// /duty/chain/{alarm}: the chain of responsibility of one alarm as a sheet of paper. Asked again when the alarm or its log moves.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { askChain, type ChainAnswer } from "../../live/contacts.ts";
import { useLive } from "../live_context.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { ChainSheet } from "./ChainSheet.tsx";
import "../../style/chain.css";
import "../../style/chain_steps.css";

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
			live.register.logOf(`alarm:${alarm}`).subscribe(again),
			live.alarms.onNews((news) => {
				if (news.alarm.id === alarm) again();
			}),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}, [live, alarm, refetch]);
	const { data } = query;
	return (
		<Sheet
			name="chain-page"
			title={`${t("chain.title")} ${alarm}`}
			heading={t("chain.sheet")}
			loading={t("chain.loading")}
			answer={data}
			choice={data === undefined || isProblem(data) ? null : <Occurrences answer={data} onChoose={setOccurrence} />}
		>
			{(answer) => <ChainSheet answer={answer} />}
		</Sheet>
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
