// The systems of a person: all of them, or those that are marked.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { languageNow } from "../../text/text.ts";
import { useChange, useLive } from "../live_context.ts";

interface Props {
	/** null: every system, also those to come. */
	readonly value: readonly string[] | null;
	readonly onChange: (value: readonly string[] | null) => void;
}

export function SystemField({ value, onChange }: Props): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	useChange(live.catalogue.change);
	const chosen = value ?? [];
	const flip = (id: string): void =>
		onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
	return (
		<fieldset className="admin-choices">
			<legend>{t("people.form.systems")}</legend>
			<label>
				<input type="checkbox" checked={value === null} onChange={() => onChange(value === null ? [] : null)} />
				{t("people.form.allSystems")}
			</label>
			{value === null
				? null
				: live.catalogue.systems.map(({ id, name }) => (
						<label key={id}>
							<input type="checkbox" checked={chosen.includes(id)} onChange={() => flip(id)} />
							{name[languageNow()]}
						</label>
					))}
		</fieldset>
	);
}
