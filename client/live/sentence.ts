// The sentence over the wall: what is worst, in at most 22 Chinese characters, with a number even when all is well. A pure function
// of facts; its words come from text/. What it must never do: say 平稳 while data are missing, the link is lost or an alarm of
// level III or worse is open.
import type { Severity } from "#model/measure.ts";
import type { LinkState } from "./link.ts";

/** Han and full-width characters count one, others half: "2,314" is not five characters wide. */
export const SENTENCE_MOST = 22;
/** English needs more letters for the same words. */
const SENTENCE_MOST_EN = 40;
/** So much silence outranks a yellow alarm: this many channels, or this share of the city. */
const SILENT_MANY = 20;
const SILENT_SHARE = 0.02;
/** Until this share of the channels has spoken once, the province is still coming in. */
const SPOKEN_LEAST = 0.9;

export interface WorstAlarm {
	readonly severity: Severity;
	/** "沈阳 于洪", and "沈阳" alone when that is too long. */
	readonly place: string;
	readonly city: string;
	/** "一次网失压" */
	readonly what: string;
	/** Stations and households that hang on it; 0: not known. */
	readonly stations: number;
	readonly households: number;
	readonly acknowledged: boolean;
	readonly minutes: number;
}

export interface SentenceFacts {
	readonly link: LinkState;
	readonly cause: "network" | "core";
	/** "20:14", the last word of the server; null: none ever. */
	readonly heardAt: string | null;
	/** The server does not serve this page, or its catalogue did not come. */
	readonly isRefused: boolean;
	/** Catalogue, table and alarm list are here. */
	readonly isLoaded: boolean;
	readonly assets: number;
	/** Periodic channels of commissioned assets: all, those that ever spoke, those that are silent now. */
	readonly channels: number;
	readonly spoken: number;
	readonly silent: number;
	/** The city with most silence. */
	readonly silentCity: { readonly name: string; readonly silent: number; readonly channels: number } | null;
	/** Open alarms by severity, index 0 unused. */
	readonly open: readonly number[];
	readonly worst: WorstAlarm | null;
	/** Stations of the season's service, and the share that speaks, percent. */
	readonly service: { readonly name: string; readonly stations: number; readonly percent: number };
}

export type SentenceTone = "lost" | "wait" | Severity;

export interface Sentence {
	readonly text: string;
	readonly tone: SentenceTone;
	/** True only when nothing is wrong and nothing is missing. */
	readonly isCalm: boolean;
}

/** Templates of text/wall.ts, {{name}} filled in here because the length decides which one is taken. */
export interface SentenceWords {
	readonly lost: string;
	readonly core: string;
	readonly never: string;
	readonly connecting: string;
	readonly refused: string;
	readonly empty: string;
	readonly coming: string;
	readonly silent: string;
	readonly silentShort: string;
	readonly blue: string;
	readonly blueShort: string;
	readonly calm: string;
	readonly calmShort: string;
	readonly worst: Readonly<Record<"4" | "3" | "2", string>>;
	readonly place: string;
	readonly tailStations: string;
	readonly tailHouseholds: string;
	readonly tailWaiting: string;
	readonly tailNew: string;
	readonly tailSeen: string;
	readonly myriad: string;
}

export function sentenceOf(facts: SentenceFacts, words: SentenceWords, language: "zh" | "en" = "zh"): Sentence {
	const most = language === "zh" ? SENTENCE_MOST : SENTENCE_MOST_EN;
	const say = (tone: SentenceTone, ...candidates: string[]): Sentence => ({
		text: firstThatFits(candidates, most),
		tone,
		isCalm: false,
	});
	const state = stateOf(facts, words);
	if (state !== null) return say(state.tone, state.text);
	const { worst, open } = facts;
	if (worst !== null && worst.severity >= 3) return say(worst.severity, ...worstTexts(worst, facts, words, language));
	if (isMuchSilence(facts)) return say("wait", ...silentTexts(facts, words));
	if (worst !== null && worst.severity === 2) return say(2, ...worstTexts(worst, facts, words, language));
	if (facts.silent > 0) return say("wait", ...silentTexts(facts, words));
	const service = {
		service: facts.service.name,
		stations: grouped(facts.service.stations),
		percent: facts.service.percent.toFixed(1),
	};
	const blue = open[1] ?? 0;
	// Levels II and I without a worst alarm cannot be; if the list says so all the same, it is not calm.
	const graver = (open[2] ?? 0) + (open[3] ?? 0) + (open[4] ?? 0);
	if (blue + graver > 0) {
		const values = { ...service, count: String(blue + graver) };
		return say(1, fill(words.blue, values), fill(words.blueShort, values));
	}
	return { ...say(0, fill(words.calm, service), fill(words.calmShort, service)), isCalm: true };
}

/** What comes before any figure of the province can be believed. */
function stateOf(facts: SentenceFacts, words: SentenceWords): { tone: SentenceTone; text: string } | null {
	const counts = { spoken: grouped(facts.spoken), channels: grouped(facts.channels), assets: grouped(facts.assets) };
	if (facts.link === "lost") {
		if (facts.heardAt === null) return { tone: "lost", text: words.never };
		const text = fill(facts.cause === "core" ? words.core : words.lost, { time: facts.heardAt });
		return { tone: "lost", text };
	}
	if (facts.isRefused) return { tone: "lost", text: words.refused };
	if (facts.link === "connecting" || !facts.isLoaded) return { tone: "wait", text: fill(words.connecting, counts) };
	if (facts.assets === 0) return { tone: "wait", text: words.empty };
	if (facts.spoken < facts.channels * SPOKEN_LEAST && (facts.worst?.severity ?? 0) < 3) {
		return { tone: "wait", text: fill(words.coming, counts) };
	}
	return null;
}

function isMuchSilence({ silent, silentCity }: SentenceFacts): boolean {
	if (silent === 0) return false;
	const share = silentCity === null ? 0 : silentCity.silent / Math.max(1, silentCity.channels);
	return silent >= SILENT_MANY || (share >= SILENT_SHARE && (silentCity?.silent ?? 0) >= 3);
}

function silentTexts({ silent, silentCity, service }: SentenceFacts, words: SentenceWords): string[] {
	const values = {
		city: silentCity?.name ?? "",
		count: grouped(silentCity?.silent ?? silent),
		all: grouped(silent),
		service: service.name,
		percent: service.percent.toFixed(1),
	};
	return [fill(words.silent, values), fill(words.silentShort, values)];
}

/** From the fullest to the shortest: place by county or city, with or without what hangs on it. */
function worstTexts(worst: WorstAlarm, facts: SentenceFacts, words: SentenceWords, language: "zh" | "en"): string[] {
	const key = String(worst.severity) as "4" | "3" | "2";
	const count = String(Math.max(1, facts.open[worst.severity] ?? 0));
	const tail = tailText(worst, words, language);
	const text = (place: string, end: string): string =>
		fill(words.worst[key], { count, place: fill(words.place, { place, what: worst.what }) }) + end;
	return [
		text(worst.place, tail),
		text(worst.city, tail),
		text(worst.place, ""),
		text(worst.city, ""),
		`${count} ${worst.city} ${worst.what}`,
	];
}

/** What matters most of what is known: how many it touches, else how long nobody has had it, else that somebody has. */
function tailText(worst: WorstAlarm, words: SentenceWords, language: "zh" | "en"): string {
	if (worst.stations > 1) return fill(words.tailStations, { count: grouped(worst.stations) });
	if (worst.households > 0) return fill(words.tailHouseholds, { count: people(worst.households, words, language) });
	if (worst.acknowledged) return words.tailSeen;
	return worst.minutes < 1 ? words.tailNew : fill(words.tailWaiting, { minutes: grouped(worst.minutes) });
}

/** 19,200 -> "1.9 万" in Chinese. */
export function people(count: number, words: Pick<SentenceWords, "myriad">, language: "zh" | "en"): string {
	if (language === "en" || count < 10_000) return grouped(count);
	return fill(words.myriad, { count: (count / 10_000).toFixed(1) });
}

/** Width in Chinese characters. */
export function widthOf(text: string): number {
	let width = 0;
	for (const sign of text) width += /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(sign) ? 1 : 0.5;
	return width;
}

function firstThatFits(candidates: readonly string[], most: number): string {
	for (const text of candidates) if (widthOf(text) <= most) return text;
	const last = candidates.at(-1) ?? "";
	let cut = "";
	for (const sign of last) {
		if (widthOf(cut + sign) > most - 1) break;
		cut += sign;
	}
	return `${cut}…`;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
	return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}

function grouped(count: number): string {
	return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}
