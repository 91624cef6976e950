// The relief as a tone: light from the north-west over the grey elevation tile of Debian's marble-qt-data, as one picture in web
// mercator. Some 3 km to a sample: decoration for a province view, never heights. Called by build.ts; needs gmt, apt-get and dpkg.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { RELIEF_BOUNDS } from "../liaoning/relief_bounds.ts";
import type { Workshop } from "./fetch.ts";
import type { Collection, Ring } from "./geometry.ts";
import { polygonsOf } from "./geometry.ts";
import { greyAlphaPng } from "./png.ts";
import { RELIEF_SOURCE } from "./sources.ts";

const run = promisify(execFile);
/** The tile holds 112.5-135 E, 22.5-45 N in 675 x 675 samples. */
const TILE = { west: 112.5, north: 45, degrees: 22.5, samples: 675 };
const WIDTH = 1500;
/** Shading of a whole light or dark slope, of 255. The style weakens it further. */
const STRONGEST = 150;
const LEVELS = 24;
/** Degrees over which the tone fades at the picture's edge. */
const FADE_DEGREES = 1.2;

/** Greys up to this are sea and plain: without it every shore would be a slope. */
const SEA = 4;
const SLOPE_GAIN = 0.55;
/** Light slopes are weaker than dark ones: white washes the land's hue out sooner than black. */
const LIGHT_SHARE = 0.6;
/** Figure and ground: what lies around keeps a third of the tone. */
const AROUND_SHARE = 0.34;

type Raster = { width: number; height: number; values: Float32Array };

async function tileFile(workshop: Workshop): Promise<string> {
	const folder = join(workshop.folder, `${RELIEF_SOURCE.package}-${RELIEF_SOURCE.version.replace(":", "_")}`);
	const file = join(folder, "usr/share/marble/data/maps/earth/srtm/3/000002/000002_000013.jpg");
	if (existsSync(file)) return file;
	await mkdir(folder, { recursive: true });
	console.log(`fetching ${RELIEF_SOURCE.package} ${RELIEF_SOURCE.version}`);
	await run("apt-get", ["download", `${RELIEF_SOURCE.package}=${RELIEF_SOURCE.version}`], { cwd: folder });
	const name = (await readdir(folder)).find((entry) => entry.endsWith(".deb"));
	if (!name) throw new Error(`apt-get download ${RELIEF_SOURCE.package} left no package`);
	const digest = createHash("sha256")
		.update(await readFile(join(folder, name)))
		.digest("hex");
	if (digest !== RELIEF_SOURCE.sha256) throw new Error(`${name} is ${digest}, expected ${RELIEF_SOURCE.sha256}`);
	await run("dpkg", ["-x", join(folder, name), folder]);
	return file;
}

/** The tile's greys, rows from the north, rounded off by a five-point kernel: the samples are steps of some 30 m. */
async function heights(workshop: Workshop): Promise<Raster> {
	const words = ["grd2xyz", `${await tileFile(workshop)}=gd`, "-ZTLa"];
	const { stdout } = await run("gmt", words, { maxBuffer: 64 * 1024 * 1024, cwd: join(workshop.folder, "steps") });
	const raw = Float32Array.from(stdout.trim().split("\n"), Number);
	const { samples } = TILE;
	if (raw.length !== samples * samples) throw new Error(`relief tile has ${raw.length} samples`);
	const kernel = [0.06, 0.24, 0.4, 0.24, 0.06];
	const blur = (from: Float32Array, step: number): Float32Array =>
		from.map((_, i) => kernel.reduce((sum, weight, k) => sum + weight * (from[i + (k - 2) * step] ?? from[i] ?? 0), 0));
	return { width: samples, height: samples, values: blur(blur(raw, 1), samples) };
}

/** Weights of the four samples around a fraction (Catmull-Rom). */
function cubic(t: number): [number, number, number, number] {
	return [
		0.5 * (-t + 2 * t * t - t ** 3),
		0.5 * (2 - 5 * t * t + 3 * t ** 3),
		0.5 * (t + 4 * t * t - 3 * t ** 3),
		0.5 * (-t * t + t ** 3),
	];
}

function sample({ width, values }: Raster, x: number, y: number): number {
	const [left, top] = [Math.floor(x), Math.floor(y)];
	const [across, down] = [cubic(x - left), cubic(y - top)];
	let sum = 0;
	for (let row = 0; row < 4; row++)
		for (let column = 0; column < 4; column++)
			sum += (across[column] ?? 0) * (down[row] ?? 0) * (values[(top + row - 1) * width + left + column - 1] ?? 0);
	return sum;
}

const mercator = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
const latitude = (y: number) => (Math.atan(Math.sinh(y)) * 180) / Math.PI;

/** Heights on the picture's pixels. */
function project(tile: Raster): Raster {
	const [west, south, east, north] = RELIEF_BOUNDS;
	const perPixel = ((east - west) * Math.PI) / 180 / WIDTH;
	const height = Math.round((mercator(north) - mercator(south)) / perPixel);
	const values = new Float32Array(WIDTH * height);
	const perDegree = TILE.samples / TILE.degrees;
	for (let y = 0; y < height; y++) {
		const row = (TILE.north - latitude(mercator(north) - (y + 0.5) * perPixel)) * perDegree - 0.5;
		for (let x = 0; x < WIDTH; x++) {
			const column = (west + ((x + 0.5) / WIDTH) * (east - west) - TILE.west) * perDegree - 0.5;
			values[y * WIDTH + x] = sample(tile, column, row);
		}
	}
	return { width: WIDTH, height, values };
}

/** 1 on land, 0 on the sea: the tone must not colour the sea beside a hill. */
function landMask(land: Collection, height: number): Uint8Array {
	const mask = new Uint8Array(WIDTH * height);
	const [west, south, east, north] = RELIEF_BOUNDS;
	const [top, bottom] = [mercator(north), mercator(south)];
	const place = ([lon, lat]: Ring[number]): [number, number] => [
		((lon - west) / (east - west)) * WIDTH,
		((top - mercator(lat)) / (top - bottom)) * height,
	];
	for (const rings of land.features.flatMap(({ geometry }) => polygonsOf(geometry))) {
		const crossings: number[][] = Array.from({ length: height }, () => []);
		for (const ring of rings)
			for (const [i, to] of ring.entries()) {
				const [x1, y1] = place(ring.at(i - 1) ?? to);
				const [x2, y2] = place(to);
				for (let y = Math.max(0, Math.ceil(Math.min(y1, y2) - 0.5)); y + 0.5 < Math.min(height, Math.max(y1, y2)); y++)
					if (y + 0.5 >= Math.min(y1, y2)) crossings[y]?.push(x1 + ((y + 0.5 - y1) / (y2 - y1)) * (x2 - x1));
			}
		for (const [y, row] of crossings.entries()) {
			row.sort((a, b) => a - b);
			for (let i = 0; i + 1 < row.length; i += 2)
				mask.fill(
					1,
					y * WIDTH + Math.max(0, Math.round(row[i] ?? 0)),
					y * WIDTH + Math.max(0, Math.min(WIDTH, Math.round(row[i + 1] ?? 0))),
				);
		}
	}
	return mask;
}

/** 0 at the picture's edge, 1 from FADE_DEGREES inward. */
function fade(x: number, y: number, height: number): number {
	const pixels = (FADE_DEGREES / (RELIEF_BOUNDS[2] - RELIEF_BOUNDS[0])) * WIDTH;
	return Math.min(1, x / pixels, y / pixels, (WIDTH - 1 - x) / pixels, (height - 1 - y) / pixels);
}

/** White on slopes that face the light, black on the others, as strong as the slope; nothing on flat ground and the sea. */
export async function relief(workshop: Workshop, province: Collection, around: Collection): Promise<Buffer> {
	const { height, values } = project(await heights(workshop));
	const own = landMask(province, height);
	const others = landMask(around, height);
	const pixels = new Uint8Array(WIDTH * height * 2);
	const at = (x: number, y: number) => Math.max(SEA, values[y * WIDTH + x] ?? SEA);
	for (let y = 1; y + 1 < height; y++)
		for (let x = 1; x + 1 < WIDTH; x++) {
			const i = y * WIDTH + x;
			const share = own[i] === 1 ? 1 : others[i] === 1 ? AROUND_SHARE : 0;
			if (share === 0) continue;
			const slope = (at(x + 1, y) - at(x - 1, y) + at(x, y + 1) - at(x, y - 1)) / 2;
			const strength = Math.tanh(slope * SLOPE_GAIN) * fade(x, y, height);
			const step = Math.round(Math.abs(strength) * LEVELS) / LEVELS;
			pixels[2 * i] = strength > 0 ? 255 : 0;
			pixels[2 * i + 1] = Math.round(step * share * (strength > 0 ? STRONGEST * LIGHT_SHARE : STRONGEST));
		}
	return greyAlphaPng(WIDTH, height, pixels);
}
