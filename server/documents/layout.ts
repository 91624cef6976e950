// The measures of an official document, once for both forms. GB/T 9704-2012 党政机关公文格式, clause beside each figure.

/** Points of a millimetre. */
export const PT_PER_MM = 72 / 25.4;

const WIDTH_MM = 156;
const HEIGHT_MM = 225;
const LINES = 22;
const CHARACTERS = 28;

export const LAYOUT = {
	/** 5.1 A4. */
	pageMm: [210, 297],
	/** 5.2.1 天头 37, 订口 28, 版心 156 x 225: leaves 26 at the right and 35 at the foot. */
	marginsMm: { top: 37, left: 28, bottom: 297 - 37 - HEIGHT_MM, right: 210 - 28 - WIDTH_MM },
	widthPt: WIDTH_MM * PT_PER_MM,
	heightPt: HEIGHT_MM * PT_PER_MM,
	/** 5.2.3 22 lines a page, 28 characters a line. */
	lines: LINES,
	characters: CHARACTERS,
	linePt: (HEIGHT_MM * PT_PER_MM) / LINES,
	charPt: (WIDTH_MM * PT_PER_MM) / CHARACTERS,
	/** 5.2.2 3号. */
	bodyPt: 16,
	/** 7.3.1 2号. */
	titlePt: 22,
	titleLinePt: 35,
	/** 7.5 4号. */
	pageNumberPt: 14,
	/** 7.5 the dash of the page number below the type area. */
	pageNumberBelowMm: 7,
	/** 7.2.4 the mark's upper edge below the type area's; its size is the office's choice. */
	markBelowTopMm: 35,
	markPt: 36,
	/** 7.2.7 the red line below the number. */
	redLineBelowMm: 4,
	/** Tables: 小四. Not ruled by the standard beyond clause 8. */
	tablePt: 12,
	/** 五号. */
	notePt: 10.5,
} as const;

/** The faces of the standard, then what stands in for each where it is not installed. */
export const FACES = {
	biaosong: ["方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif SC", "Noto Serif CJK SC", "宋体"],
	fangsong: ["仿宋_GB2312", "仿宋", "FangSong", "Noto Serif SC", "Noto Serif CJK SC"],
	hei: ["黑体", "SimHei", "Noto Sans SC", "Noto Sans CJK SC"],
	kai: ["楷体_GB2312", "楷体", "KaiTi", "Noto Serif SC", "Noto Serif CJK SC"],
	song: ["宋体", "SimSun", "Noto Serif SC", "Noto Serif CJK SC"],
	latin: ["Times New Roman", "Liberation Serif", "Noto Serif"],
} as const;

/** Width in whole characters: a letter or figure is half of one. */
export function widthOf(words: string): number {
	let half = 0;
	for (const character of words) half += (character.codePointAt(0) ?? 0) < 0x2e80 ? 1 : 2;
	return half / 2;
}

/**
 * 7.3.5.2: the signature ends two characters from the right edge and the date begins two characters after it begins; a longer date
 * ends there instead and the signature moves left. @returns free characters at the right of each.
 */
export function signatureIndents(
	signatures: readonly string[],
	date: string,
): { readonly signatures: readonly number[]; readonly date: number } {
	const widest = Math.max(0, ...signatures.map(widthOf));
	const dateWidth = widthOf(date);
	if (dateWidth > widest) return { signatures: signatures.map((name) => 4 + dateWidth - widthOf(name)), date: 2 };
	return { signatures: signatures.map((name) => 2 + widest - widthOf(name)), date: widest - dateWidth };
}
