// What a row of the bench is. Each file of rows/ exports functions that measure and give rows; main.ts runs them one at a
// time, prints the table and writes docs/bench.json. A row never decides whether it is good: it states target and figure.
import { z } from "zod";

/** `figure` is in the row's unit unless its name says otherwise. */
export const baselineSchema = z.object({ name: z.string().min(1), figure: z.number() }).strict();
export type Baseline = z.infer<typeof baselineSchema>;

export const targetSchema = z
	.object({
		/** As a person reads it: "<= 6 B", "<= 1/10 of raw Socket.IO JSON". */
		text: z.string().min(1),
		met: z.boolean(),
	})
	.strict();
export type Target = z.infer<typeof targetSchema>;

export const rowSchema = z
	.object({
		row: z.string().min(1),
		/** Channels, rate, screens, sizes: what was done. */
		work: z.string(),
		figure: z.number(),
		unit: z.string().min(1),
		baselines: z.array(baselineSchema),
		/** figure / first baseline; null without one. */
		ratio: z.number().nullable(),
		targets: z.array(targetSchema),
		/** Every target is met; null: the row has none. */
		met: z.boolean().nullable(),
	})
	.strict();
export type Row = z.infer<typeof rowSchema>;

export const reportSchema = z
	.object({
		date: z.string(),
		machine: z
			.object({
				cpu: z.string(),
				cores: z.number().int(),
				memoryGB: z.number(),
				system: z.string(),
				pinned: z.boolean(),
				/** Load average of one minute before the first row and at each row's start: others' work shows here. */
				load: z.array(z.number()),
			})
			.strict(),
		versions: z.record(z.string(), z.string()),
		quick: z.boolean(),
		seconds: z.number(),
		rows: z.array(rowSchema),
		/** Rows that could not be measured, with the reason. */
		failed: z.array(z.object({ row: z.string(), why: z.string() }).strict()),
	})
	.strict();
export type Report = z.infer<typeof reportSchema>;

/** How much work a row may do: the whole bench, or a smoke run on a busy machine. */
export interface Effort {
	readonly quick: boolean;
}

export interface Measured {
	readonly row: string;
	readonly work?: string;
	readonly figure: number;
	readonly unit: string;
	readonly baseline?: readonly Baseline[];
	readonly targets?: readonly Target[];
}

/** Completes what a row file measured. */
export function rowOf(measured: Measured): Row {
	const baselines = [...(measured.baseline ?? [])];
	const targets = [...(measured.targets ?? [])];
	const first = baselines[0];
	return {
		row: measured.row,
		work: measured.work ?? "",
		figure: measured.figure,
		unit: measured.unit,
		baselines,
		ratio: first === undefined || first.figure === 0 ? null : measured.figure / first.figure,
		targets,
		met: targets.length === 0 ? null : targets.every((target) => target.met),
	};
}

/** What a row file gives is completed here, once. */
export function completed(given: Measured | Row): Row {
	return "baselines" in given ? given : rowOf(given);
}

/** "<= 6 B" */
export function atMost(figure: number, most: number, unit: string): Target {
	return { text: `<= ${most} ${unit}`, met: figure <= most };
}

export function atLeast(figure: number, least: number, unit: string): Target {
	return { text: `>= ${least} ${unit}`, met: figure >= least };
}

/** "<= 0.1 x raw Socket.IO JSON" */
export function atMostShare(figure: number, share: number, baseline: Baseline): Target {
	return { text: `<= ${share} x ${baseline.name}`, met: figure <= share * baseline.figure };
}

export function atLeastTimes(figure: number, times: number, baseline: Baseline): Target {
	return { text: `>= ${times} x ${baseline.name}`, met: figure >= times * baseline.figure };
}

/** The value below which `share` (0..1) of the samples lie; NaN without any. Sorts in place. */
export function percentile(samples: number[], share: number): number {
	samples.sort((a, b) => a - b);
	return samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? Number.NaN;
}

/** Slope of log(figure) over log(size): 0 does not grow, 1 grows as the work does. */
export function exponent(points: readonly (readonly [size: number, figure: number])[]): number {
	const logs = points.map(([size, figure]) => [Math.log(size), Math.log(figure)] as const);
	const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
	const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
	const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
	const below = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
	return above / below;
}
