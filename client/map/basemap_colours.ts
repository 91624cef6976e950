// The colours of the base map in its three themes. Used by basemap.ts, and by layers that must stand out against land or sea.
// No saturated colour here: hue belongs to alarms. The ratios below are proven in basemap.test.ts.

export type MapTheme = "night" | "day" | "dusk";

export type MapColours = {
	readonly sea: string;
	/** Land that is not Liaoning. */
	readonly around: string;
	/** Night: 1.58:1 against the sea, so that the province is seen from 6 m. */
	readonly land: string;
	/** Coast and province line. */
	readonly coast: string;
	/** The three lines offshore, nearest first, fading into the sea. */
	readonly waterLines: readonly [string, string, string];
	/** At least 2.5:1 against the land. */
	readonly cityLine: string;
	/** At least 1.8:1 against the land. */
	readonly countyLine: string;
	readonly aroundLine: string;
	readonly water: string;
	/** The edge of a river in a city view. */
	readonly bank: string;
	/** Names of rivers and reservoirs. */
	readonly waterText: string;
	/** Strength of the relief's tone, 0-1. */
	readonly relief: number;
	/** Schematic expressways and railways; metro lines and their names. */
	readonly road: string;
	readonly rail: string;
	readonly metro: string;
	readonly metroText: string;
	readonly grid: string;
	/** Its degrees: quiet, at least 3:1 against the land. */
	readonly gridText: string;
	/** Model blocks: ground, streets, houses, parks, sports grounds and the building site. */
	readonly block: string;
	readonly street: string;
	readonly building: string;
	readonly buildingLine: string;
	readonly green: string;
	readonly pitch: string;
	/** The four nets under the streets of a model block, in the low chroma of nature's ramps. */
	readonly nets: Readonly<Record<"gas" | "water" | "heat" | "drain", string>>;
	/** Names of cities, of counties, of districts: at least 4.5:1 against the land. */
	readonly text: string;
	readonly text2: string;
	readonly text3: string;
	/** Names of the seas and of what lies around: at least 4.5:1 against both. */
	readonly faint: string;
};

export const MAP_COLOURS: Readonly<Record<MapTheme, MapColours>> = {
	night: {
		sea: "#0A1620",
		around: "#141F28",
		land: "#293B47",
		coast: "#A9BFCC",
		waterLines: ["#3E5A6B", "#27404F", "#172A37"],
		cityLine: "#6F889A",
		countyLine: "#4C6273",
		aroundLine: "#2A3A46",
		water: "#122431",
		bank: "#3E5A6B",
		waterText: "#92AFBF",
		relief: 0.42,
		road: "#6E7A7C",
		rail: "#5C6F7C",
		metro: "#7C86AC",
		metroText: "#A3ACD0",
		grid: "#334854",
		gridText: "#7F92A0",
		block: "#2B3E4A",
		street: "#3D5260",
		building: "#475D6B",
		buildingLine: "#5C7483",
		green: "#2C4644",
		pitch: "#4A4540",
		nets: { gas: "#A8987F", water: "#6F8DA0", heat: "#A17F75", drain: "#7F9A8B" },
		text: "#E3EAF0",
		text2: "#A9B8C4",
		text3: "#97A9B6",
		faint: "#748A9A",
	},
	dusk: {
		sea: "#27323B",
		around: "#303C45",
		land: "#475661",
		coast: "#C3D3DD",
		waterLines: ["#5E7686", "#475A67", "#35434D"],
		cityLine: "#90A4B1",
		countyLine: "#6F838F",
		aroundLine: "#43515B",
		water: "#2F3D47",
		bank: "#6B8191",
		waterText: "#C0D2DD",
		relief: 0.42,
		road: "#8B9799",
		rail: "#7B8E9A",
		metro: "#A0A9CB",
		metroText: "#C9D0EA",
		grid: "#55656F",
		gridText: "#A9B7C1",
		block: "#495863",
		street: "#5C6F7B",
		building: "#687C89",
		buildingLine: "#7F949F",
		green: "#4A625F",
		pitch: "#666059",
		nets: { gas: "#C4B497", water: "#92AEBF", heat: "#BF9C92", drain: "#9DB8A8" },
		text: "#F4F7F9",
		text2: "#D3DDE4",
		text3: "#C3CFD7",
		faint: "#A0B0BB",
	},
	day: {
		sea: "#DCE6EC",
		around: "#EEF1F3",
		land: "#FFFFFF",
		coast: "#4A5A67",
		waterLines: ["#93AAB8", "#B2C4CF", "#CBD8E0"],
		cityLine: "#8C9DAA",
		countyLine: "#B4C1CA",
		aroundLine: "#CBD5DB",
		water: "#CADAE4",
		bank: "#93AAB8",
		waterText: "#3E6478",
		relief: 0.3,
		road: "#B9B1A2",
		rail: "#A3AFB8",
		metro: "#8189B4",
		metroText: "#4F578A",
		grid: "#E2E8EC",
		gridText: "#7D8B96",
		block: "#F6F8F9",
		street: "#DDE3E7",
		building: "#CFD8DE",
		buildingLine: "#AEBBC4",
		green: "#DDE8DD",
		pitch: "#E6DED4",
		nets: { gas: "#A08A60", water: "#5C86A0", heat: "#9A6A5C", drain: "#628270" },
		text: "#17212A",
		text2: "#4A5A67",
		text3: "#5F6E7A",
		faint: "#536672",
	},
};
