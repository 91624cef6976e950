// The one to call now: who, where, the number large as a link, how long the call lasts, and what came of it in one press (or the keys
// 1 to 7). The number is asked for when the card is opened, which puts it on record.
import { Phone } from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type CallResult, callResults } from "#model/contact.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Callee } from "#model/responsible.ts";
import { askNumbers } from "../../live/contacts.ts";
import { ageText } from "../../live/format.ts";
import { useLive, useMay, useNow } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { problemText } from "../parts/problem_text.ts";
import { isTyping } from "../parts/typing.ts";

interface CalleeCardProps {
	readonly callee: Callee;
	readonly subject: string;
	readonly isBusy: boolean;
	readonly onResult: (result: CallResult, note: string, startedAt: number) => Promise<void>;
}

export function CalleeCard({ callee, subject, isBusy, onResult }: CalleeCardProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const mayLog = useMay("call.log");
	const now = useNow();
	const [note, setNote] = useState("");
	const [startedAt, setStarted] = useState(() => live.now());
	const number = useNumber(callee, subject);
	const { person, unit } = callee;
	const finish = (result: CallResult): void => void onResult(result, note.trim(), startedAt).catch(reportError);
	useResultKeys(mayLog && !isBusy, finish);
	return (
		<div className="callee" data-callee-now={callee.key}>
			<p className="callee-who">
				<span className="tag">{t(`contacts.role.${callee.role}`)}</span>
				<strong>{person?.body.name ?? t("contacts.call.dutyRoom")}</strong>
				{person === null ? null : <span>{person.body.duty}</span>}
			</p>
			<p className="quiet callee-unit">
				{unit.body.name} · {placeName(unit.body.district)}
			</p>
			<p className="callee-number">
				{number.whole === null ? (
					<span className="figures callee-masked">{callee.phone}</span>
				) : (
					<a
						className="figures"
						href={`tel:${digits(number.whole)}`}
						onClick={() => setStarted(live.now())}
						data-number
					>
						<Phone size="0.7em" aria-hidden="true" />
						{spaced(number.whole)}
					</a>
				)}
				<span className="quiet figures">
					{now === 0 ? "" : t("contacts.call.elapsed", { time: ageText(now - startedAt) })}
				</span>
			</p>
			<p className="quiet small">
				{number.problem !== null
					? problemText(t, number.problem)
					: number.isAsked
						? number.whole === null
							? t("contacts.call.loading")
							: ""
						: t("contacts.call.asViewer")}
			</p>
			{mayLog ? (
				<>
					<fieldset className="call-results" disabled={isBusy}>
						<legend className="hidden-text">{t("contacts.call.result")}</legend>
						{callResults.map((result, index) => (
							<button
								key={result}
								type="button"
								className="button"
								title={t("contacts.call.keys")}
								onClick={() => finish(result)}
								data-result={result}
							>
								<span className="quiet figures" aria-hidden="true">
									{index + 1}
								</span>
								{t(`contacts.result.${result}`)}
							</button>
						))}
					</fieldset>
					<input
						className="call-note"
						value={note}
						maxLength={1_000}
						aria-label={t("contacts.call.note")}
						placeholder={t("contacts.call.note")}
						onChange={(event) => setNote(event.target.value)}
					/>
				</>
			) : null}
		</div>
	);
}

interface ShownNumber {
	readonly whole: string | null;
	readonly problem: Problem | null;
	/** False: this person may not see it. */
	readonly isAsked: boolean;
}

/** Once per card: each asking is one line of the log. */
function useNumber(callee: Callee, subject: string): ShownNumber {
	const may = useMay("personal.reveal");
	const [whole, setWhole] = useState<string | null>(null);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const isAsked = useRef(false);
	useEffect(() => {
		if (!may || isAsked.current) return;
		isAsked.current = true;
		const { person, unit } = callee;
		const wanted =
			person === null ? ({ kind: "unit", id: unit.id } as const) : ({ kind: "person", id: person.id } as const);
		askNumbers({ ...wanted, why: "call", subject }).then((answer) => {
			if (isProblem(answer)) setRefusal(answer);
			else setWhole(answer[0] ?? null);
		}, reportError);
	}, [may, callee, subject]);
	return { whole, problem: refusal, isAsked: may };
}

function useResultKeys(isOn: boolean, finish: (result: CallResult) => void): void {
	const act = useRef(finish);
	act.current = finish;
	useEffect(() => {
		if (!isOn) return;
		const onKey = (event: KeyboardEvent): void => {
			if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			const result = callResults[Number(event.key) - 1];
			if (result === undefined) return;
			event.preventDefault();
			act.current(result);
		};
		// Before the page behind the dialog hears it.
		window.addEventListener("keydown", onKey, true);
		return () => window.removeEventListener("keydown", onKey, true);
	}, [isOn]);
}

function digits(number: string): string {
	return number.replace(/[^0-9+]/g, "");
}

/** 13800001234 -> 138 0000 1234; others as written. */
function spaced(number: string): string {
	return /^\d{11}$/.test(number) ? `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}` : number;
}
