// The form of a person, new or known. A masked number that is left as it stands keeps the number on record.
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "#model/contact.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import { useLive } from "../live_context.ts";
import { FormFoot } from "../parts/FormFoot.tsx";
import { problemText } from "../parts/problem_text.ts";
import { RemoveButton } from "./RemoveButton.tsx";

interface PersonFormProps {
	readonly entry: Entry<Person> | null;
	/** Id of the unit. */
	readonly unit: string;
	readonly onDone: () => void;
}

const SEPARATOR = /[、,，;；\s]+/;

export function PersonForm({ entry, unit, onDone }: PersonFormProps): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const [isBusy, setBusy] = useState(false);
	const person = entry?.body ?? null;
	const save = async (form: FormData): Promise<void> => {
		const text = (name: string): string => String(form.get(name) ?? "").trim();
		setBusy(true);
		const answer = await live.acts.do("contact.person", {
			...(entry === null ? {} : { id: entry.id }),
			person: {
				name: text("name"),
				unit,
				duty: text("duty"),
				phones: text("phones")
					.split(SEPARATOR)
					.filter((phone) => phone !== ""),
				isOnCall: form.get("isOnCall") !== null,
				order: Number(text("order")),
			},
		});
		setBusy(false);
		if (isProblem(answer)) setRefusal(answer);
		else onDone();
	};
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		void save(new FormData(event.currentTarget)).catch(reportError);
	};
	return (
		<form className="book-form" onSubmit={submit}>
			<h2>{person?.name ?? t("contacts.newPerson")}</h2>
			<label>
				<span>{t("contacts.field.person")}</span>
				<input name="name" defaultValue={person?.name} required maxLength={40} />
			</label>
			<label>
				<span>{t("contacts.field.duty")}</span>
				<input name="duty" defaultValue={person?.duty} maxLength={60} />
			</label>
			<label>
				<span>{t("contacts.field.phones")}</span>
				<input name="phones" defaultValue={person?.phones.join(t("top.and"))} maxLength={160} inputMode="tel" />
			</label>
			<small className="quiet">{t("contacts.field.masked")}</small>
			<label className="book-check">
				<input type="checkbox" name="isOnCall" defaultChecked={person?.isOnCall ?? true} />
				{t("contacts.field.isOnCall")}
			</label>
			<label>
				<span>{t("contacts.field.order")}</span>
				<input name="order" type="number" min={0} max={99} defaultValue={person?.order ?? 0} required />
			</label>
			<FormFoot
				refusal={refusal === null ? null : problemText(t, refusal)}
				word={t("contacts.save")}
				isOff={isBusy}
				onCancel={onDone}
			/>
			{entry === null ? null : <RemoveButton kind="person" id={entry.id} onRemoved={onDone} />}
		</form>
	);
}
