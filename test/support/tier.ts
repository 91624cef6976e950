// How long a test may go on: the tier that every change runs, or the long one of `npm run test:nightly`.

export const isNightly = process.env.LIAOWANG_TEST_TIER === "nightly";

/** A count for the tier; `name` is an environment variable that overrides it by hand. */
export function amount(name: string, usual: number, nightly: number): number {
	const given = process.env[name];
	return given === undefined ? (isNightly ? nightly : usual) : Number(given);
}

/** vitest's timeout for a test of the tier, ms. */
export function patience(usualMs: number): number {
	return isNightly ? usualMs * 20 : usualMs;
}
