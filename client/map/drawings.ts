// What people draw for an incident, as GeoJSON: made from what the hand left, measured, and prepared for drawing. Pure; the
// incident keeps it (model/incident.ts), draw.ts puts it on the map. Never an alarm, never a reading.
import { area, circle, length, lineString, polygon } from "@turf/turf";
import { metresText } from "../live/metres.ts";

export const shapes = ["point", "line", "polygon", "circle", "label", "arrow"] as const;
export type Shape = (typeof shapes)[number];

export type Position = readonly number[];

export type DrawingGeometry =
	| { readonly type: "Point"; readonly coordinates: Position }
	| { readonly type: "LineString"; readonly coordinates: readonly Position[] }
	| { readonly type: "Polygon"; readonly coordinates: readonly (readonly Position[])[] };

/** One thing that somebody drew. GeoJSON has no circle and no arrow: `shape` says what the geometry means. */
export interface Drawing {
	readonly type: "Feature";
	readonly id: string;
	readonly geometry: DrawingGeometry;
	readonly properties: {
		readonly shape: Shape;
		/** "" when it has no words. */
		readonly text: string;
		/** Of a circle, metres. */
		readonly radiusM?: number;
		readonly by: string;
		/** Server time, epoch ms. */
		readonly at: number;
	};
}

export interface Stroke {
	readonly id: string;
	readonly by: string;
	readonly at: number;
	readonly text?: string;
}

/** Corners of the ring that stands for a circle. */
const CIRCLE_STEPS = 64;
/** Digits behind the point that are kept of a degree: a centimetre is less than a hand can place. */
const DIGITS = 6;
/** A circle of less is a slip of the hand; one of more leaves the province. */
export const RADIUS_M = { least: 5, most: 200_000 } as const;

const rounded = (position: Position): Position => position.slice(0, 2).map((degree) => Number(degree.toFixed(DIGITS)));

/** @returns null when the geometry is none of this shape: a line of one point, a ring without an inside. */
export function drawingOf(shape: Shape, geometry: DrawingGeometry, stroke: Stroke): Drawing | null {
	const kept = keptGeometry(shape, geometry);
	if (kept === null) return null;
	const radiusM = shape === "circle" && kept.type === "Polygon" ? radiusOf(kept.coordinates[0] ?? []) : null;
	if (shape === "circle" && (radiusM === null || radiusM < RADIUS_M.least || radiusM > RADIUS_M.most)) return null;
	const { id, by, at, text = "" } = stroke;
	const properties = { shape, text: text.trim(), ...(radiusM === null ? {} : { radiusM }), by, at };
	return { type: "Feature", id, geometry: kept, properties };
}

function keptGeometry(shape: Shape, geometry: DrawingGeometry): DrawingGeometry | null {
	if (geometry.type === "Point") {
		if (shape !== "point" && shape !== "label") return null;
		return { type: "Point", coordinates: rounded(geometry.coordinates) };
	}
	if (geometry.type === "LineString") {
		const coordinates = geometry.coordinates.map(rounded);
		const isSpot = coordinates.every((one) => `${one}` === `${coordinates[0]}`);
		if ((shape !== "line" && shape !== "arrow") || coordinates.length < 2 || isSpot) return null;
		return { type: "LineString", coordinates };
	}
	const ring = geometry.coordinates[0]?.map(rounded) ?? [];
	if ((shape !== "polygon" && shape !== "circle") || ring.length < 4) return null;
	return { type: "Polygon", coordinates: [ring] };
}

/** A circle whose radius was typed: exact, and by keyboard alone. */
export function circleAt(centre: Position, radiusM: number, stroke: Stroke): Drawing | null {
	const ring = circle([...centre], radiusM, { steps: CIRCLE_STEPS, units: "meters" }).geometry;
	const drawing = drawingOf("circle", ring as DrawingGeometry, stroke);
	return drawing === null ? null : { ...drawing, properties: { ...drawing.properties, radiusM: Math.round(radiusM) } };
}

/** Half of the way across, metres; the ring is round. */
function radiusOf(ring: readonly Position[]): number | null {
	const [first] = ring;
	const across = ring[Math.floor((ring.length - 1) / 2)];
	if (first === undefined || across === undefined) return null;
	return Math.round(length(lineString([[...first], [...across]]), { units: "meters" }) / 2);
}

export interface Extent {
	/** Along the line, or around the area; null for a point. Metres. */
	readonly lengthM: number | null;
	readonly areaM2: number | null;
	readonly radiusM: number | null;
}

export function extentOf({ geometry, properties }: Drawing): Extent {
	const radiusM = properties.radiusM ?? null;
	if (geometry.type === "Point") return { lengthM: null, areaM2: null, radiusM };
	const path = geometry.type === "LineString" ? geometry.coordinates : (geometry.coordinates[0] ?? []);
	const copy = path.map((position) => [...position]);
	const lengthM = radiusM === null ? length(lineString(copy), { units: "meters" }) : 2 * Math.PI * radiusM;
	if (geometry.type === "LineString") return { lengthM, areaM2: null, radiusM };
	return { lengthM, areaM2: radiusM === null ? area(polygon([copy])) : Math.PI * radiusM ** 2, radiusM };
}

const SPACE = "\u00a0";

/** "850 m", "12.4 km", "3.2 ha": what a person would say of it; "" for a point. */
export function extentText({ lengthM, areaM2, radiusM }: Extent): string {
	if (radiusM !== null) return `R ${metresText(radiusM)}`;
	if (areaM2 !== null) return areaText(areaM2);
	return lengthM === null ? "" : metresText(lengthM);
}

function areaText(squareM: number): string {
	if (squareM < 10_000) return `${Math.round(squareM)}${SPACE}m²`;
	if (squareM < 1_000_000) return `${(squareM / 10_000).toFixed(1)}${SPACE}ha`;
	return `${(squareM / 1_000_000).toFixed(2)}${SPACE}km²`;
}

/** Degrees clockwise from north in which a path ends: the way an arrow's head looks. */
export function headingOf(path: readonly Position[]): number {
	const [lon = 0, lat = 0] = path.at(-1) ?? [];
	const [lonBefore = 0, latBefore = 0] = path.at(-2) ?? [];
	const east = (lon - lonBefore) * Math.cos((lat * Math.PI) / 180);
	const degrees = (Math.atan2(east, lat - latBefore) * 180) / Math.PI;
	return (degrees + 360) % 360;
}

/** What a map layer needs: the drawings themselves, and a point with words or an arrow's head for each that has one. */
export interface DrawnFeature {
	readonly type: "Feature";
	readonly geometry: DrawingGeometry;
	readonly properties: {
		readonly role: "body" | "words" | "head" | "ring" | "place" | "place-words";
		readonly [key: string]: string | number;
	};
}

export function drawnFeatures(drawings: readonly Drawing[]): DrawnFeature[] {
	return drawings.flatMap((drawing): DrawnFeature[] => {
		const { geometry, properties, id } = drawing;
		const { shape } = properties;
		const body: DrawnFeature = { type: "Feature", geometry, properties: { role: "body", shape, id } };
		const told = [properties.text, extentText(extentOf(drawing))].filter((text) => text !== "").join(" ");
		const place = wordsAt(geometry);
		const words: DrawnFeature[] =
			told === ""
				? []
				: [
						{
							type: "Feature",
							geometry: { type: "Point", coordinates: place },
							properties: { role: "words", shape, id, told },
						},
					];
		if (shape !== "arrow" || geometry.type !== "LineString") return [body, ...words];
		const end = geometry.coordinates.at(-1) ?? place;
		const heading = headingOf(geometry.coordinates);
		const head: DrawnFeature = {
			type: "Feature",
			geometry: { type: "Point", coordinates: end },
			properties: { role: "head", shape, id, heading },
		};
		return [body, head, ...words];
	});
}

/** A point itself, the middle corner of a line, the northernmost corner of an area: words stand outside it. */
function wordsAt(geometry: DrawingGeometry): Position {
	if (geometry.type === "Point") return geometry.coordinates;
	if (geometry.type === "LineString") {
		const middle = Math.floor((geometry.coordinates.length - 1) / 2);
		const [a = [0, 0], b = a] = geometry.coordinates.slice(middle, middle + 2);
		return [((a[0] ?? 0) + (b[0] ?? 0)) / 2, ((a[1] ?? 0) + (b[1] ?? 0)) / 2];
	}
	const ring = geometry.coordinates[0] ?? [];
	return ring.reduce((north, one) => ((one[1] ?? 0) > (north[1] ?? 0) ? one : north), ring[0] ?? [0, 0]);
}

/** One step that this person can take back. */
export type DrawingStep =
	| { readonly type: "drew"; readonly drawing: Drawing }
	| { readonly type: "erased"; readonly drawing: Drawing };

/** One thing that a hand does to the sheet: each is an act of its own, so that two hands at once both count. */
export type DrawingChange =
	| { readonly type: "put"; readonly drawing: Drawing }
	| { readonly type: "remove"; readonly id: string };

/** The drawings after a change; in its own place when it stood there before. */
export function changedBy(drawings: readonly Drawing[], change: DrawingChange): readonly Drawing[] {
	if (change.type === "remove") return drawings.filter(({ id }) => id !== change.id);
	const { drawing } = change;
	return drawings.some(({ id }) => id === drawing.id)
		? drawings.map((one) => (one.id === drawing.id ? drawing : one))
		: [...drawings, drawing];
}

/**
 * What takes `step` back: what this person drew goes, what they erased returns; what others drew meanwhile stays. Null when there
 * is nothing left to take back.
 */
export function undone(drawings: readonly Drawing[], step: DrawingStep): DrawingChange | null {
	const { drawing } = step;
	const has = drawings.some(({ id }) => id === drawing.id);
	if (step.type === "drew") return has ? { type: "remove", id: drawing.id } : null;
	return has ? null : { type: "put", drawing };
}

/** As the register holds it: any program may have written it, so what is missing is filled in. */
export interface KeptDrawing {
	readonly id?: string | number | undefined;
	readonly geometry: DrawingGeometry;
	readonly properties: Readonly<Record<string, string | number | boolean | null>>;
}

export function readDrawing(kept: KeptDrawing, index: number): Drawing {
	const { shape, text, radiusM, by, at } = kept.properties;
	const plain = { Point: "point", LineString: "line", Polygon: "polygon" } as const;
	const known = shapes.find((one) => one === shape) ?? plain[kept.geometry.type];
	return {
		type: "Feature",
		id: String(kept.id ?? `kept-${index}`),
		geometry: kept.geometry,
		properties: {
			shape: known,
			text: typeof text === "string" ? text : "",
			...(typeof radiusM === "number" ? { radiusM } : {}),
			by: typeof by === "string" ? by : "",
			at: typeof at === "number" ? at : 0,
		},
	};
}

/** The place of the incident with its name, and a ring around it where one is advised. */
export function placeFeatures(place: Position, title: string, ringM: number | null): DrawnFeature[] {
	const at = { type: "Point", coordinates: rounded(place) } as const;
	const spot: DrawnFeature[] = [
		{ type: "Feature", geometry: at, properties: { role: "place" } },
		{ type: "Feature", geometry: at, properties: { role: "place-words", told: title } },
	];
	if (ringM === null || ringM < RADIUS_M.least || ringM > RADIUS_M.most) return spot;
	const ring = circle([...place], ringM, { steps: CIRCLE_STEPS, units: "meters" }).geometry as DrawingGeometry;
	const edge = ring.type === "Polygon" ? wordsAt(ring) : place;
	return [
		{ type: "Feature", geometry: ring, properties: { role: "ring" } },
		{
			type: "Feature",
			geometry: { type: "Point", coordinates: edge },
			properties: { role: "words", told: `R ${metresText(ringM)}` },
		},
		...spot,
	];
}
