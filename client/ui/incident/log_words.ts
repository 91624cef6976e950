// One line of an incident's log as a sentence: what its detail says, by kind. Pure; the words come in. What is not understood is left
// out, never shown as raw text: another version of the server may have written it.
import type { LogLine } from "#model/register.ts";

export interface LogWords {
	/** Translates a key. */
	readonly t: (key: string, fill?: Record<string, unknown>) => string;
	/** A district as people say it. */
	readonly place: (code: string) => string;
	/** Name of a fact or a field of the incident, or "". */
	readonly field: (id: string) => string;
}

export function logText(line: LogLine, words: LogWords): string {
	const { detail } = line;
	const text = (key: string): string => (typeof detail[key] === "string" ? (detail[key] as string) : "");
	const parts = (...all: readonly string[]): string => all.filter((part) => part !== "").join(" · ");
	switch (line.kind) {
		case "note":
		case "photo":
			return parts(text("text"), text("note"));
		case "decision":
			return parts(text("text"), text("reason"));
		case "instruction":
			return text("leader") === "" ? text("text") : `${text("leader")}：${text("text")}`;
		case "call":
			return callText(detail, text, words);
		case "offered":
		case "declined":
			return parts(tierText(detail, words), text("note"));
		case "accepted":
			return tierText(recordOf(detail.to), words);
		case "report":
			return parts(reportText(detail, words), text("text"));
		case "alarm.linked":
		case "alarm.joined":
			return countText(detail);
		case "edited":
			return editedText(detail, words);
		default:
			return parts(text("title"), text("text"), text("result"), text("note"), text("reason"));
	}
}

function callText(detail: LogLine["detail"], text: (key: string) => string, { t }: LogWords): string {
	const who = [text("name"), text("duty"), text("unitName"), text("number")].filter((part) => part !== "").join(" ");
	const result = typeof detail.result === "string" ? t(`incident.log.calls.${detail.result}`) : "";
	return [who, result, text("note")].filter((part) => part !== "").join(" · ");
}

function tierText({ tier, district }: LogLine["detail"], { t, place }: LogWords): string {
	const level = typeof tier === "string" ? t(`incident.tier.${tier}`) : "";
	const where = typeof district === "string" ? place(district) : "";
	return `${level} ${where}`.trim();
}

const REPORT_CLOCK: Readonly<Record<string, string>> = {
	county: "first-report",
	city: "city-report",
	province: "province-report",
	state: "state-report",
};

function reportText({ kind, to }: LogLine["detail"], { t }: LogWords): string {
	const clock = kind === "first" && typeof to === "string" ? REPORT_CLOCK[to] : undefined;
	const known = clock ?? (kind === "first" || kind === "follow" || kind === "final" ? kind : null);
	return known === null ? "" : t(`incident.clock.${known}`);
}

function countText({ add, remove, joined }: LogLine["detail"]): string {
	const added = typeof joined === "number" ? joined : Array.isArray(add) ? add.length : 0;
	const removed = Array.isArray(remove) ? remove.length : 0;
	return [added > 0 ? `+${added}` : "", removed > 0 ? `−${removed}` : ""].filter((part) => part !== "").join(" ");
}

/** Longer texts are named, not repeated. */
const SHORT = 24;

/** What was changed, from what to what where that is short. */
function editedText(detail: LogLine["detail"], words: LogWords): string {
	return Object.entries(recordOf(detail.changed))
		.flatMap(([key, change]) => {
			const { from, to } = recordOf(change);
			if (key !== "facts") return [changeText(words.field(key), key === "level" ? null : from, to, key, words)];
			const before = recordOf(from);
			return Object.entries(recordOf(to)).map(([fact, value]) =>
				changeText(words.field(fact), before[fact], value, fact, words),
			);
		})
		.filter((part) => part !== "")
		.join("；");
}

function changeText(name: string, from: unknown, to: unknown, key: string, { t }: LogWords): string {
	if (name === "") return "";
	if (key === "level") return `${name} → ${t(`levelLong.${String(to)}`)}`;
	if (key === "type") return `${name} → ${t(`incident.type.${String(to)}`)}`;
	const [before, after] = [wordOf(from), wordOf(to)];
	return before === null || after === null ? name : `${name} ${before} → ${after}`;
}

/** null: too long, or no single word. */
function wordOf(value: unknown): string | null {
	if (value === null || value === undefined || value === "") return "–";
	if (typeof value !== "string" && typeof value !== "number") return null;
	const text = String(value);
	return text.length > SHORT ? null : text;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
