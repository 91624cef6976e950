import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import {
	bytesOf,
	H1,
	H2,
	H3,
	H4,
	H5,
	H7,
	L1,
	L2,
	L3,
	L4,
	L6,
	L7,
	L8,
	L9,
	segmentOf,
} from "../../../test/fixtures/hj212/vectors.ts";
import { type Hj212Message, messageKey, parseMessage } from "./message.ts";
import { parseSegment } from "./segment.ts";

const MN = "210102A0000000000000D001";
const EIGHT = Date.UTC(2026, 10, 22, 0, 0, 0);

/** A message with this Flag field (`Flag=5;`) and data area. */
function make(area: string, flag = "Flag=5;"): string {
	return `QN=20261122080000123;ST=39;CN=2011;PW=123456;MN=${MN};${flag}CP=&&${area}&&`;
}

function read(segmentText: string): Hj212Message {
	const segment = parseSegment(bytesOf(segmentText));
	if (isProblem(segment)) expect.fail(`${segment.problem} ${segment.where}`);
	const message = parseMessage(segment);
	if (isProblem(message)) expect.fail(`${message.problem} ${message.where}`);
	return message;
}

function refusal(segmentText: string): string {
	const segment = parseSegment(bytesOf(segmentText));
	if (isProblem(segment)) return segment.problem;
	const message = parseMessage(segment);
	return isProblem(message) ? message.problem : "accepted";
}

/** Factors as `code-suffix=value/flag`. */
function factors(message: Hj212Message): string[] {
	return message.factors.map((factor) => `${factor.code}-${factor.suffix}=${factor.value}/${factor.flag}`);
}

test("L1 real time: nine factors with their flags", () => {
	const message = read(segmentOf(L1));
	expect(message).toMatchObject({
		qn: "20261122080000123",
		st: "39",
		cn: "2011",
		pw: "123456",
		mn: MN,
		edition: 2017,
		answerWanted: true,
		split: null,
		dataTime: EIGHT,
		beginTime: null,
		endTime: null,
	});
	expect(factors(message)).toEqual([
		"a34004-Rtd=36/N",
		"a34002-Rtd=88/N",
		"a34001-Rtd=214/N",
		"LA-Rtd=63.4/N",
		"a01001-Rtd=-4.6/N",
		"a01002-Rtd=52/N",
		"a01006-Rtd=102.315/N",
		"a01007-Rtd=2.7/N",
		"a01008-Rtd=315/N",
	]);
	expect(message.factors[5]?.text).toBe("52.0");
	expect(message.others.size).toBe(0);
});

test("L2 to L4: minute, hour and day data; a flag belongs to all values of its code", () => {
	expect(factors(read(segmentOf(L2)))).toEqual([
		"a34001-Avg=812/N",
		"a34001-Min=655/N",
		"a34001-Max=1034/N",
		"a34002-Avg=301/N",
		"a34002-Min=244/N",
		"a34002-Max=377/N",
	]);
	expect(read(segmentOf(L2)).dataTime).toBe(EIGHT + 600_000);
	expect(factors(read(segmentOf(L3)))).toContain("Leq-Avg=66.8/N");
	const day = read(segmentOf(L4));
	expect(factors(day)).toEqual(["Leq-Data=61.2/null", "Leq-DayData=66.8/null", "Leq-NightData=57.9/null"]);
	expect(day.dataTime).toBe(Date.UTC(2026, 10, 21, 16));
});

test("L6 and L7 are parts, L8 is of 2025, L9 carries D and T", () => {
	expect(read(segmentOf(L6)).split).toEqual({ total: 2, index: 1 });
	expect(read(segmentOf(L7)).split).toEqual({ total: 2, index: 2 });
	expect(read(segmentOf(L8))).toMatchObject({ edition: 2025, answerWanted: true, split: null });
	expect(factors(read(segmentOf(L9)))).toEqual(["a34001-Rtd=0/D", "LA-Rtd=130/T"]);
});

test("H2: LA-td is LA-Rtd, Flag=7 without PNUM is whole", () => {
	const message = read(segmentOf(H2));
	expect(message.split).toBeNull();
	expect(message.answerWanted).toBe(true);
	expect(factors(message)[0]).toBe("LA-Rtd=50.1/N");
	expect(message.factors).toHaveLength(9);
});

test("H3 has no flags, H4 another password, H5 is of 2005 with private codes, H1 and H7 carry no factors", () => {
	expect(read(segmentOf(H3)).factors.every((factor) => factor.flag === null && factor.value === 0)).toBe(true);
	expect(factors(read(segmentOf(H4)))[4]).toBe("a34049-Avg=10.663/N");
	const old = read(segmentOf(H5));
	expect(old).toMatchObject({ edition: 2005, answerWanted: false, qn: null });
	expect(factors(old)).toEqual(["060-Rtd=3.0943/N", "011-Rtd=18.0412/N", "001-Rtd=8.2137/N", "B01-Rtd=10.989/N"]);
	expect(read(segmentOf(H1)).others).toEqual(new Map([["RtdInterval", "30"]]));
	expect(read(segmentOf(H7))).toMatchObject({ edition: 2005, answerWanted: true, factors: [], dataTime: null });
});

test.each([
	[0, 2005, false],
	[1, 2005, true],
	[4, 2017, false],
	[5, 2017, true],
	[8, 2025, false],
	[9, 2025, true],
])("Flag=%i is edition %i, answer wanted: %s", (flag, edition, answerWanted) => {
	expect(read(make("", `Flag=${flag};`))).toMatchObject({ edition, answerWanted });
});

test("F2 a Flag of no known edition is refused", () => {
	expect(refusal(make("", "Flag=13;"))).toBe("unknown-edition");
	expect(refusal(make("", "Flag=255;"))).toBe("unknown-edition");
});

test("PNUM and PNO decide what is a part, not bit D alone", () => {
	expect(read(make("", "Flag=4;PNUM=3;PNO=3;")).split).toEqual({ total: 3, index: 3 });
	expect(read(make("", "Flag=7;PNUM=1;PNO=1;")).split).toBeNull();
	expect(read(make("", "Flag=7;PNUM=0002;PNO=0001;")).split).toEqual({ total: 2, index: 1 });
	expect(refusal(make("", "Flag=7;PNUM=2;PNO=3;"))).toBe("bad-split");
	expect(refusal(make("", "Flag=7;PNUM=2;PNO=0;"))).toBe("bad-split");
	expect(refusal(make("", "Flag=7;PNUM=2;"))).toBe("bad-split");
	expect(refusal(make("", "Flag=7;PNO=1;"))).toBe("bad-split");
});

test("F4 a time on no calendar refuses the message, any real time passes: the door judges it", () => {
	expect(refusal(make("DataTime=20260231000000;LA-Rtd=1"))).toBe("bad-time");
	expect(refusal(make("DataTime=;LA-Rtd=1"))).toBe("bad-time");
	expect(refusal(make("DataTime=20261122080000;BeginTime=20261301000000;LA-Rtd=1"))).toBe("bad-time");
	expect(read(make("DataTime=19700101000000;LA-Rtd=1")).dataTime).toBe(-28_800_000);
	expect(read(make("DataTime=20991231235959;LA-Rtd=1")).dataTime).toBe(Date.UTC(2099, 11, 31, 15, 59, 59));
	expect(read(make("DataTime=202611220800;LA-Rtd=1")).dataTime).toBe(EIGHT);
	expect(read(make("BeginTime=20261122080000,EndTime=20261122090000"))).toMatchObject({
		beginTime: EIGHT,
		endTime: EIGHT + 3_600_000,
	});
});

test("F4 a value without a time is refused, except in a later packet", () => {
	expect(refusal(make("LA-Rtd=1"))).toBe("no-data-time");
	expect(refusal(make("LA-Rtd=1", "Flag=7;PNUM=2;PNO=1;"))).toBe("no-data-time");
	expect(refusal(make("LA-Rtd=1", "Flag=7;PNUM=2;PNO=2;"))).toBe("accepted");
});

test("F4 what is not a number is refused alone, never turned into zero", () => {
	const bad = ["", "1e999", "0x1F", "NaN", "--", "1.2.3", "+1", ".5"];
	for (const text of bad) {
		const message = read(make(`DataTime=20261122080000;LA-Rtd=${text},LA-Flag=N;a34001-Rtd=2`));
		expect(message.factors[0], text).toEqual({ code: "LA", suffix: "Rtd", value: null, text, flag: "N", eflag: null });
		expect(message.factors[1]?.value).toBe(2);
	}
});

test("flags are found wherever they stand", () => {
	const time = "DataTime=20261122080000;";
	expect(factors(read(make(`${time}a-Flag=D;a-Rtd=1;b-Rtd=2`)))).toEqual(["a-Rtd=1/D", "b-Rtd=2/null"]);
	expect(factors(read(make(`${time}a-Rtd=1;b-Rtd=2;a-Flag=D`)))).toEqual(["a-Rtd=1/D", "b-Rtd=2/null"]);
	expect(factors(read(make(`${time}a-Rtd=1,a-Flag=D,a-Cou=3`)))).toEqual(["a-Rtd=1/D", "a-Cou=3/D"]);
	expect(factors(read(make(`${time}a-Min=1;b-Rtd=2;a-Max=3,a-Flag=D`)))).toEqual([
		"a-Min=1/D",
		"b-Rtd=2/null",
		"a-Max=3/D",
	]);
	const both = read(make(`${time}a-Rtd=1,a-Flag=N,a-EFlag=A01`));
	expect(both.factors[0]).toMatchObject({ flag: "N", eflag: "A01" });
	expect(both.others.size).toBe(0);
});

test("what is no value is kept: flags without values, unknown suffixes, bare keys, header fields of makers", () => {
	const message = read(
		make("DataTime=20261122080000;a-Flag=N;i11001-Info=x;a-SampleTime=20261122075900;Lng=123.4", "Flag=5;Maker=M;"),
	);
	expect(message.factors).toEqual([]);
	expect(Object.fromEntries(message.others)).toEqual({
		Maker: "M",
		"a-Flag": "N",
		"i11001-Info": "x",
		"a-SampleTime": "20261122075900",
		Lng: "123.4",
	});
});

test("LA-td beside LA-Rtd gives one value", () => {
	const message = read(make("DataTime=20261122080000;LA-td=1;LA-Rtd=2,LA-Flag=N"));
	expect(factors(message)).toEqual(["LA-Rtd=2/N"]);
	expect(message.others.get("LA-td")).toBe("1");
});

test("every suffix that carries a value is known", () => {
	const suffixes = [
		"Rtd",
		"Avg",
		"Min",
		"Max",
		"Cou",
		"ZsRtd",
		"ZsAvg",
		"ZsMin",
		"ZsMax",
		"Data",
		"DayData",
		"NightData",
	];
	const area = suffixes.map((suffix, index) => `a34001-${suffix}=${index}`).join(",");
	expect(read(make(`DataTime=20261122080000;${area}`)).factors.map((factor) => factor.suffix)).toEqual(suffixes);
});

test("T-23 hostile codes are only codes", () => {
	const message = read(make("DataTime=20261122080000;__proto__-Rtd=1,__proto__-Flag=N;constructor-Rtd=2"));
	expect(factors(message)).toEqual(["__proto__-Rtd=1/N", "constructor-Rtd=2/null"]);
	expect(Object.hasOwn(Object.prototype, "Rtd")).toBe(false);
});

test("a repeat has the same key, another time, part, command or device another", () => {
	const again = segmentOf(L1).replace("QN=20261122080000123", "QN=20261122080010456");
	expect(messageKey(read(again))).toBe(messageKey(read(segmentOf(L1))));
	const different = [L1, L2, L3, L4, L6, L7, H2, H3, H7].map((frame) => messageKey(read(segmentOf(frame))));
	expect(new Set(different).size).toBe(different.length);
});
