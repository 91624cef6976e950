// What exists: systems, kinds, assets and their channels. System and kind definitions come from geodata/systems, one file
// per system; assets come from imports and the demo. Pure data and its schemas; row numbers are given by cells.ts.
import { z } from "zod";
import { assetId, districtCode, wordId } from "./ids.ts";
import type { Limit } from "./limit.ts";
import type { Measure, Text } from "./measure.ts";

export interface Field {
	readonly id: string;
	readonly name: Text;
	readonly type: "text" | "number" | "date" | "choice";
	readonly unit?: string;
	readonly choices?: readonly { readonly id: string; readonly name: Text }[];
}

/** How a kind is drawn when nothing is wrong: a letter-sized icon and a shape, never a hue of its own. */
export interface KindSymbol {
	/** Icon name of the client's icon set, or a single Chinese character. */
	readonly icon: string;
	/** Radius in px of the point at z 12. */
	readonly radius: number;
}

export interface Kind {
	readonly id: string;
	readonly name: Text;
	/** The measure shown as the label. */
	readonly primary: string;
	readonly measures: readonly Measure[];
	readonly limits: readonly Limit[];
	readonly fields: readonly Field[];
	readonly symbol: KindSymbol;
	readonly geometry: "point" | "line" | "area";
}

export interface System {
	readonly id: string;
	readonly name: Text;
	/** Items of the policy that this system serves: "W16". */
	readonly policy: readonly string[];
	/** Order in layer lists and the river. */
	readonly order: number;
	readonly kinds: readonly Kind[];
}

/** Reading a record of the catalogue from outside. */
export const assetSchema = z
	.object({
		id: assetId,
		name: z.string().trim().min(1).max(80),
		kind: wordId,
		district: districtCode,
		/** WGS-84 degrees. */
		lon: z.number().min(73).max(136),
		lat: z.number().min(3).max(54),
		/** WGS-84 path of a line or ring of an area, [lon, lat]. */
		path: z
			.array(z.tuple([z.number(), z.number()]))
			.min(2)
			.max(2000)
			.optional(),
		/** The site or network this asset stands in: groups alarms, gives the place in lists. */
		site: z.string().max(80).optional(),
		fields: z
			.record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,47}$/), z.union([z.string().max(400), z.number()]))
			.optional(),
		demo: z.boolean().optional(),
		/** Silence raises nothing (spares, assets not yet commissioned). */
		quiet: z.boolean().optional(),
	})
	.strict();
export type AssetRecord = z.infer<typeof assetSchema>;

export const doorNames = ["http", "mqtt", "hj212", "sl651"] as const;
export type DoorName = (typeof doorNames)[number];

/** A device as an administrator registers it. `address`: MN for HJ 212, 10 hex digits for SL 651, client name for MQTT and HTTP. */
export const deviceSchema = z
	.object({
		asset: assetId,
		door: z.enum(doorNames),
		address: z.string().min(1).max(64).optional(),
		key: z.string().min(1).max(128).optional(),
		/** Per factor or element: which measure it feeds and the factor that brings the sent number into the measure's unit. */
		profile: z
			.record(z.string().max(40), z.object({ measure: wordId, factor: z.number().refine((n) => n !== 0) }).strict())
			.optional(),
	})
	.strict();
export type DeviceRequest = z.infer<typeof deviceSchema>;

/** One measured or computed thing of one asset. `id` is permanent; `row` belongs to the epoch. */
export interface Channel {
	readonly id: number;
	readonly asset: string;
	/** null for the asset's `state` row: what concerns it without a sensor. */
	readonly measure: Measure | null;
	readonly row: number;
}

/** An asset with its place in the table. */
export interface Asset {
	readonly record: AssetRecord;
	readonly system: string;
	readonly kind: Kind;
	/** Measured and derived channels in the kind's order, then `state`. Rows are adjacent. */
	readonly channels: readonly Channel[];
	readonly firstRow: number;
	readonly cell: number;
}

export const STATE_MEASURE = "state";
