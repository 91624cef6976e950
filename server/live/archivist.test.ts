import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KEPT_DAYS, LEAVE_AT_ONCE } from "#model/archive.ts";
import type { Incident, IncidentTask } from "#model/incident.ts";
import type { Who } from "#model/rights.ts";
import { administrator, startHeart, type TestHeart } from "../../test/support/heart.ts";
import { NOW } from "../../test/support/systems.ts";
import { until } from "../../test/support/until.ts";
import type { CoreMessage } from "../bus/bus.ts";
import { RegisterView } from "../bus/register_view.ts";
import { ManualClock } from "../clock.ts";
import { restore } from "../store/restore.ts";

const DAY = 86_400_000;
const place = { district: "210102", lon: 123.4, lat: 41.8, address: "太原街" };

let commands = 0;
async function act(it: TestHeart, name: string, body: object, who: Who = administrator): Promise<any> {
	commands += 1;
	return it.heart.acts.run({ who, name, body: { commandId: `archive-${commands}`, ...body }, source: "" });
}

/** Opened with a task, done and closed with its final report told. */
async function story(it: TestHeart): Promise<string> {
	const { id } = await act(it, "incident.open", { type: "heat", title: "爆管", level: 2, place });
	const { task } = await act(it, "incident.task", { id, title: "关阀", dueAt: NOW + DAY });
	await act(it, "incident.task-done", { id, task, result: "已关" });
	expect(await act(it, "incident.close", { id, result: "已修复" })).toMatchObject({ ok: true });
	const clocks = () => it.heart.register.find<Incident>("incident", id)?.body.clocks ?? [];
	for (const kind of ["first", "follow", "final"])
		for (let n = 0; n < 5 && clocks().some(({ doneAt }) => doneAt === null); n++)
			await act(it, "incident.report", { id, kind });
	expect(clocks().filter(({ doneAt }) => doneAt === null)).toEqual([]);
	return id;
}

/** So many days later: the machine was off, so that nobody has to tick through a month. */
async function later(it: TestHeart, days: number): Promise<TestHeart> {
	await it.heart.stop();
	return startHeart({ folder: it.folder, clock: new ManualClock(it.clock.now() + days * DAY) });
}

/** And what is due then has left. */
async function pass(it: TestHeart, days: number): Promise<TestHeart> {
	const next = await later(it, days);
	await next.heart.archivist.look();
	return next;
}

async function withHeart(body: (it: TestHeart) => Promise<TestHeart | undefined>): Promise<void> {
	let it = await startHeart();
	try {
		it = (await body(it)) ?? it;
	} finally {
		await it.close();
	}
}

test("AR1 a closed incident leaves with its task, by an act; it is found by id, and a start loads only what is at hand", () =>
	withHeart(async (first) => {
		const old = await story(first);
		let it = await pass(first, KEPT_DAYS - 1);
		expect(it.heart.register.find("incident", old)).not.toBeNull();
		const open = await act(it, "incident.open", { type: "gas", title: "漏气", level: 1, place });
		const { revision } = it.heart.register;
		it = await pass(it, 1);
		expect(it.heart.register.all("incident").map(({ id }) => id)).toEqual([open.id]);
		expect(it.heart.register.all("task")).toEqual([]);
		expect(it.heart.register.revision).toBe(revision + 1);
		it = await it.restart();
		expect(it.heart.register.everything("incident").map(({ id }) => id)).toEqual([open.id]);
		expect(it.heart.register.everything("task")).toEqual([]);
		expect(it.heart.register.revision).toBe(revision + 1);
		expect(await it.heart.store.archived("incident", old)).toMatchObject({
			entry: { id: old, body: { result: "已修复" } },
			parts: [{ kind: "task", body: { title: "关阀", state: "done" } }],
		});
		// Ids are never given twice, though nobody remembers the old ones.
		const third = await act(it, "incident.open", { type: "gas", title: "又漏", level: 1, place });
		expect(third.id).toBe("i3");
		expect((await act(it, "incident.task", { id: third.id, title: "查", dueAt: NOW })).task).toBe("t2");
		return it;
	}));

test("AR2 nothing changes in the archive but by opening again, which brings the tasks back as they were", () =>
	withHeart(async (first) => {
		const id = await story(first);
		const task = first.heart.register.all<IncidentTask>("task")[0];
		let it = await pass(first, KEPT_DAYS);
		for (const [name, body] of [
			["incident.note", { text: "补记" }],
			["incident.report", { kind: "final" }],
			["incident.edit", { patch: { title: "改" } }],
		] as const)
			expect(await act(it, name, { id, ...body })).toMatchObject({ ok: false, problem: "archived" });
		const elsewhere: Who = { user: "x", roles: ["administrator"], scope: { districts: ["210200"], systems: null } };
		expect(await act(it, "incident.reopen", { id, note: "又停" }, elsewhere)).toMatchObject({ problem: "not-found" });
		expect(await act(it, "incident.reopen", { id, note: "又停" })).toMatchObject({ ok: true });
		expect(it.heart.register.find<Incident>("incident", id)?.body).toMatchObject({ state: "open", title: "爆管" });
		expect(it.heart.register.all("task")).toEqual([{ ...task, revision: it.heart.register.revision }]);
		expect(await it.heart.store.archived("incident", id)).toBeNull();
		// An open one does not leave again.
		it = await pass(it, 400);
		expect(it.heart.register.find<Incident>("incident", id)?.body.state).toBe("open");
		return it;
	}));

test("AR2 a shift of the archive is not taken anew over what both had signed", () =>
	withHeart(async (first) => {
		const rota = {
			changes: ["08:00", "20:00"],
			teams: [
				{ name: "甲", people: ["王"] },
				{ name: "乙", people: ["李"] },
			],
		};
		expect(await act(first, "shift.rota", { district: "210000", rota })).toMatchObject({ ok: true });
		const id = "210000-202611220800";
		const taken = await act(first, "shift.take", { id, name: "王" });
		expect(taken).toMatchObject({ ok: true });
		const blocks = [{ type: "text", text: "一切正常" }];
		const { sha256 } = await act(first, "shift.handover", { id, text: "", blocks });
		const other: Who = { ...administrator, user: "other" };
		expect(await act(first, "shift.sign", { id, side: "outgoing", name: "王", sha256 })).toMatchObject({ ok: true });
		expect(await act(first, "shift.sign", { id, side: "incoming", name: "李", sha256 }, other)).toMatchObject({
			passed: true,
		});
		const it = await pass(first, KEPT_DAYS);
		expect(it.heart.register.all("handover")).toEqual([]);
		expect(await act(it, "shift.take", { id, name: "王" })).toMatchObject({ ok: false, problem: "archived" });
		expect((await it.heart.store.archived("handover", id))?.entry.body).toMatchObject({ note: { sha256 } });
		return it;
	}));

test("AR3 pages are told that an entry left, as of any other change, and that it came back", () =>
	withHeart(async (first) => {
		const id = await story(first);
		const it = await later(first, KEPT_DAYS);
		const messages: CoreMessage[] = [];
		it.heart.followers.joined({ send: (message) => void messages.push(message), waiting: 0 });
		const view = new RegisterView();
		const take = (): void => {
			for (const message of messages.splice(0)) if (message.type === "register") view.take(message);
		};
		take();
		const before = view.revision;
		expect(view.find("incident", id)).not.toBeNull();
		await it.heart.archivist.look();
		take();
		expect(view.find("incident", id)).toBeNull();
		expect(view.all("task")).toEqual([]);
		expect(view.changed("incident", before)).toMatchObject([{ id, removed: true, body: null }]);
		await act(it, "incident.reopen", { id, note: "又停" });
		take();
		expect(view.find("incident", id)).toMatchObject({ body: { state: "open" } });
		expect(view.changed("task", before)).toMatchObject([{ removed: false }]);
		return it;
	}));

test("AR3 a backlog leaves by itself, on the clock, in acts of bounded size", () =>
	withHeart(async (first) => {
		const window = {
			name: "检修",
			reason: "年检",
			from: NOW,
			to: NOW + 1_000,
			weekly: null,
			districts: ["210102"],
			systems: [],
			assets: [],
		};
		const amount = LEAVE_AT_ONCE + 20;
		await Promise.all(Array.from({ length: amount }, () => act(first, "window.put", { window })));
		const { revision } = first.heart.register;
		const it = await later(first, KEPT_DAYS + 1);
		it.clock.advanceTo(it.clock.now() + 61_000);
		await until("all have left", () => it.heart.register.all("window").length === 0);
		expect(it.heart.register.revision).toBe(revision + 2);
		return it;
	}));

test("AR3 a backup carries the archive", () =>
	withHeart(async (first) => {
		const id = await story(first);
		const it = await pass(first, KEPT_DAYS);
		const folder = await mkdtemp(join(tmpdir(), "liaowang-archive-"));
		try {
			const file = join(folder, "copy.tar");
			await it.heart.store.backup(file);
			const restored = join(folder, "restored");
			await restore(file, restored);
			const again = await startHeart({ folder: restored, clock: it.clock });
			expect(await again.heart.store.archived("incident", id)).toMatchObject({ parts: [{ kind: "task" }] });
			expect(again.heart.register.find("incident", id)).toBeNull();
			await again.heart.stop();
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
		return it;
	}));
