// The foot of a form: why it was refused, give up, send.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface FormFootProps {
	/** In words. */
	readonly refusal?: string | null;
	/** What the sending button says. */
	readonly word: string;
	/** It is under way, or something is still missing. */
	readonly isOff: boolean;
	readonly onCancel: () => void;
	readonly cancelWord?: string;
}

export function FormFoot({ refusal = null, word, isOff, onCancel, cancelWord }: FormFootProps): ReactElement {
	const { t } = useTranslation();
	return (
		<>
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{refusal}
				</p>
			)}
			<div className="form-foot">
				<button type="button" className="button" onClick={onCancel}>
					{cancelWord ?? t("who.cancel")}
				</button>
				<button type="submit" className="button primary" disabled={isOff}>
					{word}
				</button>
			</div>
		</>
	);
}
