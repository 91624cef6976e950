import fc from "fast-check";
import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { bytesOf, L1, L2, L3, L4, L6, L7, L8, L9, segmentOf, textOf } from "../../../test/fixtures/hj212/vectors.ts";
import { encodeUplink, type Uplink, type UplinkFactor } from "./encode.ts";
import { FrameStream } from "./frame_stream.ts";
import { type Hj212Message, parseMessage, VALUE_SUFFIXES } from "./message.ts";
import { parseSegment } from "./segment.ts";

function read(bytes: Uint8Array): Hj212Message {
	const events = new FrameStream().push(bytes);
	const frame = events[0];
	if (events.length !== 1 || frame?.type !== "frame") expect.fail("not one frame");
	const segment = parseSegment(frame.bytes);
	if (isProblem(segment)) expect.fail(segment.problem);
	const message = parseMessage(segment);
	if (isProblem(message)) expect.fail(message.problem);
	return message;
}

function real(code: string, value: string, flag = "N"): UplinkFactor {
	return { code, values: [["Rtd", value]], flag };
}

function uplink(fields: Partial<Uplink>): Uplink {
	return {
		mn: "210102A0000000000000D001",
		pw: "123456",
		qn: "20261122080000123",
		st: "39",
		cn: "2011",
		edition: 2017,
		answerWanted: true,
		dataTime: Date.UTC(2026, 10, 22),
		factors: [],
		...fields,
	};
}

function frames(fields: Partial<Uplink>): string[] {
	return encodeUplink(uplink(fields)).map((bytes) => textOf(bytes).slice(0, -2));
}

test("L1, L8 and L9 byte for byte", () => {
	const factors = [
		real("a34004", "36"),
		real("a34002", "88"),
		real("a34001", "214"),
		real("LA", "63.4"),
		real("a01001", "-4.6"),
		real("a01002", "52.0"),
		real("a01006", "102.315"),
		real("a01007", "2.7"),
		real("a01008", "315"),
	];
	expect(frames({ factors })).toEqual([L1]);
	expect(frames({ edition: 2025, factors: [real("a34001", "214")] })).toEqual([L8]);
	const late = { qn: "20261122080100001", dataTime: Date.UTC(2026, 10, 22, 0, 1) };
	expect(frames({ ...late, factors: [real("a34001", "0", "D"), real("LA", "130.0", "T")] })).toEqual([L9]);
});

test("L2, L3 and L4: minute, hour and day data byte for byte", () => {
	const minute: UplinkFactor[] = [
		{
			code: "a34001",
			values: [
				["Avg", 812],
				["Min", 655],
				["Max", 1034],
			],
			flag: "N",
		},
		{
			code: "a34002",
			values: [
				["Avg", 301],
				["Min", 244],
				["Max", 377],
			],
			flag: "N",
		},
	];
	const ten = Date.UTC(2026, 10, 22, 0, 10);
	expect(frames({ cn: "2051", qn: "20261122081500456", dataTime: ten, factors: minute })).toEqual([L2]);
	const hour: UplinkFactor[] = [
		{
			code: "a34004",
			values: [
				["Min", 31],
				["Avg", 38],
				["Max", 47],
			],
			flag: "N",
		},
		{ code: "Leq", values: [["Avg", 66.8]], flag: "N" },
	];
	expect(frames({ st: "22", cn: "2061", qn: "20261122090000789", factors: hour })).toEqual([L3]);
	const noise: UplinkFactor[] = [
		{ code: "Leq", values: [["Data", 61.2]], flag: null },
		{ code: "Leq", values: [["DayData", 66.8]], flag: null },
		{ code: "Leq", values: [["NightData", 57.9]], flag: null },
	];
	const midnight = Date.UTC(2026, 10, 21, 16);
	const day = frames({ st: "23", cn: "2031", qn: "20261123000500000", dataTime: midnight, factors: noise });
	// The published frame has the three values in one group: only the separators and so the check value differ.
	expect(segmentOf(day[0] ?? "")).toBe(segmentOf(L4).replaceAll(",", ";"));
	const group: UplinkFactor[] = [
		{
			code: "Leq",
			values: [
				["Data", 61.2],
				["DayData", 66.8],
				["NightData", 57.9],
			],
			flag: null,
		},
	];
	expect(frames({ st: "23", cn: "2031", qn: "20261123000500000", dataTime: midnight, factors: group })).toEqual([L4]);
});

test("L6 and L7: a long message is split between factors", () => {
	const factors = [real("a34004", "36"), real("a34002", "88"), real("a34001", "214"), real("LA", "63.4")];
	expect(frames({ qn: "20261122080000999", factors, maxAreaBytes: 90 })).toEqual([L6, L7]);
});

test("no data area is longer than 950 characters unless a single factor is", () => {
	const factors = Array.from({ length: 200 }, (_, index) => real(`a${String(index).padStart(5, "0")}`, "123.456"));
	const parts = encodeUplink(uplink({ factors })).map(read);
	expect(parts.length).toBeGreaterThan(5);
	expect(parts.flatMap((part) => part.factors.map((factor) => factor.code))).toEqual(factors.map(({ code }) => code));
	expect(parts.map((part) => part.split?.index)).toEqual(parts.map((_, index) => index + 1));
	expect(new Set(parts.map((part) => part.split?.total))).toEqual(new Set([parts.length]));
	for (const bytes of encodeUplink(uplink({ factors }))) {
		const text = textOf(bytes);
		expect(text.lastIndexOf("&&") - text.indexOf("&&") - 2).toBeLessThanOrEqual(950);
	}
});

test("a single factor beyond the bound goes out alone, without an empty packet before it", () => {
	const parts = encodeUplink(uplink({ factors: [real("a34001", "1"), real("a34002", "2")], maxAreaBytes: 10 })).map(
		read,
	);
	expect(parts.map((part) => part.factors.map((factor) => factor.code))).toEqual([["a34001"], ["a34002"]]);
});

test("numbers go out in plain decimals and come back the same", () => {
	const values = [0, -0.5, 1e-7, 123456789.123, -1.25e-9, 2 ** 60, 0.1 + 0.2];
	for (const value of values) {
		const [bytes] = encodeUplink(uplink({ factors: [{ code: "LA", values: [["Rtd", value]], flag: "N" }] }));
		expect(read(bytes ?? bytesOf("")).factors[0]?.value).toBe(value);
	}
	for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e21]) {
		expect(() => encodeUplink(uplink({ factors: [{ code: "LA", values: [["Rtd", value]], flag: "N" }] }))).toThrow();
	}
});

test("what is encoded is what is read", () => {
	const factor = fc.record({
		code: fc.stringMatching(/^[A-Za-z][0-9A-Za-z]{1,6}$/),
		suffix: fc.constantFrom(...VALUE_SUFFIXES),
		value: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((whole) => whole / 1000),
		flag: fc.constantFrom("N", "T", "D", null),
	});
	const shape = fc.record({
		factors: fc.uniqueArray(factor, { maxLength: 30, selector: ({ code }) => code }),
		edition: fc.constantFrom(2005 as const, 2017 as const, 2025 as const),
		answerWanted: fc.boolean(),
		second: fc.integer({ min: 0, max: 4_000_000_000 }),
	});
	fc.assert(
		fc.property(shape, ({ factors, edition, answerWanted, second }) => {
			const sent = factors.map(({ code, suffix, value, flag }) => ({ code, values: [[suffix, value]] as const, flag }));
			const parts = encodeUplink(uplink({ factors: sent, edition, answerWanted, dataTime: second * 1000 })).map(read);
			const got = parts.flatMap((part) =>
				part.factors.map(({ code, suffix, value, flag }) => ({ code, suffix, value, flag })),
			);
			expect(got).toEqual(factors);
			for (const part of parts) expect(part).toMatchObject({ edition, answerWanted, dataTime: second * 1000 });
		}),
	);
});
