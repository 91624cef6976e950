// People and the audit log, as an administrator's page asks for them. Answers or Problems; shapes are those of the shared model.
import type { ChainedRecord, Verdict } from "#model/audit.ts";
import type { CellProblem } from "#model/people_sheet.ts";
import type { Imported, PersonView } from "#model/person.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import type { Role, Scope } from "#model/rights.ts";
import { ask } from "./ask.ts";

export interface PersonChange {
	readonly name: string;
	readonly fullName: string;
	readonly unit: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly disabled: boolean;
	/** null: as it is. */
	readonly password: string | null;
}

export async function askPeople(signal: AbortSignal): Promise<readonly PersonView[] | Problem> {
	const body = await ask("/api/users", { signal });
	if (isProblem(body)) return body;
	const { people } = (body ?? {}) as { people?: unknown };
	return Array.isArray(people) ? (people as readonly PersonView[]) : problem("bad-answer", "no people");
}

export async function putPerson({ name, ...rest }: PersonChange): Promise<Problem | null> {
	const body = await ask(`/api/users/${encodeURIComponent(name)}`, { method: "PUT", body: rest });
	return isProblem(body) ? body : null;
}

export async function endSessions(name: string): Promise<Problem | null> {
	const body = await ask(`/api/users/${encodeURIComponent(name)}/sessions`, { method: "DELETE" });
	return isProblem(body) ? body : null;
}

export type ImportAnswer = Imported & {
	readonly bad: readonly { readonly row: number; readonly problems: readonly CellProblem[] }[];
};

export async function importSheet(file: Blob): Promise<ImportAnswer | Problem> {
	// The kind of file is read from its first bytes; a browser's guess would only be in the way.
	const bytes = new Blob([file], { type: "application/octet-stream" });
	const body = await ask("/api/user-sheet", { method: "POST", bytes });
	return isProblem(body) ? body : (body as ImportAnswer);
}

/** Empty fields ask for everything. */
export interface AuditQuestion {
	readonly user: string;
	readonly action: string;
	readonly subject: string;
	/** Epoch ms or null. */
	readonly from: number | null;
	readonly to: number | null;
}

export interface AuditPage {
	readonly records: readonly ChainedRecord[];
	/** Ask `before` this for older ones; null: that was all. */
	readonly next: number | null;
}

export function auditQuery(question: AuditQuestion): URLSearchParams {
	const given = Object.entries(question).filter(([, value]) => value !== "" && value !== null);
	return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

export async function askAudit(
	question: AuditQuestion,
	before: number | null,
	signal: AbortSignal,
): Promise<AuditPage | Problem> {
	const query = auditQuery(question);
	query.set("before", String(before ?? Number.MAX_SAFE_INTEGER));
	query.set("limit", "100");
	const body = await ask(`/api/audit?${query}`, { signal });
	return isProblem(body) ? body : (body as AuditPage);
}

export async function askCheck(signal: AbortSignal): Promise<Verdict | Problem> {
	const body = await ask("/api/audit/check", { signal });
	return isProblem(body) ? body : (body as Verdict);
}
