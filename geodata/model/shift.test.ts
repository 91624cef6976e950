import fc from "fast-check";
import { expect, test } from "vitest";
import type { DistrictRota, Handover, Side, Signature } from "./shift.ts";
import { dutyNow, isSigned, partsOf, rosterAt, rosterBetween, shiftId } from "./shift.ts";
import { handoverDocument } from "./shift_note.ts";

const HOUR = 3_600_000;
/** Midnight of 2026-11-22 in Shenyang. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 16);
const own: DistrictRota = {
	rota: {
		changes: ["08:00", "20:00"],
		teams: [
			{ name: "甲班", people: ["王志强", "李敏"] },
			{ name: "乙班", people: ["张伟"] },
			{ name: "丙班", people: ["陈立新"] },
		],
	},
	swaps: [],
};
const DISTRICT = "210000";

function handover(at: number, more: Partial<Handover> = {}): Handover {
	const shift = rosterAt(DISTRICT, own, at);
	const next = rosterAt(DISTRICT, own, shift.until);
	return {
		district: DISTRICT,
		shift: { at: shift.at, name: shift.name, people: [...shift.people] },
		next: { at: next.at, name: next.name, people: [...next.people] },
		taken: [{ user: "a", name: "王志强", at }],
		text: "",
		note: null,
		signatures: [],
		...more,
	};
}
function signature(side: Side, user: string) {
	return { side, name: user, user, at: MIDNIGHT, sha256: "0".repeat(64) };
}

test("SH1 the id of a shift is its district and the civil time of its begin, and is taken apart again", () => {
	expect(shiftId(DISTRICT, MIDNIGHT + 8 * HOUR)).toBe("210000-202611220800");
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 60_000_000 }), (minutes) => {
			expect(partsOf(shiftId("210102", minutes * 60_000))).toEqual({ district: "210102", at: minutes * 60_000 });
		}),
	);
});

test("SH2 a roster of a span has every shift once, each ending where the next begins", () => {
	const shifts = rosterBetween(DISTRICT, own, MIDNIGHT, MIDNIGHT + 48 * HOUR);
	expect(shifts.map(({ at }) => (at - MIDNIGHT) / HOUR)).toEqual([-4, 8, 20, 32, 44]);
	for (const [n, shift] of shifts.entries()) expect(shift.until).toBe(shifts[n + 1]?.at ?? MIDNIGHT + 56 * HOUR);
});

test("SH3 a swap changes one person of one shift and nothing else; the last one counts", () => {
	const at = MIDNIGHT + 8 * HOUR;
	const before = rosterAt(DISTRICT, own, at);
	const [out = ""] = before.people;
	const swap = { at, out, in: "周晓东", note: "", by: "lead" };
	const swapped = { ...own, swaps: [swap, { ...swap, in: "杨帆" }] };
	expect(rosterAt(DISTRICT, swapped, at).people).toEqual(["杨帆", ...before.people.slice(1)]);
	expect(rosterAt(DISTRICT, swapped, at + 36 * HOUR).people).toEqual(rosterAt(DISTRICT, own, at + 36 * HOUR).people);
});

test("SH4 duty stays with the outgoing shift until both have signed, whatever the clock says", () => {
	const at = MIDNIGHT + 8 * HOUR;
	const taken = handover(at);
	const duty = (handovers: Handover[], hours: number) => dutyNow(DISTRICT, own, handovers, MIDNIGHT + hours * HOUR);
	expect(duty([taken], 19)).toMatchObject({ holder: shiftId(DISTRICT, at), overdueMs: 0 });
	expect(duty([taken], 21)).toMatchObject({
		holder: shiftId(DISTRICT, at),
		people: taken.shift.people,
		byRoster: "210000-202611222000",
		overdueMs: HOUR,
	});
	const half = { ...taken, signatures: [signature("outgoing", "a")] };
	expect(duty([half], 21).holder).toBe(shiftId(DISTRICT, at));
	const both = { ...taken, signatures: [signature("outgoing", "a"), signature("incoming", "b")] };
	expect(isSigned(both)).toBe(true);
	// Both signed before the end: the next has it from then on.
	expect(duty([both], 19)).toMatchObject({ holder: "210000-202611222000", people: both.next.people, overdueMs: 0 });
	expect(duty([both], 21)).toMatchObject({ holder: "210000-202611222000", overdueMs: 0 });
});

test("SH4 a shift that nobody took holds nothing; of several unsigned ones the first holds duty; other districts do not count", () => {
	const first = handover(MIDNIGHT + 8 * HOUR);
	const second = handover(MIDNIGHT + 20 * HOUR);
	const now = MIDNIGHT + 33 * HOUR;
	expect(dutyNow(DISTRICT, own, [second, first], now).holder).toBe("210000-202611220800");
	expect(dutyNow(DISTRICT, own, [{ ...first, taken: [] }], now).holder).toBe("210000-202611230800");
	expect(dutyNow("210100", own, [first], now).holder).toBe("210100-202611230800");
});

test("SH6 the paper of a note names who signed, by which account, and the roster's name where another stood in for it", () => {
	const sha256 = "0".repeat(64);
	const shift = { at: MIDNIGHT, name: "甲班", people: ["周", "王"] };
	const sign = (side: Side, name: string, more: Partial<Signature>): Signature => {
		return { side, name, user: "u1", at: MIDNIGHT + HOUR, sha256, ...more };
	};
	const paper = (...signatures: Signature[]): string => {
		const note = { blocks: [], madeAt: MIDNIGHT, sha256 };
		const handover = { district: DISTRICT, shift, next: shift, taken: [], text: "", note, signatures };
		return JSON.stringify(handoverDocument(handover, "值班室", false)?.blocks);
	};
	expect(paper(sign("outgoing", "周", { fullName: "周" }))).toContain("周（账号 u1）");
	expect(paper(sign("outgoing", "周", {}))).toContain("周（账号 u1）");
	expect(paper(sign("incoming", "王", { user: "li", fullName: "李四" }))).toContain("李四（账号 li，班表姓名 王）");
	expect(paper()).toContain("未签名");
});
