// The incident's door to the map: shows the place, the ring and what was drawn, and gives the hand one tool at a time.
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentPlace } from "#model/incident_place.ts";
import { MOST_DRAWINGS } from "#model/incident_place.ts";
import { incidentType } from "#model/incident_type.ts";
import { newId } from "../../live/new_id.ts";
import type { KeptDrawing } from "../../map/drawings.ts";
import type { ProvinceMap } from "../../map/map.ts";
import { Sketch } from "../../map/sketch.ts";
import { HoverCard } from "../duty/HoverCard.tsx";
import { MapButtons } from "../duty/MapButtons.tsx";
import { useChange, useLive, useMay } from "../live_context.ts";
import { MapView as MapFrame, type OneMap, useOneMap } from "../parts/MapView.tsx";
import { DrawBar } from "./DrawBar.tsx";
import { type Act, useAct } from "./incident_state.ts";
import type { IncidentEntry } from "./incident_view.ts";

/** A street and its surroundings. */
const PLACE_ZOOM = 14;

export function MapView({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const act = useAct();
	const sketch = useSketch(entry, act);
	const one = useIncidentMap(entry.body.place, sketch);
	const { map } = one;
	const version = useChange(sketch.change);
	useEffect(() => {
		if (map !== null && version >= 0) map.hand.isBusy = sketch.tool !== null;
	}, [map, sketch, version]);
	const { place } = entry.body;
	const isOff = !useMay("incident.edit") || entry.body.state === "closed";
	return (
		<MapFrame one={one} marks={{ "data-drawings": sketch.drawings.length }}>
			{(made) => (
				<>
					<MapButtons map={made} />
					<HoverCard map={made.hand} />
					{isOff ? null : <DrawBar hand={sketch} count={sketch.drawings.length} refusal={act.refusal} />}
					<button type="button" className="button go-place" onClick={() => made.visit(place.lon, place.lat)}>
						{t("incident.place.goTo")}
					</button>
				</>
			)}
		</MapFrame>
	);
}

/** One sketch for the page; told of the incident whenever it changed. */
function useSketch(entry: IncidentEntry, act: Act): Sketch {
	const live = useLive();
	const newest = useRef({ entry, act });
	newest.current = { entry, act };
	const [sketch] = useState(() => {
		const edit = (patch: Readonly<Record<string, unknown>>) =>
			newest.current.act.run("incident.edit", { id: newest.current.entry.id, patch });
		return new Sketch({
			save: async (change) => {
				const what = change.type === "put" ? { put: change.drawing } : { remove: change.id };
				return (await newest.current.act.run("incident.draw", { id: newest.current.entry.id, ...what })) !== null;
			},
			move: (lon, lat) => void edit({ place: { ...newest.current.entry.body.place, lon, lat } }).catch(reportError),
			who: () => ({ by: live.wire.hello?.user ?? "", at: live.now() }),
			makeId: newId,
			fault: reportError,
			most: MOST_DRAWINGS,
		});
	});
	const { body } = entry;
	useEffect(() => {
		const { place, title, type, facts, drawings } = body;
		const hasRing = incidentType(type).facts.some(({ id }) => id === "cordonM");
		const ringM = hasRing && typeof facts.cordonM === "number" ? facts.cordonM : null;
		sketch.setSheet({ lon: place.lon, lat: place.lat, title, ringM, drawings: drawings as readonly KeptDrawing[] });
	}, [sketch, body]);
	useEffect(() => {
		const putDown = (event: KeyboardEvent): void => {
			if (event.key === "Escape" && document.querySelector("dialog[open]") === null) sketch.setTool(null);
		};
		window.addEventListener("keydown", putDown);
		return () => window.removeEventListener("keydown", putDown);
	}, [sketch]);
	return sketch;
}

/** The page's root size against 16 px: more pixels show the same street larger, not more streets. */
function rootScale(): number {
	return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

function useIncidentMap(place: IncidentPlace, sketch: Sketch): OneMap<ProvinceMap> {
	return useOneMap(async (common, hasMotion) => {
		const [{ ProvinceMap }, { DrawDesk }] = await Promise.all([
			import("../../map/map.ts"),
			import("../../map/draw.ts"),
		]);
		const map: ProvinceMap = new ProvinceMap(
			{
				...common,
				start: { lon: place.lon, lat: place.lat, zoom: PLACE_ZOOM + Math.log2(rootScale()) },
				covered: () => 0,
				onSelect: (id) => map.setSelected(id),
				onView: () => undefined,
			},
			hasMotion,
		);
		map.onBase((base) =>
			sketch.attach(
				new DrawDesk(base.map, {
					...base,
					onDrawn: (tool, geometry) => sketch.drew(tool, geometry),
					onErase: (id) => sketch.erase(id),
				}),
			),
		);
		return map;
	});
}
