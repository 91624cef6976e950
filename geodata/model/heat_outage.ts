// The freeze clock: a heated building without heat as one resistance and one capacity. Its temperature falls towards the outdoors by
// exp(-t/tau); how long until it is too cold has a closed form, piece by piece of a forecast. Called by incident_facts.ts. Pure.
//
// tau of usual brick and panel blocks: about 1 K an hour at 20 degrees inside and -15 outside, that is 35 h (engineering default, E).

export const BUILDING_TAU_H = 35;
/** Usual when nobody measures, °C (E). */
export const USUAL_ROOM_C = 20;
/** Below it repair is urgent, below it people are moved, °C (E; the service floor of 18 °C is that of 辽宁省城市供热条例). */
export const COLD_C = 16;
export const DANGER_C = 10;

/** Outdoor temperature until a moment, hours from now. The last piece holds for ever. */
export interface Piece {
	readonly untilH: number;
	readonly outdoorC: number;
}

/** Temperature after `hours` at a constant outdoor temperature, °C. */
export function cooled(roomC: number, outdoorC: number, hours: number, tauH = BUILDING_TAU_H): number {
	return outdoorC + (roomC - outdoorC) * Math.exp(-hours / tauH);
}

/**
 * Hours until the room is at `limitC` without heat. @returns 0 when it is already, null when it never comes to that.
 * `pieces` in rising order of time, at least one.
 */
export function hoursUntil(
	roomC: number,
	limitC: number,
	pieces: readonly Piece[],
	tauH = BUILDING_TAU_H,
): number | null {
	if (roomC <= limitC) return 0;
	let room = roomC;
	let from = 0;
	for (const [i, { untilH, outdoorC }] of pieces.entries()) {
		const lasts = i === pieces.length - 1 ? Number.POSITIVE_INFINITY : untilH - from;
		if (outdoorC < limitC) {
			const hours = tauH * Math.log((room - outdoorC) / (limitC - outdoorC));
			if (hours <= lasts) return from + hours;
		}
		if (lasts === Number.POSITIVE_INFINITY) return null;
		room = cooled(room, outdoorC, lasts, tauH);
		from = untilH;
	}
	return null;
}

/** Outdoor temperature now and as forecast for hours ahead; each holds from halfway to its neighbours. Nothing known: null. */
export function piecesOf(
	nowC: number | null,
	ahead: readonly (readonly [hours: number, celsius: number])[],
): Piece[] | null {
	const points = [...(nowC === null ? [] : [[0, nowC] as const]), ...ahead].sort((a, b) => a[0] - b[0]);
	if (points.length === 0) return null;
	return points.map(([hours, outdoorC], i) => {
		const after = points[i + 1];
		return { outdoorC, untilH: after === undefined ? Number.POSITIVE_INFINITY : (hours + after[0]) / 2 };
	});
}

export interface Building {
	readonly id: string;
	readonly roomC: number;
	readonly tauH: number;
	readonly households: number;
}

/** Coldest first; of those that are cold at the same time the one with more households. Never cold: at the end, hours null. */
export function coldOrder(
	buildings: readonly Building[],
	pieces: readonly Piece[],
	limitC = COLD_C,
): { readonly building: Building; readonly hours: number | null }[] {
	const list = buildings.map((building) => ({
		building,
		hours: hoursUntil(building.roomC, limitC, pieces, building.tauH),
	}));
	const late = (hours: number | null): number => hours ?? Number.MAX_VALUE;
	return list.sort((a, b) => late(a.hours) - late(b.hours) || b.building.households - a.building.households);
}
