// The wall's type on this screen: `?screen=1.37x6` (metres high x metres away) is kept on this machine; without it the usual wall.
// A picture narrower than 16:9 is measured by its width, so that the columns keep their room. Gives the map its margins.
import { useEffect, useState } from "react";
import type { Insets } from "../../live/stop.ts";
import { arcPx, USUAL_WALL, type Viewing, viewingOf } from "../../scene/viewing.ts";

const KEY = "liaowang.screen";
/** Width of the widest picture that is still measured by its width. */
const NARROW = 9 / 16;

/** In minutes of arc: the same numbers as style/wall.css. */
const TOP = 84;
const LEFT = 318;
const RIGHT = 340;
const BOTTOM = 188;

export interface Arc {
	/** CSS px of one minute of arc. */
	readonly px: number;
	readonly insets: Insets;
}

export function useArc(): Arc {
	const [viewing] = useState(readViewing);
	const [arc, setArc] = useState(() => arcOf(viewing));
	useEffect(() => {
		const measure = (): void => setArc(arcOf(viewing));
		window.addEventListener("resize", measure);
		return () => window.removeEventListener("resize", measure);
	}, [viewing]);
	useEffect(() => {
		const { style } = document.documentElement;
		style.setProperty("--arc", `${arc.px.toFixed(4)}px`);
		return () => {
			style.removeProperty("--arc");
		};
	}, [arc.px]);
	return arc;
}

function readViewing(): Viewing {
	const said = new URLSearchParams(location.search).get("screen");
	const asked = viewingOf(said);
	if (asked !== null && said !== null) localStorage.setItem(KEY, said);
	return asked ?? viewingOf(localStorage.getItem(KEY)) ?? USUAL_WALL;
}

function arcOf(viewing: Viewing): Arc {
	const px = arcPx(viewing, Math.min(window.innerHeight, window.innerWidth * NARROW));
	return { px, insets: { top: TOP * px, left: LEFT * px, right: RIGHT * px, bottom: BOTTOM * px } };
}
