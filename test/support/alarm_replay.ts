// The reference model: what a level limit must raise and clear over a list of readings, told again in the plainest way and
// without a line of the server's own code. No on-delay, no rates, no time of day: limits that have them are not replayed.

export interface ReplayLimit {
	readonly direction: string;
	readonly levels: readonly { readonly severity: number; readonly value: number }[];
	readonly deadband: number;
	readonly offDelayMs: number;
	readonly clearReadings: number;
}

export interface Step {
	readonly kind: "raised" | "rose" | "fell" | "cleared";
	/** The level that holds after it; 0 when cleared. */
	readonly severity: number;
	readonly at: number;
	readonly value: number;
}

/** @param readings good ones, rising in `at`. */
export function replay(
	limit: ReplayLimit,
	readings: readonly { readonly at: number; readonly value: number }[],
): Step[] {
	if (limit.direction !== "above") throw new Error("only upper limits are replayed");
	const steps: Step[] = [];
	let held = 0;
	let inside: { readonly at: number; readonly reached: number }[] = [];
	for (const { at, value } of readings) {
		const reached = levelReached(limit, value, held);
		if (reached > held) {
			steps.push({ kind: held === 0 ? "raised" : "rose", severity: reached, at, value });
			held = reached;
			inside = [];
		} else if (reached === held) {
			inside = [];
		} else {
			inside.push({ at, reached });
			const since = inside[0]?.at ?? at;
			if (inside.length < limit.clearReadings || at - since < limit.offDelayMs) continue;
			held = Math.max(...inside.map((one) => one.reached));
			steps.push({ kind: held === 0 ? "cleared" : "fell", severity: held, at, value });
			inside = [];
		}
	}
	return steps;
}

/** The worst level at or above its threshold, or, of those that hold, not yet left by the deadband. */
function levelReached(limit: ReplayLimit, value: number, held: number): number {
	let worst = 0;
	for (const level of limit.levels) {
		const isReached = value >= level.value;
		// In whole tenths: 25 - 2 must not become 22.999999.
		const edge = Math.round((level.value - limit.deadband) * 1000);
		const isKept = level.severity <= held && Math.round(value * 1000) > edge;
		if ((isReached || isKept) && level.severity > worst) worst = level.severity;
	}
	return worst;
}
