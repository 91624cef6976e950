// The report clocks, counting: what is due first at the head, each with its documents and the button that says it was sent. What
// was sent stands below in one quiet line each.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClockId, IncidentClock, ReportKind, ReportTarget } from "#model/incident.ts";
import { dayText } from "../../live/format.ts";
import { useMay, useNow } from "../live_context.ts";
import { ClockText } from "./ClockText.tsx";
import { useAct } from "./incident_state.ts";
import { type IncidentEntry, shownClocks } from "./incident_view.ts";
import { Refusal } from "./Refusal.tsx";

/** Which report stops which clock; null: no report does. */
const REPORT: Readonly<Record<ClockId, { readonly kind: ReportKind; readonly to: ReportTarget | null } | null>> = {
	"first-report": { kind: "first", to: "county" },
	"city-report": { kind: "first", to: "city" },
	"province-report": { kind: "first", to: "province" },
	"state-report": { kind: "first", to: "state" },
	"follow-report": { kind: "follow", to: null },
	"final-report": { kind: "final", to: null },
	handle: null,
};
const KINDS = ["first", "follow", "final"] as const;

export function Clocks({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const clocks = shownClocks(entry.body);
	const running = clocks.filter(({ doneAt }) => doneAt === null);
	return (
		<section className="block clocks" aria-labelledby="clocks-title">
			<h3 id="clocks-title">{t("incident.clock.title")}</h3>
			{running.length === 0 ? <p className="quiet">{t("incident.clock.none")}</p> : null}
			<ul>
				{clocks.map((clock) => (
					<Row key={clock.id} entry={entry} clock={clock} now={now} />
				))}
			</ul>
			<p className="documents">
				<span className="quiet">{t("incident.clock.documents")}</span>
				{KINDS.map((kind) => (
					<span key={kind}>
						{t(`incident.clock.${kind}`)} <Document id={entry.id} kind={kind} form="docx" />{" "}
						<Document id={entry.id} kind={kind} form="pdf" />
					</span>
				))}
			</p>
		</section>
	);
}

function Document({
	id,
	kind,
	form,
}: {
	readonly id: string;
	readonly kind: ReportKind;
	readonly form: "docx" | "pdf";
}): ReactElement {
	const { t } = useTranslation();
	const word = t(`incident.clock.${form}`);
	return (
		<a
			href={`/api/incidents/${id}/reports/${kind}.${form}`}
			download
			aria-label={`${t(`incident.clock.${kind}`)} ${word}`}
			data-document={`${kind}.${form}`}
		>
			{word}
		</a>
	);
}

interface RowProps {
	readonly entry: IncidentEntry;
	readonly clock: IncidentClock;
	readonly now: number;
}

function Row({ entry, clock, now }: RowProps): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const may = useMay("incident.edit");
	const [isAsked, setAsked] = useState(false);
	const report = REPORT[clock.id];
	const send = (): void => {
		if (report === null) return;
		// Saying that a report was sent cannot be taken back: two strokes.
		if (!isAsked) {
			setAsked(true);
			return;
		}
		setAsked(false);
		act.run("incident.report", { id: entry.id, kind: report.kind, to: report.to }).catch(reportError);
	};
	return (
		<li className={clock.doneAt === null ? "" : "done"}>
			<ClockText clock={clock} now={now} isNamed={true} />
			{clock.doneAt === null ? (
				<span className="quiet figures">{t("incident.clock.due", { at: dayText(clock.dueAt) })}</span>
			) : null}
			{clock.doneAt === null && report !== null && may ? (
				<button
					type="button"
					className={`button small-button${isAsked ? " primary" : ""}`}
					disabled={act.isBusy}
					onClick={send}
					onBlur={() => setAsked(false)}
					data-report={clock.id}
				>
					{t("incident.clock.mark")}
					{isAsked ? "?" : ""}
				</button>
			) : null}
			<Refusal told={act.refusal} />
		</li>
	);
}
