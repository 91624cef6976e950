// A photo that a person adds to an alarm, an incident or an asset: what is taken, told by its first bytes, and the act that keeps it
// together with its log line. Called by web (http/photos.ts) and core (live/acts/photo.ts). It draws and scales nothing.
import { z } from "zod";
import { type ActTable, actBody } from "./act.ts";
import { logSubjectSchema } from "./register.ts";

/** Bytes of one photo; a phone's picture at 80 % quality is 2 to 4 MB. */
export const PHOTO_MAX = 4 * 1024 * 1024;

export const photoTypes = ["image/jpeg", "image/png", "image/webp"] as const;
export type PhotoType = (typeof photoTypes)[number];

/** A photo with the place that says who may see it. */
export interface PhotoRecord {
	readonly id: string;
	readonly subject: string;
	readonly at: number;
	readonly by: string;
	readonly type: PhotoType;
	readonly district: string;
	readonly system: string;
	readonly asset: string | null;
	readonly bytes: Uint8Array;
}

export const photoActs = {
	"photo.add": {
		action: "photo.add",
		summary: "A photo of a subject",
		// Its bytes come by POST /api/photos, not as JSON.
		mounted: false,
		schema: actBody({
			subject: logSubjectSchema,
			note: z.string().trim().max(2_000).default(""),
			base64: z.string().max(Math.ceil(PHOTO_MAX / 3) * 4),
		}),
	},
} as const satisfies ActTable;

/** By the first bytes (JPEG: ITU-T T.81 B.1.1.3 SOI; PNG: ISO/IEC 15948 5.2; WebP: RFC 9649 2.4); null: none of them. */
export function photoTypeOf(bytes: Uint8Array): PhotoType | null {
	if (starts(bytes, 0, [0xff, 0xd8, 0xff])) return "image/jpeg";
	if (starts(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
	if (starts(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && starts(bytes, 8, [0x57, 0x45, 0x42, 0x50])) return "image/webp";
	return null;
}

function starts(bytes: Uint8Array, from: number, wanted: readonly number[]): boolean {
	return wanted.every((byte, i) => bytes[from + i] === byte);
}
