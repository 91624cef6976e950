// The grade of an accident by what it cost: State Council order 493 (生产安全事故报告和调查处理条例), art. 3. "以上" includes the
// figure, "以下" does not. Read by reports; it judges only what is known.

export type AccidentGrade = "特别重大" | "重大" | "较大" | "一般";

interface Step {
	readonly grade: AccidentGrade;
	readonly dead: number;
	/** Direct loss, 万元. */
	readonly loss: number;
}

/** Serious injuries count as well (100, 50, 10): they are not told apart from slight ones here, so they are left to people. */
const STEPS: readonly Step[] = [
	{ grade: "特别重大", dead: 30, loss: 10_000 },
	{ grade: "重大", dead: 10, loss: 5_000 },
	{ grade: "较大", dead: 3, loss: 1_000 },
];

/** @param dead persons, @param loss 万元; null: not known. @returns null when neither is known or nothing was lost. */
export function accidentGrade(dead: number | null, loss: number | null): AccidentGrade | null {
	if ((dead ?? 0) <= 0 && (loss ?? 0) <= 0) return null;
	const reached = STEPS.find((step) => (dead ?? 0) >= step.dead || (loss ?? 0) >= step.loss);
	return reached?.grade ?? "一般";
}
