// Chinese numerals in names, for putting them in the order in which a person counts. The characters are data; words of the page are not.

/** 十一公司 -> 11公司: 一, 二 and 十一 do not stand in the order of their strokes or sounds. Numerals below a hundred. */
export function counted(name: string): string {
	return name.replace(/[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]/g, (numeral) => {
		const [tens = "", ones = ""] = numeral.includes("十") ? numeral.split("十") : ["零", numeral];
		const digit = (sign: string): number => "零一二三四五六七八九".indexOf(sign);
		return String((tens === "" ? 1 : digit(tens)) * 10 + (ones === "" ? 0 : digit(ones)));
	});
}
