// Everybody whom the caller may manage, as one table: found by a few letters, changed in a dialog, disabled or signed out with a second
// press; and the sheet in and out.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ChangeEvent, type ReactElement, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonView } from "#model/person.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import { askPeople, endSessions, type ImportAnswer, importSheet, putPerson } from "../../live/people.ts";
import { refusalText } from "../sign/refusal.ts";
import { ImportResult } from "./ImportResult.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { PersonRow } from "./PersonRow.tsx";

const COLUMNS = ["account", "person", "roles", "scope", "seen", "sessions", "state", "acts"] as const;
/** Rows drawn at once; the others are found by typing. */
const SHOWN_MAX = 300;

export function PeopleList(): ReactElement {
	const { t } = useTranslation();
	const queries = useQueryClient();
	const [text, setText] = useState("");
	const [edited, setEdited] = useState<PersonView | "new" | null>(null);
	const [imported, setImported] = useState<ImportAnswer | null>(null);
	const [refusal, setRefusal] = useState<Problem | null>(null);
	const asked = useQuery({ queryKey: ["people"], queryFn: ({ signal }) => askPeople(signal), refetchInterval: 30_000 });
	const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ["people"] });
	const act = async (attempt: Promise<Problem | null>): Promise<void> => {
		setRefusal(await attempt);
		await again();
	};
	const bringIn = async (file: File): Promise<void> => {
		const answer = await importSheet(file);
		setRefusal(isProblem(answer) ? answer : null);
		setImported(isProblem(answer) ? null : answer);
		await again();
	};
	const told = refusal ?? (asked.data !== undefined && isProblem(asked.data) ? asked.data : null);
	const people = asked.data === undefined || isProblem(asked.data) ? [] : asked.data;
	const found = people.filter((person) => matches(person, text));
	return (
		<section className="admin-people">
			<div className="admin-bar">
				<input
					type="search"
					className="admin-find"
					value={text}
					placeholder={t("people.list.find")}
					aria-label={t("people.list.find")}
					onChange={(event) => setText(event.currentTarget.value)}
				/>
				<span className="quiet figures">
					{found.length === people.length
						? t("people.list.count", { count: people.length })
						: t("people.list.shown", { shown: found.length, count: people.length })}
				</span>
				<span className="admin-acts">
					<button type="button" className="button primary" onClick={() => setEdited("new")}>
						{t("people.list.add")}
					</button>
					<FileButton onFile={(file) => void bringIn(file).catch(reportError)} />
					<a className="button" href="/api/user-sheet" download>
						{t("people.list.template")}
					</a>
				</span>
			</div>
			{told === null ? null : (
				<p className="form-problem" role="alert">
					{refusalText(t, told)}
				</p>
			)}
			{imported === null ? null : <ImportResult answer={imported} onClose={() => setImported(null)} />}
			<div className="admin-scroll">
				<table className="admin-table">
					<thead>
						<tr>
							{COLUMNS.map((column) => (
								<th key={column} scope="col">
									{t(`people.list.${column}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{found.slice(0, SHOWN_MAX).map((person) => (
							<PersonRow
								key={person.name}
								person={person}
								onEdit={() => setEdited(person)}
								onEnd={() => void act(endSessions(person.name)).catch(reportError)}
								onSwitch={() => void act(putPerson(switched(person))).catch(reportError)}
							/>
						))}
					</tbody>
				</table>
				{found.length > 0 || told !== null ? null : (
					<p className="quiet">{t(asked.isPending ? "people.list.loading" : "people.list.none")}</p>
				)}
			</div>
			{edited === null ? null : (
				<PersonForm
					person={edited === "new" ? null : edited}
					onDone={() => void again().catch(reportError)}
					onClose={() => setEdited(null)}
				/>
			)}
		</section>
	);
}

function FileButton({ onFile }: { readonly onFile: (file: File) => void }): ReactElement {
	const { t } = useTranslation();
	const input = useRef<HTMLInputElement>(null);
	const take = (event: ChangeEvent<HTMLInputElement>): void => {
		const file = event.currentTarget.files?.[0];
		// The same file may be handed in again after it was mended.
		event.currentTarget.value = "";
		if (file !== undefined) onFile(file);
	};
	return (
		<>
			<input ref={input} type="file" hidden accept=".csv,.xlsx" data-import="people" onChange={take} />
			<button type="button" className="button" onClick={() => input.current?.click()}>
				{t("people.list.import")}
			</button>
		</>
	);
}

function matches({ name, fullName, unit }: PersonView, text: string): boolean {
	const wanted = text.trim().toLowerCase();
	return wanted === "" || [name, fullName, unit].some((word) => word.toLowerCase().includes(wanted));
}

function switched({ name, fullName, unit, roles, scope, disabled }: PersonView) {
	return { name, fullName, unit, roles, scope, disabled: !disabled, password: null };
}
