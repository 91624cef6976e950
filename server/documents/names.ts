// Names of places and duty rooms as a document writes them. Used by the routes that make documents.
import { districtOf } from "#geodata/liaoning/district_table.ts";
import { cityOf } from "#model/ids.ts";
import type { Tier } from "#model/incident.ts";

const PROVINCE = "210000";

/** 沈阳市和平区, 沈阳市, 辽宁省; a code outside the province as it is. */
export function placeName(code: string): string {
	const district = districtOf(code);
	if (district === undefined) return code;
	const city = district.level === "county" ? (districtOf(cityOf(district.code))?.name.zh ?? "") : "";
	return `${city}${district.name.zh}`;
}

/** The duty room of a district; its formal name is the operator's to set, this one says what it is. */
export function dutyRoom(code: string): string {
	return `${placeName(code)}住房城乡建设运行安全值班室`;
}

/** District of the level that leads an incident of this place. */
export function districtOfTier(code: string, tier: Tier): string {
	return tier === "province" ? PROVINCE : tier === "city" ? cityOf(code) : code;
}

/** To whom a duty room of this level reports: one level up (State Council order 493, art. 11). */
export function reportsTo(code: string, tier: Tier): string {
	if (tier === "county") return dutyRoom(cityOf(code));
	return tier === "city" ? dutyRoom(PROVINCE) : "辽宁省人民政府总值班室";
}
