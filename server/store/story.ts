// All that the log holds of one alarm: its transitions, and which screen told what of them. Read by the reader's worker alone.
import type { Transition } from "#model/alarm.ts";
import type { AlarmStory } from "#model/answers.ts";
import type { Sql } from "./bodies.ts";
import { fromBody } from "./bodies.ts";

/** The newest `limit` transitions of an alarm, rising, with their receipts. */
export function storyOf(sql: Sql, alarm: string, limit: number): AlarmStory {
	const transitions = sql("SELECT seq, body FROM transition WHERE alarm = ? ORDER BY seq DESC LIMIT ?")
		.all(alarm, BigInt(limit))
		.map((row) => fromBody<Transition>(String(row.seq), row.body, "transition"))
		.reverse();
	const seqs = JSON.stringify(transitions.map(({ seq }) => seq));
	const receipts = sql(
		"SELECT seq, screen, stage, user, at FROM receipt WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY at LIMIT ?",
	)
		.all(seqs, RECEIPTS_MAX)
		.map((row) => ({
			seq: Number(row.seq),
			screen: String(row.screen),
			stage: String(row.stage),
			user: String(row.user),
			at: Number(row.at),
		}));
	return { transitions, receipts };
}

/** 500 screens with a few stages each, over the occurrences that one asks about. */
const RECEIPTS_MAX = 20_000n;
