import { expect, test } from "vitest";
import { InOrder } from "./in_order.ts";

test("what is finished out of order comes out in order, as early as it can", () => {
	const order = new InOrder();
	const out: string[] = [];
	const places = ["a", "b", "c", "d"].map((name) => ({ name, finish: order.open() }));
	const finish = (index: number) => places[index]!.finish(() => out.push(places[index]!.name));
	finish(1);
	finish(3);
	expect([out.join(""), order.waiting]).toEqual(["", 4]);
	finish(0);
	expect([out.join(""), order.waiting]).toEqual(["ab", 2]);
	finish(2);
	expect([out.join(""), order.waiting]).toEqual(["abcd", 0]);
});

test("what is opened while an answer goes out stands behind it", () => {
	const order = new InOrder();
	const out: string[] = [];
	const first = order.open();
	first(() => {
		out.push("first");
		order.open()(() => out.push("later"));
	});
	expect(out).toEqual(["first", "later"]);
	expect(order.waiting).toBe(0);
});
