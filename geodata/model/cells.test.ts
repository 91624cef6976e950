// Cells never overlap and are found from any of their rows; the Hilbert curve keeps neighbours together.
import fc from "fast-check";
import { expect, test } from "vitest";
import { CELL_ROWS, CELL_STEP, CellTable, hilbertIndex } from "./cells.ts";

type Opened = { capacity: number; take: number[] };
const cells = fc.array(
	fc.record({
		capacity: fc.integer({ min: 1, max: CELL_ROWS }),
		take: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 6 }),
	}),
	{ maxLength: 60 },
);

function build(list: readonly Opened[]): CellTable {
	const table = new CellTable();
	for (const { capacity, take } of list) {
		const cell = table.open(capacity, "210102", "gas");
		for (const count of take) table.take(cell, count);
	}
	return table;
}

test("cells lie one after the other without overlap, in steps, none above its bound", () => {
	fc.assert(
		fc.property(cells, (list) => {
			const table = build(list);
			let row = 0;
			for (const [index, cell] of table.cells.entries()) {
				expect(cell.id).toBe(index);
				expect(cell.start).toBe(row);
				expect(cell.start % CELL_STEP).toBe(0);
				expect(cell.capacity % CELL_STEP).toBe(0);
				expect(cell.capacity).toBeGreaterThanOrEqual(list[index]!.capacity);
				expect(cell.capacity).toBeLessThan(list[index]!.capacity + CELL_STEP);
				expect(cell.capacity).toBeLessThanOrEqual(CELL_ROWS);
				row += cell.capacity;
			}
			expect(table.rows).toBe(row);
		}),
	);
});

test("every row leads to its own cell, rows outside to none", () => {
	fc.assert(
		fc.property(cells, (list) => {
			const table = build(list);
			const owner = table.cells.flatMap((cell) => Array.from({ length: cell.capacity }, () => cell));
			for (let row = 0; row < table.rows; row++) {
				expect(table.at(row)).toBe(owner[row]);
				expect(table.idAt(row)).toBe(owner[row]!.id);
			}
			for (const row of [-1, -CELL_STEP, table.rows, table.rows + 1_000_000]) {
				expect(table.at(row)).toBeUndefined();
				expect(table.idAt(row)).toBe(-1);
			}
		}),
		{ numRuns: 30 },
	);
});

test("taken slots are adjacent, given once, and never beyond the capacity", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: CELL_ROWS }),
			fc.array(fc.integer({ min: 1, max: 60 })),
			(capacity, counts) => {
				const table = new CellTable();
				table.open(8, "210102", "gas");
				const cell = table.open(capacity, "210102", "gas");
				let next = cell.start;
				for (const count of counts) {
					const row = table.take(cell, count);
					if (next + count > cell.start + cell.capacity) expect(row).toBe(-1);
					else {
						expect(row).toBe(next);
						next += count;
					}
				}
				expect(cell.used).toBe(next - cell.start);
			},
		),
	);
});

test("a cell on taken rows, off the steps or of an impossible size is refused", () => {
	const table = new CellTable();
	table.open(20, "210102", "gas");
	expect(() => table.define(16, 8, "", "")).toThrow("overlap");
	expect(() => table.define(28, 8, "", "")).toThrow("multiple");
	expect(() => table.define(24, 0, "", "")).toThrow("capacity");
	expect(() => table.define(24, 257, "", "")).toThrow("capacity");
	expect(table.define(24, 256, "", "").start).toBe(24);
	expect(table.define(1_024, 8, "", "").id).toBe(2);
	expect(table.idAt(1_000)).toBe(-1);
	expect(table.rows).toBe(1_032);
});

test("a copy learns cells in any order and finds them all", () => {
	fc.assert(
		fc.property(cells, fc.infiniteStream(fc.nat()), (list, order) => {
			const table = build(list);
			const shuffled = table.cells
				.map((cell) => ({ cell, key: order.next().value as number }))
				.toSorted((a, b) => a.key - b.key)
				.map(({ cell }) => cell);
			const copy = new CellTable();
			for (const cell of shuffled) copy.define(cell.start, cell.capacity, "", "");
			expect(copy.rows).toBe(table.rows);
			for (let row = 0; row < table.rows; row += CELL_STEP) {
				expect(copy.at(row)?.start).toBe(table.at(row)?.start);
			}
		}),
		{ numRuns: 50 },
	);
});

test("reset forgets every cell", () => {
	const table = build([
		{ capacity: 100, take: [] },
		{ capacity: 9, take: [3] },
	]);
	table.reset();
	expect([table.cells.length, table.rows, table.idAt(0), table.idAt(100)]).toEqual([0, 0, -1, -1]);
	expect(table.open(8, "210102", "gas")).toMatchObject({ id: 0, start: 0, used: 0 });
});

const SIDE = 65_536;
/** The middle of a square of the curve's grid. */
function indexOf(x: number, y: number): number {
	return hilbertIndex(117 + ((x + 0.5) / SIDE) * 10, 37 + ((y + 0.5) / SIDE) * 8);
}

test("the curve visits each square once and steps only to a neighbour", () => {
	// Aligned blocks of 64 x 64: their indexes are one run of 4096, and each step goes to the square beside.
	for (const [left, bottom] of [
		[0, 0],
		[64, 0],
		[32_768 - 64, 32_768],
		[SIDE - 64, SIDE - 64],
		[25_600, 40_960],
	] as const) {
		const squares: { x: number; y: number; index: number }[] = [];
		for (let x = left; x < left + 64; x++) {
			for (let y = bottom; y < bottom + 64; y++) squares.push({ x, y, index: indexOf(x, y) });
		}
		squares.sort((a, b) => a.index - b.index);
		const first = squares[0]!.index;
		expect(first % 4_096).toBe(0);
		for (const [step, square] of squares.entries()) {
			expect(square.index).toBe(first + step);
			const before = squares[step - 1];
			if (before !== undefined) expect(Math.abs(square.x - before.x) + Math.abs(square.y - before.y)).toBe(1);
		}
	}
});

test("the curve begins and ends in the lower corners; points outside Liaoning's frame fall on its edge", () => {
	expect(hilbertIndex(117, 37)).toBe(0);
	expect(indexOf(SIDE - 1, 0)).toBe(SIDE * SIDE - 1);
	expect(hilbertIndex(100, 30)).toBe(hilbertIndex(117, 37));
	expect(hilbertIndex(140, 50)).toBe(indexOf(SIDE - 1, SIDE - 1));
	fc.assert(
		fc.property(
			fc.double({ min: -200, max: 200, noNaN: true }),
			fc.double({ min: -100, max: 100, noNaN: true }),
			(lon, lat) => {
				const index = hilbertIndex(lon, lat);
				expect(Number.isInteger(index) && index >= 0 && index < SIDE * SIDE).toBe(true);
			},
		),
	);
});
