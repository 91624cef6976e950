// Why the server did not do it, beside the button that asked.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "#model/problem.ts";
import { problemText } from "../parts/problem_text.ts";

export function Refusal({ told }: { readonly told: Problem | null }): ReactElement | null {
	const { t } = useTranslation();
	if (told === null) return null;
	return (
		<p className="form-problem" role="alert">
			{problemText(t, told)}
			{told.detail === undefined ? null : <span className="quiet"> {told.detail}</span>}
		</p>
	);
}
