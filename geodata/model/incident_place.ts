// Where an incident is and what is drawn there: its place, what people draw on the map, what stands by to help. Schemas of parts of
// an incident's record (incident.ts). Positions are WGS-84 degrees, [lon, lat].
import { z } from "zod";
import { districtCode } from "./ids.ts";

export const MOST_DRAWINGS = 200;
export const MOST_RESOURCES = 100;
const MOST_POINTS = 500;

const words = (most: number) => z.string().trim().max(most);
const lon = z.number().min(73).max(136);
const lat = z.number().min(3).max(54);

export const placeSchema = z.object({ district: districtCode, lon, lat, address: words(200) }).strict();
export type IncidentPlace = z.infer<typeof placeSchema>;

const point = z.tuple([lon, lat]);
const geometry = z.discriminatedUnion("type", [
	z.object({ type: z.literal("Point"), coordinates: point }).strict(),
	z.object({ type: z.literal("LineString"), coordinates: z.array(point).min(2).max(MOST_POINTS) }).strict(),
	z.object({ type: z.literal("Polygon"), coordinates: z.array(z.array(point).min(4).max(MOST_POINTS)).min(1).max(8) }),
]);
/** One thing drawn on the map: GeoJSON with few, short properties (mode, text, radius, colour). */
export const drawingSchema = z
	.object({
		type: z.literal("Feature"),
		id: z.union([z.string().max(64), z.number()]).optional(),
		geometry,
		properties: z
			.record(
				z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,31}$/),
				z.union([z.string().max(200), z.number(), z.boolean(), z.null()]),
			)
			.refine((given) => Object.keys(given).length <= 16, "at most 16 properties"),
	})
	.strict();

export const resourceSchema = z
	.object({
		id: words(64).min(1),
		name: words(80).min(1),
		kind: words(40),
		count: z.number().min(0).max(1e6),
		lon,
		lat,
	})
	.strict();
export type IncidentResource = z.infer<typeof resourceSchema>;
