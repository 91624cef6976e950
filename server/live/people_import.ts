// A sheet of people, row by row: made, changed or as it was, and each refused row with its reason. Repeating a sheet changes
// nothing. First passwords are made here, told once in the answer and kept nowhere. Called by core's host for web.
import { randomInt } from "node:crypto";
import { easyPassword } from "#model/password.ts";
import type { SheetRow } from "#model/people_sheet.ts";
import type { Imported, ImportedRow } from "#model/person.ts";
import { isProblem, type Problem } from "#model/problem.ts";
import { refuse, type Who } from "#model/rights.ts";
import type { Accounts } from "./accounts.ts";

export async function importPeople(
	accounts: Accounts,
	who: Who,
	rows: readonly SheetRow[],
	source: string,
): Promise<Imported | Problem> {
	const refusal = refuse(who, "people.edit", null);
	if (refusal !== null) return refusal;
	const told: ImportedRow[] = [];
	const passwords: Imported["passwords"][number][] = [];
	for (const { row, person: read } of rows) {
		if (read === null) continue;
		const known = accounts.find(read.name);
		// A sheet opens nothing that an administrator has closed.
		const person = { ...read, disabled: known?.disabled ?? false };
		const isSame =
			known !== undefined &&
			JSON.stringify([known.fullName ?? "", known.unit ?? "", known.roles, known.scope, known.disabled]) ===
				JSON.stringify([person.fullName, person.unit, person.roles, person.scope, person.disabled]);
		const password = known === undefined ? easyPassword(randomInt) : null;
		const answer = isSame ? null : await accounts.putUser(who, person, password, false, source);
		const { name, fullName } = person;
		if (isProblem(answer)) told.push({ row, name, result: "refused", problem: answer });
		else told.push({ row, name, result: isSame ? "same" : password === null ? "changed" : "made", problem: null });
		if (password !== null && !isProblem(answer)) passwords.push({ name, fullName, password });
	}
	return { rows: told, passwords };
}
