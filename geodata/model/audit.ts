// The audit log as everybody sees it: a record, its place in the chain of hashes, and what a check of the chain says. The store
// makes and checks the chain (store/audit_chain.ts), the page shows it.

/** Who did what, when, from where; stored in the commit of the act. */
export interface AuditRecord {
	readonly at: number;
	readonly user: string;
	readonly action: string;
	readonly subject: string;
	readonly result: string;
	/** JSON text of what changed. */
	readonly detail: string;
	readonly source: string;
}

export interface AuditHead {
	readonly n: number;
	/** "sha256:..." or "sm3:...", hex. */
	readonly hash: string;
}

/** A record as it stands in the file; `prev` and `hash` are null in records that are older than the chain. */
export interface ChainedRecord extends AuditRecord {
	readonly n: number;
	readonly prev: string | null;
	readonly hash: string | null;
}

export type Flaw = "missing" | "edited" | "moved" | "unchained" | "rewritten" | "truncated" | "damaged";

export type Verdict =
	| {
			readonly ok: true;
			/** Records that the chain covers, and how many stand before its beginning. */
			readonly chained: number;
			readonly older: number;
			readonly head: AuditHead | null;
			/** Newest record that a witness has seen; 0: none has. */
			readonly witnessed: number;
	  }
	| {
			readonly ok: false;
			/** The first record that is not as it was written; of a rewritten stretch, the first that may be. */
			readonly n: number;
			/** The last of that stretch; `n` when it is one record. */
			readonly upTo: number;
			readonly flaw: Flaw;
	  };

export interface AuditFilter {
	readonly user?: string | undefined;
	/** Beginning of the action's name: "session." */
	readonly action?: string | undefined;
	readonly subject?: string | undefined;
	readonly from?: number | undefined;
	readonly to?: number | undefined;
}
