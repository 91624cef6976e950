// The hand-over note: remarks, the note as the server made it, both signatures, and the papers. What is signed is the text with the hash
// that stands under it: a note made anew has to be read and signed again.
import { FileDown } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Handover } from "#model/shift.ts";
import { dayText } from "../../live/format.ts";
import { makeNote } from "../../live/shifts.ts";
import { NoteBlocks } from "./NoteBlocks.tsx";
import { refusal } from "./refusal.ts";
import { Signatures } from "./Signatures.tsx";
import { useDraft, useHandover } from "./shift_state.ts";

interface HandoverCardProps {
	readonly id: string;
	readonly may: boolean;
}

export function HandoverCard({ id, may }: HandoverCardProps): ReactElement {
	const { t } = useTranslation();
	const handover = useHandover(id);
	if (handover === null)
		return (
			<section className="handover">
				<h3>{t("shift.note.title")}</h3>
				<p className="quiet">{t("shift.note.empty")}</p>
			</section>
		);
	const isFrozen = handover.signatures.length === 2;
	const { note } = handover;
	return (
		<section className="handover" data-handover={id}>
			<header>
				<h3>{t("shift.note.title")}</h3>
				{note === null ? null : <span className="quiet">{t("shift.note.madeAt", { time: dayText(note.madeAt) })}</span>}
				{note === null ? null : <Papers id={id} />}
			</header>
			{isFrozen ? (
				<p className="handover-frozen">{t("shift.note.frozen")}</p>
			) : may ? (
				<Remarks id={id} handover={handover} />
			) : null}
			{note === null ? (
				<p className="quiet">{t("shift.note.empty")}</p>
			) : (
				<>
					<Signatures id={id} handover={handover} sha256={note.sha256} may={may} />
					<NoteBlocks blocks={note.blocks} />
					<p className="quiet note-hash">
						{t("shift.note.sum")} <span className="figures">{note.sha256}</span>
					</p>
				</>
			)}
		</section>
	);
}

function Papers({ id }: { readonly id: string }): ReactElement {
	const { t } = useTranslation();
	return (
		<span className="papers">
			{(["docx", "pdf"] as const).map((form) => (
				<a key={form} className="button" href={`/api/shifts/${id}/handover.${form}`} target="_blank" rel="noreferrer">
					<FileDown size="1em" aria-hidden="true" />
					<span aria-hidden="true">{form.toUpperCase()}</span>
					<span className="hidden-text">{t("shift.download", { form: form.toUpperCase() })}</span>
				</a>
			))}
		</span>
	);
}

function Remarks({ id, handover }: { readonly id: string; readonly handover: Handover }): ReactElement {
	const { t } = useTranslation();
	const [text, write] = useDraft(id, handover.text);
	const [problem, setProblem] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const { note, signatures } = handover;
	const make = async (): Promise<void> => {
		setBusy(true);
		const answer = await makeNote(id, text.trim());
		setProblem(isProblem(answer) ? answer : null);
		if (!isProblem(answer)) localStorage.removeItem(`liaowang.handover.${id}`);
		setBusy(false);
	};
	const told =
		note !== null && text.trim() !== handover.text
			? t("shift.note.stale")
			: signatures.length === 1
				? t("shift.note.voids")
				: "";
	return (
		<div className="remarks">
			<label>
				{t("shift.note.text")}
				<textarea
					value={text}
					rows={3}
					maxLength={4_000}
					placeholder={t("shift.note.textHint")}
					data-remarks
					onChange={(event) => write(event.target.value)}
				/>
			</label>
			<div>
				<button
					type="button"
					className={`button${note === null ? " primary" : ""}`}
					disabled={isBusy}
					data-make
					onClick={() => void make().catch(reportError)}
				>
					{t(note === null ? "shift.note.make" : "shift.note.again")}
				</button>
				<span className="quiet" role="status">
					{told}
				</span>
			</div>
			{problem === null ? null : (
				<p className="form-problem" role="alert">
					{refusal(t, problem)}
				</p>
			)}
		</div>
	);
}
