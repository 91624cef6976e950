// Logging: one JSON line per fact (pino), to standard error, so that standard output stays what people read at a start.
// Everything that runs on the server gets its logger from here; secrets never reach it.
import type { Logger } from "pino";
import { destination, pino, stdSerializers } from "pino";

export type Log = Logger;

/** @param part "core", "web", "supervisor". @param level pino's level; "silent" in tests. */
export function openLog(part: string, level = "info"): Log {
	return pino(
		{
			level,
			base: { part, pid: process.pid },
			serializers: { err: stdSerializers.err },
			redact: { paths: ["password", "key", "secret", "*.password", "*.key", "*.secret"], censor: "[hidden]" },
			timestamp: () => `,"time":"${new Date().toISOString()}"`,
		},
		destination({ fd: 2, sync: true }),
	);
}

/** Says whether a line about `source` may be written now: once a minute each, so that a mad device cannot fill a disk. */
export class OncePerMinute {
	private readonly last = new Map<string, number>();

	may(source: string, now: number): boolean {
		const before = this.last.get(source);
		if (before !== undefined && now - before < 60_000) return false;
		// Sources come from outside: at this bound the memory is dropped, which costs one extra line per source.
		if (this.last.size >= 10_000) this.last.clear();
		this.last.set(source, now);
		return true;
	}
}
