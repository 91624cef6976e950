// What became of a sheet: counts, every row that was not taken with what to write instead, and the first passwords, once.
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportAnswer } from "../../live/people.ts";
import { refusalText } from "../sign/refusal.ts";

export function ImportResult(props: { readonly answer: ImportAnswer; readonly onClose: () => void }): ReactElement {
	const { t } = useTranslation();
	const { rows, passwords, bad } = props.answer;
	const [isTaken, setTaken] = useState(false);
	const count = (result: string): number => rows.filter((row) => row.result === result).length;
	const refused = rows.filter(({ problem }) => problem !== null);
	const save = (): void => {
		saveFile(t("people.imported.file"), passwordFile(passwords));
		setTaken(true);
	};
	return (
		<section className="admin-imported" aria-label={t("people.imported.title")} data-made={count("made")}>
			<p>
				<strong>{t("people.imported.title")}</strong>
				{(["made", "changed", "same"] as const).map((result) => (
					<span key={result}>{t(`people.imported.${result}`, { count: count(result) })}</span>
				))}
				<span className={bad.length + refused.length > 0 ? "admin-bad" : undefined}>
					{t("people.imported.refused", { count: bad.length + refused.length })}
				</span>
			</p>
			<ul>
				{bad.flatMap(({ row, problems }) =>
					problems.map(({ column, code, cell, detail }) => (
						<li key={`${row}/${column}/${cell}`}>
							{t("people.imported.row", { row })} {t(`people.imported.cell.${code}`, { cell, detail })}
						</li>
					)),
				)}
				{refused.map(({ row, name, problem }) => (
					<li key={row}>
						{t("people.imported.row", { row })} {name} {problem === null ? "" : refusalText(t, problem)}
					</li>
				))}
			</ul>
			<p>
				{passwords.length === 0 ? null : (
					<>
						<button type="button" className="button primary" onClick={save}>
							{t("people.imported.passwords")}
						</button>
						<span className="quiet">{t(isTaken ? "people.imported.taken" : "people.imported.once")}</span>
					</>
				)}
				<button type="button" className="button" onClick={props.onClose}>
					{t("people.imported.close")}
				</button>
			</p>
		</section>
	);
}

function passwordFile(passwords: ImportAnswer["passwords"]): string {
	// Names may not begin a formula (nameSchema), full names may.
	const safe = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
	const quoted = (text: string): string => `"${safe(text).replaceAll('"', '""')}"`;
	const lines = passwords.map(({ name, fullName, password }) => [name, fullName, password].map(quoted).join(","));
	return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function saveFile(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
