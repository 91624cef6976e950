// The frame of every map: one map for the life of a page, made in an empty box whatever React does with the component; without WebGL2,
// or after too many losses, the fourteen cities as a table. What the map is and what lies over it is the page's to say.
import type { TFunction } from "i18next";
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "../../live/change.ts";
import type { Live } from "../../live/live.ts";
import { isGivenUp, probeGpu } from "../../map/webgl.ts";
import { languageNow } from "../../text/text.ts";
import { ListMode } from "../duty/ListMode.tsx";
import { MapBanner } from "../duty/MapBanner.tsx";
import { useLive } from "../live_context.ts";
import { seatOf, shortName } from "./districts.ts";
import "../../style/map.css";

type Stage = "loading" | "ready" | "list" | "failed";

/** What every map is given. */
interface MapCommon {
	readonly container: HTMLElement;
	readonly live: Live;
	readonly language: "zh" | "en";
	readonly cityName: typeof shortName;
	readonly cityPlace: typeof seatOf;
	/** 审图号 */
	readonly reviewNumber: string;
	/** Drawn by the processor. */
	readonly isSoftware: boolean;
}

interface Watched {
	readonly watchman: { readonly change: Change; readonly health: string };
}

export interface OneMap<M extends Watched> {
	readonly box: RefObject<HTMLElement | null>;
	readonly map: M | null;
	readonly stage: Stage;
}

let isMade = false;

/** As the server wrote it into the page's head; a map without one says so. */
function reviewNumberOf(t: TFunction): string {
	const number = document.querySelector<HTMLMetaElement>('meta[name="map-number"]')?.content ?? "";
	return number === "" ? t("map.noReviewNumber") : t("map.reviewNumber", { number });
}

/** `make` is called once in the life of the page, when the map's own chunk may be loaded. */
export function useOneMap<M extends Watched>(make: (common: MapCommon, hasMotion: boolean) => Promise<M>): OneMap<M> {
	const { t } = useTranslation();
	const live = useLive();
	const box = useRef<HTMLElement>(null);
	const [stage, setStage] = useState<Stage>("loading");
	const [map, setMap] = useState<M | null>(null);
	const first = useRef({ make, reviewNumber: reviewNumberOf(t) });
	useEffect(() => {
		const container = box.current;
		if (container === null || isMade) return;
		const gpu = probeGpu(document.createElement("canvas"));
		if (!gpu.hasWebGl2 || isGivenUp(sessionStorage, Date.now())) {
			setStage("list");
			return;
		}
		isMade = true;
		const hasMotion = !gpu.isSoftware && !matchMedia("(prefers-reduced-motion: reduce)").matches;
		const { make: begin, reviewNumber } = first.current;
		const places = { cityName: shortName, cityPlace: seatOf };
		const common = { container, live, language: languageNow(), ...places, reviewNumber, isSoftware: gpu.isSoftware };
		const made = (one: M): void => {
			setMap(() => one);
			setStage("ready");
		};
		const failed = (fault: unknown): void => {
			isMade = false;
			reportError(fault);
			setStage("failed");
		};
		begin(common, hasMotion).then(made, failed);
	}, [live]);
	useEffect(
		() =>
			map?.watchman.change.subscribe(() => {
				if (map.watchman.health === "list") setStage("list");
			}),
		[map],
	);
	return { box, map, stage };
}

interface MapViewProps<M extends Watched> {
	readonly one: OneMap<M>;
	/** For tests and styles, as data-… of the frame. */
	readonly marks?: Readonly<Record<`data-${string}`, string | number>>;
	/** What lies over the map. */
	readonly children: (map: M) => ReactNode;
}

export function MapView<M extends Watched>({ one, marks = {}, children }: MapViewProps<M>): ReactElement {
	const { t } = useTranslation();
	const { box, map, stage } = one;
	return (
		<div className={`map ${stage}`} data-map={stage} {...marks}>
			<section ref={box} className="map-box" aria-label={t("map.title")} />
			{map === null ? null : (
				<>
					{children(map)}
					<MapBanner watchman={map.watchman} />
				</>
			)}
			{stage === "list" ? <ListMode /> : null}
			{stage === "failed" ? <p className="map-failed">{t("map.failed")}</p> : null}
		</div>
	);
}
