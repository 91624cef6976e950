// /api/photos: a photo is taken as raw bytes (JPEG, PNG or WebP by its first bytes, at most 4 MB) and handed to core, which keeps it
// with a log line of its subject; it is given back to whose scope holds that subject. Nothing is scaled or drawn here.
import { z } from "zod";
import { PHOTO_MAX, photoTypeOf, photoTypes } from "#model/photo.ts";
import { isProblem, problem } from "#model/problem.ts";
import { commandIdSchema } from "#model/protocol.ts";
import { holds, logSubjectSchema } from "#model/register.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import type { Route } from "./registry.ts";
import { route } from "./registry.ts";

export function photoRoutes({ core, store }: HttpParts): Route[] {
	return [
		route({
			method: "post",
			path: "/api/photos",
			policy: { action: "photo.add" },
			summary: "A photo of a subject, as its bytes; a repeated commandId answers as the first time",
			query: z.object({
				subject: logSubjectSchema,
				commandId: commandIdSchema,
				note: z.string().trim().max(2_000).default(""),
			}),
			raw: { types: photoTypes, limit: PHOTO_MAX },
			handle: async ({ who, query, request, source }) => {
				const bytes: unknown = request.body;
				if (!Buffer.isBuffer(bytes) || photoTypeOf(bytes) === null)
					return problem("not-a-photo", "a photo is JPEG, PNG or WebP");
				const { subject, commandId, note } = query;
				const body = { subject, commandId, note, base64: bytes.toString("base64") };
				const answer = await core.call("act", { who, name: "photo.add", body, source });
				return isProblem(answer) ? answer : { body: answer };
			},
		}),
		route({
			method: "get",
			path: "/api/photos/:id",
			policy: { action: "read" },
			summary: "A photo, as its bytes",
			handle: async ({ who, params }) => {
				const photo = await fromStore(store.photo(params.id ?? ""));
				if (photo === null || !holds(who.scope, photo)) return problem("not-found", "no such photo in your scope");
				// It never changes under its id; nosniff and the sandbox keep it from being anything but a picture.
				const headers = {
					"Cache-Control": "private, max-age=31536000, immutable",
					"Content-Security-Policy": "default-src 'none'; sandbox",
					"X-Content-Type-Options": "nosniff",
				};
				return { body: Buffer.from(photo.bytes), type: photo.type, headers };
			},
		}),
	];
}
