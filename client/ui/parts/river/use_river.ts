// The hooks behind River.tsx: the answer brought up to now, the forecast of the season, and the picture on the canvas.
import { type RefObject, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { seasonOf } from "../../../live/pulse_season.ts";
import { followRiver, type RiverData } from "../../../live/river.ts";
import { type Forecast, forecastOf, forecastRows } from "../../../live/river_forecast.ts";
import { useChange, useLive, useNow } from "../../live_context.ts";
import { placeName } from "../districts.ts";
import { drawRiver, type RiverPicture } from "./river_draw.ts";
import { lookOf } from "./river_look.ts";
import { placePins, streamBands } from "./river_shape.ts";
import { forecastText, shiftText } from "./river_text.ts";
import { type CanvasSize, contextOf } from "./use_canvas.ts";

/** The now line moves a pixel in about 40 s. */
const MOVE_MS = 10_000;
/** Forecasts are renewed every few minutes. */
const FORECAST_EVERY_MS = 5_000;

/** Followed by the list of this page, at a `now` that moves every few seconds. */
export function useRiver(data: RiverData | null): { readonly river: RiverData | null; readonly now: number } {
	const live = useLive();
	const now = Math.ceil(useNow() / MOVE_MS) * MOVE_MS;
	// Read at the tick of the second, not at every change: in a storm the river would be laid out five times as often as it can be read.
	const changed = live.alarms.change.read();
	const river = useMemo(() => {
		// `changed` stands for the list, which is read here.
		if (data === null || !live.alarms.isLoaded || changed < 0) return data;
		return followRiver(data, live.alarms.open, Math.max(now, data.from));
	}, [data, live, changed, now]);
	return { river, now };
}

/** The season's forecast, looked up every few seconds; null while the cities have not spoken. */
export function useForecast(): Forecast | null {
	const live = useLive();
	const catalogue = useChange(live.catalogue.change);
	const tick = Math.floor(useNow() / FORECAST_EVERY_MS);
	const isRain = tick > 0 && seasonOf(tick * FORECAST_EVERY_MS) === "flood";
	const quantity = isRain ? "rain" : "temperature";
	useEffect(() => {
		if (catalogue >= 0) live.follower.setNamed("forecast", forecastRows(live.catalogue, quantity));
		return () => live.follower.setNamed("forecast", []);
	}, [live, catalogue, quantity]);
	return useMemo(
		() => (tick < 0 || catalogue < 0 ? null : forecastOf(live.catalogue, live.latest.table, quantity)),
		[live, catalogue, quantity, tick],
	);
}

interface Shown {
	readonly river: RiverData | null;
	readonly now: number;
	readonly forecast: Forecast | null;
	readonly read: number | null;
}

/** Lays the picture out and paints it; null while there is nothing to lay out. */
export function usePainted(
	canvas: RefObject<HTMLCanvasElement | null>,
	size: CanvasSize | null,
	{ river, now, forecast, read }: Shown,
): RiverPicture | null {
	const { t } = useTranslation();
	const [measure] = useState(() => document.createElement("canvas").getContext("2d", { willReadFrequently: true }));
	const picture = useMemo((): RiverPicture | null => {
		if (river === null || size === null || now === 0) return null;
		const family = canvas.current === null ? "sans-serif" : getComputedStyle(canvas.current).fontFamily;
		const width = (text: string): number => {
			if (measure === null) return text.length * size.type;
			measure.font = `400 ${size.type}px ${family}`;
			return measure.measureText(text).width;
		};
		const pins = placePins(river.pins, now, size, { place: (pin) => placeName(pin.district), width });
		return { river, now, size, runs: streamBands(river, now, size), pins, forecast, read };
	}, [canvas, river, now, size, forecast, read, measure]);
	useEffect(() => {
		const element = canvas.current;
		if (element === null || picture === null || size === null) return;
		const context = contextOf(element, size);
		if (context === null) return;
		drawRiver(context, picture, lookOf(element), {
			now: t("river.now"),
			history: t("river.history"),
			forecast: forecastText(t, picture.forecast),
			shift: shiftText,
		});
	}, [canvas, picture, size, t]);
	return picture;
}
