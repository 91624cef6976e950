// Where outside channels may connect to, one address a line.
import { type ReactElement, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "#model/problem.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";

export function AllowForm({ entries }: { readonly entries: readonly string[] }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const id = useId();
	const [draft, setDraft] = useState<string | null>(null);
	const [told, setTold] = useState("");
	const save = async (): Promise<void> => {
		const lines = (draft ?? "").split("\n").map((line) => line.trim());
		const answer = await live.acts.do("reach.allow", { entries: lines.filter((line) => line !== "") });
		setTold(isProblem(answer) ? `${problemText(t, answer)} ${answer.detail ?? ""}` : t("reach.allow.saved"));
		if (isProblem(answer)) return;
		await live.reach.ask();
		setDraft(null);
	};
	return (
		<section className="reach-part" aria-labelledby={`${id}-title`}>
			<h3 id={`${id}-title`}>{t("reach.allow.title")}</h3>
			<p className="quiet" id={`${id}-hint`}>
				{t("reach.allow.hint")}
			</p>
			<textarea
				className="reach-allow"
				aria-labelledby={`${id}-title`}
				aria-describedby={`${id}-hint`}
				rows={Math.min(8, Math.max(3, entries.length + 1))}
				spellCheck={false}
				placeholder={"sms.example.cn:443\n10.20.0.0/16:8080"}
				value={draft ?? entries.join("\n")}
				onChange={(event) => {
					setTold("");
					setDraft(event.currentTarget.value);
				}}
			/>
			<p className="reach-acts">
				<button
					type="button"
					className="button primary"
					disabled={draft === null}
					onClick={() => void save().catch(reportError)}
				>
					{t("reach.allow.save")}
				</button>
				<span role="status">{told}</span>
			</p>
		</section>
	);
}
