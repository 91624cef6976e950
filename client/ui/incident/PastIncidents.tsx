// Incidents long over (往期), by the day on which they ended, asked of the archive when somebody wants them. A row leads to the page of the
// incident, which can still be read and printed.
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { KEPT_DAYS } from "#model/archive.ts";
import { isProblem } from "#model/problem.ts";
import { askPast, type PastAsked } from "../../live/archive.ts";
import { useNow } from "../live_context.ts";
import { Loading } from "../parts/Loading.tsx";
import { problemText } from "../parts/problem_text.ts";
import { IncidentRow } from "./IncidentRow.tsx";

export function PastIncidents(): ReactElement {
	const { t } = useTranslation();
	const [asked, setAsked] = useState<PastAsked | null>(null);
	return (
		<section aria-labelledby="past-title" className="past-incidents" data-past>
			<h3 id="past-title">{t("incident.past.title")}</h3>
			<form
				className="past-ask"
				onSubmit={(event) => {
					event.preventDefault();
					const given = new FormData(event.currentTarget);
					setAsked({ from: String(given.get("from") ?? ""), to: String(given.get("to") ?? "") });
				}}
			>
				<label>
					{t("incident.past.from")} <input type="date" name="from" />
				</label>
				<label>
					{t("incident.past.to")} <input type="date" name="to" />
				</label>
				<button type="submit" className="button">
					{t("incident.past.ask")}
				</button>
				<span className="quiet">{t("incident.past.note", { days: KEPT_DAYS })}</span>
			</form>
			{asked === null ? null : <Found asked={asked} />}
		</section>
	);
}

function Found({ asked }: { readonly asked: PastAsked }): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const query = useInfiniteQuery({
		queryKey: ["past", asked.from, asked.to],
		queryFn: ({ pageParam, signal }) => askPast(asked, pageParam, signal),
		initialPageParam: null as string | null,
		getNextPageParam: (last) => (isProblem(last) ? null : last.next),
	});
	const pages = query.data?.pages ?? [];
	const trouble = pages.find(isProblem);
	const entries = pages.flatMap((page) => (isProblem(page) ? [] : page.entries));
	const damaged = pages.reduce((sum, page) => sum + (isProblem(page) ? 0 : page.damaged), 0);
	if (query.isPending) return <Loading word={t("incident.loading")} />;
	return (
		<>
			{trouble === undefined ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, trouble)}
				</p>
			)}
			{trouble === undefined && entries.length === 0 ? <p className="quiet">{t("incident.past.none")}</p> : null}
			{damaged === 0 ? null : <p className="form-problem">{t("incident.past.damaged", { count: damaged })}</p>}
			<ul>
				{entries.map((entry) => (
					<IncidentRow key={entry.id} entry={entry} now={now} isOffer={false} />
				))}
			</ul>
			{query.hasNextPage ? (
				<button
					type="button"
					className="button"
					disabled={query.isFetchingNextPage}
					onClick={() => void query.fetchNextPage().catch(reportError)}
				>
					{t("incident.past.more")}
				</button>
			) : null}
		</>
	);
}
