// What a person may type to find an asset, as text for FTS5: overlapping pairs of characters of the name, the id, the full
// pinyin and its initials. A phrase of pairs is a substring, so two characters (好桥) or three initials (shq) find it.
// Pure; edits write with it, the reader asks with it.
import { pinyin } from "pinyin-pro";

export interface SearchText {
	readonly initials: string;
	readonly pinyin: string;
}

/** "三好桥" -> "shq" and "sanhaoqiao"; what is no Chinese character stays as it is. */
export function spell(name: string): SearchText {
	const syllables = pinyin(name, { toneType: "none", type: "array", nonZh: "consecutive", v: true });
	const chinese = pinyin(name, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive" });
	return { initials: fold(chinese.join("")), pinyin: fold(syllables.join("")) };
}

/** Lower case, full-width forms as ordinary ones, without spaces and hyphens. */
export function fold(text: string): string {
	return text
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[\s\-_·.]+/g, "");
}

/** Tokens of a text: each pair of neighbours, and the last character alone so that one character can be asked for. */
export function pairs(text: string): string {
	const chars = [...fold(text)].map(code);
	return chars.map((char, index) => char + (chars[index + 1] ?? "")).join(" ");
}

function code(char: string): string {
	return (char.codePointAt(0) ?? 0).toString(16).padStart(5, "0");
}

/** An FTS5 query for all words of `text`, each a substring of one column; null when nothing is left to ask for. */
export function matchOf(text: string): string | null {
	const words = text
		.trim()
		.split(/\s+/)
		.map(fold)
		.filter((word) => word !== "")
		.slice(0, 8);
	if (words.length === 0) return null;
	return words.map(phrase).join(" AND ");
}

function phrase(word: string): string {
	const chars = [...word].slice(0, 64).map(code);
	if (chars.length === 1) return `"${chars[0]}"*`;
	const tokens = chars.slice(0, -1).map((char, index) => char + chars[index + 1]);
	return `"${tokens.join(" ")}"`;
}

export interface Candidate extends SearchText {
	readonly id: string;
	readonly name: string;
}

/** Best first: the thing itself, then what begins with the text, then what holds it; short names before long ones. */
export function rank(text: string, found: readonly Candidate[], limit: number): string[] {
	const word = fold(text);
	const scored = found.map((candidate) => ({ candidate, score: scoreOf(word, candidate) }));
	scored.sort(
		(a, b) =>
			a.score - b.score ||
			a.candidate.name.length - b.candidate.name.length ||
			(a.candidate.id < b.candidate.id ? -1 : 1),
	);
	return scored.slice(0, limit).map(({ candidate }) => candidate.id);
}

function scoreOf(word: string, candidate: Candidate): number {
	const name = fold(candidate.name);
	const id = fold(candidate.id);
	if (name === word || id === word) return 0;
	if (name.startsWith(word)) return 1;
	if (candidate.initials === word) return 2;
	if (candidate.initials.startsWith(word) || candidate.pinyin.startsWith(word) || id.startsWith(word)) return 3;
	if (name.includes(word)) return 4;
	return 5;
}
