// What to do and whom to call, as far as it is known: the owner from the register. Plans and telephone numbers are not in this
// system yet, and the panel says so instead of leaving a hole.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PageAsset } from "../../live/catalogue.ts";
import { languageNow } from "../../text/text.ts";

/** Register fields that name somebody who answers for the asset. */
const OWNERS = ["owner", "operator", "builder", "contractor", "supervisor"] as const;

export function Help({ asset }: { readonly asset: PageAsset }): ReactElement {
	const { t } = useTranslation();
	const fields = asset.record.fields ?? {};
	const known = OWNERS.flatMap((id) => {
		const field = asset.kind.fields.find((one) => one.id === id);
		const value = fields[id];
		return field === undefined || value === undefined || value === ""
			? []
			: [{ id, name: field.name[languageNow()], value: String(value) }];
	});
	return (
		<section className="block help">
			<h3>{t("case.call")}</h3>
			{known.map(({ id, name, value }) => (
				<p key={id}>
					<span className="quiet">{name}</span> {value}
				</p>
			))}
			<p className="quiet small">{t(known.length === 0 ? "case.noContacts" : "case.noNumbers")}</p>
		</section>
	);
}
