// Waits for a condition, never for a time. The deadline only says when to give up; no test asserts how long it took.

const STEP_MS = 25;
const GIVE_UP_MS = 30_000;

/** The first answer that is not undefined, null or false. Rejects with `what` at the deadline; an error of `ask` passes on. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
	timeoutMs = GIVE_UP_MS,
): Promise<T> {
	const end = performance.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== null && answer !== false) return answer;
		if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, STEP_MS));
	}
}
