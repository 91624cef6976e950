// Civil time of Asia/Shanghai in numbers and fields, whatever the machine's zone. Words for people: format.ts.

/** UTC+8 without summer time since 1991. */
export const ZONE_MS = 8 * 3_600_000;

/** Its UTC parts are the civil ones. */
export function civilDate(at: number): Date {
	return new Date(at + ZONE_MS);
}

/** "2026-11-22" */
export function civilDay(at: number): string {
	return civilDate(at).toISOString().slice(0, 10);
}

/** "2026-11-22 20:14:07" */
export function civilStamp(at: number): string {
	return civilDate(at).toISOString().slice(0, 19).replace("T", " ");
}

/** "2026-11-22T20:14" as a field of the page shows and takes it. */
export function fieldText(at: number): string {
	return civilDate(at).toISOString().slice(0, 16);
}

/** Epoch ms of what stands in such a field; null when it is no time. */
export function fieldTime(text: string): number | null {
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
	const at = Date.parse(`${text.slice(0, 16)}:00+08:00`);
	return Number.isNaN(at) ? null : at;
}
