// /duty/morning: the morning brief as one sheet. Big figures first, then small multiples; every figure with the number of its source.
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, FileDown } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Brief } from "#model/brief.ts";
import { isProblem } from "#model/problem.ts";
import { askBrief } from "../../live/shifts.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { BriefSheet } from "./BriefSheet.tsx";
import "../../style/brief.css";
import "../../style/brief_parts.css";

/** What is open now moves; the rest stands. */
const AGAIN_MS = 120_000;
const DAY_MS = 86_400_000;

export function MorningPage(): ReactElement {
	const { t } = useTranslation();
	const [date, setDate] = useState<string | null>(dateOfAddress);
	const query = useQuery({
		queryKey: ["brief", date],
		queryFn: ({ signal }) => askBrief(date, signal),
		refetchInterval: AGAIN_MS,
	});
	const { data } = query;
	const choose = (chosen: string): void => {
		setDate(chosen);
		history.replaceState(null, "", `?date=${chosen}`);
	};
	const brief = data === undefined || isProblem(data) ? null : data;
	const shown = brief?.date ?? date;
	return (
		<Sheet
			name="brief-page"
			title={shown === null ? t("brief.title") : `${t("brief.title")} ${shown}`}
			heading={t("brief.title")}
			loading={t("brief.loading")}
			answer={data}
			choice={<Days brief={brief} shown={shown} onDate={choose} />}
			files={<Files shown={shown} />}
		>
			{(told) => <BriefSheet brief={told} />}
		</Sheet>
	);
}

function dateOfAddress(): string | null {
	const date = new URLSearchParams(location.search).get("date");
	return date !== null && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : null;
}

interface DaysProps {
	readonly brief: Brief | null;
	readonly shown: string | null;
	onDate(date: string): void;
}

function Days({ brief, shown, onDate }: DaysProps): ReactElement {
	const { t } = useTranslation();
	const beside = (days: number): string =>
		new Date(Date.parse(`${shown}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
	// The next morning has not come while this one is the newest.
	const isNewest = brief !== null && brief.madeAt - brief.to < DAY_MS;
	return (
		<span className="sheet-group">
			<button type="button" className="button" disabled={shown === null} onClick={() => onDate(beside(-1))}>
				<ChevronLeft size="1em" aria-hidden="true" />
				{t("brief.previous")}
			</button>
			<span className="figures">{shown ?? ""}</span>
			<button type="button" className="button" disabled={shown === null || isNewest} onClick={() => onDate(beside(1))}>
				{t("brief.next")}
				<ChevronRight size="1em" aria-hidden="true" />
			</button>
		</span>
	);
}

function Files({ shown }: { readonly shown: string | null }): ReactElement {
	return (
		<>
			{(["docx", "pdf"] as const).map((form) => (
				<a
					key={form}
					className="button"
					href={`/api/brief.${form}${shown === null ? "" : `?date=${shown}`}`}
					target="_blank"
					rel="noreferrer"
				>
					<FileDown size="1em" aria-hidden="true" />
					{form.toUpperCase()}
				</a>
			))}
		</>
	);
}
