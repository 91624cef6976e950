// What the tour shows, in words over the map: name of the province, the city or the site, and its figures of now. Under it the
// share of the leg that has passed is not drawn: nothing moves that is not data.

import type { TFunction } from "i18next";
import { type ReactElement, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { numberText } from "../../live/format.ts";
import type { Live } from "../../live/live.ts";
import { pulseNow, pulseQuantity } from "../../live/pulse.ts";
import { goodValue } from "../../live/river_forecast.ts";
import { useLive, useNow } from "../live_context.ts";
import { shortName } from "../parts/districts.ts";
import { cityFacts } from "./city_facts.ts";
import type { SiteVisit, TourRound } from "./tour_plan.ts";
import type { Tour } from "./use_tour.ts";

export function Caption({ tour }: { readonly tour: Tour }): ReactElement | null {
	const { t } = useTranslation();
	const live = useLive();
	const { phase } = tour.state;
	const site = phase === "site" ? (tour.round?.site ?? null) : null;
	useSiteRows(live, site);
	// Figures are read again once a second.
	useNow();
	const words = captionOf(t, live, phase, tour.round);
	if (words === null) return null;
	return (
		<div className={`wall-caption${phase === "province" || phase === "back" ? " over-land" : ""}`} aria-live="polite">
			<p className="wall-caption-name">{words.name}</p>
			<p className="wall-caption-figures">{words.figures.join("　")}</p>
		</div>
	);
}

function captionOf(
	t: TFunction,
	live: Live,
	phase: string,
	round: TourRound | null,
): { readonly name: string; readonly figures: readonly string[] } | null {
	if (phase === "province" || phase === "back") {
		const assets = live.catalogue.assets.length;
		const channels = live.catalogue.assets.reduce((sum, asset) => sum + asset.measures.length - 1, 0);
		const figures = [
			t("wall.tour.assets", { count: assets.toLocaleString("en-US") }),
			t("wall.tour.channels", { count: channels.toLocaleString("en-US") }),
		];
		return { name: t("wall.tour.province"), figures };
	}
	if (round === null) return null;
	if (phase === "city") return { name: shortName(round.city), figures: cityFigures(t, live, round.city) };
	if (phase === "site" && round.site !== null) {
		return { name: round.site.name, figures: siteFigures(t, live, round.site) };
	}
	return null;
}

function cityFigures(t: TFunction, live: Live, city: string): readonly string[] {
	const facts = cityFacts(live.catalogue, city);
	const figures: string[] = [];
	if (facts.mainKm > 0) figures.push(t("wall.tour.mains", { km: numberText(facts.mainKm, 0) }));
	if (facts.heatStations > 0) figures.push(t("wall.tour.stations", { count: facts.heatStations }));
	const heat = pulseQuantity("winter", live.catalogue);
	const supply = heat?.id === "heat" ? pulseNow(live.catalogue, live.latest.table, heat).get(city) : undefined;
	if (supply !== undefined && facts.mainKm > 0) figures.push(t("wall.tour.supply", { value: numberText(supply, 1) }));
	if (figures.length < 2) figures.push(t("wall.tour.assets", { count: facts.assets }));
	return figures;
}

function siteFigures(t: TFunction, live: Live, { assets }: SiteVisit): readonly string[] {
	const value = (kind: string, measure: string): number | null => {
		for (const asset of assets) {
			if (asset.kind.id !== kind) continue;
			const found = goodValue(live.catalogue, live.latest.table, asset, measure);
			if (found !== null) return found;
		}
		return null;
	};
	const pit = assets.find(({ kind }) => kind.id === "pit");
	const depth = pit?.record.fields?.depth;
	const cranes = assets.filter(({ kind }) => kind.id === "crane").length;
	const moved = value("pit", "topHorizontal");
	const dust = value("dust", "pm10");
	return [
		typeof depth === "number" ? t("wall.tour.depth", { value: numberText(depth, 1) }) : "",
		moved === null ? "" : t("wall.tour.pitMove", { value: numberText(moved, 1) }),
		cranes === 0 ? "" : t("wall.tour.cranes", { count: cranes }),
		dust === null ? "" : t("wall.tour.dust", { value: numberText(dust, 0) }),
	].filter((text) => text !== "");
}

/** The site's rows come with values while it is shown. */
function useSiteRows(live: Live, site: SiteVisit | null): void {
	const rows = useMemo(() => (site?.assets ?? []).slice(0, 12).map(({ record }) => ({ asset: record.id })), [site]);
	useEffect(() => {
		live.follower.setNamed("tour", rows);
		return () => live.follower.setNamed("tour", []);
	}, [live, rows]);
}
