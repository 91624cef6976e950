// The incident's only door to the map: makes it once for the life of the page, shows the place, the ring and what was drawn, and gives
// the hand one tool at a time. Without WebGL2 the fourteen cities stand here as a table, as on the desk.
import { type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentPlace } from "#model/incident_place.ts";
import { MOST_DRAWINGS } from "#model/incident_place.ts";
import { incidentType } from "#model/incident_type.ts";
import type { KeptDrawing } from "../../map/drawings.ts";
import type { ProvinceMap } from "../../map/map.ts";
import { Sketch } from "../../map/sketch.ts";
import { isGivenUp, probeGpu } from "../../map/webgl.ts";
import { languageNow } from "../../text/text.ts";
import { HoverCard } from "../duty/HoverCard.tsx";
import { ListMode } from "../duty/ListMode.tsx";
import { MapBanner } from "../duty/MapBanner.tsx";
import { MapButtons } from "../duty/MapButtons.tsx";
import { useChange, useLive, useMay } from "../live_context.ts";
import { seatOf, shortName } from "../parts/districts.ts";
import { DrawBar } from "./DrawBar.tsx";
import { type Act, randomId, useAct } from "./incident_state.ts";
import type { IncidentEntry } from "./incident_view.ts";

type Stage = "loading" | "ready" | "list" | "failed";

/** A street and its surroundings. */
const PLACE_ZOOM = 14;

/** Made once for the life of the page, whatever React does with this component. */
let theMap: ProvinceMap | null = null;

export function MapView({ entry }: { readonly entry: IncidentEntry }): ReactElement {
	const { t } = useTranslation();
	const box = useRef<HTMLElement>(null);
	const act = useAct();
	const sketch = useSketch(entry, act);
	const { map, stage } = useIncidentMap(box, entry.body.place, sketch);
	const version = useChange(sketch.change);
	useEffect(() => {
		if (map !== null && version >= 0) map.hand.isBusy = sketch.tool !== null;
	}, [map, sketch, version]);
	const { place } = entry.body;
	const isOff = !useMay("incident.edit") || entry.body.state === "closed";
	return (
		<div className={`map ${stage}`} data-map={stage} data-drawings={sketch.drawings.length}>
			<section ref={box} className="map-box" aria-label={t("map.title")} />
			{map === null ? null : (
				<>
					<MapButtons map={map} />
					<HoverCard map={map.hand} />
					<MapBanner watchman={map.watchman} />
					{isOff ? null : <DrawBar hand={sketch} count={sketch.drawings.length} refusal={act.refusal} />}
					<button type="button" className="button go-place" onClick={() => map.visit(place.lon, place.lat)}>
						{t("incident.place.goTo")}
					</button>
				</>
			)}
			{stage === "list" ? <ListMode /> : null}
			{stage === "failed" ? <p className="map-failed">{t("map.failed")}</p> : null}
		</div>
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
			save: async (drawings) => (await edit({ drawings })) !== null,
			move: (lon, lat) => void edit({ place: { ...newest.current.entry.body.place, lon, lat } }).catch(reportError),
			who: () => ({ by: live.wire.hello?.user ?? "", at: live.now() }),
			makeId: randomId,
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

function useIncidentMap(
	box: RefObject<HTMLElement | null>,
	place: IncidentPlace,
	sketch: Sketch,
): { readonly map: ProvinceMap | null; readonly stage: Stage } {
	const live = useLive();
	const { t } = useTranslation();
	const [stage, setStage] = useState<Stage>("loading");
	const [map, setMap] = useState<ProvinceMap | null>(null);
	const first = useRef({ place, sketch, reviewNumber: t("map.reviewNumber") });
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
			const [{ ProvinceMap }, { DrawDesk }] = await Promise.all([
				import("../../map/map.ts"),
				import("../../map/draw.ts"),
			]);
			const { place: at, sketch: hand, reviewNumber } = first.current;
			theMap = new ProvinceMap(
				{
					container,
					live,
					start: { lon: at.lon, lat: at.lat, zoom: PLACE_ZOOM + Math.log2(rootScale()) },
					language: languageNow(),
					cityName: shortName,
					cityPlace: seatOf,
					reviewNumber,
					covered: () => 0,
					onSelect: (id) => theMap?.setSelected(id),
					onView: () => undefined,
				},
				hasMotion,
			);
			theMap.onBase((base) =>
				hand.attach(
					new DrawDesk(base.map, {
						...base,
						onDrawn: (tool, geometry) => hand.drew(tool, geometry),
						onErase: (id) => hand.erase(id),
					}),
				),
			);
			setMap(theMap);
			setStage("ready");
		};
		make().catch((fault: unknown) => {
			reportError(fault);
			setStage("failed");
		});
	}, [box, live]);
	useEffect(
		() =>
			map?.watchman.change.subscribe(() => {
				if (map.watchman.health === "list") setStage("list");
			}),
		[map],
	);
	return { map, stage };
}
