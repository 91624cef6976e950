// Texts of the chain's page: moments with their parts of a second where machines act, spans, what was done, by whom, on which screens.
import type { TFunction } from "i18next";
import type { ChainDeed, ChainStep, ChainStepId } from "#model/chain.ts";
import { ageText, clockText } from "../../live/format.ts";

/** Machines are told apart by thousandths, people by seconds. */
const FINE: readonly ChainStepId[] = ["measured", "received", "judged", "shown", "sounded"];
/** What the systems' own files say of who set a limit. */
export const DEFAULT = "default";

/** Screens named one by one; the rest is a number. */
const SCREENS = 6;

/** 20:14:07, or 20:14:07.312 for what a machine did. */
export function momentText(step: ChainStepId | null, at: number): string {
	const ms = Math.round(at % 1_000);
	return step !== null && FINE.includes(step) ? `${clockText(at)}.${String(ms).padStart(3, "0")}` : clockText(at);
}

/** 420 ms, 1.4 s, then as everywhere. */
export function spanText(ms: number): string {
	if (ms < 1_000) return `${Math.round(ms)}\u00a0ms`;
	return ms < 60_000 ? `${(ms / 1_000).toFixed(1)}\u00a0s` : ageText(ms);
}

export interface DeedLine {
	readonly key: string;
	readonly at: number;
	readonly who: string;
	readonly text: string;
}

/** What is on record for a step, a line each; screens beyond a few are one line. */
export function deedLines(t: TFunction, { step, deeds }: ChainStep): readonly DeedLine[] {
	const isScreens = step === "shown" || step === "sounded";
	const shown = isScreens ? deeds.slice(0, SCREENS) : deeds;
	const lines = shown.map((deed, index) => lineOf(t, deed, `${index}`, isScreens));
	if (shown.length === deeds.length) return lines;
	const last = deeds[deeds.length - 1];
	return [...lines, { key: "more", at: last?.at ?? 0, who: "", text: t("chain.more", { count: deeds.length }) }];
}

export function lineOf(t: TFunction, deed: ChainDeed, key: string, isScreen = false): DeedLine {
	const known = t(`chain.what.${deed.what}`, { defaultValue: "" });
	const word = known === "" ? t(`transition.${deed.what}`, { defaultValue: deed.what }) : known;
	const more = isScreen ? deed.text.slice(0, 8) : deed.text;
	return {
		key,
		at: deed.at,
		who: deed.by ?? t("chain.system"),
		text: [word, more].filter((part) => part !== "").join("　"),
	};
}
