// What an alarm is about, as a string: "channel:asset/measure", "asset:id", "record:kind/id", "district:210102", "screen:id",
// "door:hj212", "system:store". Strings travel; this file is the only place that builds and takes them apart.
import type { Problem } from "./problem.ts";
import { problem } from "./problem.ts";

export const subjectTypes = ["channel", "asset", "record", "district", "screen", "door", "device", "system"] as const;
export type SubjectType = (typeof subjectTypes)[number];

export interface Subject {
	readonly type: SubjectType;
	/** Asset id, record kind, district code, door or part. */
	readonly name: string;
	/** Measure of a channel or id of a record. */
	readonly part: string | null;
}

export function channelSubject(asset: string, measure: string): string {
	return `channel:${asset}/${measure}`;
}

export function subjectOf(type: Exclude<SubjectType, "channel" | "record">, name: string): string {
	return `${type}:${name}`;
}

export function parseSubject(text: string): Subject | Problem {
	const colon = text.indexOf(":");
	if (colon < 0) return problem("bad-subject", `"${text}" is not a subject`);
	const type = subjectTypes.find((known) => known === text.slice(0, colon));
	const rest = text.slice(colon + 1);
	if (type === undefined || rest === "") return problem("bad-subject", `"${text}" is not a subject`);
	if (type !== "channel" && type !== "record") return { type, name: rest, part: null };
	const slash = rest.indexOf("/");
	if (slash < 1 || slash === rest.length - 1) return problem("bad-subject", `"${text}" lacks its second part`);
	return { type, name: rest.slice(0, slash), part: rest.slice(slash + 1) };
}
