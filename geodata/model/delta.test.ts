// The bytes of a delta: docs/delta.md, broken bytes, and bytes per changed row.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Cell } from "./cells.ts";
import type { DeltaHeader, Slice, SliceKindCode } from "./delta.ts";
import {
	encodeStatusChanged,
	encodeStatusWhole,
	encodeValuesChanged,
	encodeValuesWhole,
	packDelta,
	SliceKind,
} from "./delta.ts";
import type { CellPick, DeltaJson } from "./delta_json.ts";
import { deltaJson } from "./delta_json.ts";
import { applyDelta } from "./delta_read.ts";
import { Latest } from "./latest.ts";
import { Quality } from "./measure.ts";
import { ByteWriter } from "./varint.ts";

function encode(latest: Latest, cell: Cell, kind: SliceKindCode, since: number, base: number): Slice {
	const out = new ByteWriter();
	switch (kind) {
		case SliceKind.statusChanged:
			return { cell, kind, body: encodeStatusChanged(out, latest, cell, since) };
		case SliceKind.valuesChanged:
			return { cell, kind, body: encodeValuesChanged(out, latest, cell, since, base) };
		case SliceKind.valuesWhole:
			return { cell, kind, body: encodeValuesWhole(out, latest, cell, base) };
		case SliceKind.statusWhole:
			return { cell, kind, body: encodeStatusWhole(out, latest, cell) };
	}
}

/** The table of docs/delta.md at revision 12, its cells in order, and the header that brings a receiver from 12 to 20. */
const NINE = Date.parse("2026-11-22T09:00:00+08:00");

function exampleTable(): { latest: Latest; cells: Cell[] } {
	const latest = new Latest(7);
	const cells = [
		latest.cells.open(8, "210102", "construction"),
		latest.cells.open(8, "210102", "gas"),
		latest.cells.open(8, "210102", "flood"),
		latest.cells.open(16, "210102", "manhole"),
	];
	latest.fit();
	for (const [index, rows] of [4, 3, 4, 10].entries()) latest.cells.take(cells[index]!, rows);
	const minuteAgo = NINE - 60_000;
	// Revisions 1 to 12: four dust rows, two gas rows, two flood rows, four manhole rows.
	for (let row = 0; row < 4; row++) latest.write(row, 200_000 + row, minuteAgo, Quality.good, 0);
	for (const row of [8, 9, 16, 17]) latest.write(row, 1_000, minuteAgo, Quality.good, 0);
	for (let row = 24; row < 28; row++) latest.write(row, 0, minuteAgo, Quality.good, 0);
	return { latest, cells };
}

function writeExample(latest: Latest): void {
	latest.write(0, 214_000, NINE, Quality.good, 0);
	latest.write(1, 812_500, NINE, Quality.good, 3);
	latest.write(3, Number.NaN, NINE - 1_000, Quality.bad, 0);
	latest.write(9, 21_400, NINE, Quality.suspect, 3);
	latest.write(16, -250, NINE - 500, Quality.good, 0);
	latest.write(17, 260, NINE - 500, Quality.good, 4);
	latest.stale(24);
	latest.judge(25, 2);
}

const KINDS = [SliceKind.valuesChanged, SliceKind.statusChanged, SliceKind.valuesWhole, SliceKind.statusWhole] as const;
const header: DeltaHeader = { epoch: 7, from: 12, to: 20, base: NINE };

function picksOf(cells: readonly Cell[]): CellPick[] {
	return KINDS.map((kind, index) => ({
		cell: cells[index]!,
		detail: kind === SliceKind.valuesChanged || kind === SliceKind.valuesWhole ? "values" : "status",
		whole: kind === SliceKind.valuesWhole || kind === SliceKind.statusWhole,
	}));
}

/** A page that stands at revision 12: the first cell with values, the second at detail status, the others not in its view. */
function receiver(): Latest {
	const { latest, cells } = exampleTable();
	const page = new Latest(0);
	const slices = [
		encode(latest, cells[0]!, SliceKind.valuesWhole, 0, NINE),
		encode(latest, cells[1]!, SliceKind.statusWhole, 0, NINE),
	];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 7, from: 0, to: 12, base: NINE }, slices));
	return page;
}

function hex(bytes: Uint8Array): string {
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unhex(text: string): Uint8Array {
	return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The fenced block of that language in docs/delta.md; comments after # left out. */
function block(language: string): string {
	const text = readFileSync(new URL("../../docs/delta.md", import.meta.url), "utf8");
	const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1];
	if (found === undefined) throw new Error(`docs/delta.md has no ${language} block`);
	return found.replace(/#.*$/gm, "");
}

test("docs/delta.md: the code writes the hex of the example, byte for byte", () => {
	const { latest, cells } = exampleTable();
	writeExample(latest);
	const slices = KINDS.map((kind, index) => encode(latest, cells[index]!, kind, 12, NINE));
	const bytes = packDelta(new ByteWriter(), header, slices);
	expect(hex(bytes)).toBe(block("hex").replace(/\s/g, ""));
});

test("docs/delta.md: the code writes the JSON of the example", () => {
	const { latest, cells } = exampleTable();
	writeExample(latest);
	expect(deltaJson(latest, header, picksOf(cells), () => 3)).toEqual(JSON.parse(block("json")));
});

test("docs/delta.md: reading the hex gives the rows of the JSON", () => {
	const page = receiver();
	const touched: number[] = [];
	expect(applyDelta(page, unhex(block("hex").replace(/\s/g, "")), (row) => touched.push(row))).toEqual(header);
	const json = JSON.parse(block("json")) as DeltaJson;
	expect(touched).toEqual(json.rows);
	expect(page.epoch).toBe(json.epoch);
	expect(page.revision).toBe(json.to);
	const names = ["none", "good", "suspect", "bad", "stale"];
	for (const [index, row] of json.rows.entries()) {
		expect(names[page.quality[row]!]).toBe(json.quality[index]);
		expect(page.severity[row]).toBe(json.severity[index]);
		// Values and times of the first and third cell; the others are followed at detail status.
		if (row >= 8 && (row < 16 || row >= 24)) continue;
		expect(Number.isNaN(page.value[row]!) ? null : page.value[row]! / 1000).toBe(json.value[index]);
		expect(page.at[row] === 0 ? null : page.at[row]).toBe(json.at[index]);
	}
});

test("L4 a delta that does not follow is refused and changes nothing", () => {
	const bytes = unhex(block("hex").replace(/\s/g, ""));
	const page = receiver();
	applyDelta(page, bytes);
	const before = structuredClone([page.value, page.at, page.quality, page.severity, page.revision]);
	expect(() => applyDelta(page, bytes)).toThrow(RangeError);
	page.epoch = 8;
	expect(() => applyDelta(page, bytes)).toThrow(RangeError);
	expect([page.value, page.at, page.quality, page.severity, page.revision]).toEqual(before);
});

test("every truncation of a delta throws RangeError", () => {
	const bytes = unhex(block("hex").replace(/\s/g, ""));
	for (let length = 0; length < bytes.length; length++) {
		expect(() => applyDelta(receiver(), bytes.slice(0, length)), `${length} bytes`).toThrow(RangeError);
	}
	expect(() => applyDelta(receiver(), Uint8Array.of(...bytes, 0))).toThrow(RangeError);
});

test("every changed bit of a delta is applied or throws RangeError; nothing hangs and no other error comes", () => {
	const bytes = unhex(block("hex").replace(/\s/g, ""));
	let refused = 0;
	for (let bit = 0; bit < bytes.length * 8; bit++) {
		const broken = bytes.slice();
		broken[bit >> 3]! ^= 1 << (bit & 7);
		try {
			applyDelta(receiver(), broken);
		} catch (error) {
			expect(error).toBeInstanceOf(RangeError);
			refused += 1;
		}
	}
	expect(refused).toBeGreaterThan(bytes.length);
});

test("random bytes after a good header throw RangeError only", () => {
	let seed = 1;
	const random = (): number => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		return seed >>> 16;
	};
	const start = unhex("4c570100" + "07000000" + "0c" + "08" + "00");
	for (let round = 0; round < 5_000; round++) {
		const bytes = new Uint8Array(start.length + (random() % 40));
		bytes.set(start);
		for (let at = start.length; at < bytes.length; at++) bytes[at] = random() % (round % 2 === 0 ? 256 : 12);
		const page = receiver();
		try {
			applyDelta(page, bytes);
		} catch (error) {
			expect(error).toBeInstanceOf(RangeError);
		}
	}
});

test("slices out of order, twice the same cell or without a body are a bug and throw", () => {
	const { latest, cells } = exampleTable();
	const slices = cells.map((cell) => encode(latest, cell, SliceKind.valuesWhole, 0, NINE));
	const pack = (list: Slice[]) => packDelta(new ByteWriter(), header, list);
	expect(() => pack([slices[1]!, slices[0]!])).toThrow("out of order");
	expect(() => pack([slices[0]!, slices[0]!])).toThrow("out of order");
	expect(() => pack([{ ...slices[0]!, body: new Uint8Array() }])).toThrow("empty");
	expect(() => pack(slices)).not.toThrow();
});

test("quality, time and value travel independently in a whole cell", () => {
	const latest = new Latest(1);
	const cell = latest.cells.open(64, "210102", "gas");
	latest.fit();
	let row = 0;
	for (const at of [0, NINE, NINE - 7, 0, NINE]) {
		for (const quality of [Quality.none, Quality.good, Quality.none, Quality.stale]) {
			for (const value of [Number.NaN, 0, -5]) {
				latest.put(row, value, at, quality, row % 5, 1);
				row += 1;
			}
		}
	}
	latest.cells.take(cell, row);
	latest.revision = 1;
	const page = new Latest(0);
	const slices = [encode(latest, cell, SliceKind.valuesWhole, 0, NINE)];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 1, from: 0, to: 1, base: NINE }, slices));
	for (const column of ["value", "at", "quality", "severity"] as const) {
		expect(page[column].subarray(0, row)).toEqual(latest[column].subarray(0, row));
	}
});

test("a cell that comes at detail status keeps no value or time of before: only whether there is one", () => {
	const { latest, cells } = exampleTable();
	const page = receiver();
	const slices = [encode(latest, cells[0]!, SliceKind.statusWhole, 12, NINE)];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 7, from: 12, to: 13, base: NINE }, slices));
	expect([...page.value.subarray(0, 5)]).toEqual([0, 0, 0, 0, Number.NaN]);
	expect([...page.at.subarray(0, 5)]).toEqual([0, 0, 0, 0, 0]);
	expect([...page.quality.subarray(0, 5)]).toEqual([1, 1, 1, 1, 0]);
});

test("a row that became empty in a whole cell is news to those who follow the receiver", () => {
	// A relay restarts: its own followers stand at revision 1 and must hear that row 1 lost its value.
	const core = new Latest(1);
	const cell = core.cells.open(8, "210102", "gas");
	core.fit();
	core.cells.take(cell, 2);
	core.write(0, 5, NINE, Quality.good, 0);
	core.write(1, 6, NINE, Quality.good, 0);
	core.write(1, Number.NaN, 0, Quality.none, 0);
	const relay = new Latest(0);
	const whole = [encode(core, cell, SliceKind.valuesWhole, 0, NINE)];
	applyDelta(relay, packDelta(new ByteWriter(), { epoch: 1, from: 0, to: 3, base: NINE }, whole));
	const page = new Latest(0);
	const early = new Latest(1);
	const earlyCell = early.cells.open(8, "210102", "gas");
	early.fit();
	early.cells.take(earlyCell, 2);
	early.write(0, 5, NINE, Quality.good, 0);
	early.write(1, 6, NINE, Quality.good, 0);
	const first = [encode(early, earlyCell, SliceKind.valuesWhole, 0, NINE)];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 1, from: 0, to: 2, base: NINE }, first));
	const changes = [encode(relay, relay.cells.at(0)!, SliceKind.valuesChanged, 2, NINE)];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 1, from: 2, to: 3, base: NINE }, changes));
	expect([...page.value.subarray(0, 2)]).toEqual([5, Number.NaN]);
	expect([...page.quality.subarray(0, 2)]).toEqual([Quality.good, Quality.none]);
});

test("a channel that takes a free slot later is known to the receiver, also for passing on", () => {
	const latest = new Latest(1);
	const cell = latest.cells.open(8, "210102", "gas");
	latest.fit();
	latest.cells.take(cell, 1);
	latest.write(0, 5, NINE, Quality.good, 0);
	const page = new Latest(0);
	const whole = [encode(latest, cell, SliceKind.valuesWhole, 0, NINE)];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 1, from: 0, to: 1, base: NINE }, whole));
	expect(page.cells.at(0)?.used).toBe(1);
	const row = latest.cells.take(cell, 2) + 1;
	latest.write(row, 7, NINE, Quality.good, 1);
	const changes = [encode(latest, cell, SliceKind.valuesChanged, 1, NINE)];
	applyDelta(page, packDelta(new ByteWriter(), { epoch: 1, from: 1, to: 2, base: NINE }, changes));
	expect(page.cells.at(0)?.used).toBe(3);
	expect(page.value[row]).toBe(7);
});

/** 200,000 rows in full cells; a tick changes `frames` runs of `run` adjacent rows, as one device's frame does. */
function bytesPerRow(run: number, frames: number, ticks: number): number {
	let seed = 42;
	const random = (below: number): number => {
		seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((seed / 2 ** 32) * below);
	};
	const latest = new Latest(1);
	const rows = 200_000;
	while (latest.cells.rows < rows) {
		const cell = latest.cells.open(256, "210102", "construction");
		latest.cells.take(cell, 256);
	}
	latest.fit();
	for (let row = 0; row < rows; row++) latest.write(row, random(1_000_000), NINE, Quality.good, 0);
	const out = new ByteWriter();
	let bytes = 0;
	let changed = 0;
	for (let tick = 1; tick <= ticks; tick++) {
		const since = latest.revision;
		const base = NINE + tick * 100;
		for (let frame = 0; frame < frames; frame++) {
			const first = random(rows / run) * run;
			// A device's clock lies within the second before the tick; one in fifty frames moves a judged level.
			const at = base - random(1_000);
			const severity = random(50) === 0 ? 2 : 0;
			for (let row = first; row < first + run; row++) {
				latest.write(row, latest.value[row]! + random(2_000) - 1_000, at, Quality.good, severity);
			}
		}
		const slices: Slice[] = [];
		for (const cell of latest.cells.cells) {
			if (latest.cellRevision[cell.id]! <= since) continue;
			slices.push({
				cell,
				kind: SliceKind.valuesChanged,
				body: encodeValuesChanged(out, latest, cell, since, base).slice(),
			});
			for (let row = cell.start; row < cell.start + cell.used; row++) {
				if (latest.rowRevision[row]! > since) changed += 1;
			}
		}
		bytes += packDelta(out, { epoch: 1, from: since, to: latest.revision, base }, slices).length;
	}
	return bytes / changed;
}

test("a changed row takes at most 6 bytes: 200,000 rows, 2,000 changed a tick", () => {
	const frames = bytesPerRow(8, 250, 5);
	const single = bytesPerRow(1, 2_000, 5);
	process.stdout.write(`bytes per changed row: ${frames.toFixed(2)} in frames of 8, ${single.toFixed(2)} one by one\n`);
	expect(frames).toBeLessThanOrEqual(6);
	expect(single).toBeLessThanOrEqual(8);
});
