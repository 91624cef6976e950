// A sheet out and in again, and everything that pretends to be a sheet.
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { isProblem } from "#model/problem.ts";
import { readSheets } from "./read_sheets.ts";
import { guardCell, unguardCell, writeSheets, zipOf } from "./write_sheets.ts";
import { refuseZip } from "./zip_guard.ts";

const LIMITS = { parts: 20, bytes: 10_000_000, ratio: 100 };

test("what is written is read again: texts, zeros at the front, Chinese, nothing", async () => {
	const rows = [
		["单位名称", "24 小时电话", "地址"],
		["演示<热力>&公司", "024-00001234", ""],
		["=1+1", "00123", "行\n二"],
	];
	const sheets = await readSheets(writeSheets([{ name: "单位", rows, widths: [20, 20, 30] }]));
	if (isProblem(sheets)) throw new Error(sheets.detail);
	expect(sheets[0]?.name).toBe("单位");
	expect(sheets[0]?.rows[1]).toEqual(["演示<热力>&公司", "024-00001234", ""]);
	expect(sheets[0]?.rows[2]?.map(unguardCell)).toEqual(["=1+1", "00123", "行\n二"]);
});

test("I16 nothing that leaves can start a formula", () => {
	for (const start of ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]) {
		expect(guardCell(`${start}cmd`)).toBe(`'${start}cmd`);
		expect(unguardCell(guardCell(`${start}cmd`))).toBe(`${start}cmd`);
	}
	expect(guardCell("024-0000")).toBe("024-0000");
	expect(unguardCell("'s")).toBe("'s");
	expect(writeSheets([{ name: "a", rows: [["=HYPERLINK()"]], widths: [9] }]).toString("utf8")).toContain(
		">'=HYPERLINK()<",
	);
});

test("I17 a bomb, a liar, an archive in an archive, a way out and a list of entities are refused unopened", () => {
	const bomb = packed("xl/a.xml", Buffer.alloc(5_000_000));
	expect(refuseZip(bomb, LIMITS)).toMatchObject({ problem: "too-large" });
	const liar = packed("xl/a.xml", Buffer.alloc(5_000), 10);
	expect(refuseZip(liar, LIMITS)).toMatchObject({ problem: "not-a-sheet" });
	for (const name of ["inner.zip", "../a.xml", "/a.xml", "a\\b.xml", "xl/vbaProject.bin"])
		expect(refuseZip(zipOf([[name, Buffer.from("x")]]), LIMITS)).toMatchObject({ problem: "not-a-sheet" });
	const laughs = zipOf([["xl/a.xml", Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]>')]]);
	expect(refuseZip(laughs, LIMITS)).toMatchObject({ problem: "not-a-sheet" });
	const many = zipOf(Array.from({ length: 21 }, (_, n) => [`${n}.xml`, Buffer.from("x")] as const));
	expect(refuseZip(many, LIMITS)).toMatchObject({ problem: "too-large" });
	expect(refuseZip(Buffer.from("PK not a zip at all, only its first letters"), LIMITS)).toMatchObject({
		problem: "not-a-sheet",
	});
	expect(refuseZip(Buffer.alloc(3), LIMITS)).toMatchObject({ problem: "not-a-sheet" });
	expect(refuseZip(zipOf([["xl/a.xml", Buffer.from("<a/>")]]), LIMITS)).toBeNull();
});

test("I17 a file cut anywhere is an answer, never a throw", () => {
	const whole = writeSheets([{ name: "a", rows: [["b"]], widths: [9] }]);
	for (let length = 0; length < whole.length; length += 37) {
		expect(isProblem(refuseZip(whole.subarray(0, length), LIMITS)), String(length)).toBe(true);
	}
});

test("what is no sheet is answered with what to do", async () => {
	expect(await readSheets(Buffer.from("单位名称,电话\n"))).toMatchObject({ problem: "not-a-sheet" });
	expect(await readSheets(zipOf([["hello.xml", Buffer.from("<a/>")]]))).toMatchObject({ problem: "not-a-sheet" });
	expect(await readSheets(new Uint8Array(9 * 1024 * 1024))).toMatchObject({ problem: "too-large" });
});

/** One deflated part; `says`: the size it declares. */
function packed(name: string, body: Buffer, says = body.length): Buffer {
	const small = deflateRawSync(body);
	const zip = zipOf([[name, small]]);
	const part = zip.length - 22 - 46 - name.length;
	zip.writeUInt16LE(8, part + 10);
	zip.writeUInt32LE(says, part + 24);
	return zip;
}
