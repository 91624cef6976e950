// The register in core's memory: every entry that is not in the archive, its revision, and who wants to hear of a change.
// Written by the act engine alone, after the commit; read by plans and by parts with timers. It knows no store and no screens.
import type { Entry, LogLine, RecordKind } from "#model/register.ts";
import { recordKindIds } from "#model/register.ts";
import type { Loaded } from "../store/store.ts";

export interface RegisterReader {
	/** Grows by one with every act that changed an entry. Lines alone leave it: nobody has to ask for entries again. */
	readonly revision: number;
	/** What stands (nothing removed), in the order in which it came. The caller says of which type the bodies are. */
	all<B = unknown>(kind: RecordKind): Entry<B>[];
	find<B = unknown>(kind: RecordKind, id: string): Entry<B> | null;
}

/** Entries and lines of one act, in its order; removed entries are marked. Called after the commit, before any screen knows. */
export type RegisterListener = (entries: readonly Entry[], lines: readonly LogLine[]) => void;

export class Register implements RegisterReader {
	revision: number;
	/** Number of the last log line on the disk. */
	lastLine: number;
	private readonly kinds = new Map<RecordKind, Map<string, Entry>>();
	private readonly listeners = new Set<RegisterListener>();
	/** By prefix: the highest number that an id has ended with. */
	private readonly numbers = new Map<string, number>();

	constructor(
		loaded: Pick<Loaded, "entries" | "registerRevision" | "lastLine"> & Partial<Pick<Loaded, "archivedNumbers">>,
	) {
		for (const kind of recordKindIds) this.kinds.set(kind, new Map());
		for (const [prefix, number] of loaded.archivedNumbers ?? []) this.numbers.set(prefix, number);
		for (const entry of loaded.entries) this.keep(entry);
		this.revision = loaded.registerRevision;
		this.lastLine = loaded.lastLine;
	}

	all<B = unknown>(kind: RecordKind): Entry<B>[] {
		return this.everything(kind).filter(({ removed }) => !removed) as Entry<B>[];
	}

	find<B = unknown>(kind: RecordKind, id: string): Entry<B> | null {
		const entry = this.kinds.get(kind)?.get(id);
		return entry === undefined || entry.removed ? null : (entry as Entry<B>);
	}

	/** Removed ones too; null: there is none, or it is in the archive. */
	state(kind: RecordKind, id: string): Entry | null {
		return this.kinds.get(kind)?.get(id) ?? null;
	}

	/** Removed ones too. */
	everything(kind: RecordKind): Entry[] {
		return [...(this.kinds.get(kind)?.values() ?? [])];
	}

	/** @returns a function that ends it. */
	listen(listener: RegisterListener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** What was committed with this revision. `left`: what stands in the archive from now on. */
	apply(
		revision: number,
		entries: readonly Entry[],
		lines: readonly LogLine[],
		left: readonly Pick<Entry, "kind" | "id">[] = [],
	): void {
		for (const entry of entries) this.keep(entry);
		for (const { kind, id } of left) this.kinds.get(kind)?.delete(id);
		this.revision = revision;
		this.lastLine += lines.length;
		for (const listener of this.listeners) listener(entries, lines);
	}

	/** A free number for an id that begins with the prefix: "i" -> 12 when i11 is the highest ever. */
	numberAfter(prefix: string): number {
		return (this.numbers.get(prefix) ?? 0) + 1;
	}

	private keep(entry: Entry): void {
		this.kinds.get(entry.kind)?.set(entry.id, entry);
		const numbered = /^(.*?\D)(\d{1,12})$/.exec(entry.id);
		if (numbered === null) return;
		const [, prefix = "", digits = ""] = numbered;
		this.numbers.set(prefix, Math.max(this.numbers.get(prefix) ?? 0, Number(digits)));
	}
}
