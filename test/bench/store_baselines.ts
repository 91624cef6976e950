// What people could use instead of the store, on the same work: SQLite with a row and an index entry for each reading, and
// PostgreSQL fed by COPY into a table with an index, both synced at every batch.
import { execFile, spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import type { ReadingBlock } from "../../server/store/store.ts";
import { bytesOf, withFolder } from "./store_load.ts";

const run = promisify(execFile);
const POSTGRES = "/usr/lib/postgresql/15/bin";

export interface RowStore {
	readonly db: DatabaseSync;
	readonly folder: string;
	insert(block: ReadingBlock): void;
}

/** SQLite, WAL, synchronous=FULL, one row a reading; with `index` also (channel, at). */
export async function withRows<T>(index: boolean, work: (rows: RowStore) => T): Promise<T> {
	return withFolder(async (folder) => {
		const db = new DatabaseSync(join(folder, "rows.db"));
		db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
			CREATE TABLE reading (channel INTEGER, at INTEGER, count INTEGER, quality INTEGER, received INTEGER);`);
		if (index) db.exec("CREATE INDEX reading_channel ON reading (channel, at)");
		const statement = db.prepare(
			"INSERT INTO reading VALUES (?, cast(? AS INTEGER), cast(? AS INTEGER), ?, cast(? AS INTEGER))",
		);
		const insert = (block: ReadingBlock) => {
			db.exec("BEGIN");
			for (let i = 0; i < block.channel.length; i++)
				statement.run(block.channel[i]!, block.at[i]!, block.count[i]!, block.quality[i]!, block.receivedAt[i]!);
			db.exec("COMMIT");
		};
		try {
			return work({ db, folder, insert });
		} finally {
			db.close();
		}
	});
}

/** Readings a second into SQLite rows. */
export async function rowsPerSecond(blocks: readonly ReadingBlock[], index: boolean): Promise<number> {
	return withRows(index, ({ insert }) => {
		const before = performance.now();
		let n = 0;
		for (const block of blocks) {
			insert(block);
			n += block.channel.length;
		}
		return (n / (performance.now() - before)) * 1000;
	});
}

/** Bytes a reading of SQLite rows without any index. */
export async function bytesPerRow(blocks: readonly ReadingBlock[]): Promise<number> {
	return withFolder(async (folder) => {
		const db = new DatabaseSync(join(folder, "rows.db"));
		db.exec(
			"PRAGMA journal_mode = WAL; CREATE TABLE reading (channel INTEGER, at INTEGER, count INTEGER, quality INTEGER, received INTEGER)",
		);
		const statement = db.prepare(
			"INSERT INTO reading VALUES (?, cast(? AS INTEGER), cast(? AS INTEGER), ?, cast(? AS INTEGER))",
		);
		let n = 0;
		for (const block of blocks) {
			db.exec("BEGIN");
			for (let i = 0; i < block.channel.length; i++)
				statement.run(block.channel[i]!, block.at[i]!, block.count[i]!, block.quality[i]!, block.receivedAt[i]!);
			db.exec("COMMIT");
			n += block.channel.length;
		}
		db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		db.close();
		return (await bytesOf(folder, "rows.db")) / n;
	});
}

export async function hasPostgres(): Promise<boolean> {
	return access(join(POSTGRES, "postgres")).then(
		() => true,
		() => false,
	);
}

/** PostgreSQL's programs refuse to run as root. */
function asPostgres(program: string, args: readonly string[]): [string, string[]] {
	const own = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--"] : [];
	const [first, ...rest] = [...own, join(POSTGRES, program), ...args];
	return [first!, rest];
}

/** Readings a second into PostgreSQL by COPY with an index, one synced transaction a batch, in a cluster of its own. */
export async function postgresPerSecond(blocks: readonly ReadingBlock[]): Promise<number> {
	return withFolder(async (folder) => {
		if (process.getuid?.() === 0) await run("chown", ["postgres", folder]);
		const data = join(folder, "cluster");
		await run(...asPostgres("initdb", ["-D", data, "-A", "trust", "--no-sync"]), { cwd: folder });
		const settings = `-c listen_addresses= -c unix_socket_directories=${folder} -c shared_buffers=512MB -c max_wal_size=4GB`;
		await run(...asPostgres("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", settings, "start"]), {
			cwd: folder,
		});
		try {
			return await copyAll(folder, blocks);
		} finally {
			await run(...asPostgres("pg_ctl", ["-D", data, "-m", "immediate", "stop"]), { cwd: folder });
		}
	});
}

async function copyAll(folder: string, blocks: readonly ReadingBlock[]): Promise<number> {
	const [program, args] = asPostgres("psql", [
		"-h",
		folder,
		"-d",
		"postgres",
		"-q",
		"-v",
		"ON_ERROR_STOP=1",
		"-f",
		"-",
	]);
	const texts = blocks.map(copyText);
	const psql = spawn(program, args, { stdio: ["pipe", "ignore", "inherit"], cwd: folder });
	const ended = new Promise<void>((resolve, reject) => {
		psql.once("error", reject);
		psql.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`psql ended with ${code}`))));
	});
	psql.stdin.write("CREATE TABLE reading (channel int, at bigint, count bigint, quality smallint, received bigint);\n");
	psql.stdin.write("CREATE INDEX ON reading (channel, at);\n");
	const before = performance.now();
	for (const text of texts) {
		// COPY outside a transaction block commits, and syncs, by itself.
		psql.stdin.write("COPY reading FROM STDIN;\n");
		if (!psql.stdin.write(text)) await new Promise((resolve) => psql.stdin.once("drain", resolve));
	}
	psql.stdin.end();
	await ended;
	const n = blocks.reduce((sum, block) => sum + block.channel.length, 0);
	return (n / (performance.now() - before)) * 1000;
}

function copyText(block: ReadingBlock): string {
	const lines: string[] = [];
	for (let i = 0; i < block.channel.length; i++)
		lines.push(`${block.channel[i]}\t${block.at[i]}\t${block.count[i]}\t${block.quality[i]}\t${block.receivedAt[i]}`);
	return `${lines.join("\n")}\n\\.\n`;
}
