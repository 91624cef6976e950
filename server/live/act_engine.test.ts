import { expect, test } from "vitest";
import type { Who } from "#model/rights.ts";
import type { MaintenanceWindow } from "#model/window.ts";
import { officer, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { NOW } from "../../test/support/systems.ts";
import type { CoreMessage } from "../bus/bus.ts";
import type { CommitBatch, Store } from "../store/store.ts";
import { SYSTEM } from "./act_engine.ts";

const HOUR = 3_600_000;
const lead: Who = { user: "lead", roles: ["lead"], scope: { districts: ["210100"], systems: null } };

function windowOf(change: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
	return {
		name: "调压站检修",
		reason: "年检",
		from: NOW,
		to: NOW + HOUR,
		weekly: null,
		districts: ["210102"],
		systems: [],
		assets: [],
		...change,
	};
}

function put(it: TestHeart, commandId: string, who: Who = lead, change: Partial<MaintenanceWindow> = {}) {
	return it.heart.acts.run({
		who,
		name: "window.put",
		body: { commandId, window: windowOf(change) },
		source: "127.0.0.1",
	});
}

async function withHeart(body: (it: TestHeart) => Promise<TestHeart | undefined>, wrap?: (store: Store) => Store) {
	let it = await startHeart(wrap === undefined ? {} : { wrap });
	try {
		it = (await body(it)) ?? it;
	} finally {
		await it.close();
	}
}

test("E1 an act is an entry, a log line, an audit record and an answer in one commit, and listeners hear it after that", () =>
	withHeart(async (it) => {
		const heard: unknown[] = [];
		it.heart.register.listen((entries, lines) => {
			heard.push([entries.map(({ id }) => id), lines.map(({ n, kind }) => [n, kind]), it.heart.register.revision]);
		});
		expect(await put(it, "command-1")).toEqual({ ok: true, id: "w1" });
		const entry = it.heart.register.find<MaintenanceWindow>("window", "w1");
		expect(entry).toMatchObject({
			revision: 1,
			at: NOW,
			by: "lead",
			district: "210102",
			system: "any",
			removed: false,
		});
		expect(entry?.body.name).toBe("调压站检修");
		expect(heard).toEqual([[["w1"], [[1, "made"]], 1]]);
		expect(await it.heart.store.lines("window:w1", 0, 10)).toMatchObject([
			{ n: 1, subject: "window:w1", kind: "made", by: "lead", district: "210102" },
		]);
		return undefined;
	}));

test("C1 a repeated commandId answers as the first time and changes nothing, also after a restart", () =>
	withHeart(async (it) => {
		const [first, again] = await Promise.all([put(it, "command-1"), put(it, "command-1")]);
		expect(again).toEqual(first);
		const next = await it.restart();
		expect(await put(next, "command-1")).toEqual({ ok: true, id: "w1" });
		expect(next.heart.register.all("window")).toHaveLength(1);
		expect(next.heart.register).toMatchObject({ revision: 1, lastLine: 1 });
		// Numbers go on where they stood.
		expect(await put(next, "command-2")).toEqual({ ok: true, id: "w2" });
		expect(next.heart.register.find("window", "w2")?.revision).toBe(2);
		return next;
	}));

test("acts that come at once happen one after the other, each seeing the one before", () =>
	withHeart(async (it) => {
		const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => put(it, `command-${i}`)));
		expect(new Set(answers.map((answer) => ("id" in answer ? answer.id : null))).size).toBe(20);
		expect(it.heart.register).toMatchObject({ revision: 20, lastLine: 20 });
		return undefined;
	}));

test("a right that is missing, a place outside the scope and a body that is none are refused, and nothing is written", () =>
	withHeart(async (it) => {
		expect(await put(it, "command-1", officer)).toMatchObject({ ok: false, problem: "forbidden" });
		expect(await put(it, "command-2", lead, { districts: ["210202"] })).toMatchObject({ problem: "not-found" });
		expect(await put(it, "command-3", lead, { name: "" })).toMatchObject({ problem: "bad-act", where: "window.name" });
		const run = (name: string) => it.heart.acts.run({ who: lead, name, body: {}, source: "" });
		expect(await run("no.such")).toMatchObject({ problem: "unknown-act" });
		expect(await run("toString")).toMatchObject({ problem: "unknown-act" });
		expect(it.heart.register.revision).toBe(0);
		return undefined;
	}));

test("E2 an act that only writes lines leaves the revision, and is told by the logs that it wrote in", () =>
	withHeart(async (it) => {
		await put(it, "command-1");
		const messages: CoreMessage[] = [];
		it.heart.followers.joined({ send: (message) => void messages.push(message), waiting: 0 });
		messages.length = 0;
		const place = { district: "210102", system: "gas" };
		const lines = [1, 2, 3].map((n) => ({ subject: `alarm:a${n % 2}`, kind: "reach.step", ...place, detail: { n } }));
		const note = (commandId: string, given: readonly object[]) =>
			it.heart.acts.run({ who: SYSTEM, name: "reach.note", body: { commandId, lines: given }, source: "system" });
		expect(await note("command-2", lines)).toMatchObject({ ok: true });
		expect(it.heart.register).toMatchObject({ revision: 1, lastLine: 4 });
		const told = { type: "register", revision: 1, whole: false, entries: [] };
		const logs = ["alarm:a1", "alarm:a0"].map((subject) => ({ subject, ...place }));
		expect(messages).toEqual([{ ...told, lines: logs }]);
		// Of a private record's log nobody outside hears; of too many at once, that some have grown.
		messages.length = 0;
		expect(await note("command-3", [{ ...lines[0], subject: "outlet:o1" }])).toMatchObject({ ok: true });
		const many = Array.from({ length: 200 }, (_, n) => ({ ...lines[0], subject: `alarm:a${n}` }));
		expect(await note("command-4", many)).toMatchObject({ ok: true });
		expect(messages).toEqual([
			{ ...told, lines: [] },
			{ ...told, lines: null },
		]);
		const next = await it.restart();
		expect(next.heart.register).toMatchObject({ revision: 1, lastLine: 205 });
		return next;
	}));

test("an entry may not be taken out of a scope by who does not hold where it stands", () =>
	withHeart(async (it) => {
		expect(await put(it, "command-1")).toMatchObject({ ok: true });
		const dalian: Who = { user: "dalian", roles: ["lead"], scope: { districts: ["210200"], systems: null } };
		const moved = await it.heart.acts.run({
			who: dalian,
			name: "window.put",
			body: { commandId: "command-2", id: "w1", window: windowOf({ districts: ["210202"] }) },
			source: "",
		});
		expect(moved).toMatchObject({ ok: false, problem: "not-found" });
		expect(it.heart.register.find("window", "w1")?.district).toBe("210102");
		return undefined;
	}));

test("while the store is down nothing changes in memory, the answer is unrecorded, and the same id works afterwards", async () => {
	let isDown = false;
	const wrap = (store: Store): Store =>
		new Proxy(store, {
			get(target, name, receiver) {
				if (name === "commit")
					return (batch: CommitBatch) =>
						isDown ? Promise.reject(new Error("the disk is gone")) : target.commit(batch);
				const value: unknown = Reflect.get(target, name, receiver);
				return typeof value === "function" ? value.bind(target) : value;
			},
		});
	await withHeart(async (it) => {
		isDown = true;
		const heard: unknown[] = [];
		it.heart.register.listen((entries) => heard.push(entries));
		expect(await put(it, "command-1")).toMatchObject({ ok: false, problem: "unrecorded" });
		expect(it.heart.register.all("window")).toEqual([]);
		expect(heard).toEqual([]);
		isDown = false;
		expect(await put(it, "command-1")).toEqual({ ok: true, id: "w1" });
		return undefined;
	}, wrap);
});

test("a photo stands where its subject stands; what is no picture and a subject that is none are refused", () =>
	withHeart(async (it) => {
		const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
		const add = (commandId: string, subject: string, bytes: Buffer, who: Who = officer) =>
			it.heart.acts.run({
				who,
				name: "photo.add",
				body: { commandId, subject, base64: bytes.toString("base64") },
				source: "",
			});
		const answer = await add("command-1", "asset:probe-1", png);
		expect(answer).toMatchObject({ ok: true, id: expect.stringMatching(/^p[0-9a-f]{24}$/) });
		expect(await it.heart.store.lines("asset:probe-1", 0, 10)).toMatchObject([{ kind: "photo", by: "officer" }]);
		expect(await add("command-2", "asset:probe-1", Buffer.from("<svg/>"))).toMatchObject({ problem: "not-a-photo" });
		expect(await add("command-3", "asset:nowhere", png)).toMatchObject({ problem: "not-found" });
		expect(await add("command-4", "outlet:sms", png)).toMatchObject({ problem: "not-found" });
		const far: Who = { user: "far", roles: ["duty"], scope: { districts: ["210200"], systems: null } };
		expect(await add("command-5", "asset:probe-1", png, far)).toMatchObject({ problem: "not-found" });
		return undefined;
	}));
