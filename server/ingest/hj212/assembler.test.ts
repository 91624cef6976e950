import fc from "fast-check";
import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { bytesOf, L1, L6, L7, segmentOf } from "../../../test/fixtures/hj212/vectors.ts";
import { type Assembled, Assembler } from "./assembler.ts";
import { type Hj212Message, parseMessage } from "./message.ts";
import { parseSegment } from "./segment.ts";

function read(segmentText: string): Hj212Message {
	const segment = parseSegment(bytesOf(segmentText));
	if (isProblem(segment)) expect.fail(segment.problem);
	const message = parseMessage(segment);
	if (isProblem(message)) expect.fail(message.problem);
	return message;
}

/** One packet: `total` and `index`, its area, and which message it belongs to. */
function part(total: number, index: number, area: string, qn = "20261122080000999", mn = "D001"): Hj212Message {
	return read(`QN=${qn};ST=39;CN=2011;PW=123456;MN=${mn};Flag=7;PNUM=${total};PNO=${index};CP=&&${area}&&`);
}

function show(assembled: Assembled): string {
	const messages = assembled.messages.map((message) =>
		message.factors.map((factor) => `${factor.code}=${factor.value}/${factor.flag}`).join(" "),
	);
	return `${assembled.end} ${assembled.received.join(",")}/${assembled.total}: ${messages.join(" | ")}`;
}

const TIME = "DataTime=20261122080000";
const BOTH = "complete 1,2/2: a34004=36/N a34002=88/N a34001=214/N LA=63.4/N";

test("F5 a whole message passes at once", () => {
	const whole = read(segmentOf(L1));
	expect(new Assembler().add(whole, 0)).toEqual([{ messages: [whole], end: "complete", total: 1, received: [1] }]);
});

test("F5 L6 and L7 are one message, in either order", () => {
	for (const order of [
		[L6, L7],
		[L7, L6],
	]) {
		const assembler = new Assembler();
		const done = order.map((frame, index) => assembler.add(read(segmentOf(frame)), index));
		expect(done[0]).toEqual([]);
		expect(done[1]?.map(show)).toEqual([BOTH]);
		expect(done[1]?.[0]?.messages[0]).toMatchObject({
			split: null,
			dataTime: Date.UTC(2026, 10, 22),
			answerWanted: true,
		});
		expect(assembler.open).toBe(0);
	}
});

test("F5 L6 without L7: after 60 s what came is handed out as incomplete", () => {
	const assembler = new Assembler();
	assembler.add(read(segmentOf(L6)), 1000);
	expect(assembler.expire(60_999)).toEqual([]);
	expect(assembler.expire(61_000).map(show)).toEqual(["timeout 1/2: a34004=36/N a34002=88/N"]);
	expect(assembler.expire(200_000)).toEqual([]);
	// The late packet is not lost either.
	assembler.add(read(segmentOf(L7)), 200_000);
	expect(assembler.close().map(show)).toEqual(["closed 2/2: a34001=214/N LA=63.4/N"]);
});

test("F5 another device's message also makes room for what timed out", () => {
	const assembler = new Assembler();
	assembler.add(read(segmentOf(L6)), 0);
	const done = assembler.add(read(segmentOf(L1).replace("D001", "D002")), 60_000);
	expect(done.map((assembled) => assembled.end)).toEqual(["timeout", "complete"]);
});

test("F5 a packet sent twice counts once, also after the message was complete", () => {
	const assembler = new Assembler();
	assembler.add(read(segmentOf(L6)), 0);
	expect(assembler.add(read(segmentOf(L6)), 1)).toEqual([]);
	expect(assembler.add(read(segmentOf(L7)), 2).map(show)).toEqual([BOTH]);
	expect(assembler.add(read(segmentOf(L7)), 3)).toEqual([]);
	expect(assembler.duplicates).toBe(2);
	expect(assembler.open).toBe(0);
});

test("F5 another PNUM is a new beginning; what came before is handed out", () => {
	const assembler = new Assembler();
	assembler.add(part(3, 1, `${TIME};a-Rtd=1`), 0);
	expect(assembler.add(part(2, 1, `${TIME};a-Rtd=1`), 1).map(show)).toEqual(["restarted 1/3: a=1/null"]);
	expect(assembler.add(part(2, 2, `${TIME};b-Rtd=2`), 2).map(show)).toEqual(["complete 1,2/2: a=1/null b=2/null"]);
});

test("F5 messages of several devices and requests do not mix; 2005 packets without QN join by DataTime", () => {
	const assembler = new Assembler();
	assembler.add(part(2, 1, `${TIME};a-Rtd=1`, "20261122080000001", "D001"), 0);
	assembler.add(part(2, 1, `${TIME};a-Rtd=2`, "20261122080000001", "D002"), 0);
	assembler.add(part(2, 1, `${TIME};a-Rtd=3`, "20261122080000002", "D001"), 0);
	expect(assembler.open).toBe(3);
	const old = (index: number, area: string) =>
		read(`ST=39;CN=2011;PW=123456;MN=D001;Flag=2;PNUM=2;PNO=${index};CP=&&${area}&&`);
	assembler.add(old(1, `${TIME};a-Rtd=4`), 0);
	expect(assembler.add(old(2, `${TIME};b-Rtd=5`), 0).map(show)).toEqual(["complete 1,2/2: a=4/null b=5/null"]);
});

test("F5 a flag in the next packet finds its value, a time in the first serves all", () => {
	const assembler = new Assembler();
	assembler.add(part(2, 2, "a-Flag=D;b-Rtd=2"), 0);
	const [done] = assembler.add(part(2, 1, `${TIME};a-Rtd=1`), 0);
	expect(done && show(done)).toBe("complete 1,2/2: a=1/D b=2/null");
	expect(done?.messages[0]?.dataTime).toBe(Date.UTC(2026, 10, 22));
	expect(done?.messages[0]?.others.size).toBe(0);
});

test("F5 packets with several DataTimes (an answer to a request for history) stay several messages", () => {
	const assembler = new Assembler();
	assembler.add(part(3, 1, `${TIME};a-Avg=1`), 0);
	assembler.add(part(3, 2, "DataTime=20261122081000;a-Avg=2"), 0);
	const [done] = assembler.add(part(3, 3, "DataTime=20261122081000;b-Avg=3"), 0);
	expect(done && show(done)).toBe("complete 1,2,3/3: a=1/null | a=2/null b=3/null");
	expect(done?.messages.map((message) => message.dataTime)).toEqual([
		Date.UTC(2026, 10, 22),
		Date.UTC(2026, 10, 22, 0, 10),
	]);
});

test("F5 at the bounds the oldest is handed out incomplete; nothing is lost, nothing grows", () => {
	const byOpen = new Assembler({ maxOpen: 10 });
	let handedOut = 0;
	for (let index = 0; index < 1000; index++) {
		const done = byOpen.add(part(9999, 1, `${TIME};a-Rtd=${index}`, String(20261122080000000 + index * 8)), 0);
		handedOut += done.length;
		if (index === 10) expect(done.map(show)).toEqual(["bound 1/9999: a=0/null"]);
		expect(byOpen.open).toBeLessThanOrEqual(10);
	}
	expect(handedOut + byOpen.close().length).toBe(1000);

	const byParts = new Assembler({ maxParts: 5 });
	const done = Array.from({ length: 12 }, (_, index) =>
		byParts.add(part(9999, index + 1, `${TIME};a${index}-Rtd=1`), 0),
	).flat();
	expect(done.map((assembled) => assembled.received.length)).toEqual([6, 6]);
});

test("F5 what it remembers of complete messages is bounded too", () => {
	const assembler = new Assembler({ maxOpen: 10 });
	const qn = (index: number) => String(20261122080000000 + index * 8);
	for (let index = 0; index < 100; index++) {
		assembler.add(part(2, 1, `${TIME};a-Rtd=1`, qn(index)), 0);
		assembler.add(part(2, 2, `${TIME};b-Rtd=1`, qn(index)), 0);
	}
	assembler.add(part(2, 2, `${TIME};b-Rtd=1`, qn(99)), 0);
	expect([assembler.duplicates, assembler.open]).toEqual([1, 0]);
	assembler.add(part(2, 2, `${TIME};b-Rtd=1`, qn(0)), 0);
	expect([assembler.duplicates, assembler.open]).toEqual([1, 1]);
});

test("F5 any order, with repeats, gives the whole message once", () => {
	const shape = fc.integer({ min: 2, max: 8 }).chain((total) => {
		const indexes = Array.from({ length: total }, (_, index) => index + 1);
		return fc.tuple(
			fc.constant(total),
			fc.shuffledSubarray(indexes, { minLength: total, maxLength: total }),
			fc.array(fc.constantFrom(...indexes), { maxLength: 8 }),
		);
	});
	fc.assert(
		fc.property(shape, ([total, order, repeats]) => {
			const assembler = new Assembler();
			const sequence = [...order.slice(0, 1), ...repeats, ...order.slice(1), ...repeats];
			const done = sequence.flatMap((index) => assembler.add(part(total, index, `${TIME};a${index}-Rtd=${index}`), 0));
			expect(done).toHaveLength(1);
			expect(done[0]?.messages[0]?.factors.map((factor) => factor.value)).toEqual([...order].sort((a, b) => a - b));
			expect(assembler.duplicates).toBe(sequence.length - total);
			expect(assembler.open).toBe(0);
		}),
	);
});
