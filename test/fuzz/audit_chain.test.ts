// Random tampering with an audit log: edited, removed, added, moved, cut, recomputed, exchanged for another. The check must find
// each and name where the first bad record lies. `npm run test:nightly` tries 10,000.
import { expect, test } from "vitest";
import type { AuditHead, ChainedRecord, Verdict } from "#model/audit.ts";
import type { HashName } from "../../server/store/audit_chain.ts";
import { chainHash, GENESIS } from "../../server/store/audit_chain.ts";
import { ChainCheck } from "../../server/store/audit_check.ts";
import { Random } from "../support/random.ts";
import { amount, patience } from "../support/tier.ts";

type Log = ChainedRecord[];

function act(random: Random, n: number): Omit<ChainedRecord, "prev" | "hash"> {
	return {
		n,
		at: 1_790_000_000_000 + n * 1_000 + random.int(900),
		user: `officer-${random.int(5)}`,
		action: ["alarm.acknowledge", "session.begin", "user.put"][random.int(3)] ?? "",
		subject: `alarm:a${random.int(1_000)}`,
		result: "ok",
		detail: JSON.stringify({ note: `说明 ${random.int(1_000_000)}` }),
		source: "10.1.2.3",
	};
}

function chained(record: Omit<ChainedRecord, "prev" | "hash">, prev: string, name: HashName): ChainedRecord {
	return { ...record, prev, hash: chainHash(name, prev, record.n, record) };
}

/** Some records from before the chain, then the chain; it may change its hash on the way. */
function makeLog(random: Random): Log {
	const older = random.int(3) === 0 ? random.int(5) : 0;
	const length = older + 5 + random.int(60);
	const turn = random.int(length * 2);
	const log: Log = [];
	let prev = GENESIS;
	for (let n = 1; n <= length; n++) {
		const record = act(random, n);
		if (n <= older) log.push({ ...record, prev: null, hash: null });
		else log.push(chained(record, prev, n < turn ? "sha256" : "sm3"));
		prev = log.at(-1)?.hash ?? GENESIS;
	}
	return log;
}

function rechain(log: Log, from: number): void {
	for (let i = from; i < log.length; i++) {
		const record = log[i];
		if (record !== undefined) log[i] = chained({ ...record, n: i + 1 }, log[i - 1]?.hash ?? GENESIS, "sha256");
	}
}

function check(log: readonly ChainedRecord[], witnesses: readonly AuditHead[]): Verdict {
	const run = new ChainCheck(witnesses);
	for (const record of log) if (!run.take(record.n, record)) break;
	return run.end();
}

const FIELDS = ["at", "user", "action", "subject", "result", "detail", "source"] as const;

/** Each changes the log at index i and says whether the place is known exactly. @returns the index of the first bad record. */
const tampers: Record<string, (log: Log, i: number, random: Random) => { first: number; exact: boolean }> = {
	edit(log, i, random) {
		const field = FIELDS[random.int(FIELDS.length)] ?? "user";
		const record = log[i]!;
		log[i] = { ...record, [field]: field === "at" ? record.at + 1 : `${record[field]}x` };
		return { first: i, exact: true };
	},
	"edit and hash it": (log, i) => {
		const record = { ...log[i]!, user: "somebody" };
		log[i] = chained(record, record.prev ?? GENESIS, "sha256");
		return { first: i, exact: false };
	},
	"edit and hash everything after it": (log, i) => {
		log[i] = { ...log[i]!, user: "somebody" };
		rechain(log, i);
		return { first: i, exact: false };
	},
	remove: (log, i) => {
		log.splice(i, 1);
		return { first: i, exact: true };
	},
	"remove and number anew": (log, i) => {
		log.splice(i, 1);
		for (let k = i; k < log.length; k++) log[k] = { ...log[k]!, n: k + 1 };
		return { first: i, exact: false };
	},
	"add and number anew": (log, i, random) => {
		const prev = log[i - 1]?.hash ?? GENESIS;
		log.splice(i, 0, chained(act(random, i + 1), prev, "sha256"));
		for (let k = i + 1; k < log.length; k++) log[k] = { ...log[k]!, n: k + 1 };
		return { first: i, exact: false };
	},
	move: (log, i) => {
		const j = i + 1 < log.length ? i + 1 : i - 1;
		const [one, other] = [log[i]!, log[j]!];
		log[i] = { ...other, n: one.n };
		log[j] = { ...one, n: other.n };
		return { first: Math.min(i, j), exact: false };
	},
	"cut the tail": (log, i) => {
		log.length = i;
		return { first: i, exact: true };
	},
	"take the hash away": (log, i) => {
		log[i] = { ...log[i]!, prev: null, hash: null };
		return { first: i, exact: false };
	},
	"take all hashes away": (log) => {
		const first = log.findIndex(({ hash }) => hash !== null);
		for (let k = 0; k < log.length; k++) log[k] = { ...log[k]!, prev: null, hash: null };
		return { first, exact: false };
	},
	"put another log in its place": (log, _i, random) => {
		const other = Array.from({ length: log.length }, (_, k) => act(random, k + 1));
		log.splice(0, log.length, ...(other as Log));
		rechain(log, 0);
		return { first: 0, exact: false };
	},
};

test("T-55 every tampering with the audit log is found and the first bad record named", {
	timeout: patience(30_000),
}, () => {
	const rounds = amount("LIAOWANG_TEST_TAMPERS", 200, 10_000);
	const random = new Random(20_260_101);
	const names = Object.keys(tampers);
	for (let round = 0; round < rounds; round++) {
		const log = makeLog(random);
		const older = log.findIndex(({ hash }) => hash !== null);
		const head = log.at(-1)!;
		// The last minute's line, and some of minutes before.
		const witnesses = log.filter((record) => record === head || (record.hash !== null && random.int(8) === 0));
		const seen = witnesses.map(({ n, hash }) => ({ n, hash: hash ?? "" }));
		expect(check(log, seen)).toMatchObject({ ok: true, chained: log.length - older, older, witnessed: head.n });
		const name = names[round % names.length] ?? "edit";
		const i = older + random.int(log.length - older);
		const { first, exact } = tampers[name]!(log, i, random);
		const verdict = check(log, seen);
		const told = `round ${round}: ${name} at ${i + 1} of ${log.length}: ${JSON.stringify(verdict)}`;
		expect(verdict.ok, told).toBe(false);
		if (verdict.ok) continue;
		expect(verdict.n, told).toBeLessThanOrEqual(first + 1);
		expect(verdict.upTo, told).toBeGreaterThanOrEqual(first + 1);
		if (exact) expect(verdict.n, told).toBe(first + 1);
	}
});

test("a row that cannot be read is named, and nothing after it is believed", () => {
	const log = makeLog(new Random(7));
	const run = new ChainCheck([]);
	const bad = log.length - 2;
	for (const record of log) run.take(record.n, record.n === bad ? null : record);
	expect(run.end()).toEqual({ ok: false, n: bad, upTo: bad, flaw: "damaged" });
});

test("without a witness a cut tail is a sound chain: only the line outside shows it", () => {
	const log = makeLog(new Random(9));
	const head = log.at(-1)!;
	const cut = log.slice(0, -2);
	expect(check(cut, []).ok).toBe(true);
	expect(check(cut, [{ n: head.n, hash: head.hash ?? "" }])).toEqual({
		ok: false,
		n: cut.length + 1,
		upTo: head.n,
		flaw: "truncated",
	});
});

test("a check of the newest records believes the one before them and still finds what is wrong after it", () => {
	const log = makeLog(new Random(11));
	const at = log.length - 4;
	const believed = log[at - 1]!;
	const after = { n: believed.n, hash: believed.hash ?? "" };
	const newest = (records: readonly ChainedRecord[]): Verdict => {
		const run = new ChainCheck([], after);
		for (const record of records.slice(at)) if (!run.take(record.n, record)) break;
		return run.end();
	};
	expect(newest(log)).toMatchObject({ ok: true, chained: 4 });
	const bad = log.map((record, i) => (i === at + 1 ? { ...record, user: "x" } : record));
	expect(newest(bad)).toEqual({ ok: false, n: at + 2, upTo: at + 2, flaw: "edited" });
});
