import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { bytesOf, H1, H2, H4, H5, H7, L1, L6, segmentOf, VECTORS } from "../../../test/fixtures/hj212/vectors.ts";
import { parseSegment, type Segment } from "./segment.ts";

const HEAD = "QN=20261122080000123;ST=39;CN=2011;PW=123456;MN=210102A0000000000000D001;Flag=5;";

function read(text: string | Uint8Array): Segment {
	const segment = parseSegment(typeof text === "string" ? bytesOf(text) : text);
	if (isProblem(segment)) expect.fail(`${segment.problem} ${segment.where}`);
	return segment;
}

function refusal(text: string | Uint8Array): string {
	const segment = parseSegment(typeof text === "string" ? bytesOf(text) : text);
	return isProblem(segment) ? segment.problem : "accepted";
}

test.each(Object.entries(VECTORS))("F2 the published frame %s has a well-formed segment", (_name, frame) => {
	expect(refusal(segmentOf(frame))).toBe("accepted");
});

test("the header's fields", () => {
	expect(read(segmentOf(H1))).toEqual({
		qn: "20160801085857223",
		st: "32",
		cn: "1062",
		pw: "100000",
		mn: "010000A8900016F000169DC0",
		flag: 5,
		pnum: null,
		pno: null,
		extra: new Map(),
		fields: new Map([["RtdInterval", "30"]]),
	});
	expect(read(segmentOf(L6))).toMatchObject({ flag: 7, pnum: 2, pno: 1 });
	expect(read(segmentOf(H4))).toMatchObject({ pw: "BF470F88957588DE902D1A52", mn: "Z13401000010301" });
	expect(read(segmentOf(H7))).toMatchObject({ flag: 1, mn: "88888880000006", fields: new Map() });
});

test("the data area keeps the order sent", () => {
	expect([...read(segmentOf(L1)).fields].slice(0, 4)).toEqual([
		["DataTime", "20261122080000"],
		["a34004-Rtd", "36"],
		["a34004-Flag", "N"],
		["a34002-Rtd", "88"],
	]);
	expect(read(segmentOf(L1)).fields.size).toBe(19);
});

test("a Buffer, a view into a larger one and a plain array read the same", () => {
	const whole = Buffer.from(`##0368${segmentOf(L1)}1680`, "latin1");
	expect(read(whole.subarray(6, -4))).toEqual(read(segmentOf(L1)));
	expect(read(new Uint8Array(whole.buffer, whole.byteOffset + 6, whole.length - 10))).toEqual(read(segmentOf(L1)));
});

test("forgiven: a semicolon before the closing &&", () => {
	expect(read(segmentOf(H2)).fields.get("a34001-Rtd")).toBe("217");
});

test("forgiven: no QN and no Flag", () => {
	expect(read(segmentOf(H5))).toMatchObject({ qn: null, flag: null, mn: "0873HHMZWSLH02" });
});

test("forgiven: Flag, PNUM and PNO inside the data area", () => {
	const head = "QN=20261122080000123;ST=39;CN=2011;PW=123456;MN=210102A0000000000000D001;";
	const segment = read(`${head}CP=&&DataTime=20261122080000;Flag=5;LA-Rtd=1;PNUM=3;PNO=2&&`);
	expect(segment).toMatchObject({ flag: 5, pnum: 3, pno: 2 });
	expect([...segment.fields.keys()]).toEqual(["DataTime", "LA-Rtd"]);
	expect(refusal(`${HEAD}CP=&&Flag=5&&`)).toBe("accepted");
	expect(refusal(`${HEAD}CP=&&Flag=7&&`)).toBe("repeated-key");
});

test("identity is never taken from the data area", () => {
	expect(refusal("QN=20261122080000123;ST=39;CN=2011;PW=123456;CP=&&MN=210102A0000000000000D001&&")).toBe("bad-mn");
});

test("forgiven: the same key twice with the same value; refused: with two values", () => {
	expect(read(`${HEAD}CP=&&LA-Rtd=1,LA-Flag=N;LA-Rtd=1&&`).fields.size).toBe(2);
	expect(refusal(`${HEAD}CP=&&LA-Rtd=1;LA-Rtd=2&&`)).toBe("repeated-key");
	expect(refusal(`${HEAD}MN=X;CP=&&&&`)).toBe("repeated-key");
});

test("unknown header fields are kept apart", () => {
	expect(read(`${HEAD}Vendor=ACME;CP=&&&&`).extra).toEqual(new Map([["Vendor", "ACME"]]));
});

test.each([
	["an empty segment", "", "no-data-area"],
	["no CP", HEAD, "no-data-area"],
	["CP without its end", `${HEAD}CP=&&DataTime=20261122080000`, "no-data-area"],
	["three ampersands", `${HEAD}CP=&&&`, "no-data-area"],
	["text behind the end", `${HEAD}CP=&&&&x`, "no-data-area"],
	["CP inside another key", `${HEAD}XCP=&&&&`, "no-data-area"],
	["an ampersand in the area", `${HEAD}CP=&&a=1&b=2&&`, "grammar"],
	["two data areas", `${HEAD}CP=&&a=1&&b=2&&`, "grammar"],
	["a key without a value", `${HEAD}CP=&&DataTime&&`, "grammar"],
	["a value without a key", `${HEAD}CP=&&=1&&`, "grammar"],
	["two equal signs", `${HEAD}CP=&&a=1=2&&`, "grammar"],
	["an empty group", `${HEAD}CP=&&a=1;;b=2&&`, "grammar"],
	["two semicolons at the end", `${HEAD}CP=&&a=1;;&&`, "grammar"],
	["a comma at the end", `${HEAD}CP=&&a=1,&&`, "grammar"],
	["a comma before a semicolon", `${HEAD}CP=&&a=1,;b=2&&`, "grammar"],
	["a comma in the header", "ST=39,CN=2011;PW=1;MN=A;CP=&&&&", "grammar"],
	["a blank in a key", `${HEAD}CP=&&a b=1&&`, "grammar"],
	["a header that begins with a semicolon", `;${HEAD}CP=&&&&`, "grammar"],
	["no MN", "ST=39;CN=2011;PW=123456;CP=&&&&", "bad-mn"],
	["an empty MN", "ST=39;CN=2011;PW=123456;MN=;CP=&&&&", "bad-mn"],
	["an MN of 33", `ST=39;CN=2011;PW=123456;MN=${"A".repeat(33)};CP=&&&&`, "bad-mn"],
	["an MN with a slash", "ST=39;CN=2011;PW=123456;MN=../x;CP=&&&&", "bad-mn"],
	["a CN of three", "ST=39;CN=201;PW=123456;MN=A;CP=&&&&", "bad-cn"],
	["a CN of letters", "ST=39;CN=20A1;PW=123456;MN=A;CP=&&&&", "bad-cn"],
	["no CN", "ST=39;PW=123456;MN=A;CP=&&&&", "bad-cn"],
	["an ST of three", "ST=390;CN=2011;PW=123456;MN=A;CP=&&&&", "bad-st"],
	["no PW", "ST=39;CN=2011;MN=A;CP=&&&&", "bad-pw"],
	["a PW of 65", `ST=39;CN=2011;PW=${"1".repeat(65)};MN=A;CP=&&&&`, "bad-pw"],
	["a short QN", "QN=2026112208000012;ST=39;CN=2011;PW=1;MN=A;CP=&&&&", "bad-qn"],
	["an empty QN", "QN=;ST=39;CN=2011;PW=1;MN=A;CP=&&&&", "bad-qn"],
	["a Flag of 256", "ST=39;CN=2011;PW=1;MN=A;Flag=256;CP=&&&&", "bad-flag"],
	["a negative Flag", "ST=39;CN=2011;PW=1;MN=A;Flag=-1;CP=&&&&", "bad-flag"],
	["an empty Flag", "ST=39;CN=2011;PW=1;MN=A;Flag=;CP=&&&&", "bad-flag"],
	["a PNUM of five digits", "ST=39;CN=2011;PW=1;MN=A;Flag=6;PNUM=10000;PNO=1;CP=&&&&", "bad-split"],
])("F2 refused: %s", (_name, text, code) => {
	expect(refusal(text)).toBe(code);
});

test("F2 GBK, control bytes and NUL are refused by name wherever they stand", () => {
	for (const byte of [0x00, 0x09, 0x0a, 0x1f, 0x7f, 0x80, 0xd1, 0xff]) {
		for (const place of [0, 4, HEAD.length + 2, HEAD.length + 6, HEAD.length + 8]) {
			const bytes = bytesOf(`${HEAD}CP=&&LA-Rtd=1&&`);
			bytes[place] = byte;
			expect(refusal(bytes), `${byte} at ${place}`).toBe("not-ascii");
		}
	}
});

test("T-23 hostile keys are only keys, and nothing is polluted", () => {
	const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
	for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf"]) {
		const segment = read(`${HEAD}${key}=1;CP=&&${key}=2,${key}-Rtd=3&&`);
		expect(segment.extra.get(key)).toBe("1");
		expect(segment.fields.get(key)).toBe("2");
		expect(segment.fields.get(`${key}-Rtd`)).toBe("3");
	}
	const inherited = {} as Record<string, unknown>;
	expect(inherited.Rtd).toBeUndefined();
	expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
});
