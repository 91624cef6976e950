// A maintenance window (检修窗口): when and where alarms are expected, once or every week, and whether an alarm stands in one. The
// acts that make and end them. Called by core (live/windows.ts) and the page's calendar. Pure: time is an argument; civil time is
// Asia/Shanghai (UTC+8 without summer time since 1991).
import { z } from "zod";
import { type ActTable, actBody } from "./act.ts";
import type { Alarm } from "./alarm.ts";
import { assetId, districtCode, districtPrefix, wordId } from "./ids.ts";
import { recordIdSchema } from "./register.ts";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");
const time = z.number().int().positive().max(8_640_000_000_000_000);

/** Longest single window, ms: what is longer is out of service, not maintenance. */
export const WINDOW_MAX_MS = 31 * 86_400_000;

const shape = {
	name: z.string().trim().min(1, "a name is needed").max(80),
	reason: z.string().trim().min(1, "a reason is needed").max(2_000),
	/** Epoch ms; of a weekly window the span in which it repeats. */
	from: time,
	to: time,
	/** On these days (1 Monday to 7 Sunday) from HH:MM for so many minutes, beyond midnight too; null: all the time from `from` to `to`. */
	weekly: z
		.object({
			days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
			from: timeOfDay,
			minutes: z.number().int().min(1).max(1_440),
		})
		.strict()
		.nullable(),
	/** Where: an alarm is inside when it is named by each list that is not empty. */
	districts: z.array(districtCode).max(120),
	systems: z.array(wordId).max(60),
	assets: z.array(assetId).max(500),
	/** Alarms that somebody took out of it: they stand in the list whatever the window says. */
	except: z.array(z.string().min(1).max(64)).max(500).optional(),
};

export const windowSchema = z
	.object(shape)
	.strict()
	.superRefine((window, context) => {
		const refuse = (message: string, path: string): void => {
			context.addIssue({ code: "custom", message, path: [path] });
		};
		if (window.to <= window.from) refuse("it ends after it begins", "to");
		if (window.weekly === null && window.to - window.from > WINDOW_MAX_MS) refuse("at most 31 days at once", "to");
		if (window.districts.length + window.systems.length + window.assets.length === 0)
			refuse("it concerns districts, systems or assets", "districts");
	});
/** Body of an entry of kind "window". */
export type MaintenanceWindow = z.infer<typeof windowSchema>;

export const windowActs = {
	"window.put": {
		action: "window.edit",
		summary:
			"Make a maintenance window, or change one by its id: alarms that begin inside it are suppressed with its name",
		schema: actBody({ id: recordIdSchema.optional(), window: windowSchema }),
	},
	"window.end": {
		action: "window.edit",
		summary: "End a maintenance window now: what it suppressed stands in the list again",
		schema: actBody({ id: recordIdSchema, note: z.string().trim().max(2_000).default("") }),
	},
	"window.release": {
		action: "window.edit",
		summary: "Take one alarm out of the maintenance windows that hide it: it stands in the list again, the others stay",
		schema: actBody({
			alarm: z.string().min(1).max(64),
			note: z.string().trim().min(1, "a reason is needed").max(2_000),
		}),
	},
} as const satisfies ActTable;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ZONE_MS = 8 * 3_600_000;

/** The span of the window that holds a moment, [from, to), or null. */
export function spanAt(window: MaintenanceWindow, at: number): { readonly from: number; readonly to: number } | null {
	if (at < window.from || at >= window.to) return null;
	const { weekly } = window;
	if (weekly === null) return { from: window.from, to: window.to };
	const day = Math.floor((at + ZONE_MS) / DAY_MS);
	// Yesterday's may reach into today.
	for (const on of [day, day - 1]) {
		const span = spanOn(window, weekly, on);
		if (span !== null && at >= span.from && at < span.to) return span;
	}
	return null;
}

/** Every span that touches [from, to), in order; for the calendar. At most `limit`. */
export function spansBetween(
	window: MaintenanceWindow,
	from: number,
	to: number,
	limit = 400,
): { readonly from: number; readonly to: number }[] {
	const { weekly } = window;
	const spans: { from: number; to: number }[] = [];
	if (weekly === null) {
		if (window.from < to && window.to > from) spans.push({ from: window.from, to: window.to });
		return spans;
	}
	const last = Math.min(to, window.to);
	let day = Math.floor((Math.max(from, window.from) + ZONE_MS) / DAY_MS) - 1;
	for (; day * DAY_MS - ZONE_MS < last && spans.length < limit; day++) {
		const span = spanOn(window, weekly, day);
		if (span !== null && span.from < last && span.to > from) spans.push(span);
	}
	return spans;
}

function spanOn(
	window: MaintenanceWindow,
	weekly: NonNullable<MaintenanceWindow["weekly"]>,
	day: number,
): { from: number; to: number } | null {
	// Day 0 of the epoch was a Thursday.
	if (!weekly.days.includes(((((day + 3) % 7) + 7) % 7) + 1)) return null;
	const [hours = 0, minutes = 0] = weekly.from.split(":").map(Number);
	const begin = day * DAY_MS - ZONE_MS + (hours * 60 + minutes) * MINUTE_MS;
	const from = Math.max(begin, window.from);
	const to = Math.min(begin + weekly.minutes * MINUTE_MS, window.to);
	return from < to ? { from, to } : null;
}

/** Whether the window concerns what the alarm is about. Trouble of the system itself is nobody's maintenance. */
export function concerns(
	window: MaintenanceWindow,
	alarm: Pick<Alarm, "id" | "district" | "system" | "asset">,
): boolean {
	if (alarm.system === "system" || window.except?.includes(alarm.id) === true) return false;
	const { districts, systems, assets } = window;
	if (districts.length > 0 && !districts.some((code) => alarm.district.startsWith(districtPrefix(code)))) return false;
	if (systems.length > 0 && !systems.includes(alarm.system)) return false;
	return assets.length === 0 || (alarm.asset !== null && assets.includes(alarm.asset));
}
