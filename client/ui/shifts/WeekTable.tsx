// The roster of a week as a calm table: a column a day, a row a change of shifts. Each cell is a button that shows its shift; the one that
// holds duty is marked, and what became of each stands in a word.
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { civilDate, civilDay } from "../../live/civil.ts";
import { minuteText } from "../../live/format.ts";
import type { ListedShift, ShiftsAnswer } from "../../live/shifts.ts";
import { useNow } from "../live_context.ts";
import { IconButton } from "../parts/IconButton.tsx";

const DAY_MS = 86_400_000;

interface WeekTableProps {
	readonly answer: ShiftsAnswer;
	readonly monday: number;
	readonly weeks: number;
	readonly selected: string;
	onWeeks(weeks: number): void;
	onSelect(id: string): void;
}

export function WeekTable({ answer, monday, weeks, selected, onWeeks, onSelect }: WeekTableProps): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const days = Array.from({ length: 7 }, (_, n) => monday + n * DAY_MS);
	const rows = answer.rota?.changes ?? [];
	const at = (day: number, time: string): ListedShift | undefined =>
		answer.shifts.find((shift) => shift.at >= day && shift.at < day + DAY_MS && minuteText(shift.at) === time);
	return (
		<section className="week" aria-labelledby="week-title">
			<header>
				<h3 id="week-title">{t("shift.week.caption", { from: dateOf(monday), to: dateOf(monday + 6 * DAY_MS) })}</h3>
				<nav>
					<IconButton word={t("shift.week.previous")} icon={ChevronLeft} onClick={() => onWeeks(weeks - 1)} />
					<button type="button" className="button" disabled={weeks === 0} onClick={() => onWeeks(0)}>
						{t("shift.week.now")}
					</button>
					<IconButton word={t("shift.week.next")} icon={ChevronRight} onClick={() => onWeeks(weeks + 1)} />
				</nav>
			</header>
			<table>
				<thead>
					<tr>
						<td />
						{days.map((day) => (
							<th key={day} scope="col" data-today={now >= day && now < day + DAY_MS ? "" : undefined}>
								{t(`shift.days.${weekday(day)}`)}
								<span className="figures quiet">{dateOf(day)}</span>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((time) => (
						<tr key={time}>
							<th scope="row" className="figures">
								{time}
							</th>
							{days.map((day) => (
								<td key={day} data-today={now >= day && now < day + DAY_MS ? "" : undefined}>
									<Cell shift={at(day, time)} answer={answer} selected={selected} now={now} onSelect={onSelect} />
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

interface CellProps {
	readonly shift: ListedShift | undefined;
	readonly answer: ShiftsAnswer;
	readonly selected: string;
	readonly now: number;
	onSelect(id: string): void;
}

function Cell({ shift, answer, selected, now, onSelect }: CellProps): ReactElement | null {
	const { t } = useTranslation();
	if (shift === undefined) return null;
	const isHolder = answer.duty?.holder === shift.id;
	const isPast = shift.until <= now && !isHolder;
	// A shift to come has nothing to tell yet.
	const state = shift.state === "open" && shift.at > now ? null : shift.state;
	return (
		<button
			type="button"
			className={`week-cell${isHolder ? " holder" : ""}${isPast ? " past" : ""}`}
			aria-pressed={selected === shift.id}
			data-shift={shift.id}
			onClick={() => onSelect(shift.id)}
		>
			<span className="week-team">
				{shift.name}
				{isHolder ? <em>{t("shift.holder")}</em> : null}
			</span>
			<span className="week-people">{shift.people.join(" ")}</span>
			<span className="week-state quiet">{state === null ? "\u00a0" : t(`shift.state.${state}`)}</span>
		</button>
	);
}

function weekday(at: number): number {
	return civilDate(at).getUTCDay();
}

/** 11-22 */
function dateOf(at: number): string {
	return civilDay(at).slice(5);
}
