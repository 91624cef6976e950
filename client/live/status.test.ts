import { expect, test } from "vitest";
import { Latest } from "#model/latest.ts";
import { Quality } from "#model/measure.ts";
import type { Columns } from "./columns.ts";
import { assetStatus, STALE } from "./status.ts";

/** One asset: two periodic rows, one event row, its state. */
const columns = {
	firstRow: [0],
	rowCount: [4],
	rowPeriodic: Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0),
} as unknown as Columns;

function table(...rows: readonly (readonly [quality: number, severity: number])[]): Latest {
	const latest = new Latest(1);
	latest.cells.define(0, 8, "", "").used = 4;
	latest.fit();
	for (const [row, [quality, severity]] of rows.entries())
		if (quality + severity > 0) latest.write(row, 1, 1, quality, severity);
	return latest;
}

test("hollow when a periodic row is stale, or when none of them has ever spoken", () => {
	expect(assetStatus(table([Quality.good, 0], [Quality.stale, 0]), columns, 0)).toBe(STALE);
	expect(assetStatus(table(), columns, 0)).toBe(STALE);
	expect(assetStatus(table([Quality.none, 0], [Quality.none, 0], [Quality.good, 0]), columns, 0)).toBe(STALE);
});

test("a channel that the device does not have makes nothing hollow", () => {
	expect(assetStatus(table([Quality.good, 0], [Quality.none, 0]), columns, 0)).toBe(0);
});

test("the worst severity stands over staleness", () => {
	expect(assetStatus(table([Quality.stale, 0], [Quality.good, 2], [Quality.good, 3]), columns, 0)).toBe(3);
});
