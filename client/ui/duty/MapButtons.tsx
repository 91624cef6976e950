// The map by hand and by keyboard: in, out, the whole province.
import { Map as MapIcon, Minus, Plus } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

export interface Movable {
	zoomBy(steps: number): void;
	goHome(): void;
}

export function MapButtons({ map }: { readonly map: Movable }): ReactElement {
	const { t } = useTranslation();
	return (
		<div className="map-buttons">
			<button
				type="button"
				className="icon-button"
				aria-label={t("map.zoomIn")}
				title={t("map.zoomIn")}
				onClick={() => map.zoomBy(1)}
			>
				<Plus size="1.1em" aria-hidden="true" />
			</button>
			<button
				type="button"
				className="icon-button"
				aria-label={t("map.zoomOut")}
				title={t("map.zoomOut")}
				onClick={() => map.zoomBy(-1)}
			>
				<Minus size="1.1em" aria-hidden="true" />
			</button>
			<button
				type="button"
				className="icon-button"
				aria-label={t("map.home")}
				title={t("map.home")}
				onClick={() => map.goHome()}
			>
				<MapIcon size="1.1em" aria-hidden="true" />
			</button>
		</div>
	);
}
