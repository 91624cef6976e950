// What a password must be (GB/T 22239-2019 8.1.4.1 a): complexity and regular change. Pure, so that the page says the same as
// core does. The numbers are those that assessments of level 3 commonly ask for; the standard itself names none.

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;
/** A password older than this is changed at the next sign-in. */
export const PASSWORD_LIFE_MS = 90 * 86_400_000;
/** The last ones that may not come again, the present one among them. */
export const PASSWORDS_KEPT = 5;

export type Weakness = "length" | "classes" | "name" | "common";

const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/];
/** What is left of a common password when its digits and signs are read as letters or taken away. */
const COMMON = new Set(
	(
		"password passwd passw pass admin administrator root superuser user guest test tester demo welcome hello letmein login " +
		"qwerty qwertyuiop qwert asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcd abcde abcdef abcdefg aaa aaaaaa a aa " +
		"iloveyou woaini woaizhongguo nihao monkey dragon master secret changeme default oracle mysql tomcat huawei"
	).split(" "),
);
const READ_AS: Readonly<Record<string, string>> = {
	"@": "a",
	"4": "a",
	"0": "o",
	"3": "e",
	"1": "i",
	"5": "s",
	$: "s",
};
const RUNS = ["0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"];
/** A run this long makes up most of a password of the least length. */
const RUN = 6;

/** @returns the first thing that is wrong, or null. */
export function weaknessOf(password: string, name: string): Weakness | null {
	const text = password.normalize("NFKC");
	if (text.length < PASSWORD_MIN || text.length > PASSWORD_MAX) return "length";
	if (CLASSES.filter((pattern) => pattern.test(text)).length < 3) return "classes";
	const small = text.toLowerCase();
	const own = name.normalize("NFKC").toLowerCase();
	if (own !== "" && (small.includes(own) || small.includes([...own].reverse().join("")))) return "name";
	return isCommon(small) ? "common" : null;
}

function isCommon(small: string): boolean {
	const core = small.replace(/^[^a-z]+|[^a-z]+$/g, "");
	const read = [...core].map((sign) => READ_AS[sign] ?? sign).join("");
	const letters = (text: string): string => text.replace(/[^a-z]/g, "");
	if (COMMON.has(letters(small)) || COMMON.has(letters(read))) return true;
	if (/(.)\1{5}/.test(small)) return true;
	return RUNS.some((run) => {
		for (let i = 0; i + RUN <= run.length; i++) if (small.includes(run.slice(i, i + RUN))) return small.length < 14;
		return false;
	});
}

/** No character that is taken for another one: a first password is read aloud. */
const EASY = ["abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"] as const;
const EASY_LENGTH = 14;

/** A first password. @param chance 0..bound-1, every one as likely, from a source nobody can guess. */
export function easyPassword(chance: (bound: number) => number): string {
	const all = EASY.join("");
	const signs = EASY.map((kind) => kind.charAt(chance(kind.length)));
	while (signs.length < EASY_LENGTH) signs.splice(chance(signs.length + 1), 0, all.charAt(chance(all.length)));
	return signs.join("");
}
