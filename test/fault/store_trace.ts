// What a disk holds after a power cut: the writes of a traced process, replayed so that only what was synced is sure to be
// there and any page of the rest may be. Reads strace's output; knows nothing of SQLite or of the store.
// After the synced-prefix model of Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014).
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = 4096;
const HUGE = 0x7fff_ffff;

export const TRACED = "trace=pwrite64,write,fsync,fdatasync,ftruncate,truncate,unlink,unlinkat";

export type Op =
	| { readonly type: "write"; readonly path: string; readonly offset: number; readonly bytes: Buffer }
	| { readonly type: "truncate"; readonly path: string; readonly size: number }
	| { readonly type: "sync"; readonly path: string }
	| { readonly type: "remove"; readonly path: string }
	| { readonly type: "note"; readonly text: string };

function unhex(text: string): Buffer {
	return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

/** A path as strace -xx prints it, in quotes or behind a descriptor. */
function pathIn(text: string): string {
	const hex = /(?:\\x[0-9a-f]{2})+/.exec(text)?.[0];
	return hex === undefined ? (/<([^>]*)>/.exec(text)?.[1] ?? "") : unhex(hex).toString();
}

/** Operations in the order of their effect: writes when they begin, syncs when they have succeeded. */
export function parseTrace(trace: string, folder: string, ledger: string): Op[] {
	const ops: Op[] = [];
	const begun = new Map<string, string>();
	for (const line of trace.split("\n")) {
		const [, pid = "", rest = ""] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
		if (rest.endsWith("<unfinished ...>")) {
			const call = rest.slice(0, -"<unfinished ...>".length);
			begun.set(pid, call);
			if (/^(pwrite64|write)\(/.test(call)) push(ops, opOf(call), folder, ledger);
			continue;
		}
		const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(rest);
		const call = resumed === null ? rest : `${begun.get(pid) ?? ""}${resumed[1]}`;
		if (resumed !== null && /^(pwrite64|write)\(/.test(call)) continue;
		if (/= -1 /.test(call)) continue;
		push(ops, opOf(call), folder, ledger);
	}
	return ops;
}

function push(ops: Op[], op: Op | null, folder: string, ledger: string): void {
	if (op === null || op.type === "note") return;
	if (op.path === ledger && op.type === "write") ops.push({ type: "note", text: op.bytes.toString() });
	// The shared index of the log is rebuilt from the log; it is never on the disk's word.
	else if (op.path.startsWith(`${folder}/`) && !op.path.endsWith("-shm")) ops.push(op);
}

function opOf(call: string): Op | null {
	const [, name = "", args = ""] = /^(\w+)\((.*)$/s.exec(call) ?? [];
	const path = pathIn(args);
	const data = /"((?:\\x[0-9a-f]{2})*)"/.exec(args)?.[1] ?? "";
	switch (name) {
		case "pwrite64":
			return { type: "write", path, offset: Number(/"(?:\.\.\.)?, \d+, (\d+)/.exec(args)?.[1]), bytes: unhex(data) };
		case "write":
			return { type: "write", path, offset: HUGE, bytes: unhex(data) };
		case "fsync":
		case "fdatasync":
			return { type: "sync", path };
		case "ftruncate":
		case "truncate":
			return { type: "truncate", path, size: Number(/, (\d+)\)/.exec(args)?.[1]) };
		case "unlink":
			return { type: "remove", path };
		case "unlinkat":
			return { type: "remove", path: unhex(data).toString() };
		default:
			return null;
	}
}

interface File {
	synced: Buffer;
	pending: (Op & { type: "write" | "truncate" })[];
}

/** The files after ops[0, end), and the ledger's text up to there. `isSynced` says whether a sync of this path counts. */
export function imageAt(ops: readonly Op[], end: number, isSynced: (path: string) => boolean) {
	const files = new Map<string, File>();
	let ledger = "";
	for (let i = 0; i < end; i++) {
		const op = ops[i]!;
		if (op.type === "note") {
			ledger += op.text;
			continue;
		}
		if (op.type === "remove") {
			files.delete(op.path);
			continue;
		}
		const file = files.get(op.path) ?? { synced: Buffer.alloc(0), pending: [] };
		files.set(op.path, file);
		if (op.type !== "sync") file.pending.push(op);
		else if (isSynced(op.path)) {
			for (const one of file.pending) file.synced = applied(file.synced, one, () => true);
			file.pending = [];
		}
	}
	return { files, ledger };
}

/** Writes the image into a folder; a page that was not synced is there when `keep` says so. */
export function writeImage(files: ReadonlyMap<string, File>, from: string, to: string, keep: () => boolean): void {
	mkdirSync(to, { recursive: true });
	for (const [path, { synced, pending }] of files) {
		let bytes = synced;
		for (const op of pending) bytes = applied(bytes, op, keep);
		writeFileSync(join(to, path.slice(from.length + 1)), bytes);
	}
}

function applied(bytes: Buffer, op: Op & { type: "write" | "truncate" }, keep: () => boolean): Buffer {
	if (op.type === "truncate") {
		if (!keep()) return bytes;
		const cut = Buffer.alloc(op.size);
		bytes.copy(cut, 0, 0, Math.min(op.size, bytes.length));
		return cut;
	}
	let result = bytes;
	for (let start = 0; start < op.bytes.length; ) {
		// Torn at the disk's pages, not at the program's.
		const size = Math.min(op.bytes.length - start, PAGE - ((op.offset + start) % PAGE));
		if (keep()) {
			const at = op.offset + start;
			if (result.length < at + size) result = Buffer.concat([result, Buffer.alloc(at + size - result.length)]);
			else if (result === bytes) result = Buffer.from(bytes);
			op.bytes.copy(result, at, start, start + size);
		}
		start += size;
	}
	return result;
}
