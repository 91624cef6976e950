// The page row's page: the product's own table, status board, picture and layers on a deck of deck.gl, and the baseline of
// objects and accessors on another. Only drawing itself is left out: this machine draws with its processor, which says
// nothing about a page. Everything that is JavaScript and upload is there. Built by rows/page.ts, asked through `window`.
import { Deck, type Layer, MapView } from "@deck.gl/core";
import { ScatterplotLayer } from "@deck.gl/layers";
import { Catalogue } from "../../../client/live/catalogue.ts";
import { PageLatest } from "../../../client/live/latest.ts";
import { Painter } from "../../../client/live/paint.ts";
import { linesOf, pathLayer } from "../../../client/map/layers/path_layer.ts";
import { PointLayers } from "../../../client/map/layers/point_layers.ts";
import type { Palette } from "../../../client/map/palette.ts";
import { Picture } from "../../../client/map/picture.ts";

const PALETTE: Palette = {
	status: ["#8a94a6", "#5aa5ff", "#ffd23f", "#f5872e", "#ff4d4f", "#6b7280"],
	ground: "#0b1220",
	outline: "#0b1220",
	text: "#ffffff",
	text2: "#c0c8d4",
	text3: "#8a94a6",
	land: "#141c2b",
	accent: "#5aa5ff",
};
/** Every asset stands by itself: the most that is ever painted. */
const POINTS_ZOOM = 13;
const SIZE = 512;

interface Ticks {
	/** Milliseconds of each tick. */
	readonly ours: number[];
	/** The same picture: one point per asset. */
	readonly objects: number[];
	/** One point per channel. */
	readonly channelObjects: number[];
}

declare global {
	interface Window {
		benchPage: (ticks: number) => Promise<Ticks>;
	}
}

function leaveOutDrawing(): void {
	const gl = WebGL2RenderingContext.prototype;
	const nothing = (): void => undefined;
	for (const name of ["drawArrays", "drawArraysInstanced", "drawElements", "drawElementsInstanced"] as const) {
		Object.defineProperty(gl, name, { value: nothing });
	}
}

function newDeck(): Promise<Deck> {
	const canvas = document.createElement("canvas");
	document.body.append(canvas);
	return new Promise((ready) => {
		const deck: Deck = new Deck({
			canvas,
			width: SIZE,
			height: SIZE,
			views: new MapView({ repeat: false }),
			initialViewState: { longitude: 123.4, latitude: 41.8, zoom: POINTS_ZOOM },
			layers: [],
			onLoad: () => ready(deck),
		}) as unknown as Deck;
	});
}

/** What deck.gl does in its next animation frame, now: attributes are computed and uploaded in `updateLayers`. */
function show(deck: Deck, layers: Layer[]): void {
	deck.setProps({ layers });
	(deck as unknown as { readonly layerManager: { updateLayers(): void } }).layerManager.updateLayers();
	deck.redraw("bench");
}

async function bytesAt(path: string): Promise<Uint8Array> {
	return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

/** Nothing else is under way: the next tick stands for itself. */
function idle(): Promise<void> {
	return new Promise((done) => setTimeout(done, 20));
}

async function ours(ticks: number): Promise<number[]> {
	const deck = await newDeck();
	const latest = new PageLatest();
	const catalogue = new Catalogue();
	let frame: ((at: number) => void) | null = null;
	const frames = {
		request: (run: (at: number) => void): void => {
			frame = run;
		},
		now: () => performance.now(),
	};
	const painter = new Painter(latest, catalogue, frames);
	const points = new PointLayers({ palette: PALETTE, scale: 1, breath: 0 });
	const picture = new Picture(catalogue, painter.board, points, () => null);
	picture.setZoom(POINTS_ZOOM);
	const problem = catalogue.take(await (await fetch("/catalogue")).json());
	if (problem !== null) throw new Error(problem.detail);
	const lines = linesOf(catalogue.assets);
	painter.add({
		paint: (changed, count) => {
			picture.paint(changed, count);
			const { pointFacts, lineVersion } = picture;
			show(deck, [pathLayer(lines, pointFacts, PALETTE, 1, lineVersion), ...points.layers()]);
		},
	});
	const times: number[] = [];
	for (let tick = 0; tick <= ticks; tick++) {
		const bytes = await bytesAt(`/delta/${tick}`);
		await idle();
		const startedAt = performance.now();
		if (latest.apply(bytes) === "gap") throw new Error(`delta ${tick} does not follow`);
		painter.request();
		const run = frame as ((at: number) => void) | null;
		frame = null;
		run?.(startedAt);
		times.push(performance.now() - startedAt);
	}
	deck.finalize();
	return times.slice(1);
}

interface ChannelObject {
	row: number;
	value: number;
	at: number;
	quality: string;
	severity: number;
}

interface AssetObject {
	readonly position: [number, number];
	readonly radius: number;
	readonly channels: ChannelObject[];
}

interface CatalogueAnswer {
	readonly assets: readonly {
		readonly record: { readonly lon: number; readonly lat: number };
		readonly firstRow: number;
		readonly measures: readonly string[];
	}[];
}

const COLOURS: [number, number, number][] = [
	[138, 148, 166],
	[90, 165, 255],
	[255, 210, 63],
	[245, 135, 46],
	[255, 77, 79],
];

function colourOf(asset: AssetObject): [number, number, number] {
	return COLOURS[Math.max(...asset.channels.map(({ severity }) => severity))] ?? [0, 0, 0];
}

/** What deck.gl's documentation shows first: an array of objects, accessors, a new array when something changed. */
async function baseline(ticks: number, pointPerChannel: boolean): Promise<number[]> {
	const deck = await newDeck();
	const { assets } = (await (await fetch("/catalogue")).json()) as CatalogueAnswer;
	const rows = new Map<number, ChannelObject>();
	const objects = assets.flatMap(({ record, firstRow, measures }): AssetObject[] => {
		const channels = measures.map((_, offset) => {
			const channel = { row: firstRow + offset, value: 0, at: 0, quality: "none", severity: 0 };
			rows.set(channel.row, channel);
			return channel;
		});
		const groups = pointPerChannel ? channels.map((channel) => [channel]) : [channels];
		return groups.map((group) => ({ position: [record.lon, record.lat], radius: 5, channels: group }));
	});
	const times: number[] = [];
	for (let tick = 0; tick <= ticks; tick++) {
		const text = await (await fetch(`/updates/${tick}`)).text();
		await idle();
		const startedAt = performance.now();
		for (const update of JSON.parse(text) as ChannelObject[]) Object.assign(rows.get(update.row) ?? {}, update);
		const layer = new ScatterplotLayer<AssetObject>({
			id: "objects",
			data: [...objects],
			getPosition: (asset) => asset.position,
			getRadius: (asset) => asset.radius,
			getFillColor: colourOf,
			radiusUnits: "pixels",
		});
		show(deck, [layer]);
		times.push(performance.now() - startedAt);
	}
	deck.finalize();
	return times.slice(1);
}

leaveOutDrawing();
window.benchPage = async (ticks) => ({
	ours: await ours(ticks),
	objects: await baseline(ticks, false),
	channelObjects: await baseline(ticks, true),
});
