// A photo as a person took it, made small enough to be sent over a telephone's network and kept: at most 1,600 pixels a side, JPEG.
// What the browser cannot read is a Problem.
import { type Problem, problem } from "#model/problem.ts";

const SIDE = 1_600;
const QUALITY = 0.85;

export async function downscaled(file: Blob): Promise<Blob | Problem> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
	} catch {
		return problem("bad-photo", "the browser cannot read it as a picture");
	}
	const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(bitmap.width * scale));
	canvas.height = Math.max(1, Math.round(bitmap.height * scale));
	canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	bitmap.close();
	const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
	return made ?? problem("bad-photo", "the browser could not write a JPEG");
}
