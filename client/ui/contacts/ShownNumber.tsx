// A number as the book shows it, masked, with a button that gives it whole once the reason is told. Leaving the unit hides it again.
import { Eye } from "lucide-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { askNumbers } from "../../live/contacts.ts";
import { useMay } from "../live_context.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { problemText } from "../parts/problem_text.ts";

interface ShownNumberProps {
	readonly kind: "unit" | "person";
	readonly id: string;
	readonly masked: readonly string[];
}

export function ShownNumber({ kind, id, masked }: ShownNumberProps): ReactElement {
	const { t } = useTranslation();
	const may = useMay("personal.reveal");
	const [whole, setWhole] = useState<readonly string[] | null>(null);
	const [why, setWhy] = useState<string | null>(null);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	if (masked.length === 0) return <span className="unit-lacks">{t("contacts.noPhone")}</span>;
	const show = async (event: FormEvent): Promise<void> => {
		event.preventDefault();
		const reason = (why ?? "").trim();
		if (reason === "") return;
		const answer = await askNumbers({ kind, id, why: reason });
		setWhy(null);
		if (isProblem(answer)) setRefusal(answer);
		else setWhole(answer);
	};
	if (whole !== null) {
		return (
			<span className="shown-number whole">
				{whole.map((phone) => (
					<a key={phone} className="figures" href={`tel:${phone.replace(/[^0-9+]/g, "")}`}>
						{phone}
					</a>
				))}
				<span className="quiet small">{t("contacts.shown")}</span>
			</span>
		);
	}
	return (
		<span className="shown-number">
			<span className="figures">{masked.join(t("top.and"))}</span>
			{may && why === null ? (
				<IconButton word={t("contacts.show")} icon={Eye} onClick={() => setWhy(t("contacts.whyGiven"))} />
			) : null}
			{why === null ? null : (
				<form className="shown-why" onSubmit={(event) => void show(event).catch(reportError)}>
					<input
						value={why}
						maxLength={200}
						aria-label={t("contacts.why")}
						title={t("contacts.why")}
						onChange={(event) => setWhy(event.target.value)}
					/>
					<button type="submit" className="button" disabled={why.trim() === ""}>
						{t("contacts.show")}
					</button>
				</form>
			)}
			{refusal === null ? null : (
				<span className="form-problem" role="alert">
					{problemText(t, refusal)}
				</span>
			)}
		</span>
	);
}
