// One building site at street zoom: foundation pit, what the cranes' jibs sweep and where they point now, dust station, cameras with
// what they look at, each with its figure in wall type. Draws on the wall's canvas; which assets belong together is told by their
// site. A footprint that nobody has surveyed is a symbol, never a made-up polygon.
import { Quality } from "#model/measure.ts";
import type { PageAsset } from "../../live/catalogue.ts";
import { withUnit } from "../../live/format.ts";
import { veil } from "../draw_cities.ts";
import type { Project } from "../draw_clusters.ts";
import type { Palette } from "../palette.ts";
import type { Caption } from "./site_labels.ts";
import { drawCaptions } from "./site_labels.ts";

export interface SiteLook {
	/** Text of a row with its unit, "" when it is not known. */
	readonly figure: (asset: PageAsset, measure: string) => string;
	/** Value of a measure, NaN when it is not known or not fresh. */
	readonly value: (asset: PageAsset, measure: string) => number;
	readonly status: (asset: PageAsset) => number;
	readonly palette: Palette;
	readonly scale: number;
	readonly pxPerMetre: number;
}

/** Kinds that have a drawing of their own here; other kinds are points. */
const DRAWN: ReadonlySet<string> = new Set(["pit", "crane", "dust", "camera", "airStation"]);
/** Without a site of its own an asset stands alone, with what is this near. */
const NEAR_M = 260;
/** A jib whose length nobody wrote down, m. */
const JIB_M = 55;
const CAMERA_REACH_M = 38;
/** Half of the sector drawn around the jib, radians. */
const SECTOR = 0.16;

/** Assets of the site of `id`, those that cover most ground first. */
export function siteOf(assets: readonly PageAsset[], id: string): PageAsset[] {
	const one = assets.find(({ record }) => record.id === id);
	if (one === undefined) return [];
	const { site, lon, lat } = one.record;
	const cos = Math.cos((lat * Math.PI) / 180);
	const isNear = (asset: PageAsset): boolean =>
		Math.hypot((asset.record.lon - lon) * cos, asset.record.lat - lat) * 111_195 < NEAR_M;
	const members = assets.filter(
		(asset) => asset === one || (site !== undefined && asset.record.site === site && isNear(asset)),
	);
	return members.sort((a, b) => order(a) - order(b));
}

function order(asset: PageAsset): number {
	return ["crane", "pit", "camera", "airStation", "dust"].indexOf(asset.kind.id);
}

/** 怒江北街 3 号地块 1# 塔吊 -> 1# 塔吊: the site itself is named once. */
export function shortOf({ record }: Pick<PageAsset, "record">): string {
	// 和平区 怒江北街 3 号地块: the county stands before the plot.
	const { name, site = "" } = record;
	const plot = site.slice(site.indexOf(" ") + 1);
	return plot !== "" && name.startsWith(plot) ? name.slice(plot.length).trim() || name : name;
}

export function drawSite(
	context: CanvasRenderingContext2D,
	members: readonly PageAsset[],
	project: Project,
	look: SiteLook,
): void {
	for (const asset of members) {
		const at = project(asset.record.lon, asset.record.lat);
		if (asset.kind.id === "crane") drawCrane(context, asset, at, look);
		else if (asset.kind.id === "pit") drawPit(context, asset, at, project, look);
		else if (asset.kind.id === "camera") drawCamera(context, asset, at, look);
	}
	for (const asset of members) {
		const at = project(asset.record.lon, asset.record.lat);
		if (asset.kind.id === "dust" || asset.kind.id === "airStation") drawStation(context, at, look);
	}
}

/** Words of the site. The worst come first: a caption that finds no room is left out. */
export function drawSiteCaptions(
	context: CanvasRenderingContext2D,
	members: readonly PageAsset[],
	project: Project,
	look: SiteLook,
): void {
	const ranked = [...members].sort((a, b) => (look.status(b) % 5) - (look.status(a) % 5) || order(b) - order(a));
	const captions = ranked.map((asset): Caption => {
		const status = look.status(asset);
		const colour = status >= 1 && status <= 4 ? look.palette.status[status] : undefined;
		const at = project(asset.record.lon, asset.record.lat);
		const caption = { ...at, name: shortOf(asset), figure: figureOf(asset, look) };
		return colour === undefined ? caption : { ...caption, colour };
	});
	drawCaptions(context, captions, look.palette, look.scale);
}

/** Whether the point layer must leave this asset to the drawing. */
export function isDrawnHere(asset: PageAsset): boolean {
	return DRAWN.has(asset.kind.id);
}

interface At {
	readonly x: number;
	readonly y: number;
}

function drawCrane(context: CanvasRenderingContext2D, asset: PageAsset, { x, y }: At, look: SiteLook): void {
	const { palette, scale, pxPerMetre } = look;
	const fields = asset.record.fields ?? {};
	const reach = (Number(fields.jib ?? fields.radius) || JIB_M) * pxPerMetre;
	context.beginPath();
	context.arc(x, y, reach, 0, 2 * Math.PI);
	context.fillStyle = veil(palette.text, 0.05);
	context.fill();
	context.strokeStyle = veil(palette.text2, 0.75);
	context.lineWidth = 1.4 * scale;
	context.setLineDash([7 * scale, 5 * scale]);
	context.stroke();
	context.setLineDash([]);
	const slew = look.value(asset, "slew");
	if (!Number.isNaN(slew)) drawJib(context, { x, y }, reach, slew, look.value(asset, "radius"), look);
	context.fillStyle = palette.text;
	context.strokeStyle = palette.outline;
	context.lineWidth = 1.5 * scale;
	context.beginPath();
	context.rect(x - 6 * scale, y - 6 * scale, 12 * scale, 12 * scale);
	context.fill();
	context.stroke();
}

/** Slew is counted clockwise from north; the trolley stands at `radius` metres. */
function drawJib(
	context: CanvasRenderingContext2D,
	{ x, y }: At,
	reach: number,
	slew: number,
	radius: number,
	{ palette, scale, pxPerMetre }: SiteLook,
): void {
	const angle = ((slew - 90) * Math.PI) / 180;
	context.beginPath();
	context.moveTo(x, y);
	context.arc(x, y, reach, angle - SECTOR, angle + SECTOR);
	context.closePath();
	context.fillStyle = veil(palette.text, 0.14);
	context.fill();
	context.strokeStyle = palette.text;
	context.lineWidth = 3.2 * scale;
	context.beginPath();
	// The counter-jib is about a quarter of the jib.
	context.moveTo(x - 0.24 * reach * Math.cos(angle), y - 0.24 * reach * Math.sin(angle));
	context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
	context.stroke();
	if (!(radius > 0)) return;
	const trolley = Math.min(reach, radius * pxPerMetre);
	context.fillStyle = palette.text;
	context.beginPath();
	context.arc(x + trolley * Math.cos(angle), y + trolley * Math.sin(angle), 5.5 * scale, 0, 2 * Math.PI);
	context.fill();
}

function drawPit(
	context: CanvasRenderingContext2D,
	asset: PageAsset,
	{ x, y }: At,
	project: Project,
	{ palette, scale }: SiteLook,
): void {
	const path = asset.record.path ?? [];
	const half = 17 * scale;
	const corners: At[] =
		path.length > 2
			? path.map(([lon, lat]) => project(lon, lat))
			: [
					{ x: x - half, y: y - half },
					{ x: x + half, y: y - half },
					{ x: x + half, y: y + half },
					{ x: x - half, y: y + half },
				];
	context.beginPath();
	for (const corner of corners) context.lineTo(corner.x, corner.y);
	context.closePath();
	context.fillStyle = veil(palette.ground, 0.72);
	context.fill();
	context.strokeStyle = palette.text2;
	context.lineWidth = 2.2 * scale;
	context.stroke();
	// Strokes inward along the rim: the sign for a slope on every plan.
	context.lineWidth = 1.3 * scale;
	for (const [i, a] of corners.entries()) hatch(context, a, corners[(i + 1) % corners.length] ?? a, { x, y }, scale);
}

function hatch(context: CanvasRenderingContext2D, a: At, b: At, middle: At, scale: number): void {
	const length = Math.hypot(b.x - a.x, b.y - a.y);
	const count = Math.floor(length / (9 * scale));
	for (let i = 1; i < count; i++) {
		const part = i / count;
		const x = a.x + (b.x - a.x) * part;
		const y = a.y + (b.y - a.y) * part;
		const inward = Math.hypot(middle.x - x, middle.y - y) || 1;
		const long = (i % 2 === 0 ? 9 : 5) * scale;
		context.beginPath();
		context.moveTo(x, y);
		context.lineTo(x + ((middle.x - x) / inward) * long, y + ((middle.y - y) / inward) * long);
		context.stroke();
	}
}

function drawCamera(context: CanvasRenderingContext2D, asset: PageAsset, { x, y }: At, look: SiteLook): void {
	const { palette, scale, pxPerMetre } = look;
	const fields = asset.record.fields ?? {};
	const bearing = Number(fields.bearing);
	if (Number.isFinite(bearing) && fields.bearing !== undefined) {
		const half = (((Number(fields.view) || 60) / 2) * Math.PI) / 180;
		const angle = ((bearing - 90) * Math.PI) / 180;
		context.beginPath();
		context.moveTo(x, y);
		context.arc(x, y, CAMERA_REACH_M * pxPerMetre, angle - half, angle + half);
		context.closePath();
		context.fillStyle = veil(palette.text, 0.1);
		context.fill();
		context.strokeStyle = veil(palette.text2, 0.6);
		context.lineWidth = 1.2 * scale;
		context.stroke();
	}
	context.fillStyle = palette.text;
	context.strokeStyle = palette.outline;
	context.lineWidth = 1.5 * scale;
	context.beginPath();
	context.roundRect(x - 10 * scale, y - 6 * scale, 14 * scale, 12 * scale, 2 * scale);
	context.moveTo(x + 5 * scale, y - 2 * scale);
	context.lineTo(x + 11 * scale, y - 6 * scale);
	context.lineTo(x + 11 * scale, y + 6 * scale);
	context.lineTo(x + 5 * scale, y + 2 * scale);
	context.closePath();
	context.fill();
	context.stroke();
}

function drawStation(context: CanvasRenderingContext2D, { x, y }: At, { palette, scale }: SiteLook): void {
	context.fillStyle = palette.text;
	context.strokeStyle = palette.outline;
	context.lineWidth = 2 * scale;
	context.beginPath();
	context.arc(x, y, 7 * scale, 0, 2 * Math.PI);
	context.fill();
	context.stroke();
}

/** What a passer-by of the wall wants to know of each; the other measures stand in the case. */
function figureOf(asset: PageAsset, look: SiteLook): string {
	const fields = asset.record.fields ?? {};
	switch (asset.kind.id) {
		case "dust":
			return look.figure(asset, "pm10") === "" ? "" : `PM10 ${look.figure(asset, "pm10")}`;
		case "airStation":
			return look.figure(asset, "pm25") === "" ? "" : `PM2.5 ${look.figure(asset, "pm25")}`;
		case "crane":
			return look.figure(asset, "moment") || look.figure(asset, "windSpeed");
		case "pit":
			return (
				look.figure(asset, "topHorizontal") || (fields.depth === undefined ? "" : withUnit(String(fields.depth), "m"))
			);
		default:
			return "";
	}
}

/** Fresh enough to be drawn as of now: a crane sends its angle while it works, and only then. */
export function isKnown(quality: number, at: number, now: number, withinMs: number): boolean {
	return (quality === Quality.good || quality === Quality.suspect) && at > 0 && now - at < withinMs;
}
