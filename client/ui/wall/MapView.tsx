// The wall's door to its map: passes stop, insets and field by `set…`.
import { type ReactElement, useEffect } from "react";
import type { Insets, Stop } from "../../live/stop.ts";
import type { Field } from "../../map/wall/season_figure.ts";
import type { WallMap } from "../../map/wall/wall_map.ts";
import { wall } from "../../text/wall.ts";
import { MapView as MapFrame, useOneMap } from "../parts/MapView.tsx";

export interface MapViewProps {
	readonly stop: Stop;
	/** What columns and bands cover, CSS px. */
	readonly insets: Insets;
	readonly field: Field;
}

export function MapView({ stop, insets, field }: MapViewProps): ReactElement {
	const one = useOneMap<WallMap>(async (common, hasMotion) => {
		const { WallMap } = await import("../../map/wall/wall_map.ts");
		const words = wall[common.language].map;
		return new WallMap({ ...common, stop, insets, field, tier: hasMotion ? "full" : "still", words });
	});
	const { map } = one;
	const { top, right, bottom, left } = insets;
	useEffect(() => map?.setInsets({ top, right, bottom, left }), [map, top, right, bottom, left]);
	useEffect(() => map?.setStop(stop), [map, stop]);
	useEffect(() => map?.setField(field), [map, field]);
	return (
		<MapFrame one={one} marks={{ "data-stop": stop.kind }}>
			{() => null}
		</MapFrame>
	);
}
