// Why an act on a shift was refused, in this page's own words where it has them.
import type { TFunction } from "i18next";
import type { Problem } from "#model/problem.ts";
import { problemText } from "../parts/problem_text.ts";

export function refusal(t: TFunction, problem: Problem): string {
	const own = t(`shift.problem.${problem.problem}`, { defaultValue: "" });
	return own === "" ? problemText(t, problem) : own;
}
