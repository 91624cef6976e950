// Doors whose rooms are not built yet say so, with what will stand there and where the same question can be asked today.
import { useLocation } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Doors } from "./Doors.tsx";

export function PlannedPage(): ReactElement {
	const { t } = useTranslation();
	const door = useLocation().pathname.startsWith("/policy") ? "policy" : "plan";
	return (
		<div className="planned">
			<header className="planned-head">
				<strong>{t("product")}</strong>
				<Doors here={door} />
			</header>
			<main className="planned-body">
				<h1>{t(`doors.${door}Title`)}</h1>
				<p className="planned-state">{t("doors.notBuilt")}</p>
				<p>{t(`doors.${door}Will`)}</p>
				<p>
					{t("doors.until")} <a href={door === "policy" ? "/api/policy" : "/duty"}>{t(`doors.${door}Until`)}</a>
				</p>
			</main>
		</div>
	);
}
