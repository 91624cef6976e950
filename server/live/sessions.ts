// Who is signed in: sessions in memory as in the store, how long each may last and how long it may lie idle (GB/T 22239-2019
// 8.1.4.1 b). Called by accounts.ts, which writes what is planned here together with its audit record; decides nothing about people.
import { randomBytes } from "node:crypto";
import type { SessionView } from "#model/person.ts";
import type { Role, Scope } from "#model/rights.ts";
import type { Edit, SessionRecord } from "../store/store.ts";
import { hashOf } from "./devices.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A session ends after this time, used or not: a shift. */
export const SESSION_MS = 12 * HOUR_MS;
/** Nobody sits at a wall, nobody can sign in there at night: it reads, and ends with its password's life. */
export const WALL_SESSION_MS = 90 * 24 * HOUR_MS;
/** Without a person's act for this long it ends. */
export const IDLE_ADMINISTRATOR_MS = 15 * MINUTE_MS;
export const IDLE_MS = 30 * MINUTE_MS;
/** A person's act is written down at most this often. */
const SEEN_MS = MINUTE_MS;
/** Of one person; the oldest ends when one more begins. */
const SESSIONS_MAX = 20;

export interface Rules {
	/** One-click roles without passwords: an idle limit there protects nothing. */
	readonly demo: boolean;
	/** Core's start: who was at a desk before it is not known, and not held against them. */
	readonly startedAt: number;
	/** An armed duty desk: it may wait a whole shift for an alarm without a hand on it. */
	isAttended(user: string, now: number): boolean;
}

export class Sessions {
	private readonly known = new Map<string, SessionRecord>();
	/** idHash -> when its `lastSeenAt` was last written down. */
	private readonly written = new Map<string, number>();
	/** Their end is on its way to the disk: a late sign of life must not write them again. */
	private readonly ending = new Set<string>();
	/** idHash -> when its desk was last attended. */
	private readonly attended = new Map<string, number>();
	private readonly rules: Rules;

	constructor(records: readonly SessionRecord[], rules: Rules) {
		this.rules = rules;
		for (const record of records) this.known.set(record.idHash, record);
	}

	/** Made, not yet stored. @param from what is the same for every session of this person. */
	make(from: {
		readonly user: string;
		readonly roles: readonly Role[];
		readonly scope: Scope;
		readonly source: string;
		readonly mustChange: boolean;
		readonly now: number;
	}): { readonly secret: string; readonly record: SessionRecord } {
		const { now, ...rest } = from;
		const secret = randomBytes(32).toString("base64url");
		const lasts = isWall(from.roles) ? WALL_SESSION_MS : SESSION_MS;
		const times = { createdAt: now, lastSeenAt: now, expiresAt: now + lasts };
		return { secret, record: { idHash: hashOf(secret), ...rest, ...times } };
	}

	/** What the store is told of a new session, the person's oldest going when there are too many. */
	begun(record: SessionRecord): { readonly edits: Edit[]; apply(): void } {
		const own = this.of(record.user).sort((a, b) => a.createdAt - b.createdAt);
		const over = own.slice(0, Math.max(0, own.length + 1 - SESSIONS_MAX));
		const gone = this.ended(over);
		return {
			edits: [{ type: "session.put", record }, ...gone.edits],
			apply: () => {
				this.known.set(record.idHash, record);
				this.written.set(record.idHash, record.lastSeenAt);
				gone.apply();
			},
		};
	}

	ended(records: readonly SessionRecord[]): { readonly edits: Edit[]; apply(): void } {
		for (const { idHash } of records) this.ending.add(idHash);
		return {
			edits: records.map(({ idHash }) => ({ type: "session.remove", idHash })),
			apply: () => {
				for (const { idHash } of records) {
					this.known.delete(idHash);
					this.written.delete(idHash);
					this.ending.delete(idHash);
					this.attended.delete(idHash);
				}
			},
		};
	}

	of(user: string): SessionRecord[] {
		return [...this.known.values()].filter((record) => record.user === user);
	}

	find(idHash: string): SessionRecord | null {
		return this.known.get(idHash) ?? null;
	}

	/** A person did something. @returns what is to be written down, or null. */
	seen(idHash: string, now: number): Edit | null {
		const record = this.known.get(idHash);
		if (record === undefined || this.ending.has(idHash) || now < record.lastSeenAt) return null;
		const seen = { ...record, lastSeenAt: now };
		this.known.set(idHash, seen);
		if (now - (this.written.get(idHash) ?? 0) < SEEN_MS) return null;
		this.written.set(idHash, now);
		return { type: "session.put", record: seen };
	}

	/** Sessions that have lain idle too long, and those whose time is over. */
	over(now: number): { readonly idle: SessionRecord[]; readonly expired: SessionRecord[] } {
		const idle: SessionRecord[] = [];
		const expired: SessionRecord[] = [];
		for (const record of this.known.values()) {
			if (record.expiresAt <= now) expired.push(record);
			else if (now - this.seenAt(record, now) > this.idleLimit(record)) idle.push(record);
		}
		return { idle, expired };
	}

	views(user: string): SessionView[] {
		return this.of(user).map(({ idHash, createdAt, lastSeenAt, source }) => ({
			id: idHash.slice(0, 8),
			createdAt,
			lastSeenAt,
			source: source ?? "",
		}));
	}

	/** When a hand was last on it, or, at a desk, when it was last armed. */
	private seenAt({ idHash, user, roles, lastSeenAt }: SessionRecord, now: number): number {
		const isDesk = roles.every((role) => role === "duty" || role === "lead");
		if (!isDesk) return lastSeenAt;
		if (this.rules.isAttended(user, now)) this.attended.set(idHash, now);
		// A line that breaks for a moment must not end a shift.
		return Math.max(lastSeenAt, this.attended.get(idHash) ?? this.rules.startedAt);
	}

	private idleLimit({ roles }: SessionRecord): number {
		if (this.rules.demo || isWall(roles)) return Number.POSITIVE_INFINITY;
		return roles.includes("administrator") || roles.includes("auditor") ? IDLE_ADMINISTRATOR_MS : IDLE_MS;
	}
}

/** Only a wall: it reads and nothing else. */
function isWall(roles: readonly Role[]): boolean {
	return roles.every((role) => role === "wall");
}
