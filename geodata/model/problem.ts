// A refusal as a value. Bad input, a missing right or a stale command is answered with a Problem, never thrown;
// codes are stable words that clients, counters and tests rely on.

export interface Problem {
	/** Stable machine word in kebab-case, e.g. "unknown-asset". */
	readonly problem: string;
	/** One sentence for a person: what is wrong and what to do. */
	readonly detail?: string;
	/** Where: a field path, a line, a byte offset. */
	readonly where?: string;
	/** Of "already": who was faster, and when (epoch ms). */
	readonly by?: string | null;
	readonly at?: number | null;
}

export function problem(code: string, detail?: string, where?: string): Problem {
	return {
		problem: code,
		...(detail === undefined ? {} : { detail }),
		...(where === undefined ? {} : { where }),
	};
}

export function isProblem(value: unknown): value is Problem {
	return typeof value === "object" && value !== null && typeof (value as { problem?: unknown }).problem === "string";
}
