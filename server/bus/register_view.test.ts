import { expect, test } from "vitest";
import type { Entry } from "#model/register.ts";
import { LEFT_MAX, RegisterView } from "./register_view.ts";

function entry(id: string, revision: number, removed = false): Entry {
	return { kind: "window", id, revision, at: 1, by: "李", district: "210102", system: "any", body: { id }, removed };
}

test("AR3 marks of what left are few and hold nothing: a page that slept too long is sent everything", () => {
	const view = new RegisterView();
	view.take({ type: "register", revision: 1, whole: true, entries: [entry("w0", 1)], lines: null });
	let revision = 1;
	for (let n = 1; n <= LEFT_MAX + 1; n++) {
		for (const removed of [false, true]) {
			revision += 1;
			view.take({ type: "register", revision, whole: false, entries: [entry(`w${n}`, revision, removed)], lines: [] });
		}
		if (n === LEFT_MAX) expect(view.changed("window", 1)).toHaveLength(LEFT_MAX);
	}
	expect(view.changed("window", 1)).toBeNull();
	const late = view.changed("window", revision - 20) ?? [];
	expect(late).toHaveLength(10);
	expect(late.every(({ removed, body }) => removed && body === null)).toBe(true);
	// One that came back is no mark any more.
	view.take({
		type: "register",
		revision: revision + 1,
		whole: false,
		entries: [entry("w1", revision + 1)],
		lines: [],
	});
	expect(view.all("window").map(({ id }) => id)).toEqual(["w0", "w1"]);
});
