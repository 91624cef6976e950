// Tables out and in again, in both encodings, and no formula among them.
import { expect, test } from "vitest";
import { csvOf, readCsv } from "./csv.ts";

test("what is written is read again: commas, quotes, line ends, Chinese", () => {
	const rows = [
		["账号", "姓名"],
		["a,b", '说 "好"\n第二行'],
		["007", ""],
	];
	expect(readCsv(Buffer.from(csvOf(rows)))).toEqual(rows);
	expect(csvOf(rows).charCodeAt(0)).toBe(0xfeff);
});

test("a file of an older spreadsheet program in GB 18030 is read too", () => {
	// 账号,角色 CRLF a,值班员
	const bytes = Buffer.from("d5cbbac52cbdc7c9ab0d0a612cd6b5b0e0d4b1", "hex");
	expect(readCsv(bytes)).toEqual([
		["账号", "角色"],
		["a", "值班员"],
	]);
});

test("I16 a cell that begins a formula is written as text", () => {
	expect(csvOf([["=1+1", "@x", "ok"]])).toContain("'=1+1,'@x,ok");
});

test("bytes that are no text are refused", () => {
	expect(readCsv(Buffer.from([0x61, 0x00, 0x62]))).toMatchObject({ problem: "not-a-sheet" });
	expect(readCsv(Buffer.from([0xff, 0xff, 0xff]))).toMatchObject({ problem: "not-a-sheet" });
});
