// One click to the right telephone: whom to call now with the number large, what came of it as one press, the next in the chain by
// itself. Every number that is shown and every call is on record. Mounted by the desk, the incident and the telephone's page.
import { X } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallResult } from "#model/contact.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Callee, Gap } from "#model/responsible.ts";
import { clockText } from "../../live/format.ts";
import { useLive } from "../live_context.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { problemText } from "../parts/problem_text.ts";
import { useModal } from "../parts/use_modal.ts";
import { CalleeCard } from "./CalleeCard.tsx";
import { type CallState, useCallState } from "./call_state.ts";
import "../../style/contacts.css";

export interface CallDialogProps {
	/** "alarm:a7" or "incident:i3": where the call is written down. */
	readonly subject: string;
	/** Asset id, when it is about one. */
	readonly asset?: string | undefined;
	/** Of the alarm or incident, above the numbers. */
	readonly name?: string | undefined;
	readonly onClose: () => void;
}

export function CallDialog({ subject, asset, name, onClose }: CallDialogProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const dialog = useModal();
	const state = useCallState(subject, asset);
	const [chosen, setChosen] = useState<string | null>(null);
	const [told, setTold] = useState<{ readonly text: string } | { readonly problem: Problem } | null>(null);
	const [isBusy, setBusy] = useState(false);
	const callee = state.answer?.callees.find(({ key }) => key === chosen) ?? state.next;
	const log = async (result: CallResult, note: string, startedAt: number): Promise<void> => {
		if (callee === null || isBusy) return;
		setBusy(true);
		const now = live.now();
		const answer = await live.acts.do("call.log", {
			subject,
			person: callee.person?.id ?? null,
			unit: callee.unit.id,
			startedAt: Math.round(startedAt),
			seconds: Math.max(0, Math.round((now - startedAt) / 1_000)),
			result,
			note,
		});
		setBusy(false);
		if (isProblem(answer)) {
			setTold({ problem: answer });
			return;
		}
		setTold({ text: t("contacts.call.saved", { name: nameOf(callee), result: t(`contacts.result.${result}`) }) });
		setChosen(null);
	};
	return (
		<dialog ref={dialog} className="dialog call" aria-labelledby="call-title" onClose={onClose} data-call={subject}>
			<div className="call-head">
				<h2 id="call-title">
					{t("contacts.call.title")}
					{name === undefined ? null : <span className="quiet">　{name}</span>}
				</h2>
				<IconButton word={t("contacts.call.close")} icon={X} onClick={() => dialog.current?.close()} />
			</div>
			{callee === null ? (
				<Nobody state={state} />
			) : (
				<CalleeCard key={callee.key} callee={callee} subject={subject} isBusy={isBusy} onResult={log} />
			)}
			<p className="call-told" role="status">
				{isBusy
					? t("contacts.call.saving")
					: told === null
						? ""
						: "text" in told
							? told.text
							: problemText(t, told.problem)}
			</p>
			<Order state={state} at={callee?.key ?? null} onChoose={setChosen} />
			<Gaps gaps={state.answer?.gaps ?? []} />
			<Made state={state} />
		</dialog>
	);
}

export function nameOf({ person, unit }: Callee): string {
	return person?.body.name ?? unit.body.name;
}

function Nobody({ state }: { readonly state: CallState }): ReactElement {
	const { t } = useTranslation();
	if (state.answer === null) return <span className="skeleton" style={{ width: "70%" }} />;
	return (
		<p className="call-nobody">
			{t(state.answer.callees.length === 0 ? "contacts.call.nobody" : "contacts.call.through")}
		</p>
	);
}

interface OrderProps {
	readonly state: CallState;
	readonly at: string | null;
	readonly onChoose: (key: string) => void;
}

function Order({ state, at, onChoose }: OrderProps): ReactElement | null {
	const { t } = useTranslation();
	const callees = state.answer?.callees ?? [];
	if (callees.length === 0) return null;
	return (
		<section>
			<h3>{t("contacts.call.order")}</h3>
			<ol className="call-order">
				{callees.map((callee) => {
					const calls = state.callsOfKey(callee.key);
					const last = calls.at(-1);
					const name = callee.person === null ? t("contacts.call.dutyRoom") : callee.person.body.name;
					return (
						<li key={callee.key} aria-current={callee.key === at ? "step" : undefined}>
							<button
								type="button"
								onClick={() => onChoose(callee.key)}
								title={t("contacts.call.choose", { name })}
								data-callee={callee.key}
							>
								<span className="tag">{t(`contacts.role.${callee.role}`)}</span>
								<span className="call-order-name">{name}</span>
								<span className="quiet call-order-unit">
									{callee.unit.body.name}
									{callee.person === null ? "" : ` · ${callee.person.body.duty}`}
								</span>
								<span className="call-order-last">
									{last === undefined ? null : (
										<>
											{t(`contacts.result.${last.result}`)}
											{calls.length > 1 ? ` · ${t("contacts.call.tries", { count: calls.length })}` : ""}
										</>
									)}
								</span>
							</button>
						</li>
					);
				})}
			</ol>
		</section>
	);
}

/** What the book lacks is said where it hurts. */
function Gaps({ gaps }: { readonly gaps: readonly Gap[] }): ReactElement | null {
	const { t } = useTranslation();
	if (gaps.length === 0) return null;
	return (
		<ul className="call-gaps">
			{gaps.map(({ gap, of }) => (
				<li key={`${gap}/${of}`}>
					{of === "" ? "" : `${of}　`}
					{t(`contacts.gap.${gap}`)}
				</li>
			))}
		</ul>
	);
}

function Made({ state }: { readonly state: CallState }): ReactElement {
	const { t } = useTranslation();
	return (
		<section>
			<h3>{t("contacts.call.log")}</h3>
			{state.calls.length === 0 ? <p className="quiet">{t("contacts.call.none")}</p> : null}
			<ol className="call-made">
				{[...state.calls].reverse().map(({ line, call }) => (
					<li key={line.n}>
						<span className="figures">{clockText(line.at)}</span>
						<strong>{t(`contacts.result.${call.result}`)}</strong>
						<span>
							{call.name === "" ? t("contacts.call.dutyRoom") : call.name}
							<span className="quiet">　{call.unitName}</span>
						</span>
						<span className="quiet">
							{line.by}
							{call.note === "" ? "" : `：${call.note}`}
						</span>
					</li>
				))}
			</ol>
		</section>
	);
}
