// Takes a unit or a person out of the book, by two presses.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { useLive } from "../live_context.ts";
import { problemText } from "../parts/problem_text.ts";

interface RemoveProps {
	readonly kind: "unit" | "person";
	readonly id: string;
	readonly onRemoved: () => void;
}

/** Two presses: the second within the same look. */
export function RemoveButton({ kind, id, onRemoved }: RemoveProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [isSure, setSure] = useState(false);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const press = async (): Promise<void> => {
		if (!isSure) {
			setSure(true);
			return;
		}
		const answer = await live.acts.do("contact.remove", { kind, id });
		if (isProblem(answer)) {
			setRefusal(answer);
			setSure(false);
		} else onRemoved();
	};
	return (
		<>
			<button
				type="button"
				className="button"
				onClick={() => void press().catch(reportError)}
				onBlur={() => setSure(false)}
			>
				{t(isSure ? "contacts.removeSure" : "contacts.remove")}
			</button>
			{refusal === null ? null : (
				<p className="form-problem" role="alert">
					{problemText(t, refusal)}
				</p>
			)}
		</>
	);
}
