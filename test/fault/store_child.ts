// A process that commits in a loop and keeps its own ledger, for tests that kill it or take its disk away. Attempt n is one
// commit: readings of every channel at n minutes, one transition, one setting, one audit record, all named by n. The ledger
// says "s n seq" before, "a n" after the answer, "r n why" after a refusal; it is a plain file, not the store's.
// Arguments: data folder, ledger file, attempts to make (0: until killed).
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { ManualClock, systemClock } from "../../server/clock.ts";
import { openStore } from "../../server/store/sqlite.ts";
import type { Store } from "../../server/store/store.ts";
import { anAlarm, aTransition, EMPTY, rowsOf } from "../contract/store_kit.ts";
import { attemptRows, timeOf } from "./store_ledger.ts";

const [folder, ledger, attempts] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])];

function note(line: string): void {
	appendFileSync(ledger, `${line}\n`);
}

/** Resolves when the store is open. */
function opened(store: Store): Promise<void> {
	if (store.state().open) return Promise.resolve();
	return new Promise((resolve) => {
		const stop = store.watch((state) => {
			if (!state.open) return;
			stop();
			resolve();
		});
	});
}

async function attempt(store: Store, n: number, seq: number): Promise<boolean> {
	note(`s ${n} ${seq}`);
	try {
		await store.commit({
			...EMPTY,
			readings: rowsOf(attemptRows(n)),
			transitions: [aTransition(seq, anAlarm(`alarm-${n % 7}`, { occurrence: n, raisedAt: timeOf(n) }))],
			audits: [
				{ at: timeOf(n), user: "child", action: "attempt", subject: String(n), result: "ok", detail: "", source: "" },
			],
			edits: [{ type: "setting.put", name: "attempt", value: String(n) }],
		});
	} catch (error) {
		note(`r ${n} ${error instanceof Error ? error.message : String(error)}`);
		return false;
	}
	note(`a ${n}`);
	return true;
}

/** Goes when its parent goes: strace, killed by a test that ran out of time, takes nobody with it. */
function endWithParent(): void {
	process.stdin.resume();
	process.stdin.on("end", () => process.exit(9));
	if ("unref" in process.stdin) process.stdin.unref();
}

async function main(): Promise<void> {
	endWithParent();
	const past = existsSync(ledger) ? [...readFileSync(ledger, "utf8").matchAll(/^s (\d+)/gm)] : [];
	let n = Number(past.at(-1)?.[1] ?? 0);
	const clock = new ManualClock(timeOf(n));
	// Readings have a time of their own; the wait before reopening is real.
	const store = openStore({ folder, clock: { ...systemClock, now: () => clock.now() } });
	const loaded = await store.load();
	let seq = loaded.lastSeq + 1;
	process.stdout.write("open\n");
	for (let made = 0; attempts === 0 || made < attempts; made++) {
		n += 1;
		clock.advanceTo(timeOf(n));
		if (await attempt(store, n, seq)) seq += 1;
		if (!store.state().open) {
			note(`d ${store.state().fault}`);
			await opened(store);
			note("o");
		}
		// A slice or two a commit: compaction, merging and deletion never rest.
		for (let slice = 0; slice < 2 && store.state().open; slice++)
			await store.maintain(clock.now()).catch((error: unknown) => note(`m ${String(error)}`));
	}
	await opened(store);
	await store.close();
}

await main();
