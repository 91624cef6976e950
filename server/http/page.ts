// The built page and the base map as files. Names with a hash never change; index.html is asked for every time. Any other address
// of the page is the page: it reads its own URL.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Request, Response } from "express";
import express from "express";
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { cityOf } from "#model/ids.ts";
import { isProblem } from "#model/problem.ts";
import { homeOf, type Who } from "#model/rights.ts";
import type { HttpParts } from "./parts.ts";
import { fromStore } from "./problems.ts";
import type { Route } from "./registry.ts";

const OPEN = { open: "the page shows nothing before it has asked who looks" } as const;
const YEAR_MS = 365 * 86_400_000;

export function pageRoutes(parts: HttpParts): Route[] {
	const { pageFolder, basemapFile, mapNumber } = parts;
	const index = join(pageFolder, "index.html");
	const files = express.static(pageFolder, {
		index: false,
		redirect: false,
		dotfiles: "ignore",
		setHeaders: (response, path) => {
			const isHashed = path.startsWith(join(pageFolder, "assets"));
			response.setHeader("Cache-Control", isHashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : "no-cache");
		},
	});
	return [
		{
			type: "stream",
			method: "get",
			path: "/map/basemap.pmtiles",
			policy: { open: "the base map is public data" },
			summary: "The base map of Liaoning, by ranges",
			stream: (_request, response, next) => {
				response.setHeader("Cache-Control", "no-cache");
				response.type("application/octet-stream");
				response.sendFile(basemapFile, { acceptRanges: true, cacheControl: false }, (error) => {
					if (error !== undefined && !response.headersSent) next();
				});
			},
		},
		{
			type: "stream",
			method: "get",
			path: "/",
			policy: OPEN,
			summary: "Your own first page: by role and city; in the demo the wall",
			stream: (request, response, next) => {
				beginningOf(parts, request).then((path) => {
					response.setHeader("Cache-Control", "no-store");
					if (path === null) sendIndex(request, response, { index, mapNumber }, next);
					else response.redirect(302, path);
				}, next);
			},
		},
		{
			type: "stream",
			method: "get",
			path: "/{*file}",
			policy: OPEN,
			summary: "The page",
			stream: (request, response, next) => {
				if (isService(request.path)) {
					next();
					return;
				}
				files(request, response, (error?: unknown) => {
					if (error !== undefined) next(error);
					else sendIndex(request, response, { index, mapNumber }, next);
				});
			},
		},
	];
}

/** Where `/` leads; null: it is the page itself, the wall. */
async function beginningOf({ mirror, gate }: HttpParts, request: Request): Promise<string | null> {
	if (mirror.demo) return null;
	const who = await fromStore(gate.who(request));
	return isProblem(who) ? "/sign-in" : beginningAt(who);
}

/** @returns the page of the person's work, on the map at their city or county. */
export function beginningAt({ roles, scope }: Who): string {
	const home = homeOf(roles);
	const [first] = scope.districts;
	// Several counties of one city begin at the city.
	const code = first !== undefined && scope.districts.length > 1 ? cityOf(first) : first;
	const district = DISTRICTS.find((one) => one.code === code);
	if (home !== "/duty" || district === undefined || district.level === "province") return home;
	const [west, south, east, north] = district.bbox;
	// A view of 1,000 px holds the district; a tile of the whole earth has 512.
	const zoom = Math.log2((360 / Math.max(east - west, (north - south) * 1.6)) * (1000 / 512));
	const centre = [(west + east) / 2, (south + north) / 2].map((degrees) => degrees.toFixed(4));
	return `${home}?at=${[...centre, Math.min(12, zoom).toFixed(1)].join(",")}`;
}

/** Addresses that are never the page, so that a wrong one is a 404 and not a page. */
function isService(path: string): boolean {
	return /^\/(api|socket\.io|ogc|tiles|map|assets)(\/|$)/.test(path) && !/^\/assets\/./.test(path);
}

/** The page with the number in its head, where the map finds it before it begins. The environment lets through no sign of markup. */
export function withMapNumber(html: string, mapNumber: string): string {
	return html.replace("</head>", `<meta name="map-number" content="${mapNumber}" /></head>`);
}

function sendIndex(
	request: Request,
	response: Response,
	{ index, mapNumber }: { readonly index: string; readonly mapNumber: string | null },
	next: () => void,
): void {
	// A missing script or picture must not come back as HTML.
	if (/\.[a-z0-9]{2,8}$/i.test(request.path)) {
		next();
		return;
	}
	if (!existsSync(index)) {
		response
			.status(503)
			.type("text/plain")
			.send("页面尚未构建：npm run build · the page is not built yet: npm run build\n");
		return;
	}
	response.setHeader("Cache-Control", "no-cache");
	if (mapNumber === null) response.sendFile(index, { cacheControl: false });
	else response.type("html").send(withMapNumber(readFileSync(index, "utf8"), mapNumber));
}
