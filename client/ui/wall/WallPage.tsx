// The wall: the province in one picture for people who stand six metres away and touch nothing.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Doors } from "../doors/Doors.tsx";
import { Guard } from "../parts/Guard.tsx";

export function WallPage(): ReactElement {
	const { t } = useTranslation();
	return (
		<main className="wall" aria-label={t("wall.title")}>
			<Guard name="top">
				<Doors here="wall" />
			</Guard>
		</main>
	);
}
