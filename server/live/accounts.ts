// People and their sessions, on core's side: first administrator, sign-in, sign-out, who may do what where. Every change is one
// commit with its audit record, and a person who was disabled, changed or given a new password loses every session in that same
// commit. Hashing is handed in; cookies and HTTP are web's business.
import { randomBytes } from "node:crypto";
import type { AuditRecord } from "#model/audit.ts";
import { type PersonView, parsePerson } from "#model/person.ts";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { covers, type Role, refuse, refuseGrant, type Scope, WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { Edit, SessionRecord, UserRecord } from "../store/store.ts";
import { hashOf } from "./devices.ts";
import { Lockout } from "./lockout.ts";
import type { Recorder } from "./recorder.ts";
import { Sessions } from "./sessions.ts";
import {
	hasSameRights,
	leavesNoAdministrator,
	mustChange,
	newPassword,
	type Passwords,
	planned,
	refuseManage,
	viewOf,
} from "./user_rules.ts";

export interface NewSession {
	readonly secret: string;
	readonly user: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly expiresAt: number;
	/** Nothing is open to it but a password of one's own. */
	readonly mustChange: boolean;
}

export type DemoRole = "duty" | "lead" | "planner" | "administrator";

export interface AccountParts {
	readonly recorder: Recorder;
	readonly clock: Clock;
	readonly passwords: Passwords;
	readonly demo: boolean;
	readonly setUpCode: string;
	readonly users: readonly UserRecord[];
	readonly sessions: readonly SessionRecord[];
}

export class Accounts {
	readonly sessions: Sessions;
	/** Whether an armed desk of this person is connected; told by whoever knows the desks. */
	isAttended: (user: string, now: number) => boolean = () => false;
	private readonly users = new Map<string, UserRecord>();
	private readonly lockout = new Lockout();
	private readonly parts: AccountParts;
	/** Verified against when the name is unknown, so that the time tells nothing. */
	private decoy: Promise<string> | null = null;
	/** Changes come one after the other: what one was planned on, no other has changed. */
	private turn: Promise<unknown> = Promise.resolve();

	constructor(parts: AccountParts) {
		this.parts = parts;
		this.sessions = new Sessions(parts.sessions, {
			demo: parts.demo,
			startedAt: parts.clock.now(),
			isAttended: (user, now) => this.isAttended(user, now),
		});
		for (const user of parts.users) this.users.set(user.name, user);
	}

	get count(): number {
		return this.users.size;
	}

	find(name: string): UserRecord | undefined {
		return this.users.get(name);
	}

	async signIn(name: string, password: string, source: string): Promise<NewSession | Problem> {
		const now = this.parts.clock.now();
		const isLocked = this.lockout.isLocked(name, source, now);
		const isRight = await this.isRight(this.users.get(name), password);
		if (isLocked) return problem("locked", "too many wrong passwords; try again in 30 minutes");
		return this.inTurn(async () => {
			// As it stands now: it may have been disabled or given another password while this one was verified.
			const user = this.users.get(name);
			if (user === undefined || user.disabled || isRight !== user.passwordHash) {
				this.lockout.failed(name, source, now);
				await this.parts.recorder.edit([], [this.audit(name, "session.refused", name, {}, source, "refused")]);
				return problem("bad-sign-in", "name or password is wrong");
			}
			this.lockout.forgive(name);
			return this.open({ ...user, lastSignInAt: now }, mustChange(user, now), source);
		});
	}

	/** The demo on loopback has no passwords: one click, one role. */
	async demoSession(role: DemoRole, source: string): Promise<NewSession | Problem> {
		if (!this.parts.demo) return problem("not-demo", "this is not a demonstration; sign in with name and password");
		return this.inTurn(() =>
			this.open({ name: `demo-${role}`, roles: [role], scope: WHOLE_PROVINCE, passwordHash: null }, false, source),
		);
	}

	async signOut(idHash: string, source: string): Promise<null> {
		return this.inTurn(async () => {
			const record = this.sessions.find(idHash);
			const gone = this.sessions.ended(record === null ? [] : [record]);
			// One that memory does not know is taken from the disk all the same.
			const edits: Edit[] = record === null ? [{ type: "session.remove", idHash }] : gone.edits;
			const user = record?.user ?? "";
			await this.parts.recorder.edit(edits, [this.audit(user, "session.end", idHash.slice(0, 8), {}, source)]);
			gone.apply();
			return null;
		});
	}

	/** First run of a real folder: the code that the terminal printed makes the first administrator, once. */
	async setUp(code: string, name: string, password: string, source: string): Promise<NewSession | Problem> {
		return this.inTurn(async () => {
			if (this.users.size > 0) return problem("already", "an administrator exists; sign in");
			if (hashOf(code.trim().toUpperCase()) !== hashOf(this.parts.setUpCode)) {
				return problem("bad-code", "the code is the one printed in the terminal at start", "code");
			}
			const person = parsePerson({ name, roles: ["administrator"], scope: WHOLE_PROVINCE });
			if (isProblem(person)) return person;
			const secret = await newPassword(this.parts.passwords, this.parts.clock.now(), null, name, password);
			if (isProblem(secret)) return secret;
			const user: UserRecord = { ...person, ...secret, mustChange: false };
			const audit = this.audit(name, "user.first", name, { roles: user.roles }, source);
			await this.parts.recorder.edit([{ type: "user.put", record: user }], [audit]);
			this.users.set(name, user);
			return this.open(user, false, source);
		});
	}

	/** One's own password. Every session of the person ends, this one goes on under a new secret. */
	async changePassword(idHash: string, old: string, next: string, source: string): Promise<NewSession | Problem> {
		const own = this.sessions.find(idHash);
		const user = own === null ? undefined : this.users.get(own.user);
		if (own === null || user === undefined) return problem("unauthorized", "sign in with name and password first");
		const now = this.parts.clock.now();
		const isLocked = this.lockout.isLocked(user.name, source, now);
		const isRight = await this.isRight(user, old);
		if (isLocked) return problem("locked", "too many wrong passwords; try again in 30 minutes");
		return this.inTurn(async () => {
			const known = this.users.get(user.name);
			if (known === undefined || known.disabled || this.sessions.find(idHash) === null)
				return problem("unauthorized", "the session has ended; sign in again");
			if (isRight !== known.passwordHash) {
				this.lockout.failed(user.name, source, now);
				await this.parts.recorder.edit(
					[],
					[this.audit(user.name, "password.refused", user.name, {}, source, "refused")],
				);
				return problem("bad-password", "wrong", "old");
			}
			const secret = await newPassword(this.parts.passwords, now, known, user.name, next);
			if (isProblem(secret)) return secret;
			const record: UserRecord = { ...known, ...secret, mustChange: false };
			const gone = this.sessions.ended(this.sessions.of(user.name));
			await this.parts.recorder.edit(
				[{ type: "user.put", record }, ...gone.edits],
				[this.audit(user.name, "password.change", user.name, {}, source)],
			);
			this.users.set(user.name, record);
			gone.apply();
			return this.open(record, false, source);
		});
	}

	/** Everybody whom `who` may manage. */
	people(who: Who): PersonView[] | Problem {
		const refusal = refuse(who, "people.edit", null);
		if (refusal !== null) return refusal;
		return [...this.users.values()]
			.filter((user) => covers(who.scope, user.scope))
			.sort((a, b) => a.name.localeCompare(b.name))
			.map((user) => viewOf(user, this.sessions, this.parts.clock.now()));
	}

	/** @param password null: as it is. @param final it is the person's own already and need not be changed at the first sign-in. */
	async putUser(
		who: Who,
		input: unknown,
		password: string | null,
		final: boolean,
		source: string,
	): Promise<{ name: string; ended: number } | Problem> {
		return this.inTurn(() => this.put(who, input, password, final, source));
	}

	/** Every session of somebody, at once. */
	async endSessions(who: Who, name: string, source: string): Promise<{ ended: number } | Problem> {
		return this.inTurn(async () => {
			const user = this.users.get(name);
			const refusal = refuseManage(who, user);
			if (refusal !== null) return refusal;
			const gone = this.sessions.ended(this.sessions.of(name));
			const audit = this.audit(who.user, "session.end-all", name, { sessions: gone.edits.length }, source);
			await this.parts.recorder.edit(gone.edits, [audit]);
			gone.apply();
			return { ended: gone.edits.length };
		});
	}

	/** A person did something in this session: it is not idle. */
	active(idHash: string): void {
		const edit = this.sessions.seen(idHash, this.parts.clock.now());
		// Not awaited and not missed: without it the session only ends a minute earlier after a restart.
		if (edit !== null) this.parts.recorder.edit([edit], []).catch(() => undefined);
	}

	/** Ends what has lain idle or is over. Called every few seconds. */
	async tick(now: number): Promise<void> {
		const first = this.sessions.over(now);
		if (first.idle.length + first.expired.length === 0) return;
		await this.inTurn(async () => {
			const { idle, expired } = this.sessions.over(now);
			const gone = this.sessions.ended([...idle, ...expired]);
			const audits = idle.map(({ user, idHash }) => this.audit(user, "session.idle", idHash.slice(0, 8), {}, "system"));
			await this.parts.recorder.edit(gone.edits, audits);
			gone.apply();
		});
	}

	private async put(
		who: Who,
		input: unknown,
		password: string | null,
		final: boolean,
		source: string,
	): Promise<{ name: string; ended: number } | Problem> {
		const person = parsePerson(input);
		if (isProblem(person)) return refuse(who, "people.edit", null) ?? person;
		const known = this.users.get(person.name);
		const refusal =
			(known === undefined ? null : refuseManage(who, known)) ?? refuseGrant(who, person.roles, person.scope);
		if (refusal !== null) return refusal;
		if (leavesNoAdministrator(this.users.values(), person))
			return problem("last-administrator", "somebody must hold the whole province");
		const user = await planned(this.parts.passwords, this.parts.clock.now(), person, known, password, final);
		if (isProblem(user)) return user;
		const gone = this.sessions.ended(hasSameRights(known, user) ? [] : this.sessions.of(user.name));
		const { roles, scope, disabled } = user;
		const detail = { roles, scope, disabled, password: password !== null, ended: gone.edits.length };
		await this.parts.recorder.edit(
			[{ type: "user.put", record: user }, ...gone.edits],
			[this.audit(who.user, "user.put", user.name, detail, source)],
		);
		this.users.set(user.name, user);
		gone.apply();
		if (password !== null) this.lockout.forgive(user.name);
		return { name: user.name, ended: gone.edits.length };
	}

	/** @returns the hash that it matches, or null. */
	private async isRight(user: UserRecord | undefined, password: string): Promise<string | null> {
		this.decoy ??= this.parts.passwords.hash(randomBytes(16).toString("hex"));
		const hash = user?.passwordHash ?? (await this.decoy);
		return (await this.parts.passwords.verify(hash, password)) ? hash : null;
	}

	private async open(
		user: UserRecord | (Pick<UserRecord, "name" | "roles" | "scope"> & { readonly passwordHash: null }),
		mustChange: boolean,
		source: string,
	): Promise<NewSession> {
		const now = this.parts.clock.now();
		const { name, roles, scope } = user;
		const { secret, record } = this.sessions.make({ user: name, roles, scope, source, mustChange, now });
		const begun = this.sessions.begun(record);
		// The demo's one-click roles are nobody in the table of people.
		const edits: Edit[] = user.passwordHash === null ? [] : [{ type: "user.put", record: user }];
		await this.parts.recorder.edit(
			[...edits, ...begun.edits],
			[this.audit(name, "session.begin", name, { roles }, source)],
		);
		begun.apply();
		if (user.passwordHash !== null) this.users.set(name, user);
		return { secret, user: name, roles, scope, expiresAt: record.expiresAt, mustChange };
	}

	private inTurn<T>(work: () => Promise<T>): Promise<T> {
		const own = this.turn.then(work, work);
		this.turn = own.catch(() => undefined);
		return own;
	}

	private audit(
		user: string,
		action: string,
		subject: string,
		detail: object,
		source: string,
		result = "ok",
	): AuditRecord {
		return { at: this.parts.clock.now(), user, action, subject, result, detail: JSON.stringify(detail), source };
	}
}
