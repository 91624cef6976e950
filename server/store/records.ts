// The records of the main file: catalogue edits and everything that a commit writes beside readings, and reading them back
// for the start. Called by the writer inside its transaction; it opens none of its own.
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Alarm, Transition } from "#model/alarm.ts";
import type { Archived } from "#model/archive.ts";
import type { AuditHead, AuditRecord } from "#model/audit.ts";
import type { AssetRecord } from "#model/catalogue.ts";
import type { LogLine, RecordKind } from "#model/register.ts";
import { archivedOf } from "./archive_rows.ts";
import { chainHash, GENESIS, type HashName } from "./audit_chain.ts";
import { DamagedError } from "./block.ts";
import { fromBody, type Sql, toBody } from "./bodies.ts";
import { linesOf, loadRegister, writeRegister } from "./register_rows.ts";
import { pairs, spell } from "./search.ts";
import type {
	CommitBatch,
	DeviceRecord,
	Edit,
	JudgedRecord,
	Loaded,
	RuleRecord,
	SessionRecord,
	StoredAnswer,
	UserRecord,
} from "./store.ts";

/** Our own bug in a batch: nothing was written and the store stays open. */
export class BatchError extends Error {
	override name = "BatchError";
}

type Row = Record<string, unknown>;

export class Records {
	private readonly db: DatabaseSync;
	private readonly statements = new Map<string, StatementSync>();
	/** Seq of the last transition on the disk. */
	lastSeq: number;
	/** End of the audit chain on the disk. */
	auditHead: AuditHead;
	private readonly auditHash: HashName;

	constructor(db: DatabaseSync, auditHash: HashName) {
		this.db = db;
		this.auditHash = auditHash;
		this.lastSeq = this.readLastSeq();
		const last = this.sql("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1").get();
		this.auditHead = { n: Number(last?.n ?? 0), hash: String(last?.hash ?? GENESIS) };
	}

	/** After a rollback the number on the disk counts again. */
	readLastSeq(): number {
		this.lastSeq = Number(this.sql("SELECT coalesce(max(seq), 0) AS seq FROM transition").get()?.seq);
		return this.lastSeq;
	}

	/** Everything of the batch but its readings. Throws BatchError when the caller's numbering is wrong. */
	write(batch: Omit<CommitBatch, "readings">): void {
		for (const edit of batch.edits) this.edit(edit);
		this.writeTransitions(batch.transitions);
		for (const audit of batch.audits) this.writeAudit(audit);
		for (const { commandId, at, answer } of batch.answers)
			this.sql("INSERT INTO answer VALUES (?, ?, ?)").run(commandId, at, toBody(commandId, answer));
		for (const judged of batch.judged) this.judge(judged);
		for (const { seq, screen, stage, user, at } of batch.receipts)
			this.sql("INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?)").run(seq, screen, stage, user, at);
	}

	answerOf(commandId: string): StoredAnswer | null {
		const row = this.sql("SELECT body FROM answer WHERE command = ?").get(commandId);
		return row === undefined ? null : fromBody<StoredAnswer>(commandId, row.body, "answer");
	}

	lines(subject: string, after: number, limit: number): LogLine[] {
		return linesOf(this.sql, subject, after, limit);
	}

	archived(kind: RecordKind, id: string): Archived | null {
		return archivedOf(this.sql, kind, id);
	}

	setting(name: string): string | null {
		const row = this.sql("SELECT value FROM setting WHERE name = ?").get(name);
		return row === undefined ? null : String(row.value);
	}

	/** Damaged records are named and left out: one bad row must not keep the rest of a province from starting. */
	load(damage: (what: string) => void): Omit<Loaded, "latest"> {
		const bodies = <T>(sql: string, what: string, instead: (key: string) => T | null = () => null): T[] => {
			const sound: T[] = [];
			for (const row of this.sql(sql).iterate() as Iterable<Row>) {
				const key = String(row.key);
				const record = soundBody<T>(key, row.body, what, damage) ?? instead(key);
				if (record !== null) sound.push(record);
			}
			return sound;
		};
		return {
			assets: bodies<AssetRecord>("SELECT id AS key, body FROM asset ORDER BY n", "asset"),
			channels: this.sql("SELECT id, asset, measure, scale FROM channel ORDER BY id")
				.all()
				.map((row: Row) => ({
					id: Number(row.id),
					asset: String(row.asset),
					measure: String(row.measure),
					scale: Number(row.scale),
				})),
			devices: bodies<DeviceRecord>("SELECT id AS key, body FROM device", "device"),
			rules: bodies<RuleRecord>("SELECT key, body FROM rule", "rule"),
			users: bodies<UserRecord>("SELECT name AS key, body FROM user", "user"),
			sessions: bodies<SessionRecord>("SELECT id_hash AS key, body FROM session", "session"),
			alarms: bodies<Alarm>("SELECT id AS key, body FROM alarm", "alarm", (id) => this.alarmFromLog(id, damage)),
			...loadRegister(this.sql, damage),
			judged: this.sql("SELECT * FROM judged").all().map(toJudged),
			lastSeq: this.readLastSeq(),
			settings: new Map(
				this.sql("SELECT name, value FROM setting")
					.all()
					.map((row: Row) => [String(row.name), String(row.value)]),
			),
		};
	}

	/** The state after an alarm's last transition: the log holds it once more. */
	private alarmFromLog(id: string, damage: (what: string) => void): Alarm | null {
		const row = this.sql("SELECT seq, body FROM transition WHERE alarm = ? ORDER BY seq DESC LIMIT 1").get(id);
		return row === undefined
			? null
			: (soundBody<Transition>(String(row.seq), row.body, "transition", damage)?.alarm ?? null);
	}

	private writeTransitions(transitions: CommitBatch["transitions"]): void {
		for (const transition of transitions) {
			const { alarm, seq, kind, at } = transition;
			if (seq !== this.lastSeq + 1)
				throw new BatchError(`transition ${seq} does not follow ${this.lastSeq}: the log has no gaps`);
			const stored: Alarm = { ...alarm, seq };
			this.sql(
				`INSERT INTO alarm VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET severity = excluded.severity,
				raised_at = excluded.raised_at, district = excluded.district, system = excluded.system, body = excluded.body`,
			).run(alarm.id, alarm.severity, alarm.raisedAt, alarm.district, alarm.system, toBody(alarm.id, stored));
			const body = toBody(String(seq), { ...transition, alarm: stored });
			this.sql("INSERT INTO transition VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
				seq,
				alarm.id,
				kind,
				at,
				alarm.severity,
				alarm.district,
				alarm.system,
				body,
			);
			this.lastSeq = seq;
		}
	}

	private writeAudit(audit: AuditRecord): void {
		const { n: last, hash: prev } = this.auditHead;
		const hash = chainHash(this.auditHash, prev, last + 1, audit);
		this.sql("INSERT INTO audit (n, at, body, prev, hash) VALUES (?, ?, ?, ?, ?)").run(
			last + 1,
			audit.at,
			toBody("audit", audit),
			prev,
			hash,
		);
		this.auditHead = { n: last + 1, hash };
	}

	private judge(judged: JudgedRecord): void {
		const { channel, rule, severity, rising, risingSince, calm, fallingTo, fallingSince } = judged;
		if (severity === 0 && rising === 0 && risingSince === 0 && calm === 0 && fallingTo === 0 && fallingSince === 0)
			this.sql("DELETE FROM judged WHERE channel = ? AND rule = ?").run(channel, rule);
		else
			this.sql("INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
				channel,
				rule,
				severity,
				rising,
				risingSince,
				calm,
				fallingTo,
				fallingSince,
			);
	}

	private edit(edit: Edit): void {
		switch (edit.type) {
			case "asset.put":
				this.putAsset(edit.record);
				return;
			case "asset.remove":
				this.removeAsset(edit.id);
				return;
			case "channel.put":
				// A channel keeps what it measures for ever; only its scale may be told anew.
				this.sql(
					"INSERT INTO channel VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET asset = excluded.asset, measure = excluded.measure, scale = excluded.scale",
				).run(edit.id, edit.asset, edit.measure, edit.scale);
				return;
			case "device.put":
				this.put("INSERT OR REPLACE INTO device VALUES (?, ?)", edit.record.id, edit.record);
				return;
			case "device.remove":
				this.sql("DELETE FROM device WHERE id = ?").run(edit.id);
				return;
			case "rule.put":
				this.put("INSERT OR REPLACE INTO rule VALUES (?, ?)", ruleKey(edit.record), edit.record);
				return;
			case "user.put":
				this.put("INSERT OR REPLACE INTO user VALUES (?, ?)", edit.record.name, edit.record);
				return;
			case "session.put":
				this.sql("INSERT OR REPLACE INTO session VALUES (?, ?, ?)").run(
					edit.record.idHash,
					edit.record.expiresAt,
					toBody(edit.record.idHash, edit.record),
				);
				return;
			case "session.remove":
				this.sql("DELETE FROM session WHERE id_hash = ?").run(edit.idHash);
				return;
			case "setting.put":
				this.sql("INSERT OR REPLACE INTO setting VALUES (?, ?)").run(edit.name, edit.value);
				return;
			case "entry.put":
			case "entry.archive":
			case "line.add":
			case "photo.add":
				writeRegister(this.sql, edit);
				return;
		}
	}

	private put(sql: string, key: string, value: unknown): void {
		this.sql(sql).run(key, toBody(key, value));
	}

	private putAsset(record: AssetRecord): void {
		const { id, name } = record;
		const { initials, pinyin } = spell(name);
		this.sql(
			`INSERT INTO asset (id, name, initials, pinyin, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
			name = excluded.name, initials = excluded.initials, pinyin = excluded.pinyin, body = excluded.body`,
		).run(id, name, initials, pinyin, toBody(id, record));
		const n = Number(this.sql("SELECT n FROM asset WHERE id = ?").get(id)?.n);
		this.sql("DELETE FROM asset_search WHERE rowid = ?").run(BigInt(n));
		this.sql("INSERT INTO asset_search (rowid, name, id, initials, pinyin) VALUES (?, ?, ?, ?, ?)").run(
			BigInt(n),
			pairs(name),
			pairs(id),
			pairs(initials),
			pairs(pinyin),
		);
	}

	private removeAsset(id: string): void {
		this.sql("DELETE FROM asset_search WHERE rowid = (SELECT n FROM asset WHERE id = ?)").run(id);
		this.sql("DELETE FROM asset WHERE id = ?").run(id);
	}

	private readonly sql: Sql = (text) => {
		let statement = this.statements.get(text);
		if (statement === undefined) {
			statement = this.db.prepare(text);
			this.statements.set(text, statement);
		}
		return statement;
	};
}

function soundBody<T>(key: string, body: unknown, what: string, damage: (what: string) => void): T | null {
	try {
		return fromBody<T>(key, body, what);
	} catch (error) {
		if (!(error instanceof DamagedError)) throw error;
		damage(error.message);
		return null;
	}
}

/** A rule is known by kind, asset (none: the whole kind) and limit. */
function ruleKey(record: RuleRecord): string {
	return JSON.stringify([record.kind, record.asset, record.limit.id]);
}

function toJudged(row: Row): JudgedRecord {
	return {
		channel: Number(row.channel),
		rule: String(row.rule),
		severity: Number(row.severity),
		rising: Number(row.rising),
		risingSince: Number(row.rising_since),
		calm: Number(row.calm),
		fallingTo: Number(row.falling_to),
		fallingSince: Number(row.falling_since),
	};
}
