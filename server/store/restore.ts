// A backup file back into an empty data folder. Every byte is checked against the manifest and every database against
// itself before the main file gets its name: a restore that did not finish leaves no store behind. Called by the tool and by the
// program that makes the demo's past. Sockets and hidden names (a lock, work under way) are not content, as in a backup.
import { createHash, type Hash } from "node:crypto";
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FORMAT, MANIFEST, type Manifest, syncFolder } from "./backup.ts";
import { MAIN_FILE } from "./database.ts";
import { readTar, type TarSink } from "./tar.ts";

/** Names that a backup may hold: no path, nothing hidden. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const MANIFEST_MAX = 16 << 20;

/** Folder within the data folder that a restore unpacks into. */
export const UNFINISHED_RESTORE = ".restoring";

export class NotEmptyError extends Error {
	override name = "NotEmptyError";
}

/** Rejects NotEmptyError when the folder holds anything, Error when the file is not a whole and sound backup; then the folder is empty again. */
export async function restore(file: string, folder: string): Promise<Manifest> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (readdirSync(folder).some(isContent)) throw new NotEmptyError(`${folder} is not empty`);
	const work = join(folder, UNFINISHED_RESTORE);
	// Of a restore that was killed.
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { mode: 0o700 });
	try {
		const unpacked = new Unpacker(work);
		await readTar(file, unpacked);
		const manifest = unpacked.verified();
		for (const { name } of manifest.files) if (name.endsWith(".db")) verifyDatabase(join(work, name));
		// The main file last: only with it there is a store.
		const names = manifest.files.map(({ name }) => name).filter((name) => name !== MAIN_FILE);
		for (const name of [...names, MAIN_FILE]) renameSync(join(work, name), join(folder, name));
		rmSync(work, { recursive: true });
		syncFolder(folder);
		return manifest;
	} catch (error) {
		for (const name of readdirSync(folder))
			if (isContent(name) || name === UNFINISHED_RESTORE) rmSync(join(folder, name), { recursive: true, force: true });
		throw error;
	}
}

function isContent(name: string): boolean {
	return !name.startsWith(".") && !name.endsWith(".sock");
}

class Unpacker implements TarSink {
	private readonly folder: string;
	private readonly found = new Map<string, { bytes: number; sha256: string }>();
	private manifest: Buffer[] | null = null;
	private text = "";
	private current: { name: string; handle: number; hash: Hash; bytes: number } | null = null;

	constructor(folder: string) {
		this.folder = folder;
	}

	begin(name: string, size: number): void {
		if (!NAME.test(name) || this.found.has(name))
			throw new Error(`the backup holds a file of an impossible name: ${name}`);
		if (name === MANIFEST) {
			if (size > MANIFEST_MAX) throw new Error("the backup's manifest is impossibly long");
			this.manifest = [];
		} else
			this.current = {
				name,
				handle: openSync(join(this.folder, name), "wx", 0o600),
				hash: createHash("sha256"),
				bytes: 0,
			};
	}

	piece(bytes: Uint8Array): void {
		const { current } = this;
		if (current === null) {
			this.manifest?.push(Buffer.from(bytes));
			return;
		}
		current.hash.update(bytes);
		current.bytes += bytes.length;
		let done = 0;
		while (done < bytes.length) done += writeSync(current.handle, bytes, done, bytes.length - done);
	}

	end(): void {
		const { current } = this;
		if (current === null) {
			this.text = Buffer.concat(this.manifest ?? []).toString("utf8");
			return;
		}
		fsyncSync(current.handle);
		closeSync(current.handle);
		this.found.set(current.name, { bytes: current.bytes, sha256: current.hash.digest("hex") });
		this.current = null;
	}

	/** The manifest, when every file of it is there, byte for byte, and no other. */
	verified(): Manifest {
		if (this.text === "") throw new Error("the backup has no manifest");
		const manifest = JSON.parse(this.text) as Manifest;
		if (manifest.format !== FORMAT) throw new Error(`the backup has an unknown form: ${String(manifest.format)}`);
		for (const { name, bytes, sha256 } of manifest.files) {
			const found = this.found.get(name);
			if (found === undefined) throw new Error(`${name} is missing in the backup`);
			if (found.bytes !== bytes || found.sha256 !== sha256) throw new Error(`${name} does not match its checksum`);
		}
		if (this.found.size !== manifest.files.length || !existsSync(join(this.folder, MAIN_FILE)))
			throw new Error("the backup does not hold what its manifest says");
		return manifest;
	}
}

function verifyDatabase(path: string): void {
	const db = new DatabaseSync(path, { readOnly: true });
	try {
		const answer = db.prepare("PRAGMA quick_check(1)").get();
		if (answer === undefined || Object.values(answer)[0] !== "ok")
			throw new Error(`${path} is damaged: ${JSON.stringify(answer)}`);
	} finally {
		db.close();
	}
}
