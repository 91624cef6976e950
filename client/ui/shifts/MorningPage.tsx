// /duty/morning: the morning brief as one sheet, on the screen and on A4. Always in the day theme: it is a paper. Big figures first, then
// small multiples; every figure with the number of its source.
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronLeft, ChevronRight, FileDown, Printer } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Brief } from "#model/brief.ts";
import { isProblem } from "#model/problem.ts";
import { askBrief } from "../../live/shifts.ts";
import { setTheme } from "../../style/theme.ts";
import { Guard } from "../parts/Guard.tsx";
import { problemText } from "../parts/problem_text.ts";
import { BriefSheet } from "./BriefSheet.tsx";
import "../../style/brief.css";
import "../../style/brief_parts.css";

setTheme("day");

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
	useEffect(() => {
		document.title = t("brief.title");
		document.body.classList.add("paged");
		return () => document.body.classList.remove("paged");
	}, [t]);
	const { data } = query;
	const choose = (chosen: string): void => {
		setDate(chosen);
		history.replaceState(null, "", `?date=${chosen}`);
	};
	return (
		<div className="brief-page">
			<Bar brief={data === undefined || isProblem(data) ? null : data} asked={date} onDate={choose} />
			<Guard name="brief">
				{data === undefined ? (
					<main className="brief-sheet" aria-busy="true">
						<p className="quiet">{t("brief.loading")}</p>
					</main>
				) : isProblem(data) ? (
					<main className="brief-sheet">
						<h1>{t("brief.title")}</h1>
						<p role="alert">
							{problemText(t, data)} {data.detail === undefined ? null : <span className="quiet">{data.detail}</span>}
						</p>
					</main>
				) : (
					<BriefSheet brief={data} />
				)}
			</Guard>
		</div>
	);
}

function dateOfAddress(): string | null {
	const date = new URLSearchParams(location.search).get("date");
	return date !== null && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : null;
}

interface BarProps {
	readonly brief: Brief | null;
	readonly asked: string | null;
	onDate(date: string): void;
}

function Bar({ brief, asked, onDate }: BarProps): ReactElement {
	const { t } = useTranslation();
	const shown = brief?.date ?? asked;
	const beside = (days: number): string =>
		new Date(Date.parse(`${shown}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
	// The next morning has not come while this one is the newest.
	const isNewest = brief !== null && brief.madeAt - brief.to < DAY_MS;
	return (
		<nav className="brief-bar" aria-label={t("brief.title")}>
			<a className="button" href="/duty">
				<ArrowLeft size="1em" aria-hidden="true" />
				{t("brief.back")}
			</a>
			<span className="brief-days">
				<button type="button" className="button" disabled={shown === null} onClick={() => onDate(beside(-1))}>
					<ChevronLeft size="1em" aria-hidden="true" />
					{t("brief.previous")}
				</button>
				<span className="figures">{shown ?? ""}</span>
				<button
					type="button"
					className="button"
					disabled={shown === null || isNewest}
					onClick={() => onDate(beside(1))}
				>
					{t("brief.next")}
					<ChevronRight size="1em" aria-hidden="true" />
				</button>
			</span>
			<span className="brief-papers">
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
				<button type="button" className="button primary" onClick={() => window.print()}>
					<Printer size="1em" aria-hidden="true" />
					{t("brief.print")}
				</button>
			</span>
		</nav>
	);
}
