// A Problem as a sentence in the page's language: known codes by their key, others with their code.
import type { TFunction } from "i18next";
import type { Problem } from "#model/problem.ts";

export function problemText(t: TFunction, problem: Problem): string {
	const known = t(`problem.${problem.problem}`, { defaultValue: "" });
	return known === "" ? t("problem.other", { code: problem.problem }) : known;
}
