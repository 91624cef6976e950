// The book as a sheet, in and out: template, export (masked), import, and every row that has to be mended with its place and remedy.
import { Download, Upload } from "lucide-react";
import { type ReactElement, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RowFault } from "#model/contact_sheet.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import { type Imported, importContacts } from "../../live/contacts.ts";
import { languageNow } from "../../text/text.ts";
import { problemText } from "../parts/problem_text.ts";

type Told = Imported | { readonly faults: readonly RowFault[] } | Problem | "busy" | null;

export function SheetButtons(): ReactElement {
	const { t } = useTranslation();
	const field = useId();
	const [told, setTold] = useState<Told>(null);
	const take = (file: File): void => {
		setTold("busy");
		importContacts(file).then(setTold, reportError);
	};
	return (
		<div className="book-sheets">
			<input
				id={field}
				type="file"
				accept=".xlsx"
				className="hidden-text"
				onChange={(event) => {
					const file = event.target.files?.[0];
					event.target.value = "";
					if (file !== undefined) take(file);
				}}
				data-import
			/>
			<label htmlFor={field} className="button">
				<Upload size="1em" aria-hidden="true" />
				{t("contacts.import")}
			</label>
			<a className="button" href="/api/contacts/template" download>
				{t("contacts.template")}
			</a>
			<a className="button" href="/api/contacts/export" download>
				<Download size="1em" aria-hidden="true" />
				{t("contacts.export")}
			</a>
			<output className="book-told">{told === null ? null : <Answer told={told} />}</output>
		</div>
	);
}

function Answer({ told }: { readonly told: Exclude<Told, null> }): ReactElement {
	const { t } = useTranslation();
	if (told === "busy") return <>{t("contacts.importing")}</>;
	if (isProblem(told)) {
		return (
			<span className="form-problem">
				{problemText(t, told)}
				{told.where === undefined ? "" : `　${told.where}`}
			</span>
		);
	}
	if (!("faults" in told))
		return <>{t("contacts.imported", { units: told.units, people: told.people, unchanged: told.unchanged })}</>;
	return (
		<>
			<strong>{t("contacts.faults", { count: told.faults.length })}</strong>
			<ul className="book-faults">
				{told.faults.map((fault) => (
					<li key={`${fault.sheet}/${fault.row}/${fault.column}`}>
						<span>
							{fault.column === "" ? t("contacts.faultSheet", { ...fault }) : t("contacts.faultAt", { ...fault })}
							{fault.value === "" ? null : <q>{fault.value}</q>}
						</span>
						<span className="quiet">{fault.remedy[languageNow()]}</span>
					</li>
				))}
			</ul>
		</>
	);
}
