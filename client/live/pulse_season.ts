// Which season of a Liaoning year a moment lies in, by civil time of Asia/Shanghai: it decides which quantity the wall shows.
// Heating November to March, gale and dust in April and May, storm and flood June to September. Pure.
import { civilDate } from "./civil.ts";

export type Season = "winter" | "spring" | "flood" | "autumn";

export function seasonOf(at: number): Season {
	const month = civilDate(at).getUTCMonth() + 1;
	if (month >= 11 || month <= 3) return "winter";
	if (month <= 5) return "spring";
	return month <= 9 ? "flood" : "autumn";
}
