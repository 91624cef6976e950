// The chain of responsibility of a case as five lines: what is recorded is filled with who and when, what is not stands open with the
// time that is left.
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ageText, minuteText } from "../../live/format.ts";
import type { ChainLink } from "./case_pick.ts";

interface ChainProps {
	readonly links: readonly ChainLink[];
	/** Server time. */
	readonly now: number;
}

export function Chain({ links, now }: ChainProps): ReactElement {
	const { t } = useTranslation();
	return (
		<ol className="wall-chain" title={t("wall.case.source")}>
			{links.map((link) => (
				<Link key={link.step} link={link} now={now} />
			))}
		</ol>
	);
}

function Link({ link, now }: { readonly link: ChainLink; readonly now: number }): ReactElement {
	const { t } = useTranslation();
	const { step, at, by, left } = link;
	const isDone = at !== null;
	const who = by ?? (step === "received" ? t("wall.case.system") : "");
	return (
		<li className={isDone ? "done" : left !== null && left < 0 ? "late" : "open"} data-step={step} data-done={isDone}>
			<span className="wall-chain-dot" aria-hidden="true" />
			<span className="wall-chain-word">{t(`wall.case.chain.${step}`)}</span>
			<span className="wall-chain-who">
				{isDone ? who : <span className="hidden-text">{t("wall.case.open")}</span>}
			</span>
			<span className="figures wall-chain-at">{isDone ? minuteText(at) : leftText(t, left, now)}</span>
		</li>
	);
}

function leftText(t: TFunction, left: number | null, now: number): string {
	if (left === null || now === 0) return "";
	return t(left < 0 ? "wall.case.over" : "wall.case.left", { age: ageText(Math.abs(left)) });
}
