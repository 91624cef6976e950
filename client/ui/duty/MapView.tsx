// The desk's door to the map: gives it the scene and the selection by `set…`, and writes into the address where a person went. The map's
// code is a chunk of its own.
import { type ReactElement, useEffect, useRef } from "react";
import type { ProvinceMap } from "../../map/map.ts";
import { atText, hiddenOf, viewpointOf } from "../../scene/scene.ts";
import { MapView as MapFrame, useOneMap } from "../parts/MapView.tsx";
import { HoverCard } from "./HoverCard.tsx";
import { MapButtons } from "./MapButtons.tsx";
import { setReach } from "./map_reach.ts";
import { useScene, useSetScene } from "./scene_state.ts";

export function MapView(): ReactElement {
	const scene = useScene();
	const setScene = useSetScene();
	const start = useRef(viewpointOf(scene));
	const one = useOneMap<ProvinceMap>(async (common, hasMotion) => {
		const { ProvinceMap } = await import("../../map/map.ts");
		return new ProvinceMap(
			{
				...common,
				start: start.current,
				covered: () => document.querySelector(".asset")?.clientWidth ?? 0,
				onSelect: (id) => setScene({ asset: id ?? undefined, alarm: undefined, measure: undefined }, true),
				onView: (viewpoint) => setScene({ at: atText(viewpoint) }),
			},
			hasMotion,
		);
	});
	const { map } = one;
	useEffect(() => map?.setSelected(scene.asset ?? null), [map, scene.asset]);
	useEffect(() => map?.setHidden(hiddenOf(scene)), [map, scene]);
	useEffect(() => setReach(map === null ? null : (lon, lat) => map.visit(lon, lat)), [map]);
	return (
		<MapFrame one={one}>
			{(made) => (
				<>
					<MapButtons map={made} />
					<HoverCard map={made.hand} />
				</>
			)}
		</MapFrame>
	);
}
