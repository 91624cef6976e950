// What SQLite's write-ahead log holds of a commit that failed. When the sync of a commit fails, its frames may already lie in
// the file with valid checksums; if the checkpoint at close fails too, the next open would find them and the refused commit
// would be back. The log is cut to what its own index calls committed, so that "refused" stays true.
// Layouts: https://www.sqlite.org/walformat.html (WAL header 32 bytes, frame header 24 bytes; index header: szPage u16 at 14, mxFrame u32 at 16, host order).
import { closeSync, existsSync, fsyncSync, openSync, readSync, statSync, truncateSync } from "node:fs";

const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** Bytes of the log that hold committed frames; null when the index cannot be read. Call before the connection closes. */
export function committedBytes(file: string): number | null {
	let handle: number | null = null;
	try {
		handle = openSync(`${file}-shm`, "r");
		const header = new DataView(new ArrayBuffer(20));
		if (readSync(handle, header, 0, 20, 0) !== 20 || header.getUint8(12) !== 1) return null;
		const size = header.getUint16(14, true);
		// 1 stands for 65,536, which does not fit into 16 bits.
		const pageSize = size === 1 ? 65_536 : size;
		return WAL_HEADER + header.getUint32(16, true) * (FRAME_HEADER + pageSize);
	} catch {
		// No index, no answer: the caller then proves by the journal's numbers that nothing came back.
		return null;
	} finally {
		if (handle !== null) closeSync(handle);
	}
}

/** Cuts the log of a closed database. Throws what the file system says. */
export function cutLog(file: string, bytes: number): void {
	const log = `${file}-wal`;
	const length = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
	if (length > bytes) truncateSync(log, bytes);
}

/**
 * Syncs a database and its log. A process that was killed may have left commits that the kernel holds but no disk: they look
 * committed to the next process, which must not build on them before this returns.
 */
export function syncFiles(file: string): void {
	for (const path of [file, `${file}-wal`]) {
		if (!existsSync(path)) continue;
		const handle = openSync(path, "r");
		try {
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
	}
}
