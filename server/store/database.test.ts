// What a file must promise before it is opened, and migrations that are whole or not there.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { assertDurable, FULL, faultOf, inTransaction, openForWriting, synchronousOf, UnsafeError } from "./database.ts";

function aFile(): string {
	const folder = mkdtempSync(join(tmpdir(), "liaowang-db-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return join(folder, "liaowang.db");
}

test("J1 an opened file answers FULL and WAL by itself", () => {
	const db = openForWriting(aFile(), "main");
	onTestFinished(() => db.close());
	expect(synchronousOf(db)).toBe(FULL);
	expect(() => assertDurable(db)).not.toThrow();
});

test.each(["NORMAL", "OFF"])("J1 synchronous=%s is refused (control)", (setting) => {
	const db = openForWriting(aFile(), "main");
	onTestFinished(() => db.close());
	db.exec(`PRAGMA synchronous = ${setting}`);
	expect(() => assertDurable(db)).toThrow(UnsafeError);
});

test("J1 a journal that is no WAL, or keys that nobody checks, are refused", () => {
	const db = openForWriting(aFile(), "main");
	onTestFinished(() => db.close());
	db.exec("PRAGMA journal_mode = DELETE");
	expect(() => assertDurable(db)).toThrow("not wal");
	db.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF");
	expect(() => assertDurable(db)).toThrow("foreign_keys");
	const memory = new DatabaseSync(":memory:");
	onTestFinished(() => memory.close());
	expect(() => assertDurable(memory)).toThrow(UnsafeError);
});

test("a file that a newer program wrote is left alone", () => {
	const file = aFile();
	const db = openForWriting(file, "main");
	db.exec("INSERT INTO schema_version VALUES (99, '0099_later.sql')");
	db.close();
	const before = `${file}.before`;
	copyFileSync(file, before);
	expect(() => openForWriting(file, "main")).toThrow("newer");
});

test("opening twice migrates once", () => {
	const file = aFile();
	openForWriting(file, "readings").close();
	const db = openForWriting(file, "readings");
	onTestFinished(() => db.close());
	expect(db.prepare("SELECT count(*) AS n FROM schema_version").get()?.n).toBe(1);
});

test("a transaction that throws leaves nothing, and says why", () => {
	const db = openForWriting(aFile(), "main");
	onTestFinished(() => db.close());
	const insert = () => db.prepare("INSERT INTO setting VALUES ('a', 'b')").run();
	expect(() =>
		inTransaction(db, () => {
			insert();
			insert();
		}),
	).toThrow("UNIQUE");
	expect(db.isTransaction).toBe(false);
	expect(db.prepare("SELECT count(*) AS n FROM setting").get()?.n).toBe(0);
});

test("a failed disk has words; our own mistake has none", () => {
	const sqlite = (errcode: number) => Object.assign(new Error("told"), { errcode });
	expect(faultOf(sqlite(13))).toContain("ENOSPC");
	expect(faultOf(sqlite(10 | (4 << 8)))).toContain("EIO");
	expect(faultOf(sqlite(4874))).toContain("ENOSPC");
	expect(faultOf(sqlite(11))).toContain("CORRUPT");
	expect(faultOf(sqlite(19))).toBeNull();
	expect(faultOf(new RangeError("ours"))).toBeNull();
	expect(faultOf(new UnsafeError("synchronous is 1"))).toBe("synchronous is 1");
});
