// Web's copy of the register, its private kinds excepted: entries by kind and id, and what changed since a revision. Kept by the
// mirror, read by http/. Nothing but core's messages writes it.
import type { Entry, RecordKind } from "#model/register.ts";
import type { RegisterNews } from "./bus.ts";

/** Marks of removed and archived entries that are kept, so that pages are told what left and not sent everything. */
export const LEFT_MAX = 2_000;

export class RegisterView {
	revision = 0;
	/** Revision of the last whole register: what was removed before it is not known here. */
	private since = 0;
	private readonly kinds = new Map<RecordKind, Map<string, Entry>>();
	/** Marks of what left, oldest first. */
	private left: Entry[] = [];

	take(news: RegisterNews): void {
		if (news.whole) {
			this.kinds.clear();
			this.left = [];
			this.since = news.revision;
		}
		for (const entry of news.entries) {
			let known = this.kinds.get(entry.kind);
			if (known === undefined) {
				known = new Map();
				this.kinds.set(entry.kind, known);
			}
			// What it held is nobody's any more; that it left is told to pages that were asleep.
			const held = entry.removed ? { ...entry, body: null } : entry;
			known.set(entry.id, held);
			if (held.removed) this.left.push(held);
		}
		this.revision = news.revision;
		this.forget();
	}

	/** The oldest marks of what left go: a page that slept so long asks for all. */
	private forget(): void {
		const over = this.left.length - LEFT_MAX;
		if (over <= 0) return;
		for (const { kind, id, revision } of this.left.splice(0, over + LEFT_MAX / 2)) {
			this.since = Math.max(this.since, revision);
			const known = this.kinds.get(kind);
			// It may have come back since.
			if (known?.get(id)?.revision === revision) known.delete(id);
		}
	}

	/** What stands of a kind, in the order in which it came. */
	all<B = unknown>(kind: RecordKind): Entry<B>[] {
		const known = this.kinds.get(kind);
		return known === undefined ? [] : ([...known.values()].filter(({ removed }) => !removed) as Entry<B>[]);
	}

	find<B = unknown>(kind: RecordKind, id: string): Entry<B> | null {
		const entry = this.kinds.get(kind)?.get(id);
		return entry === undefined || entry.removed ? null : (entry as Entry<B>);
	}

	/** Entries of a kind that changed after a revision, removed ones marked; null: it lies before what is known here, ask for all. */
	changed(kind: RecordKind, after: number): Entry[] | null {
		if (after < this.since || after > this.revision) return null;
		return [...(this.kinds.get(kind)?.values() ?? [])].filter(({ revision }) => revision > after);
	}
}
