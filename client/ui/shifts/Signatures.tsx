// The two signatures under a hand-over note: the one who goes, the one who comes, each with his own account.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem, type Problem } from "#model/problem.ts";
import { type Handover, type Side, sides, signedFor, signerName } from "#model/shift.ts";
import { dayText } from "../../live/format.ts";
import { useLive } from "../live_context.ts";
import { refusal } from "./refusal.ts";

interface SignaturesProps {
	readonly id: string;
	readonly handover: Handover;
	/** Of the note that is shown: what is signed. */
	readonly sha256: string;
	readonly may: boolean;
}

export function Signatures(props: SignaturesProps): ReactElement {
	return (
		<div className="signatures">
			{sides.map((side) => (
				<Signature key={side} {...props} side={side} />
			))}
		</div>
	);
}

function Signature({ id, handover, sha256, may, side }: SignaturesProps & { readonly side: Side }): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const people = side === "outgoing" ? handover.shift.people : handover.next.people;
	const [name, setName] = useState("");
	const [problem, setProblem] = useState<Problem | null>(null);
	const signed = handover.signatures.find((one) => one.side === side);
	const instead = signed === undefined ? null : signedFor(signed);
	const sign = async (): Promise<void> => {
		const answer = await live.acts.do("shift.sign", { id, side, name, sha256 });
		setProblem(isProblem(answer) ? answer : null);
	};
	return (
		<section className="signature" data-side={side} data-signed={signed === undefined ? undefined : ""}>
			<h4>
				{t(`shift.sign.${side}`)}{" "}
				<span className="quiet">{side === "outgoing" ? handover.shift.name : handover.next.name}</span>
			</h4>
			{signed !== undefined ? (
				<p className="signed">
					<strong>{signerName(signed)}</strong>
					<span className="quiet">
						{t("shift.sign.by", { user: signed.user, time: dayText(signed.at) })}
						{instead === null ? null : ` ${t("shift.sign.for", { name: instead })}`}
					</span>
				</p>
			) : may ? (
				<p>
					<select value={name} aria-label={t("shift.sign.choose")} onChange={(event) => setName(event.target.value)}>
						<option value="">{t("shift.sign.choose")}</option>
						{people.map((person) => (
							<option key={person}>{person}</option>
						))}
					</select>
					<button
						type="button"
						className="button primary"
						disabled={name === ""}
						data-sign={side}
						onClick={() => void sign().catch(reportError)}
					>
						{t("shift.sign.button")}
					</button>
				</p>
			) : (
				<p className="quiet">{t("shift.sign.wait")}</p>
			)}
			{problem === null ? null : (
				<p className="form-problem" role="alert">
					{refusal(t, problem)}
				</p>
			)}
		</section>
	);
}
