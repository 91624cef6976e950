import { expect, test } from "vitest";
import { FLAG_MEANINGS, flagMeaning } from "./quality.ts";

test("only N (and what 2005 calls normal) feeds means", () => {
	const feeding = [...FLAG_MEANINGS].filter(([, meaning]) => meaning.useInMeans).map(([letter]) => letter);
	expect(feeding).toEqual(["N", "1", "3"]);
	expect(flagMeaning("N")).toMatchObject({ quality: "good", hasValue: true });
});

test.each(["F", "M", "D", "C", "B", "P", "0", "2"])("%s is no data, never zero", (letter) => {
	expect(flagMeaning(letter)).toMatchObject({ quality: "bad", useInMeans: false, hasValue: false });
});

test.each(["T", "S"])("%s keeps its value as suspect", (letter) => {
	expect(flagMeaning(letter)).toMatchObject({ quality: "suspect", useInMeans: false, hasValue: true });
	expect(flagMeaning(letter).isManual).toBe(letter === "S");
});

test("no flag counts as normal, an unknown one as suspect, case is forgiven", () => {
	expect(flagMeaning(null)).toBe(flagMeaning("N"));
	expect(flagMeaning("t")).toBe(flagMeaning("T"));
	for (const letter of ["Z", "", "NN", "__proto__", "constructor"]) expect(flagMeaning(letter).quality).toBe("suspect");
});
