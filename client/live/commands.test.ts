import { expect, test } from "vitest";
import type { Alarm } from "#model/alarm.ts";
import type { AlarmNews, CommandAnswer, CommandMessage } from "#model/protocol.ts";
import { Commands } from "./commands.ts";

const alarm = { id: "a1", occurrence: 2, acknowledged: false } as Alarm;

/** A wire that answers what it is told to, and keeps what was sent. */
class ScriptedWire {
	readonly sent: CommandMessage[] = [];
	readonly answers: CommandAnswer[];

	constructor(...answers: CommandAnswer[]) {
		this.answers = answers;
	}

	async command(message: CommandMessage): Promise<CommandAnswer> {
		this.sent.push(message);
		return this.answers.shift() ?? { ok: false, problem: "unanswered" };
	}
}

function commandsOver(wire: ScriptedWire): Commands {
	let made = 0;
	const makeId = (): string => {
		made += 1;
		return `command-${made}`;
	};
	return new Commands(wire, async () => undefined, makeId);
}

function event(more: Partial<AlarmNews> & { alarm: Alarm }): AlarmNews {
	return { seq: 5, prev: 4, kind: "acknowledged", at: 0, by: "wang", note: null, commandId: null, ...more };
}

test("C2: after the answer it is still pending; the event ends it", async () => {
	const commands = commandsOver(new ScriptedWire({ ok: true, seq: 5 }));
	await commands.send(alarm, "acknowledge");
	expect(commands.of("a1", "acknowledge")?.state).toBe("answered");
	commands.hear(event({ commandId: "command-1", alarm: { ...alarm, acknowledged: true } }));
	expect(commands.of("a1", "acknowledge")).toBeUndefined();
});

test("C1: an unanswered command goes out again with the same id", async () => {
	const wire = new ScriptedWire(
		{ ok: false, problem: "unanswered" },
		{ ok: false, problem: "unanswered" },
		{ ok: true, seq: 5 },
	);
	await commandsOver(wire).send(alarm, "acknowledge");
	expect(wire.sent.map(({ body }) => (body as { commandId: string }).commandId)).toEqual([
		"command-1",
		"command-1",
		"command-1",
	]);
	expect(wire.sent[0]?.body).toMatchObject({ occurrence: 2 });
});

test("A4: a refusal is shown with its code and can be tried again under a new id", async () => {
	const wire = new ScriptedWire({ ok: false, problem: "changed" }, { ok: true, seq: 6 });
	const commands = commandsOver(wire);
	await commands.send(alarm, "acknowledge");
	expect(commands.of("a1", "acknowledge")).toMatchObject({ state: "failed", problem: { problem: "changed" } });
	await commands.send(alarm, "acknowledge");
	expect(wire.sent[1]?.body).toMatchObject({ commandId: "command-2" });
});

test("pressing twice is pressing once", async () => {
	const wire = new ScriptedWire({ ok: true, seq: 5 }, { ok: true, seq: 6 });
	const commands = commandsOver(wire);
	await Promise.all([commands.send(alarm, "acknowledge"), commands.send(alarm, "acknowledge")]);
	expect(wire.sent).toHaveLength(1);
});

test("somebody else's acknowledgement ends the waiting", async () => {
	const commands = commandsOver(new ScriptedWire({ ok: true, seq: 5 }));
	await commands.send(alarm, "acknowledge");
	commands.hear(event({ commandId: "of-another-desk", alarm: { ...alarm, acknowledged: true } }));
	expect(commands.of("a1", "acknowledge")).toBeUndefined();
});

test("a list that replaced the book settles what its event would have settled", async () => {
	const commands = commandsOver(new ScriptedWire({ ok: true, seq: 5 }));
	await commands.send(alarm, "acknowledge");
	commands.settle(() => alarm);
	expect(commands.of("a1", "acknowledge")).toBeDefined();
	commands.settle(() => undefined);
	expect(commands.of("a1", "acknowledge")).toBeUndefined();
});

test("a person is told after the last try", async () => {
	const wire = new ScriptedWire();
	const commands = commandsOver(wire);
	await commands.send(alarm, "acknowledge");
	expect(wire.sent).toHaveLength(30);
	expect(commands.of("a1", "acknowledge")?.problem?.problem).toBe("unanswered");
});

const three = ["a", "b", "c"].map((id, i) => ({ id, occurrence: i + 1, acknowledged: false }) as Alarm);

test("A4: many with one press: one request, each with its own occurrence, a refusal stays by its alarm", async () => {
	const commands = commandsOver(new ScriptedWire());
	const asked: unknown[] = [];
	await commands.acknowledgeMany(three, async (commandId, items) => {
		asked.push(commandId, ...items);
		return [
			{ ok: true, seq: 7 },
			{ ok: false, problem: "changed" },
			{ ok: false, problem: "already" },
		];
	});
	expect(asked).toEqual([
		"command-1",
		{ id: "a", occurrence: 1 },
		{ id: "b", occurrence: 2 },
		{ id: "c", occurrence: 3 },
	]);
	// C2: confirmed by its event, not by the answer. What somebody else has done is done.
	expect(commands.of("a", "acknowledge")?.state).toBe("answered");
	expect(commands.refused("acknowledge")).toMatchObject([{ alarmId: "b", problem: { problem: "changed" } }]);
	expect(commands.of("c", "acknowledge")).toBeUndefined();
	// Pressed again: only what was refused goes out, under a new id.
	await commands.acknowledgeMany(three.slice(0, 2), async (commandId, items) => {
		expect([commandId, ...items]).toEqual(["command-2", { id: "b", occurrence: 2 }]);
		return [{ ok: true, seq: 8 }];
	});
});

test("C1: many that nobody answered go out again with the same id; an event may be faster than the answer", async () => {
	const commands = commandsOver(new ScriptedWire());
	const ids: string[] = [];
	await commands.acknowledgeMany(three, async (commandId, items) => {
		ids.push(commandId);
		if (ids.length === 1) {
			commands.hear(event({ alarm: { ...(three[0] as Alarm), acknowledged: true }, commandId }));
			return { problem: "offline" };
		}
		return items.map(() => ({ ok: true, seq: 9 }));
	});
	expect(ids).toEqual(["command-1", "command-1"]);
	expect(commands.of("a", "acknowledge")).toBeUndefined();
	expect(commands.of("b", "acknowledge")?.state).toBe("answered");
});
