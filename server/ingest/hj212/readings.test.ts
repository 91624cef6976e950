import { expect, test } from "vitest";
import type { Hj212Message } from "./message.ts";
import { parseMessage } from "./message.ts";
import { type Profile, readingsOf } from "./readings.ts";
import { parseSegment } from "./segment.ts";

const AT = Date.UTC(2026, 10, 22);
const CODES = new Map([
	["a34001", "tsp"],
	["a34002", "pm10"],
	["LA", "noise"],
	["Leq", "leq"],
]);

function messageOf(cn: string, area: string, header = "Flag=5"): Hj212Message {
	const text = `QN=20261122080000123;ST=39;CN=${cn};PW=123456;MN=M1;${header};CP=&&DataTime=20261122080000;${area}&&`;
	const segment = parseSegment(Buffer.from(text, "latin1"));
	if ("problem" in segment) throw new Error(segment.problem);
	const message = parseMessage(segment);
	if ("problem" in message) throw new Error(message.problem);
	return message;
}

function convert(cn: string, area: string, profile: Profile | null = null, header?: string) {
	const codeOf = (code: string): string | null => CODES.get(code) ?? null;
	const { readings, ...counted } = readingsOf(messageOf(cn, area, header), AT, "x", profile, codeOf);
	return { ...counted, readings: readings.map(({ measure, value, quality }) => [measure, value, quality]) };
}

test("real time data feeds by Rtd and nothing else", () => {
	expect(convert("2011", "a34001-Rtd=1,a34001-Avg=2,a34001-ZsRtd=3;B01-Rtd=4")).toEqual({
		readings: [["tsp", 1, "good"]],
		ignored: 2,
		unknown: ["B01"],
		notNumbers: [],
	});
});

test.each(["2051", "2061"])("%s feeds by Avg, by Rtd only where a device sends no Avg", (cn) => {
	expect(convert(cn, "a34001-Rtd=1,a34001-Avg=2,a34001-Min=0,a34001-Max=9;a34002-Rtd=5;LA-Cou=7")).toEqual({
		readings: [
			["tsp", 2, "good"],
			["pm10", 5, "good"],
		],
		ignored: 4,
		unknown: [],
		notNumbers: [],
	});
});

test("day data feeds nothing, unless a profile names the value with its suffix", () => {
	const area = "Leq-Data=61.2,Leq-DayData=66.8,Leq-NightData=57.9";
	expect(convert("2031", area)).toMatchObject({ readings: [], ignored: 3, unknown: [] });
	const profile: Profile = new Map([["Leq-NightData", { measure: "leqNight", factor: 1 }]]);
	expect(convert("2031", area, profile)).toMatchObject({ readings: [["leqNight", 57.9, "good"]], ignored: 2 });
});

test("a profile stands above the codes of the kind and brings no binary dust", () => {
	const profile: Profile = new Map([
		["a34001", { measure: "pm10", factor: 1000 }],
		["LA", { measure: "noise", factor: 1e308 }],
	]);
	expect(convert("2011", "a34001-Rtd=0.036;LA-Rtd=63", profile)).toMatchObject({
		readings: [["pm10", 36, "good"]],
		notNumbers: ["LA-Rtd=63"],
	});
});

test("Q5 flags: no data has no value whatever number stands beside it, doubtful ones are suspect", () => {
	const area = "a34001-Rtd=0,a34001-Flag=D;a34002-Rtd=,a34002-Flag=B;LA-Rtd=130.0,LA-Flag=T;Leq-Rtd=50,Leq-Flag=S";
	expect(convert("2011", area).readings).toEqual([
		["tsp", null, "bad"],
		["pm10", null, "bad"],
		["noise", 130, "suspect"],
		["leq", 50, "suspect"],
	]);
});

test("Q5 a packet that may have been cut inside its last value does not make that one good", () => {
	const split = (no: number) => `Flag=7;PNUM=2;PNO=${no}`;
	const torn = "a34001-Rtd=21,a34001-Flag=N;a34002-Rtd=8";
	expect(convert("2011", torn, null, split(1)).readings).toEqual([
		["tsp", 21, "good"],
		["pm10", 8, "suspect"],
	]);
	// The last packet is whole, and so is one whose device never sends flags.
	expect(convert("2011", torn, null, split(2)).readings[1]).toEqual(["pm10", 8, "good"]);
	expect(convert("2011", "a34001-Rtd=21;a34002-Rtd=8", null, split(1)).readings[1]).toEqual(["pm10", 8, "good"]);
});

test("F4 a value that is no number is refused by itself", () => {
	expect(convert("2011", "a34001-Rtd=0x10;a34002-Rtd=8")).toMatchObject({
		readings: [["pm10", 8, "good"]],
		notNumbers: ["a34001-Rtd=0x10"],
	});
});
