// A level as colour, shape and letter: circle IV, triangle III, diamond II, octagon I. `hollow`: the condition is gone, nobody
// has seen it yet. Without a level: the normal disc or the hollow ring of stale.
import type { ReactElement } from "react";

const NUMERAL = ["", "IV", "III", "II", "I"] as const;

/** Corners in a box of 24. */
const SHAPES: readonly (string | null)[] = [
	null,
	null,
	"M12 2.2 23 21.4H1z",
	"M12 .9 23.1 12 12 23.1.9 12z",
	"M7.6 1.4h8.8l6.2 6.2v8.8l-6.2 6.2H7.6l-6.2-6.2V7.6z",
];

interface LevelMarkProps {
	/** 0 normal, 1..4 severities, 5 stale. */
	readonly state: number;
	/** rem */
	readonly size?: number;
	readonly hollow?: boolean;
	readonly bare?: boolean;
}

export function LevelMark({ state, size = 1.25, hollow = false, bare = false }: LevelMarkProps): ReactElement {
	const style = { width: `${size}rem`, height: `${size}rem` };
	return (
		<svg className="level-mark" viewBox="0 0 24 24" style={style} aria-hidden="true">
			{state >= 1 && state <= 4 ? <Level state={state} hollow={hollow} bare={bare} /> : <Calm isStale={state === 5} />}
		</svg>
	);
}

function Level({ state, hollow, bare }: { state: number; hollow: boolean; bare: boolean }): ReactElement {
	const colour = `var(--level-${state})`;
	const paint = hollow ? { fill: "none", stroke: colour, strokeWidth: 2 } : { fill: colour };
	const path = SHAPES[state];
	return (
		<>
			{path === null || path === undefined ? (
				<circle cx="12" cy="12" r={hollow ? 10 : 11} {...paint} />
			) : (
				<path d={path} {...paint} />
			)}
			{bare ? null : (
				<text
					x="12"
					y={state === 2 ? 18.6 : 16.4}
					textAnchor="middle"
					className="figures"
					fontSize={state === 2 ? 11 : 13}
					fontWeight="600"
					fill={hollow ? colour : "var(--outline)"}
				>
					{NUMERAL[state]}
				</text>
			)}
		</>
	);
}

function Calm({ isStale }: { isStale: boolean }): ReactElement {
	if (!isStale) return <circle cx="12" cy="12" r="6" fill="var(--normal)" />;
	// A ring with a gap at the upper right.
	return <path d="M15.6 4.9A8 8 0 1 0 19.1 8.4" fill="none" stroke="var(--stale)" strokeWidth="2.4" />;
}
