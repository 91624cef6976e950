// A camera's picture beside a case or a site of the tour: whose it is (the picture's own
// line says it too), and how far from the place when it is not of the same site.
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PageAsset } from "../../live/catalogue.ts";
import { numberText } from "../../live/format.ts";
import { CameraTile } from "../parts/CameraTile.tsx";

interface WallCameraProps {
	readonly asset: PageAsset;
	/** 0: of the same site. */
	readonly metres: number;
	readonly isLarge: boolean;
}

export function WallCamera({ asset, metres, isLarge }: WallCameraProps): ReactElement {
	const { t } = useTranslation();
	const { id, name } = asset.record;
	const distance = metres < 950 ? `${Math.round(metres / 10) * 10} m` : `${numberText(metres / 1_000, 1)} km`;
	return (
		<figure className={`wall-camera${isLarge ? " large" : ""}`}>
			<CameraTile asset={id} name={name} />
			<figcaption className={metres === 0 ? "hidden-text" : ""}>
				{metres === 0 ? t("wall.case.camera", { name }) : t("wall.case.cameraNear", { distance })}
			</figcaption>
		</figure>
	);
}
