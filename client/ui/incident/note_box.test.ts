import { expect, test } from "vitest";
import { problem } from "#model/problem.ts";
import { NoteBox, type Shelf } from "./note_box.ts";

class Desk {
	readonly kept = new Map<string, string>();
	readonly sent: { act: string; body: Record<string, unknown> }[] = [];
	readonly later: (() => void)[] = [];
	answer: unknown = { ok: true };
	isFull = false;
	faults = 0;
	private ids = 0;

	readonly shelf: Shelf = {
		getItem: (key) => this.kept.get(key) ?? null,
		setItem: (key, text) => {
			if (this.isFull) throw new Error("quota");
			this.kept.set(key, text);
		},
		removeItem: (key) => {
			this.kept.delete(key);
		},
	};

	box(incident = "i1", user = "王敏"): NoteBox {
		return new NoteBox({
			shelf: this.shelf,
			incident,
			user,
			post: async (act, body) => {
				this.sent.push({ act, body });
				return this.answer;
			},
			makeId: () => `c${++this.ids}`,
			later: (_ms, act) => void this.later.push(act),
			fault: () => {
				this.faults += 1;
			},
		});
	}

	async retry(): Promise<void> {
		this.later.shift()?.();
		await settled();
	}
}

async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test("a sentence half written is there after a reload, for this incident and person alone", () => {
	const desk = new Desk();
	desk.box().write("现场已");
	expect(desk.box().draft).toBe("现场已");
	expect(desk.box("i2").draft).toBe("");
	expect(desk.box("i1", "李强").draft).toBe("");
});

test("what was sent is forgotten when the server has it, not before", async () => {
	const desk = new Desk();
	const box = desk.box();
	box.write("已通知热力公司");
	box.send("incident.note", { id: "i1", text: "已通知热力公司" }, 7);
	expect(box.draft).toBe("");
	expect(desk.box().waiting).toHaveLength(1);
	await settled();
	expect(box.waiting).toEqual([]);
	expect(desk.kept.size).toBe(0);
	expect(desk.sent).toEqual([{ act: "incident.note", body: { id: "i1", text: "已通知热力公司", commandId: "c1" } }]);
});

test("C1 what was sent over a lost link survives a reload and goes out once more with the same id", async () => {
	const desk = new Desk();
	desk.answer = problem("offline");
	const box = desk.box();
	box.write("断网时写的");
	box.send("incident.note", { id: "i1", text: "断网时写的" }, 7);
	await settled();
	const after = desk.box();
	expect(after.waiting.map(({ text }) => text)).toEqual(["断网时写的"]);
	desk.answer = { ok: true };
	after.flush();
	await settled();
	expect(after.waiting).toEqual([]);
	expect(desk.sent.map(({ body }) => body.commandId)).toEqual(["c1", "c1"]);
});

test("while something waits it is tried again by itself, in order", async () => {
	const desk = new Desk();
	desk.answer = problem("core-away");
	const box = desk.box();
	for (const text of ["一", "二"]) {
		box.write(text);
		box.send("incident.note", { text }, 7);
	}
	await settled();
	expect(desk.sent).toHaveLength(1);
	desk.answer = { ok: true };
	await desk.retry();
	expect(desk.sent.slice(1).map(({ body }) => body.text)).toEqual(["一", "二"]);
	expect(box.waiting).toEqual([]);
});

test("what is refused for good stays with its reason, holds up nothing, and can be taken back into the field", async () => {
	const desk = new Desk();
	desk.answer = problem("forbidden");
	const box = desk.box();
	box.write("甲");
	box.send("incident.decide", { text: "甲" }, 7);
	await settled();
	expect(box.waiting[0]?.refusal).toMatchObject({ problem: "forbidden" });
	expect(desk.later).toHaveLength(0);
	desk.answer = { ok: true };
	box.write("乙");
	box.send("incident.note", { text: "乙" }, 8);
	await settled();
	expect(box.waiting.map(({ text }) => text)).toEqual(["甲"]);
	box.write("丙");
	box.takeBack("c1");
	expect(box.draft).toBe("甲\n丙");
	expect(desk.box().waiting).toEqual([]);
});

test("an empty sentence is nothing; a storage that is full is told and loses nothing of the page", () => {
	const desk = new Desk();
	const box = desk.box();
	box.write("   ");
	box.send("incident.note", {}, 7);
	expect(desk.sent).toEqual([]);
	desk.isFull = true;
	box.write("写不进去");
	expect(box.draft).toBe("写不进去");
	expect(box.isKept).toBe(false);
	expect(desk.faults).toBe(1);
});
