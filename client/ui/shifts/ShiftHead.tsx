// The shift in hand: who, from when to when, who of them is here (到班), swaps, and in words when its hand-over is late.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { partsOf } from "#model/shift.ts";
import { ageText, dayText } from "../../live/format.ts";
import type { ListedShift, ShiftsAnswer } from "../../live/shifts.ts";
import { useLive, useNow } from "../live_context.ts";
import { refusal } from "./refusal.ts";
import { useHandover } from "./shift_state.ts";

const EARLY_MS = 2 * 3_600_000;

interface ShiftHeadProps {
	readonly answer: ShiftsAnswer;
	readonly id: string;
	/** null: it lies outside the week that is shown. */
	readonly shift: ListedShift | null;
	readonly may: boolean;
}

export function ShiftHead({ answer, id, shift, may }: ShiftHeadProps): ReactElement {
	const { t } = useTranslation();
	const now = useNow();
	const handover = useHandover(id);
	const { duty } = answer;
	const isHolder = duty?.holder === id;
	const name = shift?.name ?? handover?.shift.name ?? "";
	const people = shift?.people ?? handover?.shift.people ?? [];
	const until = shift?.until ?? handover?.next.at ?? null;
	const late = isHolder && duty !== null && duty.overdueMs > 0;
	const successor = answer.shifts.find((one) => one.id === duty?.byRoster);
	return (
		<section className="shift-head" data-holder={isHolder ? "" : undefined}>
			<p className="quiet">{isHolder ? t("shift.holder") : "\u00a0"}</p>
			<h3>
				{name} <span>{people.join(t("top.and"))}</span>
			</h3>
			<p className="figures shift-times">
				{until === null
					? t("shift.since", { from: dayText(partsOf(id).at) })
					: t("shift.week.caption", { from: dayText(partsOf(id).at), to: dayText(until) })}
			</p>
			{late ? (
				<p className="shift-late" role="status">
					{t("shift.overdue", { age: ageText(duty.overdueMs) })}
					{successor === undefined ? null : <span>{t("shift.byRoster", { name: successor.name })}</span>}
				</p>
			) : null}
			<Present id={id} people={people} isOpen={now >= partsOf(id).at - EARLY_MS} may={may} />
			{may && shift !== null && shift.until > now ? <Swap shift={shift} district={answer.district} /> : null}
		</section>
	);
}

interface PresentProps {
	readonly id: string;
	readonly people: readonly string[];
	readonly isOpen: boolean;
	readonly may: boolean;
}

function Present({ id, people, isOpen, may }: PresentProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const handover = useHandover(id);
	const [problem, setProblem] = useState<Problem | null>(null);
	const [busy, setBusy] = useState<string | null>(null);
	const isSigned = handover?.signatures.length === 2;
	const take = async (name: string): Promise<void> => {
		setBusy(name);
		const answer = await live.acts.do("shift.take", { id, name });
		setProblem(isProblem(answer) ? answer : null);
		setBusy(null);
	};
	return (
		<div className="shift-present">
			{people.map((name) => {
				const here = handover?.taken.find((one) => one.name === name);
				if (here !== undefined)
					return (
						<span key={name} className="present" title={here.user}>
							{name} <span className="quiet">{`${t("shift.take.taken")} ${dayText(here.at)}`}</span>
						</span>
					);
				if (!may || isSigned) return null;
				return (
					<button
						key={name}
						type="button"
						className="button"
						disabled={!isOpen || busy !== null}
						title={isOpen ? undefined : t("shift.take.early")}
						data-take={name}
						onClick={() => void take(name).catch(reportError)}
					>
						{t("shift.take.button", { name })}
					</button>
				);
			})}
			{(handover?.taken.length ?? 0) === 0 && !may ? <span className="quiet">{t("shift.take.none")}</span> : null}
			{problem === null ? null : (
				<p className="form-problem" role="alert">
					{refusal(t, problem)}
				</p>
			)}
		</div>
	);
}

function Swap({ shift, district }: { readonly shift: ListedShift; readonly district: string }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [problem, setProblem] = useState<Problem | null>(null);
	const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const form = event.currentTarget;
		const given = new FormData(form);
		const word = (name: string): string => String(given.get(name) ?? "").trim();
		const body = { district, at: shift.at, out: word("out"), in: word("in"), note: word("note") };
		const answer = await live.acts.do("shift.swap", body);
		setProblem(isProblem(answer) ? answer : null);
		if (!isProblem(answer)) form.reset();
	};
	return (
		<details className="shift-swap">
			<summary className="quiet">{t("shift.swap.title")}</summary>
			<form onSubmit={(event) => void send(event).catch(reportError)}>
				<label>
					{t("shift.swap.out")}
					<select name="out">
						{shift.people.map((name) => (
							<option key={name}>{name}</option>
						))}
					</select>
				</label>
				<label>
					{t("shift.swap.in")}
					<input name="in" required maxLength={20} size={8} autoComplete="off" />
				</label>
				<label>
					{t("shift.swap.note")}
					<input name="note" maxLength={200} size={12} autoComplete="off" />
				</label>
				<button type="submit" className="button">
					{t("shift.swap.send")}
				</button>
			</form>
			{problem === null ? null : (
				<p className="form-problem" role="alert">
					{refusal(t, problem)}
				</p>
			)}
		</details>
	);
}
