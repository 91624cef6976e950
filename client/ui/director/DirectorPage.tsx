// The director's page of the demo: scenarios, start, speed, back to calm. It exists only where the data are a demo.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Doors } from "../doors/Doors.tsx";

export function DirectorPage(): ReactElement {
	const { t } = useTranslation();
	return (
		<main className="director">
			<Doors here={null} />
			<h1>{t("director.title")}</h1>
		</main>
	);
}
