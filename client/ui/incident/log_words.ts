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
		case "accepted":
		case "declined":
			return parts(tierText(detail, words), text("note"));
		case "report":
			return parts(reportText(detail, words), text("text"));
		case "alarm.linked":
		case "alarm.joined":
			return countText(detail);
		case "edited":
			return parts(editedText(detail, words), text("title"));
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

function reportText({ report, kind, to, clock }: LogLine["detail"], { t }: LogWords): string {
	const which = typeof report === "string" ? report : kind;
	if (typeof clock === "string") return t(`incident.clock.${clock}`);
	if (which === "first")
		return t(`incident.clock.${(typeof to === "string" ? REPORT_CLOCK[to] : undefined) ?? "first"}`);
	return which === "follow" || which === "final" ? t(`incident.clock.${which}`) : "";
}

function countText(detail: LogLine["detail"]): string {
	const count = (key: string): number => (Array.isArray(detail[key]) ? (detail[key] as unknown[]).length : 0);
	const added = Math.max(count("add"), count("alarms"), count("added"));
	const removed = Math.max(count("remove"), count("removed"));
	return [added > 0 ? `+${added}` : "", removed > 0 ? `−${removed}` : ""].filter((part) => part !== "").join(" ");
}

/** Names of what was changed. */
function editedText(detail: LogLine["detail"], { field }: LogWords): string {
	const patch = detail.patch;
	const keys = Array.isArray(detail.fields)
		? (detail.fields as unknown[]).map(String)
		: typeof patch === "object" && patch !== null
			? Object.keys(patch)
			: Object.keys(detail);
	return keys
		.map(field)
		.filter((name) => name !== "")
		.join("、");
}
