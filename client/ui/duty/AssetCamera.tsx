// The picture in the case: the asset's own when it is a video camera, else that of one on its site or within 150 m, with its name.
// Nothing where no camera sees the place.
import { type ReactElement, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PageAsset } from "../../live/catalogue.ts";
import { nearCamera } from "../../live/near_camera.ts";
import { useLive } from "../live_context.ts";
import { CameraTile } from "../parts/CameraTile.tsx";

export function AssetCamera({ asset }: { readonly asset: PageAsset }): ReactElement | null {
	const { t } = useTranslation();
	const { catalogue } = useLive();
	const near = useMemo(() => nearCamera(catalogue.assets, asset), [catalogue.assets, asset]);
	if (near === null) return null;
	const { id, name, site } = near.camera.record;
	const isItself = id === asset.record.id;
	return (
		<section className="block">
			<h3>{t("camera.title")}</h3>
			<CameraTile asset={id} name={name} />
			{isItself ? null : (
				<p className="quiet camera-whose">
					{name}
					{site !== undefined && site === asset.record.site ? ` · ${t("camera.same")}` : null}
					{` · ${t("camera.metres", { metres: Math.round(near.metres) })}`}
				</p>
			)}
		</section>
	);
}
