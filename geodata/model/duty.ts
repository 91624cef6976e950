// The duty rota as data: when shifts change and whose turn it is. Read by the river (who was on when) and by whoever writes acts
// of officers. Pure: time is an argument. Civil time is Asia/Shanghai (UTC+8 without summer time since 1991).
import { z } from "zod";

/** Setting of a data folder that holds a rota as JSON. */
export const ROTA_SETTING = "duty.rota";
/** Setting of a demo folder: everything before this moment (epoch ms) was generated. */
export const DEMO_HISTORY_SETTING = "demoHistoryUntil";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");

export const rotaSchema = z
	.object({
		/** Times of day at which a shift begins, rising. */
		changes: z.array(timeOfDay).min(1).max(6),
		/** Taken in turn, one a shift. */
		teams: z
			.array(z.object({ name: z.string().min(1).max(20), people: z.array(z.string().min(1).max(20)).min(1).max(20) }))
			.min(1)
			.max(20),
	})
	.strict();
export type Rota = z.infer<typeof rotaSchema>;

export interface Shift {
	/** When it began, epoch ms. */
	readonly at: number;
	readonly name: string;
	readonly people: readonly string[];
}

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;

/** The rota in a setting's text; null when there is none or it is not one. */
export function parseRota(text: string | null): Rota | null {
	if (text === null) return null;
	let input: unknown;
	try {
		input = JSON.parse(text);
	} catch {
		return null;
	}
	const parsed = rotaSchema.safeParse(input);
	return parsed.success ? parsed.data : null;
}

/** Who is on duty at a moment. */
export function shiftAt(rota: Rota, at: number): Shift {
	const day = Math.floor((at + ZONE_MS) / DAY_MS);
	for (const on of [day, day - 1])
		for (let n = rota.changes.length - 1; n >= 0; n--) if (beginOf(rota, on, n) <= at) return shiftOf(rota, on, n);
	throw new RangeError("a day has a shift before it");
}

/** Shifts that begin in [from, to), in order. */
export function shiftsBetween(rota: Rota, from: number, to: number): Shift[] {
	const shifts: Shift[] = [];
	for (let day = Math.floor((from + ZONE_MS) / DAY_MS); day * DAY_MS - ZONE_MS < to; day++) {
		for (let n = 0; n < rota.changes.length; n++) {
			const begin = beginOf(rota, day, n);
			if (begin >= from && begin < to) shifts.push(shiftOf(rota, day, n));
		}
	}
	return shifts;
}

/** Begin of the day's shift `n`, epoch ms. */
function beginOf(rota: Rota, day: number, n: number): number {
	const [hours = 0, minutes = 0] = (rota.changes[n] ?? "00:00").split(":").map(Number);
	return day * DAY_MS - ZONE_MS + (hours * 60 + minutes) * 60_000;
}

function shiftOf(rota: Rota, day: number, n: number): Shift {
	const turn = day * rota.changes.length + n;
	const team = rota.teams[((turn % rota.teams.length) + rota.teams.length) % rota.teams.length];
	if (team === undefined) throw new RangeError("a rota has teams");
	return { at: beginOf(rota, day, n), name: team.name, people: team.people };
}
