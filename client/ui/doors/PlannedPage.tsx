// Doors whose rooms are not built yet say so: what will stand there, part by part, and where the same question can be asked
// today. The planner's page has the planner's day theme already.
import { useLocation } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { chosenTheme, setTheme } from "../../style/theme.ts";
import { usePageTitle } from "../parts/page_title.ts";
import { SignsOfLife } from "../parts/SignsOfLife.tsx";
import { Veil } from "../parts/Veil.tsx";
import { Doors } from "./Doors.tsx";

/** What will stand there, in the order of the text keys. */
const PARTS = { plan: ["1", "2", "3", "4"], policy: ["1", "2", "3", "4"] } as const;

/** Where the same is found today: the address, and its text key. */
const TODAY = {
	plan: [
		["/duty", "1"],
		["/api/assets?limit=1000", "2"],
		["/api/openapi.json", "3"],
	],
	policy: [
		["/api/policy", "1"],
		["/duty", "2"],
	],
} as const;

setTheme(location.pathname.startsWith("/plan") ? "day" : chosenTheme());

export function PlannedPage(): ReactElement {
	const { t } = useTranslation();
	const door = useLocation().pathname.startsWith("/policy") ? "policy" : "plan";
	usePageTitle(t(`doors.${door}Title`));
	return (
		<div className="planned">
			<header className="planned-head">
				<strong className="planned-product">{t("product")}</strong>
				<Doors here={door} />
				<SignsOfLife />
			</header>
			<main className="planned-body">
				<p className="planned-state">{t("doors.notBuilt")}</p>
				<h1>{t(`doors.${door}Title`)}</h1>
				<p className="planned-lead">{t(`doors.${door}Will`)}</p>
				<ol className="planned-parts">
					{PARTS[door].map((part) => (
						<li key={part}>{t(`doors.${door}Part${part}`)}</li>
					))}
				</ol>
				<h2>{t("doors.until")}</h2>
				<ul className="planned-today">
					{TODAY[door].map(([href, part]) => (
						<li key={href}>
							<a href={href}>
								<ArrowRight size="1em" aria-hidden="true" />
								{t(`doors.${door}Until${part}`)}
							</a>
						</li>
					))}
				</ul>
			</main>
			<Veil />
		</div>
	);
}
