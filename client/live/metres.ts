// A distance as a person would say it. Used by the map's drawings and by the lists of what is near.
const SPACE = "\u00a0";

/** "850 m", "1.24 km", "12.4 km". */
export function metresText(metres: number): string {
	if (metres < 1_000) return `${Math.round(metres)}${SPACE}m`;
	return `${(metres / 1_000).toFixed(metres < 10_000 ? 2 : 1)}${SPACE}km`;
}
