// The wall: the province in one picture for people who stand six metres away and touch nothing. Over the map: the sentence, the
// pulse at the left, the case in hand at the right, the river at the foot. Each part has its own guard; none can take another
// with it. Where the map stands is the tour's to say (use_tour.ts).
import { type ReactElement, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { seasonOf } from "../../live/pulse_season.ts";
import type { RiverPin } from "../../live/river.ts";
import type { Insets } from "../../live/stop.ts";
import type { TourPhase } from "../../live/tour.ts";
import { useChange, useLive, useNow, useShut } from "../live_context.ts";
import { Guard } from "../parts/Guard.tsx";
import { usePageTitle } from "../parts/page_title.ts";
import { Pulse } from "../parts/pulse/Pulse.tsx";
import { River } from "../parts/river/River.tsx";
import { Veil } from "../parts/Veil.tsx";
import { Caption } from "./Caption.tsx";
import { CaseColumn } from "./CaseColumn.tsx";
import { MapView } from "./MapView.tsx";
import { type Arc, useArc } from "./use_arc.ts";
import { useTour } from "./use_tour.ts";
import { WallTop } from "./WallTop.tsx";
import "../../style/states.css";
import "../../style/wall.css";
import "../../style/wall_case.css";

export function WallPage(): ReactElement {
	const isShut = useShut("read");
	// Who sees own sites alone has no province to look at.
	useEffect(() => {
		if (isShut) location.replace("/duty");
	}, [isShut]);
	return <Wall />;
}

function Wall(): ReactElement {
	const { t } = useTranslation();
	const live = useLive();
	const arc = useArc();
	const tour = useTour();
	useChange(live.link.change);
	usePageTitle(t("wall.title"));
	const { phase } = tour.state;
	const field = useField();
	const insets = useMemo(() => withRoom(arc, phase), [arc, phase]);
	return (
		<main
			className={`wall on-${phase}${live.link.state === "lost" ? " old" : ""}`}
			aria-label={t("wall.title")}
			data-tour={phase}
			data-round={tour.state.round}
		>
			<div className="wall-map">
				<Guard name="map">
					<MapView stop={tour.stop} insets={insets} field={field} />
				</Guard>
			</div>
			<div className="wall-scrim" aria-hidden="true" />
			<Guard name="top">
				<WallTop tour={tour} />
			</Guard>
			<div className="wall-left">
				<Guard name="pulse">
					<Pulse />
				</Guard>
			</div>
			<Guard name="caption">
				<Caption tour={tour} />
			</Guard>
			<div className="wall-right">
				<Guard name="case">
					<CaseColumn tour={tour} />
				</Guard>
			</div>
			<div className="wall-river">
				<Guard name="river">
					<River onPin={openOnDesk} />
				</Guard>
			</div>
			<Veil />
		</main>
	);
}

/** What stands over the map besides the columns, minutes of arc: the caption, the picture at a site, the case that grows. */
function withRoom({ px, insets }: Arc, phase: TourPhase): Insets {
	const caption = phase === "city" || phase === "site" ? 96 : 0;
	const right = phase === "site" ? 150 : phase === "case" ? 90 : 0;
	return { ...insets, bottom: insets.bottom + caption * px, right: insets.right + right * px };
}

/** A pin is a case: the desk is where one works on it. */
function openOnDesk({ asset, alarm }: RiverPin): void {
	const query = new URLSearchParams(asset === null ? { alarm } : { asset });
	location.assign(`/duty?${query}`);
}

/** What lies over the land: isotherms while it is cold, rain in the flood season. */
function useField(): "isotherms" | "rain" | "none" {
	const day = Math.floor(useNow() / 3_600_000);
	return useMemo(() => {
		if (day === 0) return "none";
		const season = seasonOf(day * 3_600_000);
		if (season === "winter") return "isotherms";
		return season === "flood" ? "rain" : "none";
	}, [day]);
}
