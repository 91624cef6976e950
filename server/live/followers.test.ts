import { afterEach, beforeEach, expect, test } from "vitest";
import { CellTable } from "#model/cells.ts";
import { applyDelta } from "#model/delta_read.ts";
import { Latest } from "#model/latest.ts";
import { administrator, asset, startHeart, type TestHeart } from "../../test/support/heart.ts";
import type { CoreMessage, Follower } from "../bus/bus.ts";

let it: TestHeart;
beforeEach(async () => {
	it = await startHeart();
});
afterEach(() => it.close());

/** A web that keeps its own table. */
function follower(): Follower & { messages: CoreMessage[]; table: Latest; waiting: number } {
	const messages: CoreMessage[] = [];
	const table = new Latest(0, new CellTable());
	const one = {
		messages,
		table,
		waiting: 0,
		send(message: CoreMessage): void {
			messages.push(message);
			if (message.type === "delta") applyDelta(table, message.bytes);
			if (message.type !== "catalogue" || messages.length === 1) return;
			for (const cell of message.cells.slice(table.cells.cells.length))
				table.cells.define(cell.start, cell.capacity, cell.district, cell.system);
			table.fit();
		},
	};
	it.heart.followers.joined(one);
	return one;
}

function expectEqual(table: Latest): void {
	const own = it.heart.latest;
	for (const { row } of it.heart.catalogue.channels.filter((channel) => channel !== undefined)) {
		expect([table.value[row], table.at[row], table.quality[row], table.severity[row]]).toEqual([
			own.value[row],
			own.at[row],
			own.quality[row],
			own.severity[row],
		]);
	}
	expect([table.epoch, table.revision]).toEqual([own.epoch, own.revision]);
}

test("on joining: catalogue, the whole table, the register, the open alarms, the state", async () => {
	await it.send("level", 25);
	const one = follower();
	expect(one.messages.map((message) => message.type)).toEqual(["catalogue", "delta", "register", "alarms", "state"]);
	expect(one.messages[3]).toMatchObject({ seq: 1, alarms: [{ rule: "level-high", severity: 2 }] });
	expectEqual(one.table);
});

test("each tick brings what changed; a follower that takes nothing is skipped and catches up at once", async () => {
	const quick = follower();
	const slow = follower();
	slow.waiting = 1e9;
	for (const value of [5, 25, 45]) {
		it.clock.advanceTo(it.clock.now() + 100);
		await it.send("level", value);
	}
	it.clock.advanceTo(it.clock.now() + 100);
	expectEqual(quick.table);
	expect(slow.table.revision).toBeLessThan(quick.table.revision);
	slow.waiting = 0;
	it.clock.advanceTo(it.clock.now() + 100);
	expectEqual(slow.table);
	expect(slow.messages.filter((message) => message.type === "delta")).toHaveLength(2);
	expect(
		slow.messages.flatMap((message) => (message.type === "news" ? message.transitions.map((one) => one.seq) : [])),
	).toEqual([1, 2]);
});

test("new assets are told before their rows", async () => {
	const one = follower();
	await it.heart.editor.putAssets(administrator, [asset("probe-3", { district: "210200" })], "test");
	await it.heart.pipeline.accept(
		[{ asset: "probe-3", measure: "level", at: it.clock.now(), value: 3, quality: "good" }],
		"http/x",
	).committed;
	const told = one.messages.findLast((message) => message.type === "catalogue");
	expect(told).toMatchObject({
		whole: false,
		assets: [{ record: { id: "probe-3" }, measures: ["level", "slow", "flow", "mean5", "hits", "open", "state"] }],
	});
});

test("a tick between an import and its commit sees a table that has room for it", async () => {
	const one = follower();
	const records = Array.from({ length: 3000 }, (_, i) => asset(`many-${i}`, { district: "210300" }));
	const stored = it.heart.editor.putAssets(administrator, records, "test");
	const meanwhile = it.send("level", 7);
	it.clock.advanceTo(it.clock.now() + 200);
	await Promise.all([stored, meanwhile]);
	await it.heart.pipeline.accept(
		[{ asset: "many-2999", measure: "level", at: it.clock.now(), value: 3, quality: "good" }],
		"http/x",
	).committed;
	it.clock.advanceTo(it.clock.now() + 200);
	const row = it.heart.catalogue.row("many-2999", "level");
	expect(one.table.value[row]).toBe(3000);
});
