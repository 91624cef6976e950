// The reader's worker thread: read-only connections to the main file and the month files. It sees what is committed and can
// change nothing. The journal is read before the chunks: what compaction moves meanwhile is then found twice, never missed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { Alarm, Transition } from "#model/alarm.ts";
import type { Buckets, History } from "#model/answers.ts";
import type { AuditFilter } from "#model/audit.ts";
import { districtPrefix } from "#model/ids.ts";
import type { RecordKind } from "#model/register.ts";
import { archivedOf, archivePage } from "./archive_rows.ts";
import { auditCheck, auditsAfter, auditsBack } from "./audit_rows.ts";
import { BlockBuilder, buffersOf, DamagedError } from "./block.ts";
import { fromBody } from "./bodies.ts";
import { emptyBuckets, fillBuckets } from "./buckets.ts";
import type { Answer, Request } from "./calls.ts";
import { MAIN_FILE, openForReading } from "./database.ts";
import { decodeFrame, type KeyFrame } from "./frames.ts";
import { gather, gatherRolled, gatherStray } from "./gather.ts";
import { thin } from "./history.ts";
import { hourOf, Months, monthOf } from "./months.ts";
import { settled } from "./order.ts";
import { linesBetween, linesOf, photoOf } from "./register_rows.ts";
import { type Candidate, matchOf, rank } from "./search.ts";
import { readSpan } from "./spans.ts";
import type { ArchiveFilter, ReadingBlock, SessionRecord } from "./store.ts";
import { storyOf } from "./story.ts";
import { Tail } from "./tail.ts";

type Row = Record<string, unknown>;

const { folder } = workerData as { folder: string };
const months = new Months(folder, "readings", false);
const rollups = new Months(folder, "rollup", false);
const tail = new Tail();
const statements = new Map<string, StatementSync>();
let db: DatabaseSync | null = null;

/** Candidates that are ranked; a text that fits more things than this is too short to rank well anyway. */
const CANDIDATES = 2_000;

function main(): DatabaseSync {
	if (db === null) {
		const file = join(folder, MAIN_FILE);
		if (!existsSync(file)) throw new Error("the store's file does not exist yet");
		db = openForReading(file);
	}
	return db;
}

function sql(text: string): StatementSync {
	let statement = statements.get(text);
	if (statement === undefined) {
		statement = main().prepare(text);
		statements.set(text, statement);
	}
	return statement;
}

interface Collected {
	/** One channel, by time, without repeats. */
	readonly block: ReadingBlock;
	/** Five-minute values are among them. */
	readonly rolled: boolean;
	/** What could not be read. */
	readonly damaged: readonly string[];
}

/** Settled readings of a channel with from <= at < to; `rolled` asks for five-minute values where readings are dropped. */
function collect(channel: number, from: number, to: number, wantRolled: boolean): Collected {
	for (;;) {
		const files = months.list().join();
		const collected = collectOnce(channel, from, to, wantRolled);
		// A month that was dropped on the way is in the rollup now: look again.
		if (files === months.list().join()) return collected;
	}
}

function collectOnce(channel: number, from: number, to: number, wantRolled: boolean): Collected {
	const damaged: string[] = [];
	const damage = (what: string) => {
		damaged.push(what);
	};
	const late = new BlockBuilder(256);
	const found = new BlockBuilder(4096);
	tail.refresh(main(), damage);
	tail.gather(channel, from, to, late);
	const rolled = wantRolled && gatherRolled({ readings: months, rollups }, { channel, from, to }, found, damage);
	gather(months, { channels: Uint32Array.of(channel), from, to }, found, damage);
	gatherStray(sql("SELECT * FROM stray WHERE channel = ? AND at >= ? AND at < ?").iterate(channel, from, to), found);
	for (let i = 0; i < late.length; i++) {
		const { block } = late;
		found.push(channel, block.at[i]!, block.count[i]!, block.quality[i]!, block.receivedAt[i]!);
	}
	return { block: settled(found.block, found.length), rolled, damaged };
}

function history(channel: number, from: number, to: number, points: number): History {
	const { block, rolled, damaged } = collect(channel, from, to + 1, true);
	const curve = thin(block, from, to, Math.max(1, points), rolled);
	return damaged.length === 0 ? curve : { ...curve, damaged };
}

function buckets(channels: Uint32Array, from: number, to: number, step: number): Buckets {
	const steps = Math.floor((to - from) / step);
	const into = emptyBuckets(channels.length, steps);
	for (const [row, channel] of channels.entries())
		fillBuckets(into, collect(channel, from, to, true).block, row, steps, from, step);
	return into;
}

function alarms(filter: {
	districts: readonly string[];
	systems: readonly string[] | null;
	severity: number;
	limit: number;
}): Alarm[] {
	const { districts, systems, severity, limit } = filter;
	const prefixes = districts.map(districtPrefix);
	// Trouble of the system itself concerns every desk, as in model/rights.
	const rows = sql(
		`SELECT id, body FROM alarm WHERE severity >= ? AND (system = 'system' OR (
			EXISTS (SELECT 1 FROM json_each(?) WHERE substr(district, 1, length(value)) = value)
			AND (? IS NULL OR system IN (SELECT value FROM json_each(?)))))
		ORDER BY severity DESC, raised_at DESC LIMIT ?`,
	);
	const wanted = systems === null ? null : JSON.stringify(systems);
	return rows
		.all(severity, JSON.stringify(prefixes), wanted, wanted, BigInt(limit))
		.map((row: Row) => fromBody<Alarm>(String(row.id), row.body, "alarm"));
}

function transitionOf(row: Row): Transition {
	return fromBody<Transition>(String(row.seq), row.body, "transition");
}

function search(text: string, limit: number): string[] {
	const match = matchOf(text);
	if (match === null) return [];
	const found = sql(
		`SELECT id, name, initials, pinyin FROM asset WHERE n IN
			(SELECT rowid FROM asset_search WHERE asset_search MATCH ? LIMIT ?)`,
	).all(match, BigInt(CANDIDATES));
	return rank(text, found as unknown as Candidate[], limit);
}

function keyFrame(at: number): KeyFrame | null {
	const month = monthOf(hourOf(at));
	for (const candidate of [month, month - 1]) {
		const rows = months.get(candidate, false)?.sql("SELECT at, body FROM frame WHERE at <= ? ORDER BY at DESC");
		for (const row of rows?.iterate(at) ?? []) {
			try {
				return decodeFrame(Number(row.at), row.body as Uint8Array);
			} catch (error) {
				// A damaged frame only means that more readings are read after an older one.
				if (!(error instanceof DamagedError || error instanceof RangeError)) throw error;
			}
		}
	}
	return null;
}

function session(idHash: string): SessionRecord | null {
	const row = sql("SELECT body FROM session WHERE id_hash = ?").get(idHash);
	return row === undefined ? null : fromBody<SessionRecord>(idHash, row.body, "session");
}

const methods: Readonly<Record<string, (...args: never[]) => unknown>> = {
	history,
	alarms,
	search,
	keyFrame,
	session,
	audits: (after: number, limit: number) => auditsAfter(sql, after, limit),
	// A log of a year would hold up every other question.
	auditCheck: () => auditCheck(sql, folder, 50_000),
	auditsBack: (before: number, limit: number, filter: AuditFilter) => auditsBack(sql, before, limit, filter),
	transitions: (after: number, limit: number) =>
		sql("SELECT seq, body FROM transition WHERE seq > ? ORDER BY seq LIMIT ?")
			.all(after, BigInt(limit))
			.map(transitionOf),
	alarmSpan: (from: number, to: number, limit: number) => readSpan(sql, from, to, limit),
	buckets,
	story: (alarm: string, limit: number) => storyOf(sql, alarm, limit),
	lines: (subject: string, after: number, limit: number) => linesOf(sql, subject, after, limit),
	archived: (kind: RecordKind, id: string) => archivedOf(sql, kind, id),
	archive: (filter: ArchiveFilter) => archivePage(sql, filter),
	linesBetween: (from: number, to: number, after: number, limit: number) => linesBetween(sql, from, to, after, limit),
	photo: (id: string) => photoOf(sql, id),
	setting: (name: string) => {
		const row = sql("SELECT value FROM setting WHERE name = ?").get(name);
		return row === undefined ? null : String(row.value);
	},
	readings: (channel: number, from: number, to: number) => {
		const { block, damaged } = collect(channel, from, to, false);
		// A caller of exact readings must not take a hole for the truth.
		if (damaged.length > 0) throw new DamagedError(damaged.join("; "));
		return block;
	},
	close: () => {
		months.close();
		rollups.close();
		db?.close();
		db = null;
		statements.clear();
	},
};

parentPort?.on("message", ({ id, method, args }: Request) => {
	try {
		const call = methods[method];
		if (call === undefined) throw new Error(`the reader has no method ${method}`);
		const value = call(...(args as never[]));
		const reply: Answer = { id, ok: true, value, extra: null };
		parentPort?.postMessage(reply, method === "readings" ? buffersOf(value as ReadingBlock) : []);
	} catch (error) {
		const failure: Answer = { id, ok: false, error, extra: null };
		parentPort?.postMessage(failure);
	}
});
