// Which county a position lies in, and the polygons for joins. Used by the server at its doors and by the demo catalogue. Not for
// the page's first load: it brings some hundred kilobytes of borders; the plain table is district_table.ts.

import type { District } from "./district_table.ts";
import { COUNTIES, districtOf } from "./district_table.ts";
import topology from "./districts.json" with { type: "json" };
import type { Polygon, Topology } from "./polygon.ts";
import { contains, decodePolygons } from "./polygon.ts";

type Shape = { readonly district: District; readonly polygons: readonly Polygon[] };

let shapes: readonly Shape[] | undefined;

function decoded(): readonly Shape[] {
	if (shapes) return shapes;
	const counties = decodePolygons(topology as unknown as Topology, "county");
	shapes = COUNTIES.map((district) => {
		const polygons = counties.get(Number(district.code));
		if (!polygons) throw new Error(`districts.json has no polygon for ${district.code}`);
		return { district, polygons };
	});
	return shapes;
}

/**
 * The county that holds a WGS-84 position, or undefined at sea and outside Liaoning. Borders are good to about 100 m; convert GCJ-02
 * and BD-09 first. Decodes the borders on the first call (some 20 ms), then about 10 microseconds.
 */
export function districtAt(lon: number, lat: number): District | undefined {
	for (const { district, polygons } of decoded()) {
		const [west, south, east, north] = district.bbox;
		if (lon < west || lon > east || lat < south || lat > north) continue;
		if (polygons.some((polygon) => contains(polygon, lon, lat))) return district;
	}
	return undefined;
}

/** The ground of a county, or of all counties of a city or the province; undefined for a code outside Liaoning. */
export function polygonsOfDistrict(code: string): readonly Polygon[] | undefined {
	const district = districtOf(code);
	if (!district) return undefined;
	if (district.level === "province") return decoded().flatMap(({ polygons }) => polygons);
	return decoded()
		.filter((shape) => shape.district.code === district.code || shape.district.parent === district.code)
		.flatMap(({ polygons }) => polygons);
}
