// The escalation times of the four levels, as a table that an administrator edits in seconds; an empty field: never.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import type { LevelPlan } from "#model/reach.ts";
import { useLive } from "../live_context.ts";
import { LevelMark } from "../parts/LevelMark.tsx";
import { problemText } from "../parts/problem_text.ts";

const TIMES = ["renderedMs", "ackMs", "repeatMs"] as const;
type Time = (typeof TIMES)[number];
const WORD: Readonly<Record<Time, string>> = { renderedMs: "rendered", ackMs: "ack", repeatMs: "repeat" };
/** Red first, as everywhere. */
const ORDER = [3, 2, 1, 0] as const;

type Draft = readonly (Readonly<Record<Time, string>> & { readonly deaf: boolean })[];

export function PlanForm({ levels, mayEdit }: { levels: readonly LevelPlan[]; mayEdit: boolean }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [draft, setDraft] = useState<Draft | null>(null);
	const [told, setTold] = useState("");
	const shown = draft ?? draftOf(levels);
	const save = async (): Promise<void> => {
		const parsed = parse(shown);
		if (parsed === null) {
			setTold(t("reach.plan.bad"));
			return;
		}
		const answer = await live.acts.do("reach.plan", { levels: parsed });
		setTold(isProblem(answer) ? problemText(t, answer) : t("reach.plan.saved"));
		if (isProblem(answer)) return;
		await live.reach.ask();
		setDraft(null);
	};
	const change = (level: number, part: Partial<Draft[number]>): void => {
		setTold("");
		setDraft(shown.map((one, n) => (n === level ? { ...one, ...part } : one)));
	};
	return (
		<section className="reach-part" aria-labelledby="plan-title">
			<h3 id="plan-title">{t("reach.plan.title")}</h3>
			<table className="reach-table reach-plan">
				<thead>
					<tr>
						{["level", "rendered", "ack", "repeat", "deaf"].map((column) => (
							<th key={column} scope="col">
								{t(`reach.plan.${column}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{ORDER.map((level) => (
						<tr key={level} data-plan={level + 1}>
							<th scope="row">
								<span className="reach-level">
									<LevelMark state={level + 1} size={1.2} />
									{t(`level.${level + 1}`)}
								</span>
							</th>
							{TIMES.map((time) => (
								<td key={time}>
									<input
										className="reach-seconds figures"
										inputMode="numeric"
										aria-label={`${t(`level.${level + 1}`)} ${t(`reach.plan.${WORD[time]}`)} (${t("reach.plan.seconds")})`}
										value={shown[level]?.[time] ?? ""}
										placeholder={t("reach.plan.never")}
										disabled={!mayEdit}
										onChange={(event) => change(level, { [time]: event.currentTarget.value })}
									/>
									<span className="reach-unit">{t("reach.plan.seconds")}</span>
								</td>
							))}
							<td>
								<input
									type="checkbox"
									aria-label={`${t(`level.${level + 1}`)} ${t("reach.plan.deaf")}`}
									checked={shown[level]?.deaf ?? false}
									disabled={!mayEdit}
									onChange={(event) => change(level, { deaf: event.currentTarget.checked })}
								/>
							</td>
						</tr>
					))}
				</tbody>
			</table>
			{mayEdit ? (
				<p className="reach-acts">
					<button
						type="button"
						className="button primary"
						disabled={draft === null}
						onClick={() => void save().catch(reportError)}
					>
						{t("reach.plan.save")}
					</button>
					<span role="status">{told}</span>
				</p>
			) : null}
		</section>
	);
}

function draftOf(levels: readonly LevelPlan[]): Draft {
	const seconds = (ms: number | null): string => (ms === null ? "" : String(ms / 1_000));
	return levels.map(({ renderedMs, ackMs, repeatMs, deaf }) => ({
		renderedMs: seconds(renderedMs),
		ackMs: seconds(ackMs),
		repeatMs: seconds(repeatMs),
		deaf,
	}));
}

/** null: a field is no number of seconds. The bounds are the server's. */
function parse(draft: Draft): LevelPlan[] | null {
	const levels: LevelPlan[] = [];
	for (const { deaf, ...times } of draft) {
		const ms = TIMES.map((time) => (times[time].trim() === "" ? null : Number(times[time].trim()) * 1_000));
		if (ms.some((one) => one !== null && !Number.isInteger(one))) return null;
		const [renderedMs = null, ackMs = null, repeatMs = null] = ms;
		levels.push({ renderedMs, ackMs, repeatMs, deaf });
	}
	return levels;
}
