// Builds map_page.ts and serves it with the committed tiles, by ranges, on a free port: the base map without server and demo.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize, resolve } from "node:path";
import { build } from "vite";

const ROOT = resolve(import.meta.dirname, "../..");
const TILES = join(ROOT, "geodata/liaoning/basemap.pmtiles");
const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html",
	".js": "text/javascript",
	".css": "text/css",
	".png": "image/png",
	".woff2": "font/woff2",
};
const START =
	'<!doctype html><link rel="icon" href="data:,"><body style="margin:0;height:100vh"><script type="module" src="/page.js"></script>';

export interface MapSite {
	readonly url: string;
	close(): Promise<void>;
}

export async function openMapSite(): Promise<MapSite> {
	const folder = await mkdtemp(join(tmpdir(), "liaowang-map-"));
	await build({
		configFile: false,
		logLevel: "error",
		root: ROOT,
		publicDir: false,
		worker: { format: "es" },
		build: {
			target: "chrome109",
			outDir: folder,
			emptyOutDir: true,
			minify: false,
			assetsInlineLimit: 0,
			rolldownOptions: {
				input: join(ROOT, "test/support/map_page.ts"),
				output: { entryFileNames: "page.js" },
			},
		},
	});
	const tiles = await readFile(TILES);
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? "/", "http://map").pathname;
		if (path === "/") response.setHeader("Content-Type", "text/html").end(START);
		else if (path === "/map/basemap.pmtiles") range(tiles, request.headers.range ?? "", response);
		else void file(join(folder, normalize(path)), response);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function range(bytes: Buffer, header: string, response: ServerResponse): void {
	const [, from, to] = /bytes=(\d+)-(\d+)/.exec(header) ?? [];
	if (from === undefined || to === undefined) {
		response.writeHead(416).end();
		return;
	}
	const part = bytes.subarray(Number(from), Number(to) + 1);
	const last = Number(from) + part.length - 1;
	response.writeHead(206, { "Content-Range": `bytes ${from}-${last}/${bytes.length}` }).end(part);
}

async function file(path: string, response: ServerResponse): Promise<void> {
	try {
		const bytes = await readFile(path);
		response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream").end(bytes);
	} catch {
		response.writeHead(404).end();
	}
}
