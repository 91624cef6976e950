import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { bytesOf, H2, H5, H6, H7, L1, L5, L8, segmentOf, textOf } from "../../../test/fixtures/hj212/vectors.ts";
import { type Answer, answerTo, buildAnswer } from "./answer.ts";
import { type Hj212Message, parseMessage } from "./message.ts";
import { parseSegment } from "./segment.ts";

function read(segmentText: string): Hj212Message {
	const segment = parseSegment(bytesOf(segmentText));
	if (isProblem(segment)) expect.fail(segment.problem);
	const message = parseMessage(segment);
	if (isProblem(message)) expect.fail(message.problem);
	return message;
}

function answer(frame: string, with_: Answer): string {
	return textOf(buildAnswer(read(segmentOf(frame)), with_));
}

test("F6 the 9014 to L1 is H6, the 9013 is L5, byte for byte", () => {
	expect(answer(L1, { cn: "9014" })).toBe(`${H6}\r\n`);
	expect(answer(L1, { cn: "9013" })).toBe(`${L5}\r\n`);
});

test("F6 a 2025 device is answered with Flag 8, older ones with 4", () => {
	expect(answer(L8, { cn: "9014" })).toContain(";Flag=8;CP=&&&&");
	expect(answer(H2, { cn: "9014" })).toContain(";Flag=4;CP=&&&&");
	expect(answer(H7, { cn: "9014" })).toContain(
		"QN=20120416225111069;ST=91;CN=9014;PW=122333;MN=88888880000006;Flag=4;",
	);
});

test("F6 without a QN none is made up", () => {
	expect(answer(H5, { cn: "9014" })).toMatch(/^##\d{4}ST=91;CN=9014;PW=123456;MN=0873HHMZWSLH02;Flag=4;CP=&&&&/);
});

test("F6 request answers and execution results carry their codes", () => {
	expect(answer(L1, { cn: "9011", result: "ready" })).toContain(";CN=9011;");
	expect(answer(L1, { cn: "9011", result: "wrong-pw" })).toContain("CP=&&QnRtn=3&&");
	expect(answer(L1, { cn: "9011", result: "unknown" })).toContain("CP=&&QnRtn=100&&");
	expect(answer(L1, { cn: "9012", result: "done" })).toContain("CP=&&ExeRtn=1&&");
	expect(answer(L1, { cn: "9012", result: "no-data" })).toContain("CP=&&ExeRtn=100&&");
});

test("F6 every answer can be read by the same codec", () => {
	for (const with_ of [{ cn: "9014" }, { cn: "9011", result: "wrong-crc" }, { cn: "9012", result: "busy" }] as const) {
		const text = answer(L1, with_);
		expect(read(segmentOf(text.slice(0, -2)))).toMatchObject({ cn: with_.cn, st: "91", answerWanted: false });
	}
});

test("F6 what is answered: data by 9014, clock request and heartbeat by 9013, answers and unasked by nothing", () => {
	const with_ = (cn: string, flag: number) =>
		answerTo(read(`QN=20261122080000123;ST=39;CN=${cn};PW=123456;MN=A;Flag=${flag};CP=&&&&`));
	for (const cn of ["2011", "2021", "2031", "2051", "2061", "9021"]) {
		expect(with_(cn, 5)).toEqual({ cn: "9014" });
		expect(with_(cn, 4)).toBeNull();
	}
	expect(with_("1013", 5)).toEqual({ cn: "9013" });
	expect(with_("1013", 4)).toBeNull();
	expect(with_("9015", 8)).toEqual({ cn: "9013" });
	for (const cn of ["9011", "9012", "9013", "9014"]) expect(with_(cn, 5)).toBeNull();
});
