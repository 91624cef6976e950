// The log of a shift: what its people wrote and what happened to it, newest on top, and the field that is always open. A line half
// written stays on this machine until the server has it.

import type { TFunction } from "i18next";
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import type { LogLine } from "#model/register.ts";
import { minuteText } from "../../live/format.ts";
import { useLive } from "../live_context.ts";
import { refusal } from "./refusal.ts";
import { useLines } from "./shift_state.ts";

const KEY = "liaowang.shift-log";

interface ShiftLogProps {
	readonly id: string;
	readonly may: boolean;
}

export function ShiftLog({ id, may }: ShiftLogProps): ReactElement {
	const { t } = useTranslation();
	const lines = useLines(`shift:${id}`);
	return (
		<section className="shift-log" aria-labelledby="shift-log-title">
			<h3 id="shift-log-title">{t("shift.log.title")}</h3>
			{may ? <Field id={id} /> : null}
			{lines === null ? null : lines.length === 0 ? (
				<p className="quiet">{t("shift.log.empty")}</p>
			) : (
				<ol>
					{[...lines].reverse().map((line) => (
						<li key={line.n} data-kind={line.kind}>
							<time className="figures">{minuteText(line.at)}</time>
							<span className="shift-line">{lineText(t, line)}</span>
							<span className="quiet">{line.by}</span>
						</li>
					))}
				</ol>
			)}
		</section>
	);
}

function lineText(t: TFunction, { kind, detail }: LogLine): string {
	const key = kind === "drafted" && Number(detail.voided ?? 0) > 0 ? "voided" : kind;
	const side = typeof detail.side === "string" ? t(`shift.sign.${detail.side}`) : "";
	return t(`shift.line.${key}`, { ...detail, side, defaultValue: kind });
}

function Field({ id }: { readonly id: string }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [text, setText] = useState(() => localStorage.getItem(KEY) ?? "");
	const [problem, setProblem] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const write = (next: string): void => {
		setText(next);
		if (next === "") localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, next);
	};
	const send = async (event?: FormEvent): Promise<void> => {
		event?.preventDefault();
		if (text.trim() === "" || isBusy) return;
		setBusy(true);
		const answer = await live.acts.do("shift.log", { id, text: text.trim() });
		setProblem(isProblem(answer) ? answer : null);
		if (!isProblem(answer)) write("");
		setBusy(false);
	};
	return (
		<form onSubmit={(event) => void send(event).catch(reportError)}>
			<textarea
				value={text}
				rows={2}
				maxLength={2_000}
				aria-label={t("shift.log.hint")}
				placeholder={t("shift.log.hint")}
				data-shift-log
				onChange={(event) => write(event.target.value)}
				onKeyDown={(event) => {
					if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send().catch(reportError);
				}}
			/>
			<button type="submit" className="button" disabled={isBusy || text.trim() === ""}>
				{t("shift.log.send")}
			</button>
			{problem === null ? null : (
				<p className="form-problem" role="alert">
					{refusal(t, problem)}
				</p>
			)}
		</form>
	);
}
