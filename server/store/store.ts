// What a store promises. Core holds the one writable connection (in its store worker), web a read-only one; both see only
// these interfaces. A contract suite in test/contract runs against every implementation.
import type { ActAnswer } from "#model/act.ts";
import type { Alarm, Transition } from "#model/alarm.ts";
import type { AlarmSpan, AlarmStory, Buckets, History } from "#model/answers.ts";
import type { Archived, Leave } from "#model/archive.ts";
import type { AuditFilter, AuditHead, AuditRecord, ChainedRecord, Verdict } from "#model/audit.ts";
import type { AssetRecord, DeviceRequest } from "#model/catalogue.ts";
import type { Limit } from "#model/limit.ts";
import type { PhotoRecord } from "#model/photo.ts";
import type { CommandAnswer } from "#model/protocol.ts";
import type { Entry, LogLine, RecordKind } from "#model/register.ts";
import type { Role, Scope } from "#model/rights.ts";

/** Readings as columns of equal length, in arrival order. Channel ids are permanent; counts are 10^-scale units, NaN: no value. */
export interface ReadingBlock {
	readonly channel: Uint32Array;
	/** Epoch ms, as the device said. */
	readonly at: Float64Array;
	readonly count: Float64Array;
	/** Quality code (measure.ts). */
	readonly quality: Uint8Array;
	/** Epoch ms when we had it. */
	readonly receivedAt: Float64Array;
}

/** The judged state of one (channel, rule) that has something pending or active; all zero: forget it. */
export interface JudgedRecord {
	readonly channel: number;
	readonly rule: string;
	readonly severity: number;
	readonly rising: number;
	readonly risingSince: number;
	readonly calm: number;
	readonly fallingTo: number;
	readonly fallingSince: number;
}

export interface DeviceRecord {
	readonly id: string;
	readonly asset: string;
	readonly door: DeviceRequest["door"];
	readonly address: string;
	/** SHA-256 of the key, hex; HJ 212 and SL 651 passwords too. */
	readonly keyHash: string;
	readonly profile: NonNullable<DeviceRequest["profile"]> | null;
	readonly demo: boolean;
}

export interface UserRecord {
	readonly name: string;
	readonly passwordHash: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly disabled: boolean;
	readonly fullName?: string;
	/** Where they work, in words. */
	readonly unit?: string;
	/** When the password was set, epoch ms; absent in records of before passwords had an age. */
	readonly passwordAt?: number;
	/** Must be changed at the next sign-in: somebody else has set it. */
	readonly mustChange?: boolean;
	/** Hashes of the passwords before this one, newest first. */
	readonly oldHashes?: readonly string[];
	readonly lastSignInAt?: number;
}

export interface SessionRecord {
	/** SHA-256 of the cookie's secret, hex: a stolen database opens no session. */
	readonly idHash: string;
	readonly user: string;
	readonly roles: readonly Role[];
	readonly scope: Scope;
	readonly createdAt: number;
	/** When a person last acted in it. */
	readonly lastSeenAt: number;
	readonly expiresAt: number;
	/** Address that it began from. */
	readonly source?: string;
	/** Nothing is open to it but setting a password. */
	readonly mustChange?: boolean;
}

/** A limit that people changed: for every asset of a kind, or for one asset. */
export interface RuleRecord {
	readonly kind: string;
	/** null: the whole kind. */
	readonly asset: string | null;
	readonly limit: Limit;
	readonly removed: boolean;
}

/** What a repeated commandId is answered with: a command's answer, or an act's. */
export type StoredAnswer = CommandAnswer | ActAnswer;

/** A change of what exists, made in the same commit as its audit record. */
export type Edit =
	| { readonly type: "asset.put"; readonly record: AssetRecord }
	| { readonly type: "asset.remove"; readonly id: string }
	| {
			readonly type: "channel.put";
			readonly id: number;
			readonly asset: string;
			readonly measure: string;
			readonly scale: number;
	  }
	| { readonly type: "device.put"; readonly record: DeviceRecord }
	| { readonly type: "device.remove"; readonly id: string }
	| { readonly type: "rule.put"; readonly record: RuleRecord }
	| { readonly type: "user.put"; readonly record: UserRecord }
	| { readonly type: "session.put"; readonly record: SessionRecord }
	| { readonly type: "session.remove"; readonly idHash: string }
	| { readonly type: "setting.put"; readonly name: string; readonly value: string }
	/** Also brings back what was in the archive. */
	| { readonly type: "entry.put"; readonly entry: Entry }
	/** The entry as it stands moves to the archive at `at`; `revision`: the register's number with it. */
	| {
			readonly type: "entry.archive";
			readonly leave: Leave;
			readonly district: string;
			readonly system: string;
			readonly removed: boolean;
			readonly at: number;
			readonly revision: number;
	  }
	/** `line.n` follows the last one; `revision`: the register's number with it. */
	| { readonly type: "line.add"; readonly line: LogLine; readonly revision: number }
	| { readonly type: "photo.add"; readonly photo: PhotoRecord };

/** One atomic step: all of it is on the disk, synced, when `commit` resolves; none of it when it rejects. */
export interface CommitBatch {
	readonly readings: ReadingBlock | null;
	/** `seq` given by the caller, without gaps; the alarm table follows from `alarm` in each. */
	readonly transitions: readonly Transition[];
	readonly audits: readonly AuditRecord[];
	readonly answers: readonly { readonly commandId: string; readonly at: number; readonly answer: StoredAnswer }[];
	readonly judged: readonly JudgedRecord[];
	readonly edits: readonly Edit[];
	readonly receipts: readonly {
		readonly seq: number;
		readonly screen: string;
		readonly user: string;
		readonly stage: string;
		readonly at: number;
	}[];
}

/** What core needs to go on where it stood. */
export interface Loaded {
	readonly assets: readonly AssetRecord[];
	readonly channels: readonly {
		readonly id: number;
		readonly asset: string;
		readonly measure: string;
		readonly scale: number;
	}[];
	readonly devices: readonly DeviceRecord[];
	readonly rules: readonly RuleRecord[];
	readonly users: readonly UserRecord[];
	readonly sessions: readonly SessionRecord[];
	readonly alarms: readonly Alarm[];
	readonly judged: readonly JudgedRecord[];
	readonly lastSeq: number;
	readonly settings: ReadonlyMap<string, string>;
	/** Removed ones too, in the order of their revisions; nothing of the archive. */
	readonly entries: readonly Entry[];
	/** Of the last change of the register, and number of its last log line. */
	readonly registerRevision: number;
	readonly lastLine: number;
	/** By prefix the highest number that an id of the archive ends with: ids are never given twice. */
	readonly archivedNumbers: ReadonlyMap<string, number>;
	/** Newest reading of every channel that ever had one, as the live table had it (`becomesNewest` of model/reading.ts). */
	readonly latest: ReadingBlock;
}

export interface StoreState {
	readonly open: boolean;
	/** SQLite's own answer for synchronous: 2 is FULL. */
	readonly synchronous: number;
	readonly since: number;
	readonly fault: string | null;
	readonly journalReadings: number;
	readonly fileBytes: number;
	/** End of the audit chain on the disk; null while the store is not open. */
	readonly audit: AuditHead | null;
}

/** Core's side. Every call is answered by the worker in order; one commit at a time is the caller's duty. */
export interface Store {
	/** Opens, migrates, asserts WAL and synchronous=FULL, and reads everything that core needs. Rejects with a named cause. */
	load(): Promise<Loaded>;
	/** Resolves after the sync. Rejects when nothing of it was stored; the worker then closes, reopens with back-off and re-reads. */
	commit(batch: CommitBatch): Promise<void>;
	/** Readings of these channels with at >= from, by channel then time; for windows that are rebuilt at a start. */
	readings(channels: Uint32Array, from: number): Promise<ReadingBlock>;
	/** The answer given to a commandId before, or null. */
	answerOf(commandId: string): Promise<StoredAnswer | null>;
	/** Log lines of a subject with n > after, rising, at most `limit`. */
	lines(subject: string, after: number, limit: number): Promise<readonly LogLine[]>;
	/** A record of the archive with its parts, or null. Rejects when it is damaged. */
	archived(kind: RecordKind, id: string): Promise<Archived | null>;
	/** The whole table as of `at`, for seek, replay and a quick start. Channel order is free. */
	keyFrame(at: number, frame: ReadingBlock, severity: Uint8Array): Promise<void>;
	/** One slice (at most about 20 ms of work) of compaction, thinning or deletion. @returns true when more is waiting. */
	maintain(now: number): Promise<boolean>;
	state(): StoreState;
	/** Called when the store goes down or comes back; @returns a function that stops it. */
	watch(listener: (state: StoreState) => void): () => void;
	/** A consistent copy of the whole folder into one file while writing goes on. */
	backup(file: string): Promise<{ readonly bytes: number; readonly readings: number }>;
	close(): Promise<void>;
}

export interface ArchiveFilter {
	readonly kind: RecordKind;
	/** Over in [from, to). */
	readonly from: number;
	readonly to: number;
	/** Prefixes. */
	readonly districts: readonly string[];
	/** null: all. */
	readonly systems: readonly string[] | null;
	/** `next` of the page before. */
	readonly before: readonly [number, number] | null;
	readonly limit: number;
}

export interface ArchivePage {
	readonly found: readonly Omit<Archived, "parts">[];
	/** Where the next page begins, or null: this was all. */
	readonly next: readonly [number, number] | null;
	/** Records that do not match their checksum and were left out. */
	readonly damaged: number;
}

/** Web's side: lists and history, read-only, off the event loop. Never blocks the writer. */
export interface ReadStore {
	/** At most `points`; minima and maxima of each bucket are kept, gaps stay gaps, repeats of (at, value) appear once. */
	history(channel: number, from: number, to: number, points: number): Promise<History>;
	/** Transitions with seq > after, rising, at most `limit`. */
	transitions(after: number, limit: number): Promise<readonly Transition[]>;
	/** Every alarm ever raised, worst and newest first, of those districts (prefixes) and systems (null: all). */
	alarms(filter: {
		readonly districts: readonly string[];
		readonly systems: readonly string[] | null;
		readonly severity: number;
		readonly limit: number;
	}): Promise<readonly Alarm[]>;
	/** What alarms did from shortly before `from` to the end of the log, at most `limit` steps; names of raises in [from, to). */
	alarmSpan(from: number, to: number, limit: number): Promise<AlarmSpan>;
	/** The newest `limit` transitions of one alarm with what screens reported of them. */
	story(alarm: string, limit: number): Promise<AlarmStory>;
	/** Lowest and highest good count of each channel in each step of [from, to); `step` divides it. A few ms a channel and day. */
	buckets(channels: Uint32Array, from: number, to: number, step: number): Promise<Buckets>;
	/** A setting as it is stored, or null. */
	setting(name: string): Promise<string | null>;
	session(idHash: string): Promise<SessionRecord | null>;
	audits(after: number, limit: number): Promise<readonly ChainedRecord[]>;
	/** The newest `limit` records with n < before that `filter` lets through, newest first. */
	/** The whole chain against itself and its witness. */
	auditCheck(): Promise<Verdict>;
	auditsBack(before: number, limit: number, filter: AuditFilter): Promise<readonly ChainedRecord[]>;
	/** Log lines of a subject with n > after, rising, at most `limit`. */
	lines(subject: string, after: number, limit: number): Promise<readonly LogLine[]>;
	/** Log lines of every subject with from <= at < to and n > after, rising, at most `limit`. */
	linesBetween(from: number, to: number, after: number, limit: number): Promise<readonly LogLine[]>;
	/** A record of the archive with its parts, or null. Rejects when it is damaged. */
	archived(kind: RecordKind, id: string): Promise<Archived | null>;
	/** Records of the archive, newest first. Parts (tasks) are asked for with what they belong to. */
	archive(filter: ArchiveFilter): Promise<ArchivePage>;
	/** Rejects when its bytes are damaged. */
	photo(id: string): Promise<PhotoRecord | null>;
	/** Asset ids that match two or more characters of a name, an id, or pinyin initials; best first. */
	search(text: string, limit: number): Promise<readonly string[]>;
	/** Every reading with from <= at < to, by time. Rejects when a part of it is damaged. */
	readings(channel: number, from: number, to: number): Promise<ReadingBlock>;
	/** The newest key frame at or before `at`, by channel id, or null; the frame's own `at` says from where to read on. */
	keyFrame(
		at: number,
	): Promise<{ readonly at: number; readonly frame: ReadingBlock; readonly severity: Uint8Array } | null>;
	close(): Promise<void>;
}
