// What a camera looks at: told by its name, else by what stands near it.
import { metresBetween } from "#model/distance.ts";
import type { Feature } from "./reader.ts";
import type { ViewName } from "./scenes/place.ts";

const BY_NAME: readonly (readonly [pattern: RegExp, view: ViewName])[] = [
	[/下穿|涵洞|积水|易涝|地道/, "underpass"],
	[/大门|出入口/, "gate"],
	[/塔吊|塔机|全景/, "crane"],
	[/基坑/, "pit"],
	[/料场|堆场/, "yard"],
	[/围挡|围墙/, "fence"],
	[/桥/, "bridge"],
	[/热源|热电|锅炉/, "plant"],
	[/门站|调压|燃气|储配/, "gas"],
	[/路口|井盖|管廊|街面/, "street"],
];

const BY_KIND: Readonly<Record<string, ViewName>> = {
	crane: "crane",
	pit: "pit",
	dust: "gate",
	underpass: "underpass",
	floodPoint: "street",
	bridge: "bridge",
	heatSource: "plant",
	regulator: "gas",
	manhole: "street",
};

/** Metres within which a neighbour tells what a camera without a telling name looks at. */
const NEAR_M = 150;

export function viewOf(camera: Feature, near: readonly Feature[]): ViewName {
	const { name } = camera.properties;
	const named = BY_NAME.find(([pattern]) => pattern.test(name));
	if (named !== undefined) return named[1];
	let best: ViewName = "street";
	let bestM = NEAR_M;
	for (const other of near) {
		const view = BY_KIND[other.properties.kind];
		const metres = metresBetween(camera.position, other.position);
		if (view !== undefined && metres < bestM) {
			best = view;
			bestM = metres;
		}
	}
	return best;
}
