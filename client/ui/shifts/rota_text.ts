// A roster as people type it: times in one line, one team a line. Taken apart and put together; pure.
import type { Rota } from "#model/duty.ts";

export type RotaFault = { readonly fault: "time" } | { readonly fault: "line"; readonly line: number };

export function changesText(rota: Rota): string {
	return rota.changes.join(" ");
}

export function teamsText(rota: Rota, colon = "：", comma = "、"): string {
	return rota.teams.map(({ name, people }) => `${name}${colon}${people.join(comma)}`).join("\n");
}

export function readRota(changes: string, teams: string): Rota | RotaFault {
	const times = changes.split(/[\s,，、;；]+/).filter((word) => word !== "");
	const isRising = times.every((time, n) => n === 0 || time > (times[n - 1] ?? ""));
	if (
		times.length === 0 ||
		times.length > 6 ||
		!isRising ||
		times.some((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
	)
		return { fault: "time" };
	const found: Rota["teams"] = [];
	for (const [n, line] of teams.split("\n").entries()) {
		if (line.trim() === "") continue;
		const [name = "", list = ""] = line.split(/[:：]/, 2);
		const people = list.split(/[、,，;；\s]+/).filter((word) => word !== "");
		const isGood = name.trim() !== "" && name.trim().length <= 20 && people.length > 0 && people.length <= 20;
		if (!isGood || people.some((person) => person.length > 20)) return { fault: "line", line: n + 1 };
		found.push({ name: name.trim(), people });
	}
	return found.length === 0 || found.length > 20 ? { fault: "line", line: 1 } : { changes: times, teams: found };
}
