// Why the server did not do it, beside the button that asked: in words of incidents where there are some.
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "#model/problem.ts";
import { problemText } from "../parts/problem_text.ts";

export function refusalText(t: TFunction, told: Problem): string {
	const known = t(`incident.problem.${told.problem}`, { defaultValue: "" });
	return known === "" ? problemText(t, told) : known;
}

export function Refusal({ told }: { readonly told: Problem | null }): ReactElement | null {
	const { t } = useTranslation();
	if (told === null) return null;
	return (
		<p className="form-problem" role="alert" data-refusal={told.problem}>
			{refusalText(t, told)}
		</p>
	);
}
