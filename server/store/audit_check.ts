// Checks an audit chain record by record, in the order of their numbers, against itself and against what witnesses saw of it.
// Pure; called by the verifying tool and by the page's export. It stops at the first bad record and names it.

import type { AuditHead, ChainedRecord, Flaw, Verdict } from "#model/audit.ts";
import { chainHash, GENESIS, hashNameOf } from "./audit_chain.ts";

export class ChainCheck {
	private readonly witnesses: ReadonlyMap<number, string>;
	private readonly lastWitness: number;
	private begin = 0;
	private last = 0;
	private older = 0;
	private prev = GENESIS;
	private sound = 0;
	private flaw: Extract<Verdict, { ok: false }> | null = null;

	/** @param after the record that is believed, when the check does not begin at the first. */
	constructor(witnesses: readonly AuditHead[], after: AuditHead | null = null) {
		this.witnesses = new Map(witnesses.map(({ n, hash }) => [n, hash]));
		if (after !== null) {
			this.begin = after.n;
			this.last = after.n;
			this.prev = after.hash;
		}
		this.lastWitness = witnesses.reduce((highest, { n }) => Math.max(highest, n), 0);
	}

	/** @param record null: a row whose text cannot be read. @returns false when the first bad record has been found. */
	take(n: number, record: ChainedRecord | null): boolean {
		if (this.flaw !== null) return false;
		const flaw = this.flawOf(n, record);
		if (flaw === null) {
			this.last = n;
			return true;
		}
		this.flaw = { ok: false, ...this.stretch(n, record, flaw), flaw };
		return false;
	}

	/** Where the first bad record lies. */
	private stretch(n: number, record: ChainedRecord | null, flaw: Flaw): { readonly n: number; readonly upTo: number } {
		if (flaw === "missing") return { n: this.last + 1, upTo: this.last + 1 };
		// A witness disagrees: from the last on which it agreed.
		if (flaw === "rewritten" || flaw === "unchained") return { n: Math.max(this.sound, this.begin) + 1, upTo: n };
		// It does not know the record before it: that one may be the forged one, with a hash of its own.
		const isStrange = record !== null && record.prev !== this.prev;
		return { n: isStrange ? Math.max(1, n - 1) : n, upTo: n };
	}

	end(): Verdict {
		if (this.flaw !== null) return this.flaw;
		if (this.lastWitness > this.last) return { ok: false, n: this.last + 1, upTo: this.lastWitness, flaw: "truncated" };
		const chained = this.last - this.begin - this.older;
		const head = chained === 0 ? null : { n: this.last, hash: this.prev };
		return { ok: true, chained, older: this.older, head, witnessed: this.sound };
	}

	private flawOf(n: number, record: ChainedRecord | null): Flaw | null {
		if (n !== this.last + 1) return "missing";
		if (record === null) return "damaged";
		const { prev, hash } = record;
		if (hash === null || prev === null) {
			// Records from before the chain stand before its beginning and nowhere else.
			if (this.prev !== GENESIS || this.witnesses.has(n)) return "unchained";
			this.older += 1;
			return null;
		}
		const name = hashNameOf(hash);
		if (name === null || chainHash(name, prev, n, record) !== hash) return "edited";
		if (prev !== this.prev) return "moved";
		this.prev = hash;
		const seen = this.witnesses.get(n);
		if (seen === undefined) return null;
		if (seen !== hash) return "rewritten";
		this.sound = n;
		return null;
	}
}
