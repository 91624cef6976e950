// What the simulator says it plays (GET /api/demo), asked once a second while the page is open, and the three orders to it.
import { useCallback, useEffect, useRef, useState } from "react";
import { isProblem, type Problem, problem } from "#model/problem.ts";
import { ask } from "../../live/ask.ts";

export interface Words {
	readonly zh: string;
	readonly en: string;
}

export type Season = "winter" | "spring" | "summer" | "autumn";

export interface PlayedStep {
	readonly id: string;
	readonly name: Words;
	/** Own time of the scenario at which it comes, ms. */
	readonly atMs: number;
	/** When it came, epoch ms; null: not yet. */
	readonly at: number | null;
}

export interface PlayedFigure {
	readonly id: string;
	readonly name: Words;
	readonly unit: string;
	readonly decimals: number;
	readonly value: number | null;
	/** Evenly over the whole of the scenario, as far as it has come. */
	readonly curve: readonly (number | null)[];
}

export interface Running {
	readonly id: string;
	readonly name: Words;
	readonly startedAt: number;
	readonly elapsedMs: number;
	readonly lengthMs: number;
	readonly calming: boolean;
	readonly step: string | null;
	readonly steps: readonly PlayedStep[];
	readonly figures: readonly PlayedFigure[];
	readonly place: { readonly asset: string; readonly name: string; readonly district: string };
	readonly assets: readonly string[];
	readonly centre: readonly [number, number];
}

export interface Playable {
	readonly id: string;
	readonly name: Words;
	readonly summary: Words;
	readonly season: Season | "any";
	readonly minutes: number;
	readonly steps: readonly { readonly id: string; readonly name: Words }[];
}

export interface DemoState {
	readonly season: Season;
	readonly speed: number;
	readonly now: number;
	readonly startedAt: number;
	readonly running: Running | null;
	readonly next: { readonly id: string; readonly at: number } | null;
	readonly scenarios: readonly Playable[];
}

const EVERY_MS = 1_000;

/** How many points a curve has over the whole of a scenario. */
export const CURVE_POINTS = 73;

async function askDemo(path: string, body?: object): Promise<DemoState | Problem> {
	const answer = await ask(path, body === undefined ? {} : { method: "POST", body });
	if (isProblem(answer)) return answer;
	const { scenarios } = (answer ?? {}) as Partial<DemoState>;
	return Array.isArray(scenarios) ? (answer as DemoState) : problem("bad-answer", "no scenarios");
}

export interface Demo {
	/** The newest that was heard; stays while the simulator is away. */
	readonly state: DemoState | null;
	/** Why there is nothing newer. */
	readonly away: Problem | null;
	/** Why the last order was not taken. */
	readonly refused: Problem | null;
	readonly start: (scenario: string) => void;
	readonly calm: () => void;
	readonly setSpeed: (speed: number) => void;
	readonly retry: () => void;
}

export function useDemo(): Demo {
	const [state, setState] = useState<DemoState | null>(null);
	const [away, setAway] = useState<Problem | null>(null);
	const [refused, setRefused] = useState<Problem | null>(null);
	const isAsking = useRef(false);
	const hear = useCallback((answer: DemoState | Problem): void => {
		setAway(isProblem(answer) ? answer : null);
		if (!isProblem(answer)) setState(answer);
	}, []);
	const look = useCallback((): void => {
		// One question at a time: a simulator that hangs is not asked again before it is given up.
		if (isAsking.current) return;
		isAsking.current = true;
		askDemo("/api/demo").then((answer) => {
			isAsking.current = false;
			hear(answer);
		}, reportError);
	}, [hear]);
	useEffect(() => {
		look();
		const timer = setInterval(look, EVERY_MS);
		return () => clearInterval(timer);
	}, [look]);
	const order = useCallback(
		(path: string, body: object): void => {
			askDemo(path, body).then((answer) => {
				setRefused(isProblem(answer) ? answer : null);
				if (!isProblem(answer)) hear(answer);
			}, reportError);
		},
		[hear],
	);
	return {
		state,
		away,
		refused,
		start: (scenario) => order("/api/demo/start", { scenario }),
		calm: () => order("/api/demo/calm", {}),
		setSpeed: (speed) => order("/api/demo/speed", { speed }),
		retry: look,
	};
}

/** 252000 -> "4:12". */
export function stopwatch(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1_000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
