// How a clock stands, as a sign, words and colour together: never colour alone. Counts by the second on the server's time.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentClock } from "#model/incident.ts";
import { ageText, dayText } from "../../live/format.ts";
import { standingOf } from "./incident_view.ts";
import "../../style/clock.css";

/** Full, half, empty, over: read without colour. */
const SIGN = { done: "✓", running: "○", soon: "◐", overdue: "●" } as const;

interface ClockTextProps {
	readonly clock: IncidentClock;
	/** Server time. */
	readonly now: number;
	/** With the clock's name before it. */
	readonly isNamed?: boolean;
}

export function ClockText({ clock, now, isNamed = false }: ClockTextProps): ReactElement {
	const { t } = useTranslation();
	const standing = standingOf(clock, now);
	const left = Math.abs(clock.dueAt - now);
	const word =
		clock.doneAt === null
			? t(`incident.clock.${standing}`, { age: ageText(left) })
			: t(clock.id === "handle" ? "incident.clock.handled" : "incident.clock.done", { at: dayText(clock.doneAt) });
	return (
		<span className={`clock-text ${standing}`} data-clock={clock.id} data-standing={standing}>
			<span aria-hidden="true" className="clock-sign">
				{SIGN[standing]}
			</span>
			{isNamed ? <span className="clock-name">{t(`incident.clock.${clock.id}`)}</span> : null}
			<span className="figures">{now === 0 ? "–" : word}</span>
		</span>
	);
}
