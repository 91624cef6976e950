// The wall's only door to its map: makes it once, passes stop, insets and field by `set…`, renders an empty box. Without WebGL2 the
// fourteen cities stand here as a table, as on the desk.
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Insets, Stop } from "../../live/stop.ts";
import type { Tier } from "../../map/wall/motion.ts";
import type { Field } from "../../map/wall/season_figure.ts";
import type { WallMap } from "../../map/wall/wall_map.ts";
import { isGivenUp, probeGpu } from "../../map/webgl.ts";
import { languageNow } from "../../text/text.ts";
import { wall } from "../../text/wall.ts";
import { ListMode } from "../duty/ListMode.tsx";
import { MapBanner } from "../duty/MapBanner.tsx";
import { useLive } from "../live_context.ts";
import { seatOf, shortName } from "../parts/districts.ts";
import "../../style/map.css";

export interface MapViewProps {
	readonly stop: Stop;
	/** What columns and bands cover, CSS px. */
	readonly insets: Insets;
	readonly field: Field;
}

type Stage = "loading" | "ready" | "list" | "failed";

/** Made once for the life of the page, whatever React does with this component. */
let theMap: WallMap | null = null;

export function MapView({ stop, insets, field }: MapViewProps): ReactElement {
	const { t } = useTranslation();
	const box = useRef<HTMLElement>(null);
	const [stage, setStage] = useState<Stage>("loading");
	const [map, setMap] = useState<WallMap | null>(null);
	useMap(box, { stop, insets, field }, setStage, setMap);
	const { top, right, bottom, left } = insets;
	useEffect(() => map?.setInsets({ top, right, bottom, left }), [map, top, right, bottom, left]);
	useEffect(() => map?.setStop(stop), [map, stop]);
	useEffect(() => map?.setField(field), [map, field]);
	useEffect(
		() =>
			map?.watchman.change.subscribe(() => {
				if (map.watchman.health === "list") setStage("list");
			}),
		[map],
	);
	return (
		<div className={`map ${stage}`} data-map={stage} data-stop={stop.kind}>
			<section ref={box} className="map-box" aria-label={t("map.title")} />
			{map === null ? null : <MapBanner watchman={map.watchman} />}
			{stage === "list" ? <ListMode /> : null}
			{stage === "failed" ? <p className="map-failed">{t("map.failed")}</p> : null}
		</div>
	);
}

function useMap(
	box: React.RefObject<HTMLElement | null>,
	props: MapViewProps,
	setStage: (stage: Stage) => void,
	setMap: (map: WallMap) => void,
): void {
	const live = useLive();
	const { t } = useTranslation();
	const first = useRef({ ...props, reviewNumber: t("map.reviewNumber") });
	useEffect(() => {
		const container = box.current;
		if (container === null || theMap !== null) return;
		const gpu = probeGpu(document.createElement("canvas"));
		if (!gpu.hasWebGl2 || isGivenUp(sessionStorage, Date.now())) {
			setStage("list");
			return;
		}
		const isStill = gpu.isSoftware || matchMedia("(prefers-reduced-motion: reduce)").matches;
		const tier: Tier = isStill ? "still" : "full";
		const make = async (): Promise<void> => {
			const { WallMap } = await import("../../map/wall/wall_map.ts");
			const { stop, insets, field, reviewNumber } = first.current;
			theMap = new WallMap({
				container,
				live,
				language: languageNow(),
				cityName: shortName,
				cityPlace: seatOf,
				reviewNumber,
				stop,
				insets,
				field,
				tier,
				words: wall[languageNow()].map,
			});
			setMap(theMap);
			setStage("ready");
		};
		make().catch((fault: unknown) => {
			reportError(fault);
			setStage("failed");
		});
	}, [box, live, setStage, setMap]);
}
