// District codes as people say them: 沈阳 和平. Names come from the table of the province; an unknown code shows itself.
import { DISTRICTS } from "#geodata/liaoning/district_table.ts";
import { cityOf } from "#model/ids.ts";
import { languageNow } from "../../text/text.ts";

const byCode = new Map(DISTRICTS.map((district) => [district.code, district]));

export function shortName(code: string): string {
	return byCode.get(code)?.short[languageNow()] ?? code;
}

/** City, and the county below it where there is one. */
export function placeName(code: string): string {
	const county = countyName(code);
	return county === "" ? shortName(code) : `${shortName(cityOf(code))} ${county}`;
}

/** The county's own name, 和平; "" for a city or the province. */
export function countyName(code: string): string {
	return code.endsWith("0000") || code === cityOf(code) ? "" : bare(shortName(code));
}

/** 沈河区 -> 沈河; 义县 stays. */
function bare(name: string): string {
	return name.length > 2 ? name.replace(/[区县市]$/, "") : name;
}

/** lon, lat of the seat of a city, or null. */
export function seatOf(code: string): readonly [number, number] | null {
	return byCode.get(code)?.centre ?? null;
}
