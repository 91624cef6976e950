// What one screen may ask.
import { expect, test } from "vitest";
import { TokenBucket } from "./bucket.ts";

test("a burst is let through, then the rate holds; a clock set back gives nothing", () => {
	const bucket = new TokenBucket(20, 40, 1_000);
	const taken = (now: number): number => {
		let count = 0;
		while (bucket.take(1, now)) count += 1;
		return count;
	};
	expect(taken(1_000)).toBe(40);
	expect(taken(1_500)).toBe(10);
	expect(taken(500)).toBe(0);
	expect(taken(550)).toBe(1);
	expect(taken(3_600_000)).toBe(40);
});

test("what does not fit takes nothing", () => {
	const bucket = new TokenBucket(1, 5, 0);
	expect(bucket.take(6, 0)).toBe(false);
	expect(bucket.take(5, 0)).toBe(true);
	expect(bucket.take(0, 0)).toBe(true);
	expect(bucket.take(0.01, 0)).toBe(false);
});
