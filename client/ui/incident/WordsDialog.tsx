// One question with one answer in words: a result, a reason, a note. A native dialog; Ctrl + Enter answers, Escape leaves.
import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";
import { FormFoot } from "../parts/FormFoot.tsx";
import { useModal } from "../parts/use_modal.ts";
import "../../style/incident_form.css";

interface WordsDialogProps {
	readonly title: string;
	readonly label: string;
	readonly hint?: string;
	readonly word: string;
	/** Nothing written is an answer too. */
	readonly mayBeEmpty?: boolean;
	readonly most: number;
	readonly isBusy: boolean;
	readonly children?: ReactNode;
	readonly onSend: (text: string) => void;
	readonly onClose: () => void;
}

export function WordsDialog(props: WordsDialogProps): ReactElement {
	const { title, label, hint, word, mayBeEmpty = false, most, isBusy, children, onSend, onClose } = props;
	const dialog = useModal();
	const [text, setText] = useState("");
	const isOff = isBusy || (!mayBeEmpty && text.trim() === "");
	const submit = (event?: FormEvent): void => {
		event?.preventDefault();
		if (!isOff) onSend(text.trim());
	};
	return (
		<dialog ref={dialog} className="dialog words-dialog" aria-labelledby="words-title" onClose={onClose}>
			<h2 id="words-title">{title}</h2>
			<form onSubmit={submit} className="form">
				{children}
				<label className="words">
					<span>{label}</span>
					<textarea
						rows={4}
						maxLength={most}
						value={text}
						placeholder={hint}
						autoFocus
						onChange={(event) => setText(event.target.value)}
						onKeyDown={(event) => {
							if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
						}}
					/>
				</label>
				<FormFoot word={word} isOff={isOff} onCancel={onClose} />
			</form>
		</dialog>
	);
}
