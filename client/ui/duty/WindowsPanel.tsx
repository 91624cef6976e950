// Maintenance windows: a month at a time, the list with what each concerns, and the form that makes or changes one. What a window
// suppresses is decided by core; a red never is.
import { ChevronLeft, ChevronRight, Plus } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import { type MaintenanceWindow, spanAt } from "#model/window.ts";
import { dayText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useEntries, useLive, useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { problemText } from "../parts/problem_text.ts";
import { calendarOf, monthAt, monthFrom } from "./calendar.ts";
import { WindowForm } from "./WindowForm.tsx";

type WindowEntry = Entry<MaintenanceWindow>;

export function WindowsPanel(): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const may = useMay("window.edit");
	const entries = useEntries<MaintenanceWindow>("window");
	const [step, setStep] = useState(0);
	/** Open form: an entry to change, or the day of a new one. */
	const [form, setForm] = useState<{ readonly entry: WindowEntry | null; readonly from: number } | null>(null);
	const month = monthFrom(monthAt(now), step);
	const windows = entries.map(({ body }) => body);
	const weeks = calendarOf(month, windows, now);
	return (
		<>
			<section className="block calendar">
				<div className="calendar-head">
					<IconButton word={t("desk.windows.before")} icon={ChevronLeft} onClick={() => setStep(step - 1)} />
					<h3 className="figures">{t("desk.windows.month", { ...month })}</h3>
					<IconButton word={t("desk.windows.after")} icon={ChevronRight} onClick={() => setStep(step + 1)} />
					{may ? (
						<button
							type="button"
							className="button"
							onClick={() => setForm({ entry: null, from: now })}
							data-new-window
						>
							<Plus size="1em" aria-hidden="true" />
							{t("desk.windows.make")}
						</button>
					) : null}
				</div>
				<table>
					<caption className="hidden-text">{t("desk.aside.windows")}</caption>
					<thead>
						<tr>
							{WEEKDAYS.map((day) => (
								<th key={day} scope="col">
									{t(`desk.windows.day.${day}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{weeks.map((week) => (
							<tr key={week[0]?.from}>
								{week.map((day) => (
									<td
										key={day.from}
										className={`${day.isOfMonth ? "" : "other"}${day.isToday ? " today" : ""}`}
										aria-current={day.isToday ? "date" : undefined}
									>
										<span className="figures">{day.day}</span>
										{day.windows.map((which) => (
											<span key={which} className="day-window" title={windows[which]?.name}>
												{windows[which]?.name}
											</span>
										))}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</section>
			<WindowList entries={entries} now={now} onEdit={may ? (entry) => setForm({ entry, from: now }) : null} />
			{form === null ? null : <WindowForm {...form} onClose={() => setForm(null)} />}
		</>
	);
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

interface WindowListProps {
	readonly entries: readonly WindowEntry[];
	readonly now: number;
	readonly onEdit: ((entry: WindowEntry) => void) | null;
}

function WindowList({ entries, now, onEdit }: WindowListProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const ahead = entries.filter(({ body }) => body.to > now).sort((a, b) => a.body.from - b.body.from);
	const end = async (id: string): Promise<void> => {
		const answer = await live.acts.do("window.end", { id });
		setRefusal(isProblem(answer) ? answer : null);
	};
	return (
		<section className="block">
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, refusal)}
				</p>
			)}
			{ahead.length === 0 ? <p className="quiet">{t("desk.windows.none")}</p> : null}
			<ul className="window-list">
				{ahead.map((entry) => (
					<li key={entry.id} data-window={entry.id}>
						<strong>{entry.body.name}</strong>
						{spanAt(entry.body, now) === null ? null : <span className="tag">{t("desk.windows.now")}</span>}
						<span className="quiet window-when">
							<When window={entry.body} />
						</span>
						<span className="window-where">
							<Where window={entry.body} />
						</span>
						<span className="quiet">
							{entry.body.reason}　{entry.by}
						</span>
						{onEdit === null ? null : (
							<span className="window-acts">
								<button type="button" className="button" onClick={() => onEdit(entry)}>
									{t("desk.windows.change")}
								</button>
								<button type="button" className="button" onClick={() => void end(entry.id).catch(reportError)}>
									{t("desk.windows.end")}
								</button>
							</span>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

function When({ window }: { readonly window: MaintenanceWindow }): ReactElement {
	const { t } = useTranslation();
	const span = `${dayText(window.from)} – ${dayText(window.to)}`;
	const { weekly } = window;
	if (weekly === null) return <span className="figures">{span}</span>;
	const days = weekly.days.map((day) => t(`desk.windows.day.${day}`)).join(t("top.and"));
	return (
		<span className="figures">
			{t("desk.windows.weekly", { days, from: weekly.from, minutes: weekly.minutes })}　{span}
		</span>
	);
}

function Where({ window }: { readonly window: MaintenanceWindow }): ReactElement {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const systems = window.systems.map(
		(id) => catalogue.systems.find((system) => system.id === id)?.name[languageNow()] ?? id,
	);
	const assets = window.assets.map((id) => catalogue.find(id)?.record.name ?? id);
	const parts = [window.districts.map(placeName), systems, assets].filter((names) => names.length > 0);
	return <>{parts.map((names) => names.join(t("top.and"))).join(" · ")}</>;
}
