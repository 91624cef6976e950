// Every kind of log line that core can write has words on the page that shows its log: nothing stands there as a raw kind.
import { expect, test } from "vitest";
import { type Alarm, transitionKinds } from "#model/alarm.ts";
import { chainOfAlarm } from "#model/chain.ts";
import { callResults } from "#model/contact.ts";
import { type LineKind, lineKinds } from "#model/line_kind.ts";
import { stepKinds } from "#model/reach.ts";
import type { LogLine } from "#model/register.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

type Words = Readonly<Record<string, unknown>>;

const STATES = ["waiting", "sent", "failed", "dropped"];
const CALL = {
	person: null,
	unit: null,
	name: "",
	duty: "",
	unitName: "",
	number: "",
	startedAt: 0,
	seconds: 0,
	note: "",
};
/** Kinds whose detail decides the word. */
const DETAILS: Partial<Record<LineKind, readonly object[]>> = {
	"reach.step": stepKinds.map((step) => ({ step, to: [] })),
	"reach.delivery": STATES.map((state) => ({ state, name: "短信" })),
	call: callResults.map((result) => ({ ...CALL, result })),
};

function linesOf(kinds: readonly LineKind[]): LogLine[] {
	const place = { subject: "alarm:a1", by: "王", district: "210102", system: "gas" };
	return kinds
		.flatMap((kind) => (DETAILS[kind] ?? [{}]).map((detail) => ({ kind, detail: detail as LogLine["detail"] })))
		.map((line, i) => ({ ...place, ...line, n: i + 1, at: 10 + i }));
}

/** What the sheet of an alarm calls everything that can be on record for it. */
function deedsOnRecord(): Set<string> {
	const alarm = { occurrence: 1, raisedAt: 1, severity: 4, active: false, acknowledged: true } as Alarm;
	const transitions = transitionKinds.map((kind, i) => {
		return { kind, alarm, at: i + 1, by: "王", note: null, seq: i + 1, commandId: null };
	});
	const receipts = (["rendered", "sounding", "seen"] as const).map((stage) => {
		return { seq: 1, screen: "s", user: "王", stage, at: 5 };
	});
	const reading = { at: 1, receivedAt: 1 };
	const lines = linesOf(lineKinds.alarm);
	const chain = chainOfAlarm({ transitions, receipts, lines, reading, occurrence: 1, now: 1_000 } as never);
	if (chain === null) throw new Error("no chain");
	const deeds = [...chain.steps.flatMap((step) => step.deeds), ...chain.others];
	expect(deeds.length).toBeGreaterThan(lineKinds.alarm.length + transitionKinds.length);
	return new Set(deeds.map(({ what }) => what));
}

test.each([
	["zh", zh],
	["en", en],
] as const)("every deed of a chain, every line of an incident and of a shift has a word (%s)", (_, words) => {
	const known = (of: Words, keys: Iterable<string>): string[] =>
		[...keys].filter((key) => typeof of[key] !== "string" || of[key] === "");
	expect(known({ ...words.transition, ...words.chain.what }, deedsOnRecord())).toEqual([]);
	expect(known(words.incident.log, lineKinds.incident)).toEqual([]);
	expect(known(words.shift.line, lineKinds.shift)).toEqual([]);
});
