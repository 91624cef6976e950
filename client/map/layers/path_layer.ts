// Lines and areas (mains, tunnels, pits): the asset's own path in the colour of its status. Few and seldom changed, so plain
// deck.gl PathLayer over records; rebuilt when a status of one of them changes, not per reading.
import type { Layer } from "deck.gl";
import { PathLayer } from "deck.gl";
import type { PageAsset } from "../../live/catalogue.ts";
import type { Palette } from "../palette.ts";
import { rgba } from "../palette.ts";

export interface Line {
	readonly index: number;
	readonly path: readonly (readonly [number, number])[];
}

/** Assets that are drawn by their path; an area's ring is closed. */
export function linesOf(assets: readonly PageAsset[]): Line[] {
	const lines: Line[] = [];
	for (const asset of assets) {
		const { path } = asset.record;
		if (path === undefined) continue;
		const [first] = path;
		const isRing = asset.kind.geometry === "area" && first !== undefined;
		lines.push({ index: asset.index, path: isRing ? [...path, first] : path });
	}
	return lines;
}

/** `isNear`: false at province zoom, where a city's mains would be a scribble over its name; what is urgent is a pin there. `version` changes when a status or a visibility changed: deck.gl looks at the colours again then, and only then. */
export function pathLayer(
	lines: readonly Line[],
	facts: { readonly status: Uint8Array; readonly visible: Uint8Array },
	palette: Palette,
	scale: number,
	version: number,
	isNear = true,
): Layer {
	const colours = palette.status.map((colour) => rgba(colour, 0.9).map((part) => Math.round(part * 255)));
	return new PathLayer<Line>({
		id: "lines",
		data: lines as Line[],
		getPath: (line) => line.path as [number, number][],
		getColor: (line) => {
			const colour = colours[facts.status[line.index] ?? 0] ?? [0, 0, 0, 0];
			const alpha = facts.visible[line.index] === 1 ? colour[3] : 0;
			return [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0, alpha ?? 0];
		},
		getWidth: (line) => ((facts.status[line.index] ?? 0) % 5 === 0 ? 1.5 : 3),
		widthUnits: "pixels",
		widthScale: scale,
		widthMinPixels: 1,
		capRounded: true,
		jointRounded: true,
		updateTriggers: { getColor: version, getWidth: version },
		visible: isNear,
		pickable: false,
		parameters: { depthCompare: "always", depthWriteEnabled: false },
	});
}
