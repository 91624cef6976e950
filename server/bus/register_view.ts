// Web's copy of the register, its private kinds excepted: entries by kind and id, and what changed since a revision. Kept by the
// mirror, read by http/. Nothing but core's messages writes it.
import type { Entry, RecordKind } from "#model/register.ts";
import type { RegisterNews } from "./bus.ts";

export class RegisterView {
	revision = 0;
	/** Revision of the last whole register: what was removed before it is not known here. */
	private since = 0;
	private readonly kinds = new Map<RecordKind, Map<string, Entry>>();

	take(news: RegisterNews): void {
		if (news.whole) {
			this.kinds.clear();
			this.since = news.revision;
		}
		for (const entry of news.entries) {
			let known = this.kinds.get(entry.kind);
			if (known === undefined) {
				known = new Map();
				this.kinds.set(entry.kind, known);
			}
			known.set(entry.id, entry);
		}
		this.revision = news.revision;
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
