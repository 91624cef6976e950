// The plan that keeps a photo: its bytes are looked at, it stands where its subject stands, and a line of the subject's log says who
// added it.
import { randomBytes } from "node:crypto";
import { PHOTO_MAX, type photoActs, photoTypeOf } from "#model/photo.ts";
import { problem } from "#model/problem.ts";
import type { Plans } from "../act.ts";
import { placeOfSubject } from "../subject_place.ts";

export const photoPlans: Plans<typeof photoActs> = {
	"photo.add": ({ subject, note, base64 }, context) => {
		const place = placeOfSubject(subject, context);
		if (place === null) return problem("not-found", "no such subject in your scope");
		const bytes = Buffer.from(base64, "base64");
		if (bytes.length > PHOTO_MAX) return problem("too-large", "a photo has at most 4 MB");
		const type = photoTypeOf(bytes);
		if (type === null) return problem("not-a-photo", "a photo is JPEG, PNG or WebP");
		const id = `p${randomBytes(12).toString("hex")}`;
		const { district, system } = place;
		return {
			photos: [{ id, subject, type, bytes, ...place }],
			lines: [{ subject, kind: "photo", district, system, detail: { photo: id, type, bytes: bytes.length, note } }],
			audit: { subject, detail: { photo: id, note } },
			answer: { id },
		};
	},
};
