// What subset-font has, as far as it is used here: it has no types of its own.
declare module "subset-font" {
	/** Keeps the glyphs of `text`; `variationAxes` pins axes of a variable face. */
	// biome-ignore lint/style/noDefaultExport: the package has no other
	export default function subsetFont(
		font: Uint8Array,
		text: string,
		options: { readonly targetFormat: "truetype"; readonly variationAxes?: Readonly<Record<string, number>> },
	): Promise<Buffer>;
}
