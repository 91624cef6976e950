// The only door between React and the map: makes it once, passes scene and selection by `set…`, renders an empty box. The map's
// code is a chunk of its own; without WebGL2, or after too many losses, the list mode stands here instead.
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProvinceMap } from "../../map/map.ts";
import { isGivenUp, probeGpu } from "../../map/webgl.ts";
import { atText, hiddenOf, viewpointOf } from "../../scene/scene.ts";
import { languageNow } from "../../text/text.ts";
import { useLive } from "../live_context.ts";
import { seatOf, shortName } from "../parts/districts.ts";
import { HoverCard } from "./HoverCard.tsx";
import { ListMode } from "./ListMode.tsx";
import { MapBanner } from "./MapBanner.tsx";
import { MapButtons } from "./MapButtons.tsx";
import { setReach } from "./map_reach.ts";
import { useScene, useSetScene } from "./scene_state.ts";

type Stage = "loading" | "ready" | "list" | "failed";

/** Made once for the life of the page, whatever React does with this component. */
let theMap: ProvinceMap | null = null;

export function MapView(): ReactElement {
	const { t } = useTranslation();
	const box = useRef<HTMLElement>(null);
	const [stage, setStage] = useState<Stage>("loading");
	const [map, setMap] = useState<ProvinceMap | null>(null);
	useMap(box, setStage, setMap);
	const scene = useScene();
	useEffect(() => map?.setSelected(scene.asset ?? null), [map, scene.asset]);
	useEffect(() => map?.setHidden(hiddenOf(scene)), [map, scene]);
	useEffect(() => setReach(map === null ? null : (lon, lat) => map.visit(lon, lat)), [map]);
	useEffect(
		() =>
			map?.watchman.change.subscribe(() => {
				if (map.watchman.health === "list") setStage("list");
			}),
		[map],
	);
	return (
		<div className={`map ${stage}`} data-map={stage}>
			<section ref={box} className="map-box" aria-label={t("map.title")} />
			{map === null ? null : (
				<>
					<MapButtons map={map} />
					<HoverCard map={map.hand} />
					<MapBanner watchman={map.watchman} />
				</>
			)}
			{stage === "list" ? <ListMode /> : null}
			{stage === "failed" ? <p className="map-failed">{t("map.failed")}</p> : null}
		</div>
	);
}

function useMap(
	box: React.RefObject<HTMLElement | null>,
	setStage: (stage: Stage) => void,
	setMap: (map: ProvinceMap) => void,
): void {
	const live = useLive();
	const scene = useScene();
	const setScene = useSetScene();
	const start = useRef(viewpointOf(scene));
	const { t } = useTranslation();
	const words = useRef({ reviewNumber: t("map.reviewNumber") });
	useEffect(() => {
		const container = box.current;
		if (container === null || theMap !== null) return;
		const gpu = probeGpu(document.createElement("canvas"));
		if (!gpu.hasWebGl2 || isGivenUp(sessionStorage, Date.now())) {
			setStage("list");
			return;
		}
		const hasMotion = !gpu.isSoftware && !matchMedia("(prefers-reduced-motion: reduce)").matches;
		const make = async (): Promise<void> => {
			const { ProvinceMap } = await import("../../map/map.ts");
			theMap = new ProvinceMap(
				{
					container,
					live,
					start: start.current,
					language: languageNow(),
					cityName: shortName,
					cityPlace: seatOf,
					reviewNumber: words.current.reviewNumber,
					covered: () => document.querySelector(".asset")?.clientWidth ?? 0,
					onSelect: (id) =>
						setScene(
							id === null
								? { asset: undefined, alarm: undefined, measure: undefined }
								: { asset: id, alarm: undefined, measure: undefined },
							true,
						),
					onView: (viewpoint) => setScene({ at: atText(viewpoint) }),
				},
				hasMotion,
			);
			setMap(theMap);
			setStage("ready");
		};
		make().catch((fault: unknown) => {
			reportError(fault);
			setStage("failed");
		});
	}, [box, live, setScene, setStage, setMap]);
}
