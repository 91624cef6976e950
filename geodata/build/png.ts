// Writes a PNG of grey and alpha, 8 bits each: all that the relief needs. Called by relief.ts.
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const GREY_ALPHA = 4;

function chunk(type: string, bytes: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), bytes]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(bytes.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

/** `pixels`: grey and alpha, 2 bytes per pixel, rows from the north. */
export function greyAlphaPng(width: number, height: number, pixels: Uint8Array): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.writeUInt8(8, 8);
	head.writeUInt8(GREY_ALPHA, 9);
	const stride = width * 2;
	const rows = Buffer.alloc((stride + 1) * height);
	for (let y = 0; y < height; y++) {
		// Filter "up": shading changes slowly from row to row.
		rows[y * (stride + 1)] = 2;
		for (let x = 0; x < stride; x++) {
			const above = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0);
			rows[y * (stride + 1) + 1 + x] = ((pixels[y * stride + x] ?? 0) - above) & 255;
		}
	}
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", head),
		chunk("IDAT", deflateSync(rows, { level: 9 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}
