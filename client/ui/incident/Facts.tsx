// The figures that its type needs: households, hours to cold, cordon, wind. What the system reckons follows the readings until a person
// writes another; each is a field, saved when it is left or Enter is pressed.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { type FactField, incidentType } from "#model/incident_type.ts";
import { numberText } from "../../live/format.ts";
import { languageNow } from "../../text/text.ts";
import { useMay } from "../live_context.ts";
import { useAct } from "./incident_state.ts";
import type { IncidentEntry } from "./incident_view.ts";
import { Refusal } from "./Refusal.tsx";

type Value = number | string | null;

export function Facts({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const may = useMay("incident.edit");
	const act = useAct();
	const { body } = entry;
	const { facts } = incidentType(body.type);
	const isOff = !may || body.state === "closed";
	const save = (field: FactField, value: Value): void => {
		act.run("incident.edit", { id: entry.id, patch: { facts: { [field.id]: value } } }).catch(reportError);
	};
	return (
		<section className="block" aria-labelledby="facts-title">
			<h3 id="facts-title" title={isOff ? undefined : t("incident.facts.edit")}>
				{t("incident.facts.title")}
			</h3>
			<div className="facts">
				{facts.map((field) => (
					<Fact
						key={field.id}
						field={field}
						value={body.facts[field.id] ?? null}
						isByHand={body.byHand.includes(field.id)}
						isOff={isOff}
						onSave={(value) => save(field, value)}
					/>
				))}
			</div>
			<Refusal told={act.refusal} />
		</section>
	);
}

interface FactProps {
	readonly field: FactField;
	readonly value: Value;
	readonly isByHand: boolean;
	readonly isOff: boolean;
	readonly onSave: (value: Value) => void;
}

function Fact({ field, value, isByHand, isOff, onSave }: FactProps): ReactElement {
	const { t } = useTranslation();
	const [typed, setTyped] = useState<string | null>(null);
	const shown = typeof value === "number" ? numberText(value, field.decimals) : (value ?? "");
	const save = (event?: FormEvent): void => {
		event?.preventDefault();
		if (typed === null) return;
		setTyped(null);
		const wanted = factOf(typed, field);
		if (wanted !== undefined && wanted !== value) onSave(wanted);
	};
	const note = isByHand || field.from === "hand" ? "incident.facts.byHand" : "incident.facts.computed";
	return (
		<form className={`fact${value === null ? " unknown" : ""}`} onSubmit={save} data-fact={field.id}>
			<label title={t(note)}>
				<span className="fact-name">
					{field.name[languageNow()]}
					{isByHand ? <span className="fact-by"> {t("incident.facts.byHand")}</span> : null}
				</span>
				<input
					className="figures"
					value={typed ?? shown}
					disabled={isOff}
					placeholder={t("incident.facts.unknown")}
					maxLength={200}
					onFocus={() => setTyped(value === null ? "" : String(value))}
					onChange={(event) => setTyped(event.target.value)}
					onBlur={() => save()}
				/>
				<span className="fact-unit">{field.unit}</span>
			</label>
		</form>
	);
}

/** "" takes the value away; words where a number is meant are nothing. */
function factOf(typed: string, field: FactField): Value | undefined {
	const text = typed.trim().replaceAll(",", "");
	if (text === "") return null;
	const value = Number(text);
	if (Number.isFinite(value)) return value;
	return field.unit === "" ? text.slice(0, 200) : undefined;
}
