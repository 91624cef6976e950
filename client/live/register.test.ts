import { expect, test } from "vitest";
import { problem } from "#model/problem.ts";
import type { Entry } from "#model/register.ts";
import { RegisterBook } from "./register.ts";

function entry(id: string, revision: number, change: Partial<Entry> = {}): Entry {
	const place = { district: "210102", system: "heating" };
	return { kind: "incident", id, revision, at: 1, by: "李", ...place, body: { title: id }, removed: false, ...change };
}

/** A server that answers when the test says so. */
function aBook() {
	const asked: string[] = [];
	const waiting: ((body: unknown) => void)[] = [];
	const later: (() => void)[] = [];
	const book = new RegisterBook({
		ask: (path) => {
			asked.push(path);
			return new Promise((done) => waiting.push(done));
		},
		later: (_ms, act) => void later.push(act),
	});
	const answer = async (body: unknown): Promise<void> => {
		waiting.shift()?.(body);
		for (let turn = 0; turn < 5; turn++) await Promise.resolve();
	};
	return { book, asked, answer, later };
}

const body = (revision: number, entries: readonly Entry[], whole = true, epoch = 7) => ({
	epoch,
	revision,
	whole,
	entries,
});

test("asks for everything at hello, then for what changed since; a removed entry goes", async () => {
	const { book, asked, answer } = aBook();
	book.greeted(7);
	await answer(body(2, [entry("i1", 1), entry("i2", 2)]));
	expect(book.entries("incident").map(({ id }) => id)).toEqual(["i1", "i2"]);
	const list = book.entries("incident");
	expect(book.entries("incident")).toBe(list);
	const before = book.change.version;
	book.told(4);
	await answer(body(4, [entry("i1", 3, { removed: true }), entry("i3", 4)], false));
	expect(asked).toEqual(["/api/register", "/api/register?since=7.2"]);
	expect(book.entries("incident").map(({ id }) => id)).toEqual(["i2", "i3"]);
	expect(book.find("incident", "i1")).toBeUndefined();
	expect(book.change.version).toBeGreaterThan(before);
	book.told(4);
	expect(asked).toHaveLength(2);
});

test("lines alone fetch no entry: only the logs that grew are told of, and every log after the line was down", async () => {
	const { book, asked, answer } = aBook();
	book.greeted(7);
	await answer(body(2, [entry("i1", 1)]));
	const [one, other] = [book.logOf("incident:i1"), book.logOf("alarm:a7")];
	const versions = () => [one.version, other.version];
	const before = book.change.version;
	book.told(2, ["alarm:a7", "alarm:a8"]);
	expect(versions()).toEqual([0, 1]);
	expect(book.logOf("alarm:a7")).toBe(other);
	// A storm of escalations: too many to be named.
	book.told(2, null);
	expect(versions()).toEqual([1, 2]);
	expect(asked).toHaveLength(1);
	expect(book.change.version).toBe(before);
	book.greeted(7);
	await answer(body(2, [], false));
	expect(versions()).toEqual([2, 3]);
	// An act that changed an entry and wrote a line is both.
	book.told(3, ["incident:i1"]);
	expect(versions()).toEqual([3, 3]);
	expect(asked).toHaveLength(3);
});

test("what is told while a question is under way is asked after it, once", async () => {
	const { book, asked, answer } = aBook();
	book.greeted(7);
	book.told(1);
	book.told(2);
	book.told(3);
	expect(asked).toHaveLength(1);
	await answer(body(1, [entry("i1", 1)]));
	expect(asked).toEqual(["/api/register", "/api/register?since=7.1"]);
	await answer(body(3, [entry("i2", 3)], false));
	expect(asked).toHaveLength(2);
	expect(book.entries("incident")).toHaveLength(2);
});

test("another life of the server is asked for everything, and what it does not hold is gone", async () => {
	const { book, asked, answer } = aBook();
	book.greeted(7);
	await answer(body(5, [entry("i1", 5)]));
	book.greeted(8);
	await answer(body(3, [entry("i2", 3)], true, 8));
	expect(asked).toEqual(["/api/register", "/api/register"]);
	expect(book.entries("incident").map(({ id }) => id)).toEqual(["i2"]);
	expect(book.revision).toBe(3);
});

test("another person holds nothing of the one before, not even what was asked for and came late", async () => {
	const { book, answer } = aBook();
	book.greeted(7);
	await answer(body(1, [entry("i1", 1)]));
	book.told(2);
	book.forget();
	expect(book.entries("incident")).toEqual([]);
	book.greeted(7);
	await answer(body(2, [entry("i2", 2)], false));
	expect(book.entries("incident")).toEqual([]);
	await answer(body(2, []));
	expect(book.isLoaded).toBe(true);
	expect(book.entries("incident")).toEqual([]);
});

test("who may not read it is never asked for it, whatever is told, until another person sits here", () => {
	const { book, asked } = aBook();
	book.greeted(7, false);
	book.told(9);
	expect(asked).toEqual([]);
	book.greeted(7);
	expect(asked).toHaveLength(1);
});

test("a lost answer is a named problem and asked again", async () => {
	const { book, asked, answer, later } = aBook();
	book.greeted(7);
	await answer(problem("offline"));
	expect(book.problem).toEqual({ problem: "offline" });
	expect(later).toHaveLength(1);
	later[0]?.();
	await answer(body(1, [entry("i1", 1)]));
	expect(asked).toHaveLength(2);
	expect(book.problem).toBeNull();
});
