// Who is on duty for a place, for the escalation: the roster of its county, else of its city, else of the province, as the shifts
// hold it (a hand-over that is not signed keeps the old shift on); without any, the rota that the folder was made with. Names of
// the roster are tied to the users who took the shift under them.
import { parseRota, type Rota, shiftAt } from "#model/duty.ts";
import { cityOf } from "#model/ids.ts";
import type { Roster } from "#model/reach.ts";
import { type DistrictRota, districtRotaSchema, dutyNow, type Handover } from "#model/shift.ts";
import type { RegisterReader } from "./register.ts";

const PROVINCE = "210000";
const NOBODY: Roster = { people: [], lead: null };

/** @param setting the folder's own rota as JSON, or null. The first of a shift leads it. */
export function rosters(register: RegisterReader, setting: string | null): (now: number, district: string) => Roster {
	const own = parseRota(setting);
	return (now, district) => {
		for (const code of new Set([district, cityOf(district), PROVINCE])) {
			const entry = register.find<DistrictRota>("rota", code);
			const rota = districtRotaSchema.safeParse(entry?.body);
			if (rota.success) return onDuty(register, code, rota.data, now);
		}
		return own === null ? NOBODY : ofFolder(own, now);
	};
}

function onDuty(register: RegisterReader, district: string, rota: DistrictRota, now: number): Roster {
	const handovers = register.all<Handover>("handover").map(({ body }) => body);
	const { people, holder } = dutyNow(district, rota, handovers, now);
	const taken = register.find<Handover>("handover", holder)?.body.taken ?? [];
	return { people, lead: people[0] ?? null, users: taken.map(({ user, name }) => ({ user, name })) };
}

function ofFolder(rota: Rota, now: number): Roster {
	const { people } = shiftAt(rota, now);
	return { people, lead: people[0] ?? null };
}
