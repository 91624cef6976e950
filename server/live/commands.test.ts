import { afterEach, beforeEach, expect, test } from "vitest";
import type { CommandAnswer } from "#model/protocol.ts";
import type { Who } from "#model/rights.ts";
import { officer, startHeart, type TestHeart } from "../../test/support/heart.ts";
import type { Store } from "../store/store.ts";

let it: TestHeart;
let failing = false;

function failingStore(store: Store): Store {
	return new Proxy(store, {
		get(target, name) {
			if (name === "commit" && failing) return () => Promise.reject(new Error("EIO"));
			const own = Reflect.get(target, name);
			return typeof own === "function" ? own.bind(target) : own;
		},
	});
}

beforeEach(async () => {
	failing = false;
	it = await startHeart({ wrap: failingStore });
	await it.send("level", 25);
});
afterEach(() => it.close());

function act(
	action: "acknowledge" | "shelve" | "comment" | "assign" | "out-of-service",
	body: object,
	who: Who = officer,
): Promise<CommandAnswer> {
	return it.heart.commands.run({
		who,
		alarmId: it.alarm("level-high")?.id ?? "",
		action,
		body: { occurrence: 1, commandId: "command-1", ...body },
		source: "test",
	});
}

test("A5 acknowledge does not clear; return to normal does not acknowledge", async () => {
	expect(await act("acknowledge", {})).toEqual({ ok: true, seq: 2 });
	expect(it.alarm("level-high")).toMatchObject({ active: true, acknowledged: true, acknowledgedBy: "officer", seq: 2 });
	it.clock.advanceTo(it.clock.now() + 1000);
	await it.send("open", 1);
	it.clock.advanceTo(it.clock.now() + 1000);
	await it.send("open", 0);
	expect(it.alarm("open")).toMatchObject({ active: false, acknowledged: false });
});

test("C1 a repeated commandId answers as the first time and changes nothing, also after a restart", async () => {
	const first = await act("acknowledge", {});
	expect(await act("acknowledge", {})).toEqual(first);
	it = await it.restart();
	expect(await act("acknowledge", {})).toEqual(first);
	expect(it.heart.recorder.lastSeq).toBe(2);
});

test("two officers at once: exactly one acknowledges, the other is told who did", async () => {
	const other: Who = { ...officer, user: "second" };
	const answers = await Promise.all([
		act("acknowledge", { commandId: "command-a" }),
		act("acknowledge", { commandId: "command-b" }, other),
	]);
	expect(answers.map((answer) => answer.ok)).toEqual([true, false]);
	expect(answers[1]).toMatchObject({ problem: "already", detail: "acknowledged by officer" });
});

test("A4 what was raised again since the officer saw it is refused with changed", async () => {
	it.clock.advanceTo(it.clock.now() + 1000);
	await it.send("level", 45);
	expect(await act("acknowledge", {})).toMatchObject({ ok: false, problem: "changed" });
	expect(it.alarm("level-high")?.acknowledged).toBe(false);
});

test("role and scope decide; a bad body names the place", async () => {
	expect(await act("acknowledge", {}, { ...officer, roles: ["wall"] })).toMatchObject({ problem: "forbidden" });
	const elsewhere: Who = { ...officer, scope: { districts: ["210200"], systems: null } };
	expect(await act("acknowledge", { commandId: "command-2" }, elsewhere)).toMatchObject({ problem: "not-found" });
	expect(await act("shelve", { commandId: "command-3", until: 1 })).toMatchObject({
		problem: "bad-command",
		where: "note",
	});
});

test("a shelf ends by itself, and a red alarm cannot be shelved", async () => {
	const until = it.clock.now() + 3_600_000;
	expect(await act("shelve", { note: "paint", until })).toMatchObject({ ok: true });
	it.clock.advanceTo(until + 1100);
	await it.heart.recorder.settled();
	expect(it.alarm("level-high")?.shelvedUntil).toBeNull();
	await it.send("level", 45);
	expect(
		await act("shelve", { commandId: "command-4", occurrence: 2, note: "no", until: it.clock.now() + 1000 }),
	).toMatchObject({ problem: "not-shelvable" });
});

test("the act, its audit record and its answer are one commit", async () => {
	await act("comment", { note: "看过了" });
	expect(await it.heart.store.answerOf("officer/command-1")).toEqual({ ok: true, seq: 2 });
});

test("A6 while the store is down: raised at once as unrecorded, not acknowledgeable, recorded later in order", async () => {
	const told: (number | null)[] = [];
	const follower = {
		send: (message: { type: string; transitions?: readonly { seq: number | null }[] }) =>
			message.type === "news" && told.push(...(message.transitions ?? []).map((one) => one.seq)),
		waiting: 0,
	};
	it.heart.followers.joined(follower as never);
	failing = true;
	await expect(it.send("open", 1)).rejects.toThrow("EIO");
	expect(it.alarm("open")).toMatchObject({ active: true, seq: null });
	const id = it.alarm("open")?.id ?? "";
	const ask = {
		who: officer,
		alarmId: id,
		action: "acknowledge" as const,
		body: { occurrence: 1, commandId: "command-9" },
		source: "test",
	};
	expect(await it.heart.commands.run(ask)).toMatchObject({ ok: false, problem: "unrecorded" });
	failing = false;
	await it.heart.recorder.settled();
	expect(it.alarm("open")?.seq).toBe(2);
	expect(told).toEqual([null, 2]);
	expect(await it.heart.commands.run(ask)).toEqual({ ok: true, seq: 3 });
});

test("a command that could not be stored is undone and may be tried again", async () => {
	failing = true;
	expect(await act("acknowledge", {})).toMatchObject({ ok: false, problem: "unrecorded" });
	expect(it.alarm("level-high")).toMatchObject({ acknowledged: false, acknowledgedBy: null });
	failing = false;
	expect(await act("acknowledge", {})).toMatchObject({ ok: true });
});

function many(commandId: string, alarms: { id: string; occurrence: number }[], who: Who = officer) {
	return it.heart.commands.acknowledgeMany({ who, body: { commandId, alarms }, source: "127.0.0.1" });
}

async function threeAlarms(): Promise<string[]> {
	for (const asset of ["probe-2", "county-1"]) {
		const at = it.clock.now();
		const reading = { asset, measure: "level", at, value: 25, quality: "good" as const };
		await it.heart.pipeline.accept([reading], "http/test").committed;
	}
	return it.heart.alarms.open().map(({ id }) => id);
}

test("a batch answers each alarm by itself, does what can be done in one commit, and once only", async () => {
	const ids = await threeAlarms();
	expect(ids.length).toBeGreaterThanOrEqual(2);
	const [first = "", second = ""] = ids;
	await many("batch-00000", [{ id: first, occurrence: 1 }]);
	const wanted = [
		{ id: first, occurrence: 1 },
		{ id: second, occurrence: 1 },
		{ id: second, occurrence: 1 },
		{ id: "a999", occurrence: 1 },
	];
	const lastSeq = it.heart.recorder.lastSeq;
	const [answer, again] = await Promise.all([many("batch-00001", wanted), many("batch-00001", wanted)]);
	expect(again).toEqual(answer);
	expect(answer).toEqual({
		ok: true,
		results: [
			expect.objectContaining({ id: first, ok: false, problem: "already", by: "officer", at: expect.any(Number) }),
			{ id: second, ok: true, seq: lastSeq + 1 },
			expect.objectContaining({ id: second, ok: false, problem: "already" }),
			expect.objectContaining({ id: "a999", ok: false, problem: "not-found" }),
		],
	});
	expect(it.heart.recorder.lastSeq).toBe(lastSeq + 1);
	it = await it.restart();
	expect(await many("batch-00001", wanted)).toEqual(answer);
});

test("A4 a batch does not acknowledge what was raised again since it was seen, nor what lies outside the scope", async () => {
	const [first = ""] = await threeAlarms();
	expect(await many("batch-00001", [{ id: first, occurrence: 7 }])).toMatchObject({
		results: [{ id: first, ok: false, problem: "changed" }],
	});
	const far: Who = { user: "far", roles: ["duty"], scope: { districts: ["210200"], systems: null } };
	expect(await many("batch-00002", [{ id: first, occurrence: 1 }], far)).toMatchObject({
		results: [{ id: first, ok: false, problem: "not-found" }],
	});
	expect(await many("batch-00003", [])).toMatchObject({ ok: false, problem: "bad-command" });
	expect(it.heart.alarms.get(first)?.acknowledged).toBe(false);
});
