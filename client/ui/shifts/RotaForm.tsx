// The roster as text: when shifts change, and a line for each team. Stands by itself while a district has none yet.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rota } from "#model/duty.ts";
import { isProblem } from "#model/problem.ts";
import { useLive } from "../live_context.ts";
import { refusal } from "./refusal.ts";
import { changesText, readRota, teamsText } from "./rota_text.ts";

interface RotaFormProps {
	readonly district: string;
	readonly rota: Rota | null;
	readonly may: boolean;
	readonly onClose?: () => void;
}

export function RotaForm({ district, rota, may, onClose }: RotaFormProps): ReactElement {
	const { t } = useTranslation();
	return (
		<section className="rota-form">
			{rota === null ? (
				<>
					<h3>{t("shift.none.title")}</h3>
					<p className="quiet">{t(may ? "shift.none.note" : "shift.none.noteRead")}</p>
				</>
			) : null}
			{may ? <Fields district={district} rota={rota} {...(onClose === undefined ? {} : { onClose })} /> : null}
		</section>
	);
}

function Fields({ district, rota, onClose }: Omit<RotaFormProps, "may">): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [changes, setChanges] = useState(rota === null ? "08:00 20:00" : changesText(rota));
	const [teams, setTeams] = useState(rota === null ? "" : teamsText(rota));
	const [told, setTold] = useState("");
	const save = async (event: FormEvent): Promise<void> => {
		event.preventDefault();
		const read = readRota(changes, teams);
		if ("fault" in read) {
			setTold(read.fault === "time" ? t("shift.rota.badTime") : t("shift.rota.bad", { line: read.line }));
			return;
		}
		const answer = await live.acts.do("shift.rota", { district, rota: read });
		if (isProblem(answer)) setTold(refusal(t, answer));
		else onClose?.();
	};
	return (
		<form onSubmit={(event) => void save(event).catch(reportError)}>
			<label>
				{t("shift.rota.changes")}
				<input
					value={changes}
					placeholder={t("shift.rota.changesHint")}
					onChange={(event) => setChanges(event.target.value)}
				/>
			</label>
			<label>
				{t("shift.rota.teams")}
				<textarea
					value={teams}
					rows={Math.max(4, teams.split("\n").length + 1)}
					placeholder={t("shift.rota.teamsHint")}
					data-teams
					onChange={(event) => setTeams(event.target.value)}
				/>
			</label>
			<div>
				<button type="submit" className="button primary">
					{t("shift.rota.save")}
				</button>
				{onClose === undefined ? null : (
					<button type="button" className="button" onClick={onClose}>
						{t("shift.rota.cancel")}
					</button>
				)}
			</div>
			{told === "" ? null : (
				<p className="form-problem" role="alert">
					{told}
				</p>
			)}
		</form>
	);
}
