// The form of a unit, new or known. A masked number that is left as it stands keeps the number on record.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { type Unit, unitKinds } from "#model/contact.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import { languageNow } from "../../text/text.ts";
import { useEntries, useLive } from "../live_context.ts";
import { placeName } from "../parts/districts.ts";
import { FormFoot } from "../parts/FormFoot.tsx";
import { problemText } from "../parts/problem_text.ts";

interface UnitFormProps {
	readonly entry: Entry<Unit> | null;
	/** Of a new one. */
	readonly district: string | null;
	/** Its id; null: given up. */
	readonly onDone: (id: string | null) => void;
}

export function UnitForm({ entry, district, onDone }: UnitFormProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const unit = entry?.body ?? null;
	const save = async (form: FormData): Promise<void> => {
		setBusy(true);
		const answer = await live.acts.do("contact.unit", {
			...(entry === null ? {} : { id: entry.id }),
			unit: unitIn(form),
		});
		setBusy(false);
		if (isProblem(answer)) setRefusal(answer);
		else onDone(String(answer.id));
	};
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		void save(new FormData(event.currentTarget)).catch(reportError);
	};
	return (
		<form className="book-form" onSubmit={submit}>
			<h2>{unit?.name ?? t("contacts.newUnit")}</h2>
			<label>
				<span>{t("contacts.field.name")}</span>
				<input name="name" defaultValue={unit?.name} required maxLength={80} />
			</label>
			<Choices unit={unit} district={district} own={entry?.id ?? null} />
			<label>
				<span>{t("contacts.field.phone24h")}</span>
				<input name="phone24h" defaultValue={unit?.phone24h ?? ""} maxLength={40} inputMode="tel" />
			</label>
			<label>
				<span>{t("contacts.field.address")}</span>
				<input name="address" defaultValue={unit?.address} maxLength={200} />
			</label>
			<div className="book-pair">
				<label>
					<span>{t("contacts.field.lon")}</span>
					<input name="lon" type="number" step="any" min={73} max={136} defaultValue={unit?.lon ?? ""} />
				</label>
				<label>
					<span>{t("contacts.field.lat")}</span>
					<input name="lat" type="number" step="any" min={3} max={54} defaultValue={unit?.lat ?? ""} />
				</label>
			</div>
			<small className="quiet">{t("contacts.field.masked")}</small>
			<FormFoot
				refusal={refusal === null ? null : problemText(t, refusal)}
				word={t("contacts.save")}
				isOff={isBusy}
				onCancel={() => onDone(entry?.id ?? null)}
			/>
		</form>
	);
}

interface ChoicesProps {
	readonly unit: Unit | null;
	readonly district: string | null;
	readonly own: string | null;
}

function Choices({ unit, district, own }: ChoicesProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const units = useEntries<Unit>("unit");
	return (
		<>
			<label>
				<span>{t("contacts.field.kind")}</span>
				<select name="kind" defaultValue={unit?.kind ?? "operator"}>
					{unitKinds.map((kind) => (
						<option key={kind} value={kind}>
							{t(`contacts.unitKind.${kind}`)}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{t("contacts.field.district")}</span>
				<select name="district" defaultValue={unit?.district ?? district ?? "210000"}>
					{DISTRICTS.map(({ code }) => (
						<option key={code} value={code}>
							{placeName(code)}
						</option>
					))}
				</select>
			</label>
			<fieldset>
				<legend>{t("contacts.field.systems")}</legend>
				{live.catalogue.systems.map(({ id, name }) => (
					<label key={id} className="book-check">
						<input type="checkbox" name="systems" value={id} defaultChecked={unit?.systems.includes(id) === true} />
						{name[languageNow()]}
					</label>
				))}
			</fieldset>
			<label>
				<span>{t("contacts.field.parent")}</span>
				<select name="parent" defaultValue={unit?.parent ?? ""}>
					<option value="">{t("contacts.field.noParent")}</option>
					{units
						.filter(({ id }) => id !== own)
						.map(({ id, body }) => (
							<option key={id} value={id}>
								{body.name}
							</option>
						))}
				</select>
			</label>
		</>
	);
}

function unitIn(form: FormData): Record<string, unknown> {
	const text = (name: string): string => String(form.get(name) ?? "").trim();
	const number = (name: string): number | null => (text(name) === "" ? null : Number(text(name)));
	return {
		name: text("name"),
		kind: text("kind"),
		district: text("district"),
		systems: form.getAll("systems").map(String),
		parent: text("parent") === "" ? null : text("parent"),
		phone24h: text("phone24h") === "" ? null : text("phone24h"),
		address: text("address"),
		lon: number("lon"),
		lat: number("lat"),
	};
}
