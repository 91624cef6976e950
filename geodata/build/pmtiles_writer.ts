// Writes one PMTiles version 3 archive (github.com/protomaps/PMTiles, spec/v3): gzip tiles, gzip directories, clustered,
// equal tiles stored once. The npm package pmtiles only reads. Called by tiles.ts; the same input gives the same bytes.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { zxyToTileId } from "pmtiles";
import type { Bounds } from "./geometry.ts";

export type Tile = { z: number; x: number; y: number; bytes: Uint8Array };
export type ArchiveHeader = {
	minZoom: number;
	maxZoom: number;
	bounds: Bounds;
	/** lon, lat, zoom of a first view. */
	center: [number, number, number];
	metadata: Record<string, unknown>;
};

type Entry = { id: number; run: number; length: number; offset: number };

const HEADER_BYTES = 127;
const ROOT_MAX_BYTES = 16_384 - HEADER_BYTES; // header and root directory must fit the first 16 KiB
const GZIP = 2;
const MVT = 1;

function varint(bytes: number[], value: number): void {
	let rest = value;
	while (rest >= 128) {
		bytes.push((rest % 128) | 128);
		rest = Math.floor(rest / 128);
	}
	bytes.push(rest);
}

function directory(entries: Entry[]): Buffer {
	const bytes: number[] = [];
	varint(bytes, entries.length);
	let lastId = 0;
	for (const entry of entries) {
		varint(bytes, entry.id - lastId);
		lastId = entry.id;
	}
	for (const entry of entries) varint(bytes, entry.run);
	for (const entry of entries) varint(bytes, entry.length);
	let follows = -1; // offset at which the entry would directly follow its predecessor, written as 0
	for (const entry of entries) {
		varint(bytes, entry.offset === follows ? 0 : entry.offset + 1);
		follows = entry.offset + entry.length;
	}
	return gzipSync(Buffer.from(bytes), { level: 9 });
}

/** Root directory, and leaf directories when the root alone would be too big. */
function directories(entries: Entry[]): { root: Buffer; leaves: Buffer } {
	const flat = directory(entries);
	if (flat.length <= ROOT_MAX_BYTES) return { root: flat, leaves: Buffer.alloc(0) };
	for (let size = 4096; ; size *= 2) {
		const rootEntries: Entry[] = [];
		const leaves: Buffer[] = [];
		let offset = 0;
		for (let first = 0; first < entries.length; first += size) {
			const leaf = directory(entries.slice(first, first + size));
			rootEntries.push({ id: entries[first]?.id ?? 0, run: 0, length: leaf.length, offset });
			leaves.push(leaf);
			offset += leaf.length;
		}
		const root = directory(rootEntries);
		if (root.length <= ROOT_MAX_BYTES) return { root, leaves: Buffer.concat(leaves) };
	}
}

/** Entries in tile-id order, and the blobs they point to, each once. */
function pack(tiles: Tile[]): { entries: Entry[]; blobs: Buffer[] } {
	const sorted = tiles
		.map((tile) => ({ id: zxyToTileId(tile.z, tile.x, tile.y), bytes: gzipSync(tile.bytes, { level: 9 }) }))
		.sort((a, b) => a.id - b.id);
	const entries: Entry[] = [];
	const blobs: Buffer[] = [];
	const seen = new Map<string, number>();
	let end = 0;
	for (const { id, bytes } of sorted) {
		const digest = createHash("sha256").update(bytes).digest("hex");
		let offset = seen.get(digest);
		if (offset === undefined) {
			offset = end;
			seen.set(digest, offset);
			blobs.push(bytes);
			end += bytes.length;
		}
		const last = entries.at(-1);
		if (last && last.offset === offset && last.id + last.run === id) last.run += 1;
		else entries.push({ id, run: 1, length: bytes.length, offset });
	}
	return { entries, blobs };
}

function header(
	sizes: { root: number; metadata: number; leaves: number; tiles: number },
	about: ArchiveHeader,
): Buffer {
	const bytes = Buffer.alloc(HEADER_BYTES);
	bytes.write("PMTiles", 0);
	bytes.writeUInt8(3, 7);
	let offset = HEADER_BYTES;
	for (const [at, length] of [
		[8, sizes.root],
		[24, sizes.metadata],
		[40, sizes.leaves],
		[56, sizes.tiles],
	] as const) {
		bytes.writeBigUInt64LE(BigInt(offset), at);
		bytes.writeBigUInt64LE(BigInt(length), at + 8);
		offset += length;
	}
	bytes.writeUInt8(1, 96); // clustered
	bytes.writeUInt8(GZIP, 97);
	bytes.writeUInt8(GZIP, 98);
	bytes.writeUInt8(MVT, 99);
	bytes.writeUInt8(about.minZoom, 100);
	bytes.writeUInt8(about.maxZoom, 101);
	const [lon, lat, zoom] = about.center;
	for (const [index, degrees] of about.bounds.entries()) bytes.writeInt32LE(Math.round(degrees * 1e7), 102 + index * 4);
	bytes.writeUInt8(zoom, 118);
	bytes.writeInt32LE(Math.round(lon * 1e7), 119);
	bytes.writeInt32LE(Math.round(lat * 1e7), 123);
	return bytes;
}

/** The whole archive. Tiles in any order, each (z, x, y) once. */
export function pmtilesArchive(tiles: Tile[], about: ArchiveHeader): Buffer {
	const { entries, blobs } = pack(tiles);
	const { root, leaves } = directories(entries);
	const metadata = gzipSync(Buffer.from(JSON.stringify(about.metadata)), { level: 9 });
	const data = Buffer.concat(blobs);
	const head = header(
		{ root: root.length, metadata: metadata.length, leaves: leaves.length, tiles: data.length },
		about,
	);
	head.writeBigUInt64LE(BigInt(tiles.length), 72);
	head.writeBigUInt64LE(BigInt(entries.length), 80);
	head.writeBigUInt64LE(BigInt(blobs.length), 88);
	return Buffer.concat([head, root, metadata, leaves, data]);
}
