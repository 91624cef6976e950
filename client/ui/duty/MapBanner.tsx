// Said at once when the GPU takes the map away; gone by itself when the map is back.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../../live/change.ts";
import { useChange } from "../live_context.ts";

export function MapBanner({
	watchman,
}: {
	readonly watchman: { readonly change: Change; readonly health: string };
}): ReactElement | null {
	const { t } = useTranslation();
	useChange(watchman.change);
	if (watchman.health !== "lost") return null;
	return (
		<p className="map-banner" role="alert">
			{t("map.lost")}
		</p>
	);
}
