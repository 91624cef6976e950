// Asks the server again and again and keeps the last good answer: a question that fails leaves what is known on the screen, with
// since when it is old. Asked at once when the link comes back. Used by the river and the pulse.
import { useEffect, useRef, useState } from "react";
import { isProblem, type Problem } from "#model/problem.ts";
import { useLive } from "../../live_context.ts";

/** After a failure, ms. */
const RETRY_MS = 5_000;

export interface Repeated<T> {
	readonly data: T | null;
	/** Why the last question failed; null when it did not. */
	readonly problem: Problem | null;
	/** Server time of `data`, epoch ms; 0: none yet. */
	readonly at: number;
}

/** @param question must be the same function as long as the question is the same; null: nothing to ask yet. */
export function useRepeated<T>(
	question: ((now: number, signal: AbortSignal) => Promise<T | Problem>) | null,
	everyMs: number,
): Repeated<T> {
	const live = useLive();
	const [state, setState] = useState<Repeated<T>>({ data: null, problem: null, at: 0 });
	const asked = useRef(question);
	useEffect(() => {
		if (asked.current !== question) setState({ data: null, problem: null, at: 0 });
		asked.current = question;
		if (question === null) return;
		const controller = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		let isAsking = false;
		const again = (ms: number): void => {
			clearTimeout(timer);
			timer = setTimeout(() => void turn().catch(reportError), ms);
		};
		const turn = async (): Promise<void> => {
			// Without a server time nobody knows which day to ask for.
			if (isAsking || !live.clock.isSet) return again(200);
			isAsking = true;
			const now = live.now();
			const answer = await question(now, controller.signal);
			isAsking = false;
			if (controller.signal.aborted) return;
			if (isProblem(answer)) setState((before) => ({ ...before, problem: answer }));
			else setState({ data: answer, problem: null, at: now });
			again(isProblem(answer) ? RETRY_MS : everyMs);
		};
		again(0);
		let wasLive = live.link.state === "live";
		const stop = live.link.change.subscribe(() => {
			const isLive = live.link.state === "live";
			if (isLive && !wasLive) again(0);
			wasLive = isLive;
		});
		return () => {
			controller.abort();
			clearTimeout(timer);
			stop();
		};
	}, [live, question, everyMs]);
	return state;
}
