// Starts i18next with both languages; every word of the page goes through keys. The choice is kept on this machine.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export type Language = "zh" | "en";
const KEY = "liaowang.language";

export async function startText(): Promise<void> {
	await i18next.use(initReactI18next).init({
		lng: localStorage.getItem(KEY) === "en" ? "en" : "zh",
		fallbackLng: "zh",
		resources: { zh: { translation: zh }, en: { translation: en } },
		interpolation: { escapeValue: false },
		returnNull: false,
	});
	document.documentElement.lang = languageNow() === "zh" ? "zh-CN" : "en";
	fetchWords();
}

/**
 * The font comes in slices, as text needs them: every word that any page may have to say must be here before the server is
 * gone, not only the first ones.
 */
function fetchWords(): void {
	document.fonts.load('1rem "Noto Sans SC Variable"', textOf(zh)).catch(reportError);
}

function textOf(words: object): string {
	return Object.values(words)
		.map((value) => (typeof value === "string" ? value : textOf(value as object)))
		.join("");
}

export function languageNow(): Language {
	return i18next.language === "en" ? "en" : "zh";
}

/** Another language is another page: the map's names and every panel follow at once. */
export function switchLanguage(): void {
	localStorage.setItem(KEY, languageNow() === "zh" ? "en" : "zh");
	location.reload();
}
