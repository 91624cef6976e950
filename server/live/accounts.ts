// People and their sessions, on core's side: first administrator, sign-in, sign-out, users. Every change is one commit with its
// audit record. Hashing is handed in; cookies and HTTP are web's business.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Problem, problem } from "#model/problem.ts";
import { type Role, refuse, roles, type Scope, scopeSchema, WHOLE_PROVINCE, type Who } from "#model/rights.ts";
import type { Clock } from "../clock.ts";
import type { AuditRecord, SessionRecord, UserRecord } from "../store/store.ts";
import { hashOf } from "./devices.ts";
import type { Recorder } from "./recorder.ts";

/** A session ends after this time, used or not. */
export const SESSION_MS = 12 * 3_600_000;
const LOCK_AFTER = 5;
const LOCK_MS = 30 * 60_000;

export interface Passwords {
	hash(password: string): Promise<string>;
	verify(hash: string, password: string): Promise<boolean>;
}

export interface NewSession {
	readonly secret: string;
	readonly user: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly expiresAt: number;
}

const nameSchema = z.string().regex(/^[\p{L}\p{N}._-]{2,40}$/u, "2 to 40 letters, digits, . _ -");
const userSchema = z.object({
	name: nameSchema,
	roles: z.array(z.enum(roles)).min(1).max(roles.length),
	scope: scopeSchema,
	disabled: z.boolean(),
});

export class Accounts {
	private readonly users = new Map<string, UserRecord>();
	private readonly failures = new Map<string, { count: number; until: number }>();
	private readonly recorder: Recorder;
	private readonly clock: Clock;
	private readonly passwords: Passwords;
	private readonly demo: boolean;
	private readonly setUpCode: string;
	/** Verified against when the name is unknown, so that the time tells nothing. */
	private decoy: Promise<string> | null = null;

	constructor(parts: {
		recorder: Recorder;
		clock: Clock;
		passwords: Passwords;
		demo: boolean;
		setUpCode: string;
		users: readonly UserRecord[];
	}) {
		this.recorder = parts.recorder;
		this.clock = parts.clock;
		this.passwords = parts.passwords;
		this.demo = parts.demo;
		this.setUpCode = parts.setUpCode;
		for (const user of parts.users) this.users.set(user.name, user);
	}

	get count(): number {
		return this.users.size;
	}

	async signIn(name: string, password: string, source: string): Promise<NewSession | Problem> {
		const now = this.clock.now();
		// By name and by place: one guesser cannot lock everybody out, nor try everywhere.
		const locked = [`name/${name}`, `from/${source}`].some((key) => (this.failures.get(key)?.until ?? 0) > now);
		const user = this.users.get(name);
		this.decoy ??= this.passwords.hash(randomBytes(16).toString("hex"));
		const hash = user?.passwordHash ?? (await this.decoy);
		const right = await this.passwords.verify(hash, password);
		if (locked) return problem("locked", "too many wrong passwords; try again in 30 minutes");
		if (user === undefined || user.disabled || !right) {
			this.failed(name, source, now);
			await this.recorder.edit([], [this.audit(name, "session.refused", name, "refused", {}, source)]);
			return problem("bad-sign-in", "name or password is wrong");
		}
		this.failures.delete(`name/${name}`);
		return this.open(user.name, user.roles, user.scope, source);
	}

	/** The demo on loopback has no passwords: one click, one role. */
	async demoSession(role: "duty" | "planner" | "administrator", source: string): Promise<NewSession | Problem> {
		if (!this.demo) return problem("not-demo", "this is not a demonstration; sign in with name and password");
		return this.open(`demo-${role}`, [role], WHOLE_PROVINCE, source);
	}

	async signOut(idHash: string, source: string): Promise<null> {
		await this.recorder.edit(
			[{ type: "session.remove", idHash }],
			[this.audit("", "session.end", idHash.slice(0, 8), "ok", {}, source)],
		);
		return null;
	}

	/** First run of a real folder: the code that the terminal printed makes the first administrator, once. */
	async setUp(code: string, name: string, password: string, source: string): Promise<NewSession | Problem> {
		if (this.users.size > 0) return problem("already", "an administrator exists; sign in");
		if (hashOf(code.trim().toUpperCase()) !== hashOf(this.setUpCode)) {
			return problem("bad-code", "the code is the one printed in the terminal at start", "code");
		}
		const user = await this.plan({ name, roles: ["administrator"], scope: WHOLE_PROVINCE, disabled: false }, password);
		if ("problem" in user) return user;
		await this.recorder.edit(
			[{ type: "user.put", record: user }],
			[this.audit(user.name, "user.first", user.name, "ok", { roles: user.roles }, source)],
		);
		this.users.set(user.name, user);
		return this.open(user.name, user.roles, user.scope, source);
	}

	async putUser(
		who: Who,
		input: unknown,
		password: string | null,
		source: string,
	): Promise<{ name: string } | Problem> {
		const refusal = refuse(who, "people.edit", null);
		if (refusal !== null) return refusal;
		const user = await this.plan(input, password);
		if ("problem" in user) return user;
		await this.recorder.edit(
			[{ type: "user.put", record: user }],
			[
				this.audit(
					who.user,
					"user.put",
					user.name,
					"ok",
					{ roles: user.roles, scope: user.scope, disabled: user.disabled },
					source,
				),
			],
		);
		this.users.set(user.name, user);
		return { name: user.name };
	}

	private async plan(input: unknown, password: string | null): Promise<UserRecord | Problem> {
		const parsed = userSchema.safeParse(input);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			return problem("bad-user", issue?.message ?? "not a user", issue?.path.join("."));
		}
		const known = this.users.get(parsed.data.name);
		if (password === null)
			return known === undefined
				? problem("bad-password", "a new user needs a password", "password")
				: { ...known, ...parsed.data };
		const weak = weakness(password, parsed.data.name);
		if (weak !== null) return problem("bad-password", weak, "password");
		return { ...parsed.data, passwordHash: await this.passwords.hash(password) };
	}

	private async open(user: string, ownRoles: readonly Role[], scope: Scope, source: string): Promise<NewSession> {
		const now = this.clock.now();
		const secret = randomBytes(32).toString("base64url");
		const record: SessionRecord = {
			idHash: hashOf(secret),
			user,
			roles: ownRoles,
			scope,
			createdAt: now,
			lastSeenAt: now,
			expiresAt: now + SESSION_MS,
		};
		await this.recorder.edit(
			[{ type: "session.put", record }],
			[this.audit(user, "session.begin", user, "ok", { roles: ownRoles }, source)],
		);
		return { secret, user, roles: ownRoles, scope, expiresAt: record.expiresAt };
	}

	private failed(name: string, source: string, now: number): void {
		if (this.failures.size > 10_000) this.failures.clear();
		for (const key of [`name/${name}`, `from/${source}`]) {
			const known = this.failures.get(key);
			const count = known === undefined || (known.until > 0 && known.until <= now) ? 1 : known.count + 1;
			// A whole office may share one address.
			const bound = key.startsWith("from/") ? LOCK_AFTER * 4 : LOCK_AFTER;
			this.failures.set(key, { count, until: count >= bound ? now + LOCK_MS : 0 });
		}
	}

	private audit(
		user: string,
		action: string,
		subject: string,
		result: string,
		detail: object,
		source: string,
	): AuditRecord {
		return { at: this.clock.now(), user, action, subject, result, detail: JSON.stringify(detail), source };
	}
}

/** GB/T 22239-2019 8.1.4.1 a): complexity. @returns what is missing, or null. */
function weakness(password: string, name: string): string | null {
	if (password.length < 10 || password.length > 200) return "10 to 200 characters";
	const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((pattern) => pattern.test(password)).length;
	if (classes < 3) return "three of: lower case, upper case, digits, other characters";
	return password.toLowerCase().includes(name.toLowerCase()) ? "must not contain the name" : null;
}
