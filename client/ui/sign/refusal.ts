// Why signing in or a change of people was refused, as a sentence: what is wrong with a password is said, not only that it is.
import type { TFunction } from "i18next";
import type { Problem } from "#model/problem.ts";
import { problemText } from "../parts/problem_text.ts";

export function refusalText(t: TFunction, refusal: Problem): string {
	const { problem, detail } = refusal;
	if (problem === "locked") return t("people.sign.locked");
	const weak = problem === "bad-password" ? t(`people.weak.${detail}`, { defaultValue: "" }) : "";
	const own = weak === "" ? t(`people.problem.${problem}`, { defaultValue: "" }) : weak;
	return own === "" ? problemText(t, refusal) : own;
}
