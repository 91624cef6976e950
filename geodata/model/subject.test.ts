// Subjects are strings that come apart into what they were built from.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isProblem } from "./problem.ts";
import { channelSubject, parseSubject, subjectOf, subjectTypes } from "./subject.ts";

const asset = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/);
const measure = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,47}$/);

test("a channel's subject gives back its asset and measure", () => {
	fc.assert(
		fc.property(asset, measure, (name, part) => {
			expect(parseSubject(channelSubject(name, part))).toEqual({ type: "channel", name, part });
		}),
	);
});

test("any other subject gives back its type and name, colons and slashes included", () => {
	const others = subjectTypes.filter((type) => type !== "channel" && type !== "record");
	fc.assert(
		fc.property(fc.constantFrom(...others), fc.string({ minLength: 1 }), (type, name) => {
			expect(parseSubject(subjectOf(type, name))).toEqual({ type, name, part: null });
		}),
	);
});

test("a record's id may hold slashes, its kind may not", () => {
	expect(parseSubject("record:drill/2026/07")).toEqual({ type: "record", name: "drill", part: "2026/07" });
});

test.each([
	"",
	":",
	"asset",
	"asset:",
	"assets",
	"channel:",
	"channel:a",
	"channel:a/",
	"channel:/b",
	"record:x",
	"toString:x",
	"Asset:x",
	"__proto__:x",
])('"%s" is no subject', (text) => {
	expect(parseSubject(text)).toMatchObject({ problem: "bad-subject" });
});

test("whatever text comes, the answer is a subject that is written the same way, or a problem", () => {
	const text = fc.oneof(
		fc.string(),
		fc.tuple(fc.constantFrom(...subjectTypes, "x"), fc.string()).map(([type, rest]) => `${type}:${rest}`),
	);
	fc.assert(
		fc.property(text, (input) => {
			const subject = parseSubject(input);
			if (isProblem(subject)) return;
			expect(`${subject.type}:${subject.name}${subject.part === null ? "" : `/${subject.part}`}`).toBe(input);
		}),
	);
});
