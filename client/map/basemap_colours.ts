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
		text: "#17212A",
		text2: "#4A5A67",
		text3: "#5F6E7A",
		faint: "#536672",
	},
};
