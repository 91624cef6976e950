// The table and its copies: writes on one side, cursors and slices per cell on the wire, equal columns on the other.
import { expect, test } from "vitest";
import type { Cell } from "./cells.ts";
import type { Slice } from "./delta.ts";
import {
	encodeStatusChanged,
	encodeStatusWhole,
	encodeValuesChanged,
	encodeValuesWhole,
	packDelta,
	SliceKind,
} from "./delta.ts";
import { applyDelta } from "./delta_read.ts";
import { Latest } from "./latest.ts";
import { MAX_COUNT, Quality } from "./measure.ts";
import { ByteWriter } from "./varint.ts";

const START = Date.parse("2026-11-22T08:00:00+08:00");

/** mulberry32: the same numbers for the same seed on every machine. */
function random(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

function table(epoch: number, cells: number, used = 5): Latest {
	const latest = new Latest(epoch);
	for (let i = 0; i < cells; i++) latest.cells.take(latest.cells.open(8, "210102", "gas"), used);
	latest.fit();
	return latest;
}

test("L1 every write raises the revision by one and stamps the row and its cell", () => {
	const latest = table(1, 3);
	const next = random(1);
	for (let revision = 1; revision <= 500; revision++) {
		const cell = latest.cells.cells[next(3)]!;
		const row = cell.start + next(5);
		latest.write(row, next(100), START + revision, Quality.good, next(5));
		expect(latest.revision).toBe(revision);
		expect(latest.rowRevision[row]).toBe(revision);
		expect(latest.cellRevision[cell.id]).toBe(revision);
		expect(latest.statusRevision[row]).toBeLessThanOrEqual(revision);
	}
});

test("L1 the status revision moves with severity, quality and having a value, and with nothing else", () => {
	const latest = table(1, 1);
	const statusAfter = (count: number, at: number, quality: number, severity: number): number => {
		latest.write(0, count, at, quality, severity);
		return latest.statusRevision[0]!;
	};
	expect(statusAfter(5, START, Quality.good, 0)).toBe(1);
	expect(statusAfter(6, START + 1, Quality.good, 0)).toBe(1);
	expect(statusAfter(6, START + 2, Quality.good, 2)).toBe(3);
	expect(statusAfter(6, START + 3, Quality.suspect, 2)).toBe(4);
	expect(statusAfter(Number.NaN, START + 4, Quality.suspect, 2)).toBe(5);
	expect(statusAfter(Number.NaN, START + 5, Quality.suspect, 2)).toBe(5);
	expect(statusAfter(0, START + 6, Quality.suspect, 2)).toBe(7);
	expect(latest.cellStatusRevision[0]).toBe(7);
	expect(latest.cellRevision[0]).toBe(7);
});

test("judging the severity that stands writes nothing; another one keeps value, time and quality", () => {
	const latest = table(1, 1);
	latest.write(2, 77, START, Quality.suspect, 1);
	expect(latest.judge(2, 1)).toBe(false);
	expect(latest.revision).toBe(1);
	expect(latest.judge(2, 4)).toBe(true);
	expect([latest.value[2], latest.at[2], latest.quality[2], latest.severity[2]]).toEqual([77, START, 2, 4]);
	expect(latest.revision).toBe(2);
});

test("Q1 a stale row keeps its last value, time and severity; a row without a reading is never stale", () => {
	const latest = table(1, 1);
	expect(latest.stale(0)).toBe(false);
	latest.write(0, 5, START, Quality.good, 3);
	expect(latest.stale(0)).toBe(true);
	expect([latest.value[0], latest.at[0], latest.quality[0], latest.severity[0]]).toEqual([5, START, Quality.stale, 3]);
	expect(latest.stale(0)).toBe(false);
	expect(latest.revision).toBe(2);
});

test("growing keeps every column, and new rows are empty", () => {
	const latest = new Latest(1);
	for (let i = 0; i < 4; i++) latest.cells.take(latest.cells.open(256, "210102", "gas"), 256);
	latest.fit();
	for (let row = 0; row < 1024; row++) latest.write(row, row, START + row, Quality.good, row % 5);
	const before = structuredClone([latest.value, latest.at, latest.quality, latest.severity, latest.statusRevision]);
	for (let i = 0; i < 80; i++) latest.cells.open(256, "210102", "gas");
	latest.fit();
	expect(latest.value.length).toBeGreaterThanOrEqual(latest.cells.rows);
	expect(latest.cellRevision.length).toBeGreaterThanOrEqual(latest.cells.cells.length);
	const after = [latest.value, latest.at, latest.quality, latest.severity, latest.statusRevision];
	for (const [index, column] of after.entries()) expect(column.slice(0, 1024)).toEqual(before[index]);
	expect([latest.value[1024], latest.at[1024], latest.quality[1024]]).toEqual([Number.NaN, 0, Quality.none]);
	latest.write(21_000, 1, START, Quality.good, 0);
	expect(latest.cellRevision[latest.cells.idAt(21_000)]).toBe(1025);
});

test("-0 is kept as 0: it would not survive the wire", () => {
	const latest = table(1, 1);
	latest.write(0, -0, START, Quality.good, 0);
	expect(Object.is(latest.value[0], 0)).toBe(true);
});

test("L2 the status changes since a revision hold exactly the rows whose status moved after it", () => {
	const next = random(4);
	for (let round = 0; round < 60; round++) {
		const latest = table(3, 6);
		const page = copyOf(latest);
		for (let i = next(60); i >= 0; i--) {
			latest.write(latest.cells.cells[next(6)]!.start + next(5), next(3), START, 1 + next(2), next(3));
		}
		const since = 1 + next(latest.revision);
		page.revision = since;
		const out = new ByteWriter();
		const slices: Slice[] = [];
		for (const cell of latest.cells.cells) {
			const body = encodeStatusChanged(out, latest, cell, since);
			if (body.length > 0) slices.push({ cell, kind: SliceKind.statusChanged, body });
		}
		const rows: number[] = [];
		const header = { epoch: 3, from: since, to: latest.revision, base: START };
		applyDelta(page, packDelta(out, header, slices), (row) => rows.push(row));
		const moved = [...latest.statusRevision.keys()].filter((row) => latest.statusRevision[row]! > since);
		expect(rows).toEqual(moved);
	}
});

/** Rows that a delta since `since` holds, read by a page that was brought to `since` before. */
function changesSince(copyAtSince: Latest, latest: Latest, since: number): number[] {
	const out = new ByteWriter();
	const slices: Slice[] = [];
	for (const cell of latest.cells.cells) {
		const body = encodeValuesChanged(out, latest, cell, since, START);
		if (body.length > 0) slices.push({ cell, kind: SliceKind.valuesChanged, body });
	}
	const rows: number[] = [];
	const header = { epoch: latest.epoch, from: since, to: latest.revision, base: START };
	applyDelta(copyAtSince, packDelta(out, header, slices), (row) => rows.push(row));
	return rows;
}

function copyOf(latest: Latest): Latest {
	const out = new ByteWriter();
	const slices = latest.cells.cells.map((cell) => ({
		cell,
		kind: SliceKind.valuesWhole,
		body: encodeValuesWhole(out, latest, cell, START),
	}));
	const page = new Latest(0);
	applyDelta(page, packDelta(out, { epoch: latest.epoch, from: 0, to: latest.revision, base: START }, slices));
	return page;
}

test("L2 the changes since a revision hold each row written after it exactly once, with its newest values", () => {
	const next = random(2);
	for (let round = 0; round < 60; round++) {
		const latest = table(3, 6);
		const write = (): number => {
			const row = latest.cells.cells[next(6)]!.start + next(5);
			latest.write(row, next(9) === 0 ? Number.NaN : next(5), START - next(3), 1 + next(3), next(5));
			return row;
		};
		for (let i = next(40); i >= 0; i--) write();
		const page = copyOf(latest);
		const since = latest.revision;
		const written = new Set<number>();
		for (let i = next(40); i > 0; i--) written.add(write());
		const rows = changesSince(page, latest, since);
		expect(rows).toEqual([...written].toSorted((a, b) => a - b));
		for (const column of ["value", "at", "quality", "severity"] as const) {
			expect(page[column].subarray(0, 48)).toEqual(latest[column].subarray(0, 48));
		}
	}
});

test("L3 a delta from 0 replaces everything, in whatever epoch and with whatever cells the page stood", () => {
	const old = table(1, 4);
	for (let row = 0; row < 30; row++) old.write(row, row, START, Quality.good, 4);
	const page = copyOf(old);
	const fresh = table(2, 1, 3);
	fresh.write(1, 9, START, Quality.good, 1);
	const out = new ByteWriter();
	const cell = fresh.cells.cells[0]!;
	const body = encodeValuesWhole(out, fresh, cell, START);
	applyDelta(
		page,
		packDelta(out, { epoch: 2, from: 0, to: 1, base: START }, [{ cell, kind: SliceKind.valuesWhole, body }]),
	);
	expect([page.epoch, page.revision, page.cells.cells.length, page.cells.rows]).toEqual([2, 1, 1, 8]);
	expect([...page.severity.subarray(0, 40)].filter((severity) => severity > 0)).toEqual([1]);
	expect([...page.value.subarray(0, 40)].filter((value) => !Number.isNaN(value))).toEqual([9]);
});

test("L5 an empty delta moves the cursor", () => {
	const latest = table(5, 2);
	const page = copyOf(latest);
	expect([page.epoch, page.revision]).toEqual([5, 0]);
	latest.write(0, 1, START, Quality.good, 0);
	const bytes = packDelta(new ByteWriter(), { epoch: 5, from: 0, to: 1, base: START }, []);
	applyDelta(page, bytes);
	expect([page.epoch, page.revision]).toEqual([5, 1]);
});

/** One screen: what it asked for, what it was sent, what is on its way. */
interface Screen {
	page: Latest;
	/** Detail of each cell the server believes the page to have: by cell id. */
	known: Map<number, "status" | "values">;
	wanted: Map<number, "status" | "values">;
	cursor: { epoch: number; revision: number } | null;
	inFlight: Uint8Array | null;
}

/** One delta for a screen as a server makes it: whole slices for what enters, changes for what is known. */
function deltaFor(latest: Latest, screen: Screen, base: number): Uint8Array {
	const fresh = screen.cursor === null || screen.cursor.epoch !== latest.epoch;
	if (fresh) screen.known.clear();
	const from = fresh ? 0 : screen.cursor!.revision;
	const out = new ByteWriter(16);
	const slices: Slice[] = [];
	for (const cell of latest.cells.cells) {
		const detail = screen.wanted.get(cell.id);
		if (detail === undefined) continue;
		const slice = sliceFor(out, latest, cell, detail, screen.known.get(cell.id), from, base);
		screen.known.set(cell.id, detail);
		if (slice.body.length > 0) slices.push(slice);
	}
	return packDelta(out, { epoch: latest.epoch, from, to: latest.revision, base }, slices);
}

function sliceFor(
	out: ByteWriter,
	latest: Latest,
	cell: Cell,
	detail: "status" | "values",
	known: "status" | "values" | undefined,
	from: number,
	base: number,
): Slice {
	if (detail === "values") {
		if (known === "values" && from > 0)
			return { cell, kind: SliceKind.valuesChanged, body: encodeValuesChanged(out, latest, cell, from, base) };
		return { cell, kind: SliceKind.valuesWhole, body: encodeValuesWhole(out, latest, cell, base) };
	}
	if (known !== undefined && from > 0)
		return { cell, kind: SliceKind.statusChanged, body: encodeStatusChanged(out, latest, cell, from) };
	return { cell, kind: SliceKind.statusWhole, body: encodeStatusWhole(out, latest, cell) };
}

function expectEqual(page: Latest, latest: Latest, wanted: Screen["wanted"]): void {
	for (const cell of latest.cells.cells) {
		const detail = wanted.get(cell.id);
		if (detail === undefined) continue;
		const end = cell.start + cell.used;
		for (const column of ["quality", "severity"] as const) {
			expect(page[column].subarray(cell.start, end)).toEqual(latest[column].subarray(cell.start, end));
		}
		const bits = (column: Float64Array): BigUint64Array => new BigUint64Array(column.slice(cell.start, end).buffer);
		if (detail === "values") {
			expect(bits(page.value)).toEqual(bits(latest.value));
			expect(bits(page.at)).toEqual(bits(latest.at));
		} else {
			const has = (column: Float64Array): boolean[] => [...column.subarray(cell.start, end)].map(Number.isNaN);
			expect(has(page.value)).toEqual(has(latest.value));
		}
	}
}

function newTable(epoch: number, next: (below: number) => number): Latest {
	const latest = new Latest(epoch);
	for (let i = 4 + next(8); i > 0; i--) addCell(latest, next);
	return latest;
}

function addCell(latest: Latest, next: (below: number) => number): void {
	const cell = latest.cells.open(1 + next(40), "210102", "gas");
	latest.cells.take(cell, 1 + next(cell.capacity));
	latest.fit();
}

/** Counts as they come: none, small, negative, huge. Times: the same as the last, a little earlier, far ahead, never. */
function writeSomething(latest: Latest, next: (below: number) => number, now: number): void {
	const cells = latest.cells.cells;
	for (let i = next(30); i > 0; i--) {
		const cell = cells[next(cells.length)]!;
		if (next(40) === 0) latest.cells.take(cell, 1);
		const row = cell.start + next(cell.used);
		const pick = next(12);
		if (pick === 0) latest.stale(row);
		else if (pick === 1) latest.judge(row, next(5));
		else if (pick === 2) latest.write(row, Number.NaN, 0, Quality.none, 0);
		else {
			const value = [Number.NaN, 0, -0, next(300), -next(1e6), MAX_COUNT, -MAX_COUNT][next(7)]!;
			const at = [now, now, now - next(5_000), now + 3_600_000, 1e12, 253_402_300_799_999][next(6)]!;
			latest.write(row, value, at, 1 + next(3), next(5));
		}
	}
}

function moveView(screen: Screen, latest: Latest, next: (below: number) => number): void {
	for (const cell of latest.cells.cells) {
		if (next(4) !== 0) continue;
		const detail = (["status", "values", undefined] as const)[next(3)];
		if (detail === undefined) {
			// A cell that leaves the scope is no longer sent; when it comes back it comes whole.
			screen.wanted.delete(cell.id);
			screen.known.delete(cell.id);
		} else screen.wanted.set(cell.id, detail);
	}
}

function newScreen(latest: Latest, next: (below: number) => number): Screen {
	const wanted: Screen["wanted"] = new Map();
	for (const cell of latest.cells.cells) if (next(3) > 0) wanted.set(cell.id, next(2) === 0 ? "status" : "values");
	return { page: new Latest(0), known: new Map(), wanted, cursor: null, inFlight: null };
}

/** The page applies what is on its way and answers: only then does the server's cursor of it move. */
function arrive(screen: Screen): void {
	if (screen.inFlight === null) return;
	const header = applyDelta(screen.page, screen.inFlight);
	screen.cursor = { epoch: header.epoch, revision: header.to };
	screen.inFlight = null;
}

test("L2 L3 L5 L6 300 fuzzed sessions: drops, slow screens, restarts, moving views, new cells: the page equals the server", () => {
	for (let seed = 1; seed <= 300; seed++) {
		const next = random(seed);
		let epoch = seed * 10;
		let latest = newTable(epoch, next);
		let screens = Array.from({ length: 3 }, () => newScreen(latest, next));
		for (let tick = 0; tick < 40; tick++) {
			const now = START + tick * 100;
			writeSomething(latest, next, now);
			if (next(15) === 0) addCell(latest, next);
			if (next(30) === 0) {
				// The server restarts: rows and cells of the old epoch mean nothing any more.
				latest = newTable(++epoch, next);
				screens = screens.map((screen) => ({ ...newScreen(latest, next), page: screen.page, cursor: screen.cursor }));
			}
			for (const screen of screens) {
				if (next(3) === 0) arrive(screen);
				if (next(25) === 0) {
					// The link breaks: what was on its way is lost, and the server forgets what the page has.
					screen.inFlight = null;
					screen.known.clear();
					screen.cursor = next(2) === 0 ? null : { epoch: screen.page.epoch, revision: screen.page.revision };
				}
				// W1 one delta in flight; the view moves only between two deltas.
				if (screen.inFlight !== null) continue;
				if (next(6) === 0) moveView(screen, latest, next);
				screen.inFlight = deltaFor(latest, screen, now);
			}
		}
		for (const screen of screens) {
			arrive(screen);
			screen.inFlight = deltaFor(latest, screen, START + 10_000);
			arrive(screen);
			expect(screen.page.revision).toBe(latest.revision);
			expect(screen.page.epoch).toBe(latest.epoch);
			expectEqual(screen.page, latest, screen.wanted);
		}
	}
});

test("a page that passes on what it gets serves its own followers as the first table would", () => {
	for (let seed = 1; seed <= 60; seed++) {
		const next = random(seed + 1_000);
		const latest = newTable(seed, next);
		const all = (): Screen["wanted"] => new Map(latest.cells.cells.map((cell) => [cell.id, "values"]));
		const relay: Screen = { page: new Latest(0), known: new Map(), wanted: all(), cursor: null, inFlight: null };
		const screen: Screen = { page: new Latest(0), known: new Map(), wanted: new Map(), cursor: null, inFlight: null };
		for (let tick = 0; tick < 30; tick++) {
			const now = START + tick * 100;
			writeSomething(latest, next, now);
			if (next(10) === 0) addCell(latest, next);
			if (next(12) === 0) {
				// The relay restarts empty; its follower keeps its cursor, which is of the first table's epoch.
				Object.assign(relay, { page: new Latest(0), cursor: null });
			}
			relay.wanted = all();
			relay.inFlight = deltaFor(latest, relay, now);
			arrive(relay);
			if (next(3) === 0) continue;
			screen.wanted = new Map(relay.page.cells.cells.map((cell) => [cell.id, cell.id % 2 === 0 ? "values" : "status"]));
			screen.inFlight = deltaFor(relay.page, screen, now);
			arrive(screen);
			expectEqual(screen.page, relay.page, screen.wanted);
		}
		expectEqual(relay.page, latest, relay.wanted);
	}
});
