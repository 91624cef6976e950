// The map's typeface: every slice of Noto Sans SC as the style's `font-faces`, so that MapLibre loads a slice before it draws with
// it and needs neither a glyphs URL nor a Chinese font on the machine. Used by basemap.ts; Vite gives the files their addresses.
import unicode from "@fontsource-variable/noto-sans-sc/unicode.json" with { type: "json" };

/** The name a layer's `text-font` uses. One weight, 400: MapLibre draws a declared file at its default weight. */
export const MAP_FONT = "Noto Sans SC";

type FontFace = { url: string; "unicode-range": string[] };

/** File path to address on our own origin; never inlined, a data: URL would need a hole in the page's content policy. */
const files = import.meta.glob<string>(
	"../../node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2",
	{ eager: true, import: "default", query: "?url&no-inline" },
);

/** "[21]" is the slice noto-sans-sc-21-wght-normal.woff2, "latin" is noto-sans-sc-latin-wght-normal.woff2. */
function sliceOf(key: string): string {
	return `noto-sans-sc-${key.replace(/[[\]]/g, "")}-wght-normal.woff2`;
}

/** Throws when the package names a slice whose file is not there: half a font shows as missing characters. */
export function fontFaces(): Record<string, FontFace[]> {
	const urls = new Map(Object.entries(files).map(([path, url]) => [path.split("/").at(-1), url]));
	const faces = Object.entries(unicode).map(([key, ranges]) => {
		const url = urls.get(sliceOf(key));
		if (url === undefined) throw new Error(`no font file for slice ${key}`);
		return { url, "unicode-range": ranges.split(",") };
	});
	return { [MAP_FONT]: faces };
}
