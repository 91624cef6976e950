// Rules about one person's record: which password may be theirs, when it must be changed, who may manage them, what ends their
// sessions. Functions of their arguments; accounts.ts keeps the records and calls them.
import { PASSWORD_LIFE_MS, PASSWORDS_KEPT, weaknessOf } from "#model/password.ts";
import type { Person, PersonView } from "#model/person.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { isUndivided, refuse, refuseGrant, type Who } from "#model/rights.ts";
import type { UserRecord } from "../store/store.ts";
import type { Sessions } from "./sessions.ts";

export interface Passwords {
	hash(password: string): Promise<string>;
	verify(hash: string, password: string): Promise<boolean>;
}

export type Secret = Pick<UserRecord, "passwordHash" | "passwordAt" | "oldHashes">;

/** @param known the record whose last passwords may not come again. */
export async function newPassword(
	passwords: Passwords,
	now: number,
	known: UserRecord | null,
	name: string,
	password: string,
): Promise<Secret | Problem> {
	const weak = weaknessOf(password, name);
	if (weak !== null) return problem("bad-password", weak, "password");
	const old = known === null ? [] : [known.passwordHash, ...(known.oldHashes ?? [])].slice(0, PASSWORDS_KEPT);
	for (const hash of old) {
		if (await passwords.verify(hash, password)) return problem("bad-password", "used", "password");
	}
	const passwordHash = await passwords.hash(password);
	return { passwordHash, passwordAt: now, oldHashes: old.slice(0, PASSWORDS_KEPT - 1) };
}

/** The record to be stored. @param final the password is the person's own already. */
export async function planned(
	passwords: Passwords,
	now: number,
	person: Person,
	known: UserRecord | undefined,
	password: string | null,
	final: boolean,
): Promise<UserRecord | Problem> {
	if (password === null) {
		if (known === undefined) return problem("bad-password", "a new user needs a password", "password");
		return { ...known, ...person };
	}
	const secret = await newPassword(passwords, now, known ?? null, person.name, password);
	return isProblem(secret) ? secret : { ...known, ...person, ...secret, mustChange: !final };
}

export function mustChange(user: UserRecord, now: number): boolean {
	// A wall has no keyboard; its session ends with its password's life.
	if (user.roles.every((role) => role === "wall")) return false;
	if (user.mustChange === true) return true;
	return user.passwordAt !== undefined && now - user.passwordAt > PASSWORD_LIFE_MS;
}

/** Nothing has changed that a session's rights depend on. */
export function hasSameRights(known: UserRecord | undefined, user: UserRecord): boolean {
	const rights = (of: UserRecord): string => JSON.stringify([of.roles, of.scope, of.disabled, of.passwordHash]);
	return known !== undefined && rights(known) === rights(user);
}

export function leavesNoAdministrator(users: Iterable<UserRecord>, person: Person): boolean {
	const holds = ({ roles, scope, disabled }: Pick<UserRecord, "roles" | "scope" | "disabled">): boolean =>
		!disabled && roles.includes("administrator") && isUndivided(scope);
	const holders = [...users].filter(holds);
	return holders.length === 1 && holders[0]?.name === person.name && !holds(person);
}

/** Whoever stands beyond one's own scope or rights is not there. */
export function refuseManage(who: Who, user: UserRecord | undefined): Problem | null {
	const refusal = refuse(who, "people.edit", null);
	if (refusal !== null) return refusal;
	const isBeyond = user === undefined || refuseGrant(who, user.roles, user.scope) !== null;
	return isBeyond ? problem("not-found", "no such person in your scope") : null;
}

export function viewOf(user: UserRecord, sessions: Sessions, now: number): PersonView {
	return {
		name: user.name,
		fullName: user.fullName ?? "",
		unit: user.unit ?? "",
		roles: user.roles,
		scope: user.scope,
		disabled: user.disabled,
		mustChange: mustChange(user, now),
		passwordAt: user.passwordAt ?? null,
		lastSignInAt: user.lastSignInAt ?? null,
		sessions: sessions.views(user.name),
	};
}
