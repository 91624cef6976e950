// The foot of the book's forms: why it was refused, give up, save.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "#model/problem.ts";
import { problemText } from "../parts/problem_text.ts";

interface FormFootProps {
	readonly refusal: Problem | null;
	readonly isBusy: boolean;
	readonly onCancel: () => void;
}

export function FormFoot({ refusal, isBusy, onCancel }: FormFootProps): ReactElement {
	const { t } = useTranslation();
	return (
		<>
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, refusal)}
				</p>
			)}
			<div className="form-foot">
				<button type="button" className="button" onClick={onCancel}>
					{t("contacts.cancel")}
				</button>
				<button type="submit" className="button primary" disabled={isBusy}>
					{t("contacts.save")}
				</button>
			</div>
		</>
	);
}
