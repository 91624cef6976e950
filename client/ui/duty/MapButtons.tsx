// The map by hand and by keyboard: in, out, the whole province.
import { Map as MapIcon, Minus, Plus } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../parts/IconButton.tsx";

export interface Movable {
	zoomBy(steps: number): void;
	goHome(): void;
}

export function MapButtons({ map }: { readonly map: Movable }): ReactElement {
	const { t } = useTranslation();
	return (
		<div className="map-buttons">
			<IconButton word={t("map.zoomIn")} icon={Plus} onClick={() => map.zoomBy(1)} />
			<IconButton word={t("map.zoomOut")} icon={Minus} onClick={() => map.zoomBy(-1)} />
			<IconButton word={t("map.home")} icon={MapIcon} onClick={() => map.goHome()} />
		</div>
	);
}
