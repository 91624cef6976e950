// The names of the environment, and which of them nobody knows: a misspelt name must not be a silent default. Pure.
import type { Problem } from "#model/problem.ts";
import { problem } from "#model/problem.ts";

const variables = [
	"LIAOWANG_DATA",
	"LIAOWANG_DEMO",
	"LIAOWANG_DEMO_PAST",
	"LIAOWANG_MQTT_PORT",
	"LIAOWANG_MQTT_URL",
	"LIAOWANG_HJ212_PORT",
	"LIAOWANG_SL651_PORT",
	"LIAOWANG_INGEST_KEY",
	"LIAOWANG_CAMERAS_URL",
	"LIAOWANG_MAP_NUMBER",
	"LIAOWANG_AUDIT_HASH",
	"LIAOWANG_TLS_CERT",
	"LIAOWANG_TLS_KEY",
] as const;

/** Names that tests, the bench and the data build read: none of the server's business, and none of its mistakes. */
const OTHERS = /^LIAOWANG_(TEST|BENCH|GEODATA)_/;

/** A misspelt name must not be a silent default. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): Problem[] {
	const problems: Problem[] = [];
	for (const name of Object.keys(env)) {
		if (!name.startsWith("LIAOWANG_") || OTHERS.test(name) || (variables as readonly string[]).includes(name)) continue;
		const nearest = nearestName(name);
		problems.push(
			nearest === null
				? problem("unknown-variable", "没有这个变量 / there is no such variable", name)
				: problem(
						"unknown-variable",
						`没有这个变量，是否指 ${nearest}？ / no such variable; did you mean ${nearest}?`,
						name,
					),
		);
	}
	return problems;
}

function nearestName(name: string): string | null {
	let best: string | null = null;
	let bestDistance = 5;
	for (const known of variables) {
		const distance = editDistance(name, known);
		if (distance < bestDistance) {
			best = known;
			bestDistance = distance;
		}
	}
	return best;
}

/** Levenshtein distance of two short words. */
function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
