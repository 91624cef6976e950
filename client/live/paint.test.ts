import { expect, test } from "vitest";
import { encodeStatusWhole, encodeValuesChanged, packDelta, SliceKind } from "#model/delta.ts";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import { ByteWriter } from "#model/varint.ts";
import { Catalogue } from "./catalogue.ts";
import { PageLatest } from "./latest.ts";
import { type FrameClock, Painter } from "./paint.ts";
import { STALE, STATES } from "./status.ts";

const ASSETS = 60;
const ROWS = 3;

/** A catalogue of sixty assets in two cities, three rows each: two periodic measures and `state`. */
function catalogue(epoch: number): Catalogue {
	const measure = (id: string): object => ({
		id,
		name: { zh: id, en: id },
		unit: "",
		scale: 0,
		decimals: 0,
		range: [0, 1],
		contract: "periodic",
		silentAfterMs: 1,
	});
	const kind = {
		id: "box",
		name: { zh: "箱", en: "box" },
		primary: "a",
		measures: [measure("a"), measure("b")],
		limits: [],
		fields: [],
		symbol: { icon: "箱", radius: 5 },
		geometry: "point",
	};
	const page = new Catalogue();
	page.take({
		revision: 1,
		epoch,
		whole: true,
		systems: [{ id: "gas", name: { zh: "燃气", en: "gas" }, policy: [], order: 1, kinds: [kind] }],
		limits: [],
		removed: [],
		cells: [],
		assets: Array.from({ length: ASSETS }, (_, i) => ({
			record: {
				id: `box-${i}`,
				name: `箱${i}`,
				kind: "box",
				district: i % 2 === 0 ? "210102" : "210202",
				lon: 123 + i / 100,
				lat: 41,
			},
			system: "gas",
			cell: 0,
			firstRow: i * ROWS,
			measures: ["a", "b", "state"],
			channels: [0, 0, 0],
			limits: [],
		})),
	});
	return page;
}

function serverTable(): Latest {
	const latest = new Latest(3);
	const cell = latest.cells.open(ASSETS * ROWS, "210102", "gas");
	latest.cells.take(cell, ASSETS * ROWS);
	latest.fit();
	for (let row = 0; row < ASSETS * ROWS; row++) latest.write(row, 1, 1_000, Quality.good, 0);
	return latest;
}

function packet(latest: Latest, from: number): Uint8Array {
	const cell = latest.cells.cells[0]!;
	const body =
		from === 0
			? encodeStatusWhole(new ByteWriter(), latest, cell)
			: encodeValuesChanged(new ByteWriter(), latest, cell, from, 0);
	const kind = from === 0 ? SliceKind.statusWhole : SliceKind.valuesChanged;
	return packDelta(new ByteWriter(), { epoch: 3, from, to: latest.revision, base: 0 }, [{ cell, kind, body }]);
}

class TestFrames implements FrameClock {
	private waiting: ((at: number) => void) | null = null;
	at = 0;

	request(frame: (at: number) => void): void {
		if (this.waiting !== null) throw new Error("two frames were asked for at once");
		this.waiting = frame;
	}

	now(): number {
		return this.at;
	}

	/** @returns false when no frame was asked for. */
	run(atMs: number): boolean {
		const frame = this.waiting;
		this.waiting = null;
		this.at = atMs;
		frame?.(atMs);
		return frame !== null;
	}
}

function painted(): {
	server: Latest;
	page: PageLatest;
	painter: Painter;
	frames: TestFrames;
	seen: (number[] | "all")[];
} {
	const server = serverTable();
	const page = new PageLatest();
	const frames = new TestFrames();
	const painter = new Painter(page, catalogue(3), frames);
	const seen: (number[] | "all")[] = [];
	painter.add({ paint: (changed, count) => seen.push(changed === null ? "all" : [...changed.subarray(0, count)]) });
	page.apply(packet(server, 0));
	painter.request();
	frames.run(0);
	return { server, page, painter, frames, seen };
}

test("the first frame paints everything, and one frame at a time is asked for", () => {
	const { seen, painter } = painted();
	expect(seen).toEqual(["all"]);
	expect([...painter.board.cities.subarray(0, STATES)]).toEqual([30, 0, 0, 0, 0, 0]);
});

test("a frame's work follows what changed: 3 touched assets of 60 are handed to the layers, each once", () => {
	const { server, page, painter, frames, seen } = painted();
	const from = server.revision;
	server.write(0, 1, 2_000, Quality.good, 3);
	server.write(1, 1, 2_000, Quality.good, 4);
	server.write(30, 1, 2_000, Quality.good, 2);
	server.write(33, 1, 2_000, Quality.stale, 0);
	page.apply(packet(server, from));
	painter.request();
	painter.request();
	frames.run(300);
	expect(seen.at(-1)).toEqual([0, 10, 11]);
	expect(painter.board.status[0]).toBe(4);
	expect(painter.board.status[11]).toBe(STALE);
});

test("a page that gets no rows paints the states it was given, tells React of them, and gives the table back its word", () => {
	const { painter, frames, seen } = painted();
	let heard = 0;
	painter.readings.subscribe(() => {
		heard += 1;
	});
	const severity = new Uint8Array(ASSETS * ROWS);
	severity[3] = 4;
	painter.show({ severity, quality: new Uint8Array(ASSETS * ROWS).fill(Quality.good) });
	frames.run(300);
	expect([painter.board.status[0], painter.board.status[1], seen.at(-1), heard]).toEqual([0, 4, "all", 1]);
	painter.show(null);
	frames.run(600);
	expect([painter.board.status[1], heard]).toEqual([0, 2]);
	painter.show(null);
	expect(frames.run(900)).toBe(false);
});

test("readings that change no status repaint nothing", () => {
	const { server, page, painter, frames, seen } = painted();
	const from = server.revision;
	server.write(5, 77, 2_000, Quality.good, 0);
	page.apply(packet(server, from));
	painter.request();
	frames.run(300);
	expect(seen).toEqual(["all"]);
	expect(painter.paintedRevision).toBe(server.revision);
});

test("React hears at most once in 200 ms, and hears the last change before a quiet spell", () => {
	const { server, page, painter, frames } = painted();
	let heard = 0;
	painter.readings.subscribe(() => {
		heard += 1;
	});
	for (let tick = 1; tick <= 10; tick++) {
		const from = server.revision;
		server.write(0, tick, 2_000, Quality.good, tick % 2);
		page.apply(packet(server, from));
		painter.request();
		frames.run(tick * 50);
	}
	expect(heard).toBe(2);
	while (frames.run(frames.at + 50)) if (frames.at > 5_000) throw new Error("frames without end");
	expect(heard).toBe(3);
});

test("names of another server life are never laid over these rows", () => {
	const server = serverTable();
	const page = new PageLatest();
	const frames = new TestFrames();
	const names = catalogue(2);
	const painter = new Painter(page, names, frames);
	const seen: string[] = [];
	painter.add({ paint: () => seen.push("painted") });
	page.apply(packet(server, 0));
	frames.run(0);
	expect(seen).toEqual([]);
});

test("city counts equal a count by hand after a thousand random changes", () => {
	const { server, page, painter, frames } = painted();
	let seed = 42;
	const chance = (below: number): number => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((seed / 2_147_483_648) * below);
	};
	for (let round = 0; round < 100; round++) {
		const from = server.revision;
		for (let i = 0; i < 10; i++) {
			server.write(chance(ASSETS * ROWS), 1, 2_000, chance(2) === 0 ? Quality.good : Quality.stale, chance(5));
		}
		page.apply(packet(server, from));
		painter.request();
		frames.run(round * 17);
	}
	const byHand = new Int32Array(2 * STATES);
	for (let asset = 0; asset < ASSETS; asset++) {
		let worst = 0;
		let isStale = false;
		for (let row = asset * ROWS; row < asset * ROWS + ROWS; row++) {
			worst = Math.max(worst, server.severity[row]!);
			if (row % ROWS < 2 && server.quality[row] === Quality.stale) isStale = true;
		}
		const slot = (asset % 2) * STATES + (worst === 0 && isStale ? STALE : worst);
		byHand[slot] = byHand[slot]! + 1;
	}
	expect([...painter.board.cities]).toEqual([...byHand]);
});
